"""The outcome from all polls at once: a random walk seen through houses.

A poll that ended d days before the vote shows the outcome, plus what polls overstate on
the eve, plus a drift a month, plus an error all polls of a campaign share, plus where
opinion still walked to in d days, plus its house's lean, plus noise. Everything is
normal and the outcome has a flat prior, so that the answer is one solve of linear
equations (generalised least squares, or a Gaussian process): a few milliseconds for a
hundred polls, with nothing to tune and no sampler.

Source: constants fitted as those of `drift`; the closed form is compared with a sampler
in bench/sampler.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from plebiscite.forecast.polls.poll import Poll
from plebiscite.forecast.student import Array

LONGEST, MONTH = 120, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """What is assumed of polls; all in points of yes share, spreads as s.d.

    Attributes:
        shared: the error all polls of a campaign share.
        step: of opinion, a day (points per square root of a day).
        house: of a house.
        within: of a poll of a house, beyond sampling.
        over: what polls overstate on the eve.
        month: what they overstate for each month left, up to four: the mean of all
            measures. A forecast puts its own there, as leaders alone lose ground.

    """

    shared: float = 4.2
    step: float = 0.74
    house: float = 3.5
    within: float = 1.3
    over: float = 0.5
    month: float = 2.1


FITTED = Constants()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """The outcome as the walk has it.

    Attributes:
        mean: in points of yes share.
        error: its standard deviation, the shared error included.
        weights: of each poll in the mean; they come to 1.
        likelihood: logarithm of the polls' density, the outcome integrated out.

    """

    mean: float
    error: float
    weights: tuple[float, ...]
    likelihood: float


def walk(
    polls: Sequence[Poll], *, vote_on: date, constants: Constants = FITTED
) -> Walked | None:
    """Return the outcome's mean and error; None without a poll."""
    if not polls:
        return None
    shares = np.array([poll.two_way() for poll in polls])
    days = np.array([poll.days_before(vote_on) for poll in polls], dtype=np.float64)
    covariance = _covariance(polls, days, constants)
    overstated = constants.over + constants.month * np.minimum(days, LONGEST) / MONTH
    return _solve(shares - overstated, covariance)


def _covariance(polls: Sequence[Poll], days: Array, constants: Constants) -> Array:
    """Return the covariance of the polls around the outcome."""
    houses = np.array([poll.house for poll in polls])
    same = (houses[:, None] == houses[None, :]).astype(np.float64)
    own = np.array([poll.sampling() for poll in polls]) + constants.within**2
    walked = constants.step**2 * np.minimum.outer(days, days)
    shared: Array = constants.shared**2 + walked + constants.house**2 * same
    return shared + np.diag(own)


def _solve(seen: Array, covariance: Array) -> Walked:
    """Return the mean of what every entry of `seen` shows, by least squares."""
    one = np.ones(len(seen))
    solved = np.linalg.solve(covariance, np.column_stack((one, seen)))
    precision = float(one @ solved[:, 0])
    mean = float(one @ solved[:, 1]) / precision
    left = seen - mean
    fit = float(left @ (solved[:, 1] - mean * solved[:, 0]))
    spread = float(np.linalg.slogdet(covariance)[1])
    beyond = len(seen) - 1
    likelihood = (fit + spread + np.log(precision) + beyond * np.log(2 * np.pi)) / -2
    return Walked(
        mean=mean,
        error=precision**-0.5,
        weights=tuple(float(each) for each in solved[:, 0] / precision),
        likelihood=float(likelihood),
    )
