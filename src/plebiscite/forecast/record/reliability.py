"""Whether forecasts are honest: reliability, coverage, and how evenly outcomes fall.

Of what is given a chance of one in three, one in three should happen; of 80% intervals
eight in ten should hold. Each comes with the band in which an honest forecaster would
lie nineteen times in twenty, which with few forecasts is wide, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

EDGES = (0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0)
"""Bounds of the bins of a reliability table."""
BAND = 1.96
KOLMOGOROV = 1.358
"""The 95% point of the Kolmogorov distribution; over root n, the band of the PIT."""
FEW = 20
"""Below so many independent outcomes nothing is claimed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts of about one chance.

    Attributes:
        low, high: the bounds of the chances.
        many: how many there are.
        told: their mean chance.
        happened: the share that happened.
        least, most: where that share would lie nineteen times in twenty, were they
            honest.

    """

    low: float
    high: float
    many: int
    told: float
    happened: float
    least: float
    most: float

    @property
    def holds(self) -> bool:
        """Whether what happened lies within the band."""
        return self.least <= self.happened <= self.most


def reliability(
    chances: Sequence[float],
    outcomes: Sequence[bool],
    *,
    edges: Sequence[float] = EDGES,
) -> list[Bin]:
    """Return a reliability table; empty bins are left out."""
    told, came = np.asarray(chances, float), np.asarray(outcomes, float)
    bins = []
    for low, high in pairwise(edges):
        among = (told >= low) & ((told < high) | (high == edges[-1]))
        many = int(among.sum())
        if not many:
            continue
        mean = float(told[among].mean())
        error = BAND * sqrt(float((told[among] * (1 - told[among])).sum())) / many
        bins.append(
            Bin(
                low=low,
                high=high,
                many=many,
                told=mean,
                happened=float(came[among].mean()),
                # Half an outcome more, for outcomes are whole.
                least=mean - error - 0.5 / many,
                most=mean + error + 0.5 / many,
            )
        )
    return bins


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenness:
    """How evenly outcomes fell in their distributions.

    Attributes:
        many: how many there are.
        farthest: the largest distance of their distribution from the even one.
        band: where that distance stays nineteen times in twenty, were they honest.
        tenths: how many fell in each tenth.

    """

    many: int
    farthest: float
    band: float
    tenths: tuple[int, ...]

    @property
    def holds(self) -> bool:
        """Whether they fall evenly, as far as so many can tell."""
        return self.farthest <= self.band


def evenness(pits: Sequence[float]) -> Evenness:
    """Return how evenly PIT values fall between 0 and 1.

    Source: the Kolmogorov-Smirnov statistic, with its band for large numbers.
    """
    found = np.sort(np.asarray(pits, float))
    many = len(found)
    steps = np.arange(many + 1) / max(many, 1)
    farthest = (
        max(
            float(np.max(steps[1:] - found)),
            float(np.max(found - steps[:-1])),
        )
        if many
        else 0.0
    )
    tenths = np.histogram(found, bins=10, range=(0.0, 1.0))[0]
    return Evenness(
        many=many,
        farthest=farthest,
        band=KOLMOGOROV / sqrt(max(many, 1)),
        tenths=tuple(int(each) for each in tenths),
    )


def coverage_band(level: float, many: int) -> tuple[float, float]:
    """Return the shares between which an honest interval of a level covers.

    Two standard deviations to each side, nineteen times in twenty.
    """
    reach = 2 * sqrt(level * (1 - level) / max(many, 1))
    return level - reach, level + reach
