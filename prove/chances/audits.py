"""Does an audit confirm a wrong outcome no oftener than its limit?

Piles whose truth is just wrong: enough ballots for the reported side really are against
it, or speak for neither. Each audit draws from them
by numpy's own choice, follows the house's evidence ballot by ballot, and counts every
ballot where that does not suffice. Every method, with and without replacement, at every
required share; the limit is 5%.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from plebiscite.vote.audit.claim import Claim, Requirement, Totals, Whole, claim
from plebiscite.vote.audit.evidence import Design, Method, Walk
from prove.chances.luck import share_of
from prove.frame.figure import Figure

LIMIT = Decimal("0.05")
WAYS = (
    (Method.BRAVO, True),
    (Method.ALPHA, False),
    (Method.ALPHA, True),
    (Method.KAPLAN_MARKOV, False),
    (Method.KAPLAN_MARKOV, True),
)
QUESTIONS = (
    ("majority", Totals(yes=72, no=46, other=2), Whole.VALID),
    ("55%", Totals(yes=75, no=41, other=4), Whole.VALID),
    ("55% of cast", Totals(yes=75, no=38, other=7), Whole.CAST),
    ("60%, failed", Totals(yes=52, no=60, other=8), Whole.VALID),
    ("2/3", Totals(yes=88, no=26, other=6), Whole.VALID),
)
TRUTHS = ("turned", "blanked")
ATLEAST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Audits of one design: how many were run, and how many confirmed what is wrong."""

    name: str
    runs: int
    stopped: int


def asked(required: str, totals: Totals, whole: Whole) -> Claim:
    """Return the claim of a question, without the words for the reader."""
    words = required.removesuffix(" of cast").removesuffix(", failed")
    return claim(totals, Requirement.parse(words, whole))


def wrong_pile(made: Claim, truth: str) -> list[tuple[int, int]]:
    """Return (found, recorded) of each ballot, the outcome being just wrong.

    Raises:
        ValueError: so few votes can be blanked that the outcome stays right.

    """
    for_it, neither, against = made.counts
    recorded = [made.unit] * for_it + [made.line] * neither + [0] * against
    found, to = list(recorded), 0 if truth == "turned" else made.line
    for at in range(for_it):
        if sum(found) <= made.line * len(found):
            break
        found[at] = to
    if sum(found) > made.line * len(found):
        raise ValueError("no such truth is wrong")
    return list(zip(found, recorded, strict=True))


def audited(
    design: Design, pile: Sequence[tuple[int, int]], rng: np.random.Generator
) -> bool:
    """Tell whether one audit confirms, before every ballot is counted."""
    walk = Walk(design)
    order = (
        rng.integers(0, len(pile), len(pile))
        if design.replaced
        else rng.permutation(len(pile))
    )
    for at in order[: len(pile) - (not design.replaced)]:
        walk.take(*pile[at])
        if walk.may_stop:
            return True
        if walk.is_lost:
            return False
    return False


def tried(
    until: float, rng: np.random.Generator, least: int = ATLEAST
) -> Iterator[Tried]:
    """Run audits of every design until a moment (of `time.monotonic`), by turns."""
    designs = []
    for method, replaced in WAYS:
        for name, totals, whole in QUESTIONS:
            made = asked(name, totals, whole)
            for truth in TRUTHS:
                design = Design(
                    claim=made, method=method, limit=LIMIT, replaced=replaced
                )
                how = "with" if replaced else "without"
                label = f"{method.value} {how} replacement, {name}, {truth}"
                designs.append((label, design, wrong_pile(made, truth)))
    runs, stopped = [0] * len(designs), [0] * len(designs)
    while min(runs) < least or time.monotonic() < until:
        for number, (_, design, pile) in enumerate(designs):
            for _ in range(50):
                stopped[number] += audited(design, pile, rng)
            runs[number] += 50
    for number, (label, *_) in enumerate(designs):
        yield Tried(name=label, runs=runs[number], stopped=stopped[number])


def figures(all_tried: Sequence[Tried]) -> Iterator[Figure]:
    """Yield the risk of each method, and of the worst of its designs."""
    for method, replaced in WAYS:
        how = "with" if replaced else "without"
        words = f"{method.value} {how} replacement"
        mine = [each for each in all_tried if each.name.startswith(words)]
        worst = max(mine, key=lambda each: each.stopped / each.runs)
        risk = share_of(worst.stopped, worst.runs)
        broken = [
            each.name
            for each in mine
            if not share_of(each.stopped, each.runs).within(0, float(LIMIT))
        ]
        yield Figure(
            what=f"wrong outcomes confirmed: {words}",
            value=f"{100 * risk.value:.2f}% ± {100 * risk.error:.2f} in the worst of "
            f"{len(mine)} designs ({worst.name.removeprefix(words + ', ')}); "
            f"{sum(each.runs for each in mine):,} audits",
            oracle="piles whose truth is just wrong",
            reach="at most 5%, the limit, and 3 Monte Carlo errors",
            held=not broken,
            note="; ".join(broken),
        )
