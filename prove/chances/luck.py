"""How far chance alone may carry a simulation: its Monte Carlo error, and p-values."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

ONE_IN_A_THOUSAND = 0.001
ERRORS = 3

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over simulations, and the standard error that their number leaves it."""

    value: float
    error: float

    def within(self, least: float, most: float) -> bool:
        """Whether it lies between two values, or no further out than luck carries."""
        return least - ERRORS * self.error <= self.value <= most + ERRORS * self.error


def mean_of(numbers: Numbers) -> Mean:
    """Return the mean of simulated numbers."""
    return Mean(
        value=float(numbers.mean()), error=float(numbers.std()) / sqrt(len(numbers))
    )


def share_of(hits: int, many: int) -> Mean:
    """Return a share, with an error that is not zero where all or none hit."""
    near = (hits + 1) / (many + 2)
    return Mean(value=hits / many, error=sqrt(near * (1 - near) / many))


def chi_square_p(statistic: float, freedom: int) -> float:
    """Return the chance of a chi-square so large or larger.

    Good to three decimals from ten degrees of freedom on. Source: Wilson and Hilferty,
    "The Distribution of Chi-Square", PNAS 17 (1931).
    """
    spread = 2 / (9 * freedom)
    z = ((statistic / freedom) ** (1 / 3) - (1 - spread)) / sqrt(spread)
    return 1 - NormalDist().cdf(z)


def inclusion_p(counts: Numbers, draws: int, size: int) -> tuple[float, float]:
    """Return chi-square and its p-value of how often each line of a pool was drawn.

    `size` lines a draw, without replacement, which makes the counts vary less than
    independent ones would; the statistic allows for that.
    """
    pool = len(counts)
    share = size / pool
    off = counts - draws * share
    statistic = (
        float((off**2).sum()) / (draws * share * (1 - share)) * (pool - 1) / pool
    )
    return statistic, chi_square_p(statistic, pool - 1)


def widest_of(many: int) -> float:
    """Return how many standard errors the largest of `many` passes once in 1,000."""
    return NormalDist().inv_cdf(1 - ONE_IN_A_THOUSAND / 2 / many)
