"""Several measures on one ballot: their errors on the day are partly one error.

Who turns out and which way the wind blows is the same for all of them: the errors of
measures on one ballot correlate by .22 (candidate races: .13 to .29), so that the
chance that both pass is not the product of their chances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from plebiscite.errors import InputError
from plebiscite.forecast.polls.drift import DF, T_SCALE
from plebiscite.forecast.polls.vote_day import VoteDay
from plebiscite.forecast.student import Array, normal_cdf, quantile

ON_ONE_BALLOT = 0.22
"""Correlation of errors of measures on one ballot; measured on 63 measures."""
FINEST = 1e-12


def ballot_draws(
    days: Mapping[str, VoteDay],
    rng: np.random.Generator,
    size: int,
    *,
    correlation: float = ON_ONE_BALLOT,
) -> dict[str, Array]:
    """Return equally likely yes shares of each measure, in points, drawn together.

    Each has the law of its own forecast. A measure that would gain from what another
    loses (a rival) is not told apart: `correlation` is of the yes shares, 0 to 1.

    Raises:
        InputError: the votes are not on one day, or the correlation cannot be one.

    """
    if len({day.vote_on for day in days.values()}) > 1:
        raise InputError("measures on one ballot are voted on one day; these are not")
    if not 0 <= correlation <= 1:
        raise InputError(f"a shared error correlates by 0 to 1, not {correlation}")
    shared = rng.standard_normal(size)
    return {
        name: at_scores(day, _mixed(shared, rng.standard_normal(size), correlation))
        for name, day in days.items()
    }


def at_scores(day: VoteDay, scores: Sequence[float] | Array) -> Array:
    """Return the yes shares of a forecast at standard normal scores, in points."""
    chances = np.clip(normal_cdf(scores), FINEST, 1 - FINEST)
    found = day.mean + T_SCALE * day.scale * quantile(chances, DF)
    return np.asarray(np.clip(found, 0.0, 100.0))


def _mixed(shared: Array, own: Array, correlation: float) -> Array:
    return np.asarray(sqrt(correlation) * shared + sqrt(1 - correlation) * own)
