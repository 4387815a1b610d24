"""How fast money is spent, and how long what is in hand will last at that pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl

from plebiscite.errors import InputError
from plebiscite.money.amount import to_cent
from plebiscite.money.cost import one_currency
from plebiscite.money.entry import RECEIVED, SPENT
from plebiscite.money.totals import Totals, summed

FORESEEN = 10_000
"""Days ahead from which on no day is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn:
    """The pace of spending up to a day.

    Attributes:
        as_of: the last day looked at.
        window_days: how many days the pace is taken over, that day included; fewer
            where the first row is younger.
        spent: in those days; below zero where more came back.
        raised: money given in those days.
        cash: in hand at the end of the day.

    """

    as_of: date
    window_days: int
    currency: str
    spent: Decimal
    raised: Decimal
    cash: Decimal

    @property
    def daily(self) -> Decimal:
        """Spent a day."""
        return to_cent(Fraction(self.spent) / self.window_days)

    @property
    def raised_daily(self) -> Decimal:
        """Given a day."""
        return to_cent(Fraction(self.raised) / self.window_days)

    @property
    def days_left(self) -> int | None:
        """Whole days until the cash is gone at this pace, nothing more coming in.

        None where nothing is being spent: it lasts as long as that.
        """
        if self.cash <= 0:
            return 0
        if self.spent <= 0:
            return None
        return int(Fraction(self.cash) * self.window_days / Fraction(self.spent))

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        if self.cash <= 0:
            return "there is no money in hand"
        left = self.days_left
        if left is None:
            return "nothing is being spent"
        end = self.as_of + timedelta(days=left) if left < FORESEEN else None
        until = f", until {end.isoformat()}" if end else ""
        return f"at this pace the money in hand lasts {left:,} days{until}"


def burn(rows: pl.DataFrame, *, as_of: date, window_days: int = 28) -> Burn:
    """Return the pace of spending from rows that count by `as_of`, with ``transfer``.

    Raises:
        InputError: the window has no day, or the rows are in several currencies.

    """
    if window_days < 1:
        raise InputError(f"a window of {window_days} days has no day; give 1 or more")
    currency = one_currency(rows)
    rows = rows.filter(pl.col("day") <= as_of)
    first = rows["day"].min()
    if isinstance(first, date):
        window_days = min(window_days, (as_of - first).days + 1)
    start = as_of - timedelta(days=window_days - 1)
    inside = rows.filter((pl.col("day") >= start) & ~pl.col("transfer"))

    def taken(kinds: tuple[str, ...]) -> Decimal:
        found = inside.filter(pl.col("kind").is_in([str(kind) for kind in kinds]))
        return Decimal(found["amount"].sum() or 0)

    totals = summed(rows).get(currency, Totals())
    return Burn(
        as_of=as_of,
        window_days=window_days,
        currency=currency,
        spent=taken(SPENT),
        raised=taken(RECEIVED),
        cash=totals.cash,
    )
