"""What a drive costs: raised, spent and left, held against its plan and against others.

One side's money in one currency, as reported: the campaign's own books are reports too
once they are handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from plebiscite.money import Ledger, Side
from plebiscite.money.amount import to_cent
from plebiscite.money.burn import Burn
from plebiscite.money.cost import Cost
from plebiscite.money.history import Budget, budget
from plebiscite.money.planned import Held, held_against
from plebiscite.money.totals import Totals, summed
from plebiscite.petition.campaign.books.plan import Plan
from plebiscite.report.drive.course import Course

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
        totals: of the supporting side, in one currency.
        burn: how fast it goes.
        cost: what a line cost: raw, and valid by the own checks.
        plan: None where nothing was planned.
        bars: the plan's headings with what was spent, and what none of them names.
        still: what the lines still to gather cost at the price so far; None where no
            line has a price yet.
        until: until when the money in hand lasts at the present pace; None where it
            outlasts the drive, or nothing is spent.
        before: what drives that qualified cost before; None where nothing is known.

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
    """Return the money of a drive; `needed` are the lines it means to file.

    Raises:
        InputError: the reports are in several currencies.

    """
    on, lines = course.on, course.whole.standing.lines
    side = Side.SUPPORT if _sided(ledger) else None
    rows = ledger.side(side, as_of=on)
    burn = ledger.burn(on, side=side)
    share = course.status.whole.valid_share
    cost = ledger.cost_per_line(
        raw=lines,
        valid=int(share * lines) if share is not None else None,
        required=course.required,
        side=side,
        as_of=on,
    )
    held = held_against(rows, plan.headings if plan else ())
    left = max(needed - lines, 0)
    return Spending(
        reported=bool(ledger.sources),
        totals=summed(rows).get(burn.currency, Totals()),
        burn=burn,
        cost=cost,
        plan=plan,
        bars=_bars(held),
        still=_still(cost, left),
        until=_until(burn, course),
        before=_before(course),
    )


def _still(cost: Cost, left: int) -> Decimal | None:
    """Return what the lines left cost; nothing where no payment gives a price."""
    if cost.per_raw is None or cost.spent <= 0:
        return None
    return cost.per_raw * left


def _sided(ledger: Ledger) -> bool:
    return any(each.sides for each in ledger.committees.values())


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
