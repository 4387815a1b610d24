"""Where an audit stands: may one stop, and if not, which ballots are pulled next.

Ballots count in drawn order, and only as far as every one of them was looked at: the
first gap ends what can be used, so that nobody can leave a ballot out. Draws are taken
in rounds; the evidence is followed ballot by ballot within them.

A full count replaces sampling where the plan's last draw is past, where the ballots
seen make the reported outcome impossible, or where every ballot was looked at anyway.
Then the ballots themselves decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.rules.expression import Standing
from plebiscite.vote.audit.claim import Claim, Mark, Totals
from plebiscite.vote.audit.evidence import Walk
from plebiscite.vote.audit.findings import Finding
from plebiscite.vote.audit.piles import Ballot, Manifest, drawn
from plebiscite.vote.audit.plan import Plan
from plebiscite.vote.audit.sizes import foreseen


class Advice(StrEnum):
    """What is to be done next."""

    STOP = "stop"
    PULL = "pull"
    FULL_COUNT = "full_count"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditStanding:
    """Where an audit stands after some draws.

    Attributes:
        advice: what is to be done.
        standing: met where the reported outcome is confirmed, not met where a full
            count found another; else open, as where ballots missing from a full count
            decide.
        risk: of stopping now; six decimals, rounded up.
        draws: draws taken in, up to the first ballot not looked at.
        found: ballots by what was found, each draw counted.
        differences: draws whose finding differs from the record, by "yes -> blank".
        pull: draws whose ballots are to be pulled, in drawn order; each ballot once.
        ahead: findings of ballots whose turn has not come.
        expected: further draws expected if the report is right.

    """

    advice: Advice
    standing: Standing
    risk: Decimal
    draws: int
    found: Mapping[Mark, int]
    differences: Mapping[str, int]
    pull: tuple[tuple[int, Ballot], ...] = ()
    ahead: int = 0
    expected: int = 0


def stand(
    plan: Plan,
    manifest: Manifest,
    seed: str,
    findings: Mapping[str, Finding],
    *,
    size: int | None = None,
    progress: Progress = silent,
) -> AuditStanding:
    """Take in `findings` in the order of `seed`, and say what is next.

    `size` asks for another number of draws in the next round than the plan's.

    Raises:
        InputError: `size` is not 1 or more.

    """
    if size is not None and size < 1:
        raise InputError("ask for one draw or more")
    if len(findings) == manifest.ballots:
        return _counted(plan, findings)
    design, order = plan.design, _Order(plan, manifest, seed, progress)
    walk, used = Walk(design), 0
    found: Counter[Mark] = Counter()
    differences: Counter[str] = Counter()
    worth = design.claim.worth
    while used < plan.at_most:
        each = findings.get(str(order.at(used, len(findings) + plan.first)))
        if each is None:
            break
        walk.take(worth(each.found), worth(each.recorded))
        used += 1
        found[each.found] += 1
        if design.method.compares and each.found is not each.recorded:
            differences[f"{each.recorded} -> {each.found}"] += 1
    advice = _advice(walk, plan)
    pull: tuple[tuple[int, Ballot], ...] = ()
    ahead = foreseen(design, evidence=walk.now, looked=used, chances=(plan.chance,))
    if advice is Advice.PULL:
        further = size or max(plan.first - used, ahead.by_chance[plan.chance], 1)
        end = min(used + further, plan.at_most)
        pull = order.pull(used, end, findings)
    looked = {str(order.at(draw, used)) for draw in range(used)}
    return AuditStanding(
        advice=advice,
        standing=Standing.MET if advice is Advice.STOP else Standing.OPEN,
        risk=walk.risk,
        draws=used,
        found={mark: found[mark] for mark in Mark},
        differences=dict(sorted(differences.items())),
        pull=pull,
        ahead=len(findings.keys() - looked),
        expected=ahead.expected if advice is Advice.PULL else 0,
    )


class _Order:
    """The drawn order, worked out as far as it is asked for."""

    __slots__ = ("_known", "_manifest", "_plan", "_progress", "_seed")

    def __init__(
        self, plan: Plan, manifest: Manifest, seed: str, progress: Progress
    ) -> None:
        self._plan, self._manifest, self._seed = plan, manifest, seed
        self._progress = progress
        self._known: list[Ballot] = []

    def at(self, draw: int, ahead: int) -> Ballot:
        """Return the ballot of a draw, from 0; work out `ahead` at once."""
        if draw >= len(self._known):
            wanted = max(draw + 1, ahead, 2 * len(self._known))
            self._known = drawn(
                self._manifest,
                self._seed,
                replaced=self._plan.design.replaced,
                draws=min(wanted, self._plan.at_most),
                progress=self._progress,
            )
        return self._known[draw]

    def pull(
        self, start: int, end: int, findings: Mapping[str, Finding]
    ) -> tuple[tuple[int, Ballot], ...]:
        """Return draws (from 1) not looked at, each ballot once."""
        listed: dict[Ballot, int] = {}
        for draw in range(start, end):
            ballot = self.at(draw, end)
            if str(ballot) not in findings:
                listed.setdefault(ballot, draw + 1)
        return tuple((draw, ballot) for ballot, draw in listed.items())


def _advice(walk: Walk, plan: Plan) -> Advice:
    if walk.is_lost:  # even where the limit was reached on the way
        return Advice.FULL_COUNT
    if walk.may_stop:
        return Advice.STOP
    if walk.looked >= plan.at_most:
        return Advice.FULL_COUNT
    return Advice.PULL


def _counted(plan: Plan, findings: Mapping[str, Finding]) -> AuditStanding:
    """Conclude from all ballots; open where those that are missing decide."""
    claim = plan.design.claim
    many = Counter(each.found for each in findings.values())
    against = Mark.NO if claim.side is Mark.YES else Mark.YES
    right, may_be = (
        _bears_out(claim, many + Counter({mark: many[Mark.MISSING]}))
        for mark in (against, claim.side)
    )
    differences = Counter(
        f"{each.recorded} -> {each.found}"
        for each in findings.values()
        if plan.design.method.compares and each.found is not each.recorded
    )
    return AuditStanding(
        advice=Advice.COUNTED,
        standing=(
            Standing.MET if right else Standing.OPEN if may_be else Standing.UNMET
        ),
        risk=Decimal(0) if right else Decimal(1),
        draws=len(findings),
        found={mark: many[mark] for mark in Mark},
        differences=dict(sorted(differences.items())),
    )


def _bears_out(claim: Claim, cast: Mapping[Mark, int]) -> bool:
    """Whether these ballots, by what was found, have the reported outcome."""
    yes, no = cast[Mark.YES], cast[Mark.NO]
    if not yes + no:
        return False
    totals = Totals(yes=yes, no=no, other=cast[Mark.BLANK])
    return claim.requirement.is_met(totals) is (claim.side is Mark.YES)
