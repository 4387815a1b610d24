"""What votes of one kind came to, the recent ones counting more.

Votes fall into cells (a legal form, who recommended it). A cell's chance and yes share
are those of its own votes, weighed by age and drawn towards all votes together by a few
imagined ones, so that a cell of three votes does not speak for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from plebiscite.forecast.base.expected import Expected
from plebiscite.forecast.student import Array

HALF_LIFE = 20.0
"""Years after which a vote counts half."""
IMAGINED = 5.0
"""Votes of the average kind that are added to each cell."""
YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """A past vote.

    Attributes:
        on: its day.
        cell: what kind it was.
        yes: yes of yes and no, in points.
        passed: whether it was accepted, by whatever rule.

    """

    on: date
    cell: str
    yes: float
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What votes of a kind lead to expect.

    Attributes:
        weight: how many of today's votes it rests on.
        expected: the forecast.

    """

    weight: float
    expected: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What was learned, by kind.

    Attributes:
        as_of: the day; nothing held later was learned from.
        known: kind → its cell.
        other: for a kind never seen.

    """

    as_of: date
    known: Mapping[str, Cell]
    other: Expected

    def expected(self, cell: str) -> Expected:
        """Return the forecast for a kind."""
        found = self.known.get(cell)
        return self.other if found is None else found.expected


def learn(
    votes: Sequence[Voted],
    *,
    as_of: date,
    half_life: float = HALF_LIFE,
    imagined: float = IMAGINED,
) -> Cells:
    """Return what the votes held before `as_of` (at least one) lead to expect."""
    past = [vote for vote in votes if vote.on < as_of]
    ages = np.array([(as_of - vote.on).days / YEAR for vote in past])
    weights = 0.5 ** (ages / half_life)
    yes = np.array([vote.yes for vote in past])
    passed = np.array([vote.passed for vote in past], dtype=np.float64)
    all_ = _Sums.of(weights, yes, passed)
    names = np.array([vote.cell for vote in past])
    known = {}
    for name in sorted(set(names.tolist())):
        own = names == name
        sums = _Sums.of(weights[own], yes[own], passed[own])
        known[name] = Cell(weight=sums.weight, expected=sums.drawn(all_, imagined))
    return Cells(as_of=as_of, known=known, other=all_.drawn(all_, imagined))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Weighed means of some votes."""

    weight: float
    yes: float
    square: float
    passed: float

    @classmethod
    def of(cls, weights: Array, yes: Array, passed: Array) -> _Sums:
        return cls(
            weight=float(weights.sum()),
            yes=float(np.average(yes, weights=weights)),
            square=float(np.average(yes**2, weights=weights)),
            passed=float(np.average(passed, weights=weights)),
        )

    def drawn(self, all_: _Sums, imagined: float) -> Expected:
        """Return the means, drawn towards those of all votes."""
        whole = self.weight + imagined

        def mixed(own: float, other: float) -> float:
            return (self.weight * own + imagined * other) / whole

        mean = mixed(self.yes, all_.yes)
        own = self.square - 2 * mean * self.yes + mean**2
        other = all_.square - all_.yes**2
        variance = mixed(own, other) * (1 + 1 / whole)
        return Expected(
            mean=mean,
            scale=float(variance**0.5),
            passed=mixed(self.passed, all_.passed),
        )
