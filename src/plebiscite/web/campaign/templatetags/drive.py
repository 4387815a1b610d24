"""Money, lines a day and chances, as the pages of numbers write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from django.template import Library
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plebiscite.forecast.shown import rounded
from plebiscite.money.amount import said
from plebiscite.web.measures.templatetags.told import day as written_day

register = Library()
NONE, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"
MANY = 10
"""Lines a day from which on a tenth of one tells nobody anything."""


@register.filter
def dollars(amount: Decimal | None, currency: str = "USD") -> str:
    """Write money; a dash where it is not known."""
    return NONE if amount is None else said(amount, currency).replace("-", MINUS, 1)


@register.filter
def round_dollars(amount: Decimal | None) -> str:
    """Write money that is estimated, with the three digits that mean anything."""
    return NONE if amount is None else f"${rounded(float(amount))}"


@register.filter
def a_day(lines: Fraction | None) -> str:
    """Write the lines needed a day: rounded up, so that they suffice."""
    return _daily(lines, ROUND_CEILING)


@register.filter
def pace(lines: Fraction | None) -> str:
    """Write the lines gathered a day, rounded down: what is there, is there."""
    return _daily(lines, ROUND_FLOOR)


def _daily(lines: Fraction | None, rounding: str) -> str:
    if lines is None:
        return NONE
    step = Decimal(1) if lines >= MANY else Decimal("0.1")
    exact = Decimal(lines.numerator) / Decimal(lines.denominator)
    return f"{exact.quantize(step, rounding):,}"


@register.filter
def about(number: float | None) -> str:
    """Write a count that is forecast, with the three digits that mean anything."""
    return NONE if number is None else rounded(number)


@register.filter
def in_hundred(chance: float) -> str:
    """Say a chance as the desk's tables do: 19 in 20."""
    known = {0.5: _("1 in 2"), 0.8: _("4 in 5"), 0.95: _("19 in 20")}
    return known.get(chance, f"{100 * chance:g}%")


@register.filter
def month(day: date) -> str:
    """Name a month in short, as an axis does; January with its year."""
    name = date_format(day, "M")
    return date_format(day, "M Y") if day.month == 1 else name


@register.filter
def day_words(day: date | None) -> str:
    """Write a day for readers and for programs; a dash where there is none."""
    if day is None:
        return NONE
    return written_day(day)


@register.filter
def plain(number: Decimal | float) -> str:
    """Write a number as a drawing takes it: a point, whatever the language."""
    return f"{number:.1f}".rstrip("0").rstrip(".")


@register.filter
def words(code: str) -> str:
    """Return a word of a table's as people write it."""
    return code.replace("_", " ")


@register.filter
def basename(path: str) -> str:
    """Return the name of a file, never where it lies."""
    return path.rpartition("/")[2]


@register.filter
def tenth(number: Decimal) -> str:
    """Write a number to one decimal, with a point as all figures here have it."""
    return f"{number:.1f}"


@register.filter
def double(number: Decimal) -> Decimal:
    """Return a share of 100 on a drawing that is 200 wide."""
    return number * 2


@register.filter
def hundred(share: float) -> str:
    """Write a share of one as percent, to one decimal."""
    return f"{100 * share:.1f}"
