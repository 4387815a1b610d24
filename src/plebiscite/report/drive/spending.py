"""What a drive costs: raised, spent and left, held against its plan and against others.

One side's money in US dollars, as reported: the campaign's own books are reports too
once they are handed in. What was reported in other currencies stands apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl

from plebiscite.money import Ledger, Side
from plebiscite.money.amount import to_cent
from plebiscite.money.burn import Burn, burn
from plebiscite.money.cost import Cost, cost
from plebiscite.money.history import Budget, budget
from plebiscite.money.planned import Held, held_against
from plebiscite.money.totals import Totals, summed
from plebiscite.petition.campaign.books.plan import Plan
from plebiscite.report.drive.course import Course

CURRENCY = "USD"
"""In which plans are written and prices told."""
PLACE = "us/ca"
"""Where past prices are known from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A heading drawn as a bar, in hundredths of the widest."""

    held: Held
    planned: Decimal
    spent: Decimal

    @property
    def over(self) -> bool:
        """Whether more was spent than planned."""
        return self.held.left is not None and self.held.left < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """The money of a drive on a day.

    Attributes:
        reported: whether anything was handed in.
        totals: of the supporting side, in US dollars.
        burn: how fast it goes.
        cost: what a line cost: raw, and valid by the own checks.
        plan: None where nothing was planned.
        bars: the plan's headings with what was spent, and what none of them names.
        still: what the lines still to gather cost at the price so far; None where no
            line has a price yet.
        until: until when the money in hand lasts at the present pace; None where it
            outlasts the drive, or nothing is spent.
        before: what drives that qualified cost before; None where nothing is known.
        apart: the totals in other currencies, which nobody here exchanges.

    """

    reported: bool
    totals: Totals
    burn: Burn
    cost: Cost
    plan: Plan | None
    bars: tuple[Bar, ...]
    still: Decimal | None
    until: date | None
    before: Budget | None
    apart: Mapping[str, Totals]

    @property
    def planned_a_line(self) -> Decimal | None:
        """What the plan means a line to cost, all headings together."""
        if self.plan is None or not self.plan.lines:
            return None
        return to_cent(Fraction(self.plan.total) / self.plan.lines)

    @property
    def spent_a_line(self) -> Decimal | None:
        """What a line cost so far, all headings together."""
        raw = self.cost.raw
        return to_cent(Fraction(self.totals.spent) / raw) if raw else None

    @property
    def short(self) -> Decimal | None:
        """What is lacking beyond the money in hand to gather the rest."""
        if self.still is None:
            return None
        return max(self.still - self.totals.cash, Decimal(0))


def spending_of(
    ledger: Ledger, plan: Plan | None, course: Course, *, needed: int
) -> Spending:
    """Return the money of a drive; `needed` are the lines it means to file."""
    on, lines = course.on, course.whole.standing.lines
    every = ledger.side(Side.SUPPORT if ledger.is_sided else None, as_of=on)
    totals = summed(every)
    rows = every.filter(pl.col("currency") == CURRENCY)
    pace = burn(rows, as_of=on)
    share = course.status.whole.valid_share
    price = cost(
        rows,
        raw=lines,
        valid=int(share * lines) if share is not None else None,
        required=course.required,
    )
    held = held_against(rows, plan.headings if plan else ())
    left = max(needed - lines, 0)
    return Spending(
        reported=bool(ledger.sources),
        totals=totals.pop(CURRENCY, Totals()),
        burn=pace,
        cost=price,
        plan=plan,
        bars=_bars(held),
        still=_still(price, left),
        until=_until(pace, course),
        before=_before(course),
        apart=totals,
    )


def _still(price: Cost, left: int) -> Decimal | None:
    """Return what the lines left cost; nothing where no payment gives a price."""
    if price.per_raw is None or price.spent <= 0:
        return None
    return price.per_raw * left


def _before(course: Course) -> Budget | None:
    if course.required is None or not course.record.law.id.startswith(PLACE):
        return None
    return budget(course.required, place=PLACE, before=course.on)


def _until(burn: Burn, course: Course) -> date | None:
    if burn.days_left is None:
        return None
    longest = (course.closes or date.max) - course.on
    if burn.days_left > longest.days:
        return None
    return course.on + timedelta(days=burn.days_left)


def _bars(held: Sequence[Held]) -> tuple[Bar, ...]:
    most = max(
        [each.spent for each in held] + [each.planned or Decimal(0) for each in held],
        default=Decimal(0),
    )

    def wide(amount: Decimal | None) -> Decimal:
        if most <= 0 or amount is None:
            return Decimal(0)
        return (max(amount, Decimal(0)) * 100 / most).quantize(Decimal("0.1"))

    return tuple(
        Bar(held=each, planned=wide(each.planned), spent=wide(each.spent))
        for each in held
    )
