"""The counts a forecast speaks of, as quantiles: signatures, yes share, turnout.

A chance is scored against yes or no; a count can be scored against the count that came,
for how far off it was and whether its intervals hold. So the quantiles are frozen with
the forecast.
"""

from __future__ import annotations

import numpy as np

from plebiscite.forecast.hurdles.ladder import Ladder, Vote
from plebiscite.forecast.polls.drift import DF
from plebiscite.forecast.student import Array

LEVELS = tuple(round(step / 100, 2) for step in (1, *range(5, 100, 5), 99))
"""Chances at which quantiles are kept."""
DRAWS = 40_000
MOST = 1.0


def numbers_of(ladder: Ladder, *, seed: int) -> dict[str, dict[str, float]]:
    """Return quantiles of each count still ahead: name → level → value.

    ``valid_signatures`` are counts, ``yes:KEY`` percent of yes and no, ``turnout:KEY``
    percent of the registered.
    """
    rng = np.random.default_rng(seed)
    ahead = {(each.kind, each.vote) for each in ladder.hurdles if each.settled is None}
    found: dict[str, Array] = {}
    if ("signatures", "") in ahead and ladder.gathering is not None:
        found["valid_signatures"] = valid_draws(ladder, rng)
    for vote in ladder.votes:
        if ("yes", vote.key) in ahead and vote.opinion is not None:
            found[f"yes:{vote.key}"] = yes_draws(vote, ladder, rng)
        if ("turnout", vote.key) in ahead and vote.turnout is not None:
            found[f"turnout:{vote.key}"] = turnout_draws(vote, ladder, rng)
    return {name: quantiles(draws) for name, draws in found.items()}


def quantiles(draws: Array) -> dict[str, float]:
    """Return the quantiles of draws at `LEVELS`, the level as a key."""
    values = np.quantile(draws, LEVELS)
    pairs = zip(LEVELS, values, strict=True)
    return {f"{level:.2f}": float(value) for level, value in pairs}


def valid_draws(ladder: Ladder, rng: np.random.Generator) -> Array:
    """Return draws of the valid signatures there will be."""
    gathering, priors = ladder.gathering, ladder.priors
    assert gathering is not None

    def of(name: str) -> Array:
        prior = priors[name]
        reach = (prior.spread**2 + prior.within**2) ** 0.5
        return np.asarray(prior.located() + reach * rng.standard_normal(DRAWS))

    valid = np.clip(of("validity"), 0.05, MOST)
    noise = np.exp(gathering.deviation * rng.standard_normal(DRAWS))
    if gathering.way == "valid":
        return np.asarray(gathering.count * noise)
    if gathering.way == "raw":
        return np.asarray(gathering.count * noise * valid)
    bought = (np.exp(of("money")) + gathering.spent) / np.exp(of("cost"))
    return np.asarray((bought + np.exp(of("volunteers"))) * valid)


def yes_draws(vote: Vote, ladder: Ladder, rng: np.random.Generator) -> Array:
    """Return draws of the yes share, in percent of yes and no."""
    assert vote.opinion is not None
    error = vote.opinion.unit * rng.standard_t(DF, DRAWS)
    found = vote.opinion.mean + error
    if vote.further:
        short = ladder.priors["overstated"]
        found -= short.centre + short.spread * rng.standard_normal(DRAWS)
    return np.asarray(np.clip(found, 0, 100))


def turnout_draws(vote: Vote, ladder: Ladder, rng: np.random.Generator) -> Array:
    """Return draws of the turnout, in percent of the registered."""
    assert vote.turnout is not None
    headline, boycott = ladder.priors["headline"], ladder.priors["boycott"]
    odds = vote.turnout.centre + headline.centre
    reach = (vote.turnout.deviation**2 + headline.spread**2) ** 0.5
    share = 1 / (1 + np.exp(-(odds + reach * rng.standard_normal(DRAWS))))
    home = rng.random(DRAWS) < boycott.centre
    share = share * (1 - home * ladder.priors["stay_home"].centre)
    return np.asarray(100 * share)
