"""Amounts: text in a file made into exact money, and money made into text.

Never guess: `1,234` may be a thousand or one and a bit, and is refused with what to
write instead. Nothing here is ever a float.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import polars as pl

from plebiscite.core.table import Refusals

MONEY = pl.Decimal(38, 2)
CENT = Decimal("0.01")
PLAIN = r"^[+-]?([0-9]{1,12}(\.[0-9]{0,2}0*)?|\.[0-9]{1,2}0*)$"
# With a currency sign, or with thousands parted and the cents written, there is no
# doubt either.
DRESSED = r"^-?\$?-?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]{2})?$"
SURE = r"[$]|\.[0-9]{2}$"
CURRENCY = r"^[A-Z]{3}$"
MISTAKES = (
    (r"^\(.*\)$", "a sum taken back is written with a minus: -50.00, not (50.00)"),
    (
        r"^-?[0-9]{1,3}(,[0-9]{3})+$",
        "is the comma a thousands mark or the decimal one? Write 1234.00",
    ),
    (
        r"^-?[0-9.]*,[0-9]{1,2}$",
        "write the cents behind a point: 1234.56, not 1.234,56",
    ),
    (
        r"^-?[0-9]+\.[0-9]{3,}$",
        "there is nothing below a cent; round it as the report did: 12.35",
    ),
    (
        r"^-?[0-9.]+[eE][+-]?[0-9]+$",
        "the spreadsheet shortened it; format the column as Number, save",
    ),
    (r"^[+-]?[0-9]{13,}", "a million millions or more; is a column out of place?"),
    (r"[A-Za-z€£¥]", "write the figure alone, and its currency in a column 'currency'"),
    (r"", "not an amount; write it as 1234.56"),
)


def amounts(
    text: pl.Series, rows: pl.Series, refusals: Refusals, *, column: str
) -> pl.Series:
    """Return cells as exact money in hundredths; what cannot be is refused.

    `text` is without blanks around it, null where the cell is empty, which stays null.
    """
    dressed = text.str.contains(DRESSED) & text.str.contains(SURE)
    bare = text.str.replace_all(r"[$,]", "").zip_with(
        dressed.fill_null(value=False), text
    )
    plain = bare.str.contains(PLAIN).fill_null(value=False)
    made = bare.set(~plain, None).str.strip_chars_start("+").cast(MONEY)
    wrong = text.is_not_null() & made.is_null()
    left = wrong
    for pattern, problem in MISTAKES:
        this = left & text.str.contains(pattern).fill_null(value=False)
        if this.any():
            refusals.add_rows(
                problem, rows.filter(this), column=column, values=text.filter(this)
            )
            left &= ~this
    return made


def currencies(
    text: pl.Series, rows: pl.Series, refusals: Refusals, *, column: str
) -> pl.Series:
    """Return currencies as three capitals, such as USD; anything else is refused."""
    made = text.str.to_uppercase()
    wrong = ~made.str.contains(CURRENCY).fill_null(value=True)
    refusals.add_rows(
        "write a currency as its three letters: USD, EUR",
        rows.filter(wrong),
        column=column,
        values=text.filter(wrong),
    )
    return made


def said(amount: Decimal | None, currency: str) -> str:
    """Write money for a reader: ``$1,234.56``, ``-EUR 5.00``; ``not known`` for None.

    >>> said(Decimal("-1234.5"), "USD")
    '-$1,234.50'
    """
    if amount is None:
        return "not known"
    sign = "$" if currency == "USD" else f"{currency} "
    return f"{'-' if amount < 0 else ''}{sign}{abs(amount):,.2f}"


def to_cent(value: Fraction) -> Decimal:
    """Return a fraction of money to the cent, halves away from zero.

    >>> to_cent(Fraction(1, 3))
    Decimal('0.33')
    """
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)
