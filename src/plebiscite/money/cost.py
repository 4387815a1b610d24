"""What a signature costs: what was spent on the petition, over what came of it.

The trade speaks of the cost per *required* signature (CPRS), because the law publishes
that number; a campaign pays per *raw* line, and what it needs is *valid* ones.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from plebiscite.errors import CountError, InputError
from plebiscite.money.amount import to_cent
from plebiscite.money.totals import PAID

CIRCULATING = ("PET",)
"""The code of payments for circulating petitions on California's forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What was spent, and what a line cost.

    Attributes:
        spent: on the petition; on everything where no payment says its purpose.
        petition_only: whether payments for circulating could be told from others.
        per_raw: to the cent; None where the count is not known or zero.

    """

    currency: str
    spent: Decimal
    petition_only: bool
    raw: int | None = None
    valid: int | None = None
    required: int | None = None

    def __post_init__(self) -> None:
        counts = {"raw": self.raw, "valid": self.valid, "required": self.required}
        for name, count in counts.items():
            if count is not None and count < 0:
                raise CountError(f"{name} lines: {count} is below zero; write a count")
        if self.raw is not None and self.valid is not None and self.valid > self.raw:
            raise CountError(
                f"{self.valid:,} valid lines are more than {self.raw:,} raw ones; "
                "are the two exchanged?"
            )

    @property
    def per_raw(self) -> Decimal | None:
        """Spent for each line filed."""
        return self._per(self.raw)

    @property
    def per_valid(self) -> Decimal | None:
        """Spent for each line that was valid."""
        return self._per(self.valid)

    @property
    def per_required(self) -> Decimal | None:
        """Spent for each signature the law required: the trade's CPRS."""
        return self._per(self.required)

    def _per(self, count: int | None) -> Decimal | None:
        return to_cent(Fraction(self.spent) / count) if count else None


def one_currency(rows: pl.DataFrame) -> str:
    """Return the currency of rows; USD where there is none.

    Raises:
        InputError: there are several, which nobody here exchanges.

    """
    found = sorted(rows["currency"].unique().to_list())
    if len(found) > 1:
        raise InputError(
            f"these payments are in {' and '.join(found)}, which are not added up; "
            "ask for one with --currency, or convert them in the file"
        )
    return str(found[0]) if found else "USD"


def cost(
    rows: pl.DataFrame,
    *,
    raw: int | None = None,
    valid: int | None = None,
    required: int | None = None,
    purposes: Collection[str] = CIRCULATING,
) -> Cost:
    """Return the cost of a petition from rows that count, with ``transfer``.

    Raises:
        InputError: the rows are in several currencies.
        CountError: a count is below zero, or more lines are valid than raw.

    """
    paid = rows.filter(pl.col("kind").is_in(PAID) & ~pl.col("transfer"))
    currency = one_currency(paid)
    circulating = paid.filter(
        pl.col("purpose").str.to_uppercase().is_in([each.upper() for each in purposes])
    )
    told = not paid.is_empty() and paid["purpose"].is_not_null().any()
    spent = (circulating if told else paid)["amount"].sum() or Decimal(0)
    return Cost(
        currency=currency,
        spent=Decimal(spent),
        petition_only=told,
        raw=raw,
        valid=valid,
        required=required,
    )
