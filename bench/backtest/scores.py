"""Forecasts of a yes share held to what came: scores, coverage, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np

from plebiscite.forecast.polls.drift import DF, T_SCALE
from plebiscite.forecast.student import (
    cdf,
    crps,
    normal_cdf,
    normal_crps,
)

LEAST_CHANCE = 0.001
"""A chance is cut off here before its logarithm is taken."""
RESAMPLED, SEED = 2_000, 20_170_201
ENOUGH = 20
"""Elections below which nothing is claimed."""
EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A forecast: normal, or Student's t with five degrees of freedom.

    Attributes:
        mean: in points.
        scale: standard deviation in points; of a t, `T_SCALE` of it is the unit.
        fat: whether it is a t.
        passed: the chance of passing where that is forecast apart; else None.

    """

    mean: float
    scale: float
    fat: bool = False
    passed: float | None = None

    def below(self, at: float) -> float:
        """Return the chance of a yes share below `at` points."""
        if self.fat:
            return float(cdf((at - self.mean) / (T_SCALE * self.scale), DF))
        return float(normal_cdf((at - self.mean) / self.scale))

    def chance(self, need: float) -> float:
        """Return the chance of passing."""
        return 1 - self.below(need) if self.passed is None else self.passed

    def crps(self, came: float) -> float:
        """Return the CRPS in points."""
        if self.fat:
            return crps(self.mean, T_SCALE * self.scale, came, DF)
        return normal_crps(self.mean, self.scale, came)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A forecast and what came.

    Attributes:
        law: the forecast.
        came: the yes share, in points.
        need: the share needed, in points.
        election: those of one election are not independent.
        weight: in every mean.
        group: such as the days left, for tables by group.
        passed: whether it was accepted.

    """

    law: Law
    came: float
    need: float
    election: str
    weight: float
    group: str
    passed: bool


def mean_of(cases: Sequence[Case], score: Callable[[Case], float]) -> float:
    """Return the weighted mean of a score."""
    whole = sum(case.weight for case in cases)
    return sum(case.weight * score(case) for case in cases) / whole


def brier(case: Case) -> float:
    """Return the squared error of the chance of passing."""
    return (case.law.chance(case.need) - case.passed) ** 2


def log_loss(case: Case) -> float:
    """Return minus the logarithm of the chance of what happened."""
    chance = case.law.chance(case.need)
    told = chance if case.passed else 1 - chance
    return -log(max(told, LEAST_CHANCE))


def crps_of(case: Case) -> float:
    """Return the CRPS of the yes share, in points."""
    return case.law.crps(case.came)


def within(level: float) -> Callable[[Case], float]:
    """Return the score that is 1 where the central interval holds what came."""

    def held(case: Case) -> float:
        low = (1 - level) / 2
        return float(low <= case.law.below(case.came) <= 1 - low)

    return held


def bias(case: Case) -> float:
    """Return what came less the forecast's middle, in points."""
    return case.came - case.law.mean


def summary(cases: Sequence[Case]) -> dict[str, float]:
    """Return every score of some cases."""
    return {
        "cases": len(cases),
        "elections": len({case.election for case in cases}),
        "brier": mean_of(cases, brier),
        "log": mean_of(cases, log_loss),
        "crps": mean_of(cases, crps_of),
        "cover80": mean_of(cases, within(0.8)),
        "cover95": mean_of(cases, within(0.95)),
        "bias": mean_of(cases, bias),
    }


def band(cases: Sequence[Case]) -> tuple[float, float]:
    """Return between what the 80% coverage of a calibrated forecast lies, 2 s.e."""
    weights = np.array([case.weight for case in cases])
    effective = weights.sum() ** 2 / (weights**2).sum()
    reach = 2 * sqrt(0.16 / effective)
    return 0.8 - reach, min(1.0, 0.8 + reach)


def skill(cases: Sequence[Case], against: Sequence[Case]) -> tuple[float, float, float]:
    """Return by what part the CRPS is better than another's, and its 5-95% interval.

    The interval resamples whole elections.
    """
    elections = sorted({case.election for case in cases})
    own, other = (
        np.array(
            [
                sum(c.weight * crps_of(c) for c in group if c.election == name)
                for name in elections
            ]
        )
        for group in (cases, against)
    )
    rng = np.random.default_rng(SEED)
    drawn = rng.integers(0, len(elections), (RESAMPLED, len(elections)))
    again = 1 - own[drawn].sum(axis=1) / other[drawn].sum(axis=1)
    low, high = np.quantile(again, (0.05, 0.95))
    return 1 - float(own.sum() / other.sum()), float(low), float(high)


def reliability(cases: Sequence[Case]) -> list[dict[str, float]]:
    """Return, by the chance forecast, how often it came true."""
    rows = []
    for low, high in pairwise(EDGES):
        inside = [
            c
            for c in cases
            if low <= c.law.chance(c.need) < high or (high == 1 == c.law.chance(c.need))
        ]
        if inside:
            rows.append(
                {
                    "low": low,
                    "high": high,
                    "cases": len(inside),
                    "forecast": mean_of(inside, lambda c: c.law.chance(c.need)),
                    "came": mean_of(inside, lambda c: float(c.passed)),
                }
            )
    return rows


def pit(cases: Sequence[Case], pieces: int = 5) -> list[float]:
    """Return the share of outcomes in each fifth of their forecasts; .2 is right."""
    whole = sum(case.weight for case in cases)
    shares = [0.0] * pieces
    for case in cases:
        place = min(pieces - 1, int(pieces * case.law.below(case.came)))
        shares[place] += case.weight / whole
    return shares
