"""Rehearsing an audit many times on ballots whose truth is known.

Two truths are of use: the reported one, to see the work; and the nearest wrong one, in
which just enough ballots for the reported side really are against it, to see that an
audit seldom stops there. Its share must not exceed the risk limit, but for the luck of
so many rehearsals: three standard errors.

Each rehearsal draws from its own seed, follows the evidence exactly as a real audit
does, and goes to a full count, which is always right, after `at_most` draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from plebiscite.core.progress import Progress, silent
from plebiscite.core.root import root
from plebiscite.core.share import Rounding, as_decimal
from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Claim
from plebiscite.vote.audit.evidence import Design, Walk
from plebiscite.vote.audit.piles import numbered_draw

Worths: TypeAlias = tuple[int, int]
PLACES = 4
LUCK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What many rehearsals of one audit came to.

    Attributes:
        runs: how many.
        wrong: whether the reported outcome was wrong.
        stopped: runs in which the audit confirmed it without a full count.
        draws: draws made, by run, ascending; `at_most` where it went to a full count.
        limit: the risk limit.

    """

    runs: int
    wrong: bool
    stopped: int
    draws: tuple[int, ...]
    limit: Decimal

    @property
    def share(self) -> Fraction:
        """Of the runs, those that stopped."""
        return Fraction(self.stopped, self.runs)

    @property
    def error(self) -> Decimal:
        """Monte Carlo standard error of the share at the limit; four decimals, up."""
        limit = Fraction(self.limit)
        return root(limit * (1 - limit) / self.runs, PLACES, Rounding.UP)

    @property
    def is_held(self) -> bool:
        """Whether wrong outcomes stopped no oftener than the limit and luck allow."""
        bound = Fraction(self.limit) + LUCK * Fraction(self.error)
        return not self.wrong or self.share <= bound

    @property
    def mean(self) -> Decimal:
        """Draws on average, to a tenth."""
        return as_decimal(Fraction(sum(self.draws), self.runs), 1)

    def quantile(self, chance: Decimal) -> int:
        """Return the draws that sufficed in such a share of the runs."""
        place = Rounding.UP.whole(Fraction(chance) * self.runs)
        return self.draws[max(0, place - 1)]


def rehearse(
    design: Design,
    *,
    wrong: bool,
    runs: int,
    seed: str,
    at_most: int,
    progress: Progress = silent,
) -> Rehearsed:
    """Rehearse an audit `runs` times.

    Raises:
        InputError: `runs` or `at_most` is below 1.

    """
    if min(runs, at_most) < 1:
        raise InputError("rehearse one run or more, of one draw or more")
    most = min(at_most, design.claim.ballots)
    truth = _Truth(design.claim, wrong=wrong)
    stopped, draws = 0, []
    for run in range(1, runs + 1):
        walk = Walk(design)
        for found, recorded in _ballots(design, truth, f"{seed},{run}", most):
            walk.take(found, recorded)
            if walk.may_stop or walk.is_lost:
                break
        stopped += walk.may_stop
        draws.append(walk.looked if walk.may_stop else most)
        progress("rehearsing", run, runs)
    return Rehearsed(
        runs=runs,
        wrong=wrong,
        stopped=stopped,
        draws=tuple(sorted(draws)),
        limit=design.limit,
    )


class _Truth:
    """Ballots by number: for the side, then for neither, then against it."""

    __slots__ = ("_ends", "_line", "_moved", "_unit")

    def __init__(self, claim: Claim, *, wrong: bool) -> None:
        for_it, neither, _ = claim.counts
        self._ends = (for_it, for_it + neither)
        self._line, self._unit = claim.line, claim.unit
        # Each ballot that turns over takes a whole unit off the lead.
        self._moved = -(-claim.lead // claim.unit) if wrong else 0

    def worths(self, number: int) -> Worths:
        """Return what a ballot is found and was recorded to be worth."""
        recorded = (
            self._unit
            if number < self._ends[0]
            else self._line
            if number < self._ends[1]
            else 0
        )
        return (0 if number < self._moved else recorded), recorded


def _ballots(design: Design, truth: _Truth, seed: str, most: int) -> Iterator[Worths]:
    """Yield ballots in random order; without replacement, by exchanging as it goes."""
    ballots = design.claim.ballots
    if design.replaced:
        for draw in range(most):
            yield truth.worths(numbered_draw(seed, draw) % ballots)
        return
    moved: dict[int, int] = {}
    for draw in range(most):
        place = draw + numbered_draw(seed, draw) % (ballots - draw)
        number = moved.get(place, place)
        moved[place] = moved.get(draw, draw)
        yield truth.worths(number)
