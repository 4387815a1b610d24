"""Where a rule's answer turns as the yes share grows, to the single vote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TypeAlias

from plebiscite.forecast.under_law.scene import Scene
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.vote.outcome.facts import Question, summed

COARSE, COARSE_BY_PARTS = 32, 1
"""Pieces into which the yes share is cut before the turning points are sought."""
Answers: TypeAlias = tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A stretch of yes shares with one answer.

    Attributes:
        start: the share at which it begins, 0 to 1.
        answers: of the rule, then of each of its single tests.

    """

    start: float
    answers: Answers


def words_of(verdict: Verdict) -> list[str]:
    """Return each single test in words, told apart where two say the same."""
    told: list[str] = []
    for row in verdict.rows():
        asked = row.asked
        words = f"{asked.left} {asked.relation} {asked.right}".strip()
        told.append(words if words not in told else f"{words} ({len(told) + 1})")
    return told


def turns(asked: Question, scene: Scene) -> list[Turn]:
    """Return the stretches in order; where parts are counted, to 1/4,000.

    A rule that counts parts is taken to answer each way once only as the share grows.
    """
    by_parts = len(scene.cast) > 1
    coarse = COARSE_BY_PARTS if by_parts else COARSE
    last = scene.steps
    grid = sorted({round(last * part / coarse) for part in range(coarse + 1)})
    judged = partial(_answers, asked, scene)
    known = {step: judged(step) for step in grid}
    found = [(0, known[0])]
    for low, high in pairwise(grid):
        found += _between(low, high, known[low], known[high], judged)
    return [Turn(start=step / max(1, last), answers=told) for step, told in found]


def verdict_at(asked: Question, scene: Scene, step: int) -> Verdict:
    """Return what the rule makes of the scene at one step of the yes share."""
    rows = scene.counts(step)
    return asked.judge(summed(rows), rows if asked.table is not None else None)


def _answers(asked: Question, scene: Scene, step: int) -> Answers:
    verdict = verdict_at(asked, scene, step)
    return (verdict.standing, *(row.standing for row in verdict.rows()))


def _between(
    low: int,
    high: int,
    at_low: Answers,
    at_high: Answers,
    judged: Callable[[int], Answers],
) -> list[tuple[int, Answers]]:
    """Return the first steps above `low` at which the answers are others."""
    if at_low == at_high:
        return []
    if high - low == 1:
        return [(high, at_high)]
    middle = (low + high) // 2
    at_middle = judged(middle)
    return [
        *_between(low, middle, at_low, at_middle, judged),
        *_between(middle, high, at_middle, at_high, judged),
    ]
