"""How many of the lines count: validity and duplicates, and how little that is known.

Before any line is checked, the share of lines that count is the record of paid drives
in California, net of duplicates: mean .74, standard deviation .05 from one petition to
the next. Volunteers do better: in Washington 86.5% of theirs counted, of all 81.5%, so
they are given five points more. An organiser's own checks take the prior's place by and
by (`filing.checks`).

Sources: Ballotpedia, signature validity rates 2017-2025; Secretary of State of
California, random sample of initiative 1648 (county rates, 2014) and Washington,
referendum 71 (duplicates). The priors' spread is a judgement drawn from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.counts import Channel

Floats = NDArray[np.float64]

MEAN, SPREAD = 0.74, 0.05
VOLUNTEER_MEAN, VOLUNTEER_SPREAD = 0.79, 0.055
DUPLICATES = {Channel.VOLUNTEER: 0.02, Channel.PAID: 0.045, Channel.ONLINE: 0.005}
DUPLICATES_ELSE, DUPLICATE_SPREAD = 0.03, 0.5
COUNTY_SPREAD = 0.06
"""Standard deviation of counties' validity about the petition's (2014: .068 with
the sampling error of 500 lines)."""
BETA_STEPS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """What is known of the lines of one petition.

    Attributes:
        mean, spread: of the share of lines that count, net of duplicates, 0 to 1.
        duplicates: expected share of lines that repeat another line's voter.
        duplicate_spread: its standard deviation on the log scale.
        source: where this is from, for the reader.

    Raises:
        InputError: no share could be like that.

    """

    mean: float = MEAN
    spread: float = SPREAD
    duplicates: float = DUPLICATES_ELSE
    duplicate_spread: float = DUPLICATE_SPREAD
    source: str = "prior: paid drives in California"

    def __post_init__(self) -> None:
        if not 0 < self.mean < 1:
            raise InputError("a validity is a share between 0 and 1, such as 0.74")
        if not 0 <= self.spread**2 < self.mean * (1 - self.mean):
            raise InputError("the validity's standard deviation is impossibly large")
        if not 0 <= self.duplicates < 1 or self.mean + self.duplicates > 1:
            raise InputError(
                "valid and duplicate lines are shares of the same lines and cannot be "
                "more than all of them"
            )

    @classmethod
    def prior(cls, channel: Channel = Channel.UNKNOWN) -> Validity:
        """Return what holds before any line is checked."""
        duplicates = DUPLICATES.get(channel, DUPLICATES_ELSE)
        if channel is Channel.VOLUNTEER:
            return cls(
                mean=VOLUNTEER_MEAN,
                spread=VOLUNTEER_SPREAD,
                duplicates=duplicates,
                source="prior: volunteers, five points above paid drives",
            )
        return cls(duplicates=duplicates)


def share_valid(validity: Validity, points: int = 399) -> Floats:
    """Return the share of lines that count at evenly spaced probabilities."""
    levels = (np.arange(points) + 0.5) / points
    return beta_quantile(levels, validity.mean, validity.spread)


def beta_quantile(p: Floats, mean: float, spread: float) -> Floats:
    """Return quantiles of the beta distribution with a mean and standard deviation."""
    if spread == 0:
        return np.full(np.shape(p), mean)
    grid, below = _beta(round(mean, 6), round(spread, 6))
    found: Floats = np.interp(p, below, grid)
    return found


@cache
def _beta(mean: float, spread: float) -> tuple[Floats, Floats]:
    size = mean * (1 - mean) / spread**2 - 1
    a, b = mean * size, (1 - mean) * size
    # Even steps in the angle put many points where the density may be steep.
    angle = (np.arange(BETA_STEPS) + 0.5) / BETA_STEPS * np.pi / 2
    grid = np.sin(angle) ** 2
    log_density = (2 * a - 1) * np.log(np.sin(angle)) + (2 * b - 1) * np.log(
        np.cos(angle)
    )
    mass = np.exp(log_density - log_density.max())
    return grid, (np.cumsum(mass) - mass / 2) / mass.sum()
