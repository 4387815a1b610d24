"""The models that are compared, plain ones and ours.

Each is given an occasion and the occasions of all other elections, from which a plain
model may learn its constants. Ours learn nothing: their constants are those shipped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt

import numpy as np
from campaigns import Occasion
from scores import Law

from plebiscite.forecast.polls import Poll, vote_day
from plebiscite.forecast.polls.average import average
from plebiscite.forecast.polls.drift import drifted, spread
from plebiscite.forecast.polls.walk import Constants, walk

Others = Sequence[Occasion]
Model = Callable[[Occasion, Others], Law]
FEWEST = 8
"""Other occasions below which a plain model takes the constants stated beside it."""
NO_POLLS, CONSTANT = 12.5, 9.0
GROWING = (25.0, 1.2)
LEAST = 1.0
HALVES = 0.5
LAST = 5


def decided(poll: Poll) -> float:
    """Return yes of yes and no, in points, without the undecided."""
    if poll.oppose is None:
        return poll.two_way(HALVES)
    return 100 * poll.support / max(1e-9, poll.support + poll.oppose)


def last_five(occasion: Occasion) -> float:
    """Return the mean of the last five polls, the undecided left out."""
    return float(np.mean([decided(poll) for poll in occasion.polls[-LAST:]]))


def allotted(occasion: Occasion) -> float:
    """Return the average as shipped: up to five polls, the undecided allotted."""
    found = average(occasion.polls, as_of=occasion.as_of)
    assert found is not None
    return found.support


def _weights(others: Others) -> np.ndarray:
    return np.array([each.weight for each in others])


def _came(others: Others) -> np.ndarray:
    return np.array([each.outcome.yes for each in others])


def base_rate(_: Occasion, others: Others) -> Law:
    """No polls: the mean of the other elections' measures."""
    if len(others) < FEWEST:
        return Law(mean=49.0, scale=NO_POLLS)
    mean = float(np.average(_came(others), weights=_weights(others)))
    variance = np.average((_came(others) - mean) ** 2, weights=_weights(others))
    return Law(mean=mean, scale=sqrt(float(variance)))


def last_poll(occasion: Occasion, _: Others) -> Law:
    """The last poll, with its sampling error alone."""
    poll = occasion.polls[-1]
    return Law(mean=decided(poll), scale=sqrt(poll.sampling()))


def sampling_only(occasion: Occasion, _: Others) -> Law:
    """The last five, with their sampling error alone."""
    used = occasion.polls[-LAST:]
    error = sqrt(sum(poll.sampling() for poll in used)) / len(used)
    return Law(mean=last_five(occasion), scale=error)


def constant(occasion: Occasion, others: Others) -> Law:
    """The last five, with one fitted error for all: the baseline to beat."""
    if len(others) < FEWEST:
        return Law(mean=last_five(occasion), scale=CONSTANT)
    missed = _came(others) - np.array([last_five(each) for each in others])
    error = sqrt(float(np.average(missed**2, weights=_weights(others))))
    return Law(mean=last_five(occasion), scale=error)


def growing(occasion: Occasion, others: Others) -> Law:
    """The average, 40% of the undecided to yes, an error that grows with the days."""
    first, slope = GROWING
    if len(others) >= FEWEST:
        missed = _came(others) - np.array([allotted(each) for each in others])
        days = np.array([each.days for each in others], dtype=np.float64)
        table = np.column_stack((np.ones(len(days)), days))
        root = np.sqrt(_weights(others))
        first, slope = np.linalg.lstsq(
            table * root[:, None], missed**2 * root, rcond=None
        )[0]
    variance = max(9.0, float(first + slope * occasion.days))
    return Law(mean=allotted(occasion), scale=sqrt(variance))


def monthly_loss(occasion: Occasion, _: Others) -> Law:
    """3.5 points lost a month, an error of .35 points a week: a published recipe."""
    mean = allotted(occasion) - 0.115 * occasion.days
    return Law(mean=mean, scale=sqrt(9 + (0.35 * occasion.days / 7) ** 2))


def regression(occasion: Occasion, others: Others) -> Law:
    """Outcome regressed on average and days, fitted to the other elections."""
    if len(others) < 2 * FEWEST:
        return plain_drift(occasion, others)
    table = np.array([_features(each) for each in others])
    root = np.sqrt(_weights(others))
    found = np.linalg.lstsq(table * root[:, None], _came(others) * root, rcond=None)[0]
    missed = _came(others) - table @ found
    error = sqrt(float(np.average(missed**2, weights=_weights(others))))
    return Law(mean=float(np.array(_features(occasion)) @ found), scale=error)


def _features(occasion: Occasion) -> tuple[float, float, float]:
    return 1.0, allotted(occasion) - 50, min(occasion.days, 120) / 30


def plain_drift(occasion: Occasion, others: Others) -> Law:
    """The average with one drift for all, fitted; error growing, fat tails."""
    first, slope = -0.5, -2.1
    if len(others) >= FEWEST:
        missed = _came(others) - np.array([allotted(each) for each in others])
        table = np.array([(1.0, min(each.days, 120) / 30) for each in others])
        root = np.sqrt(_weights(others))
        first, slope = np.linalg.lstsq(
            table * root[:, None], missed * root, rcond=None
        )[0]
    mean = allotted(occasion) + float(first + slope * min(occasion.days, 120) / 30)
    return Law(mean=mean, scale=max(LEAST, spread(occasion.days)), fat=True)


def bare_walk(occasion: Occasion, _: Others) -> Law:
    """The walk without drift or house effects, the undecided halved."""
    halved = [_halved(poll) for poll in occasion.polls]
    plain = Constants(house=1e-6, over=0.0, month=0.0)
    found = walk(halved, vote_on=occasion.outcome.vote_on, constants=plain)
    assert found is not None
    return Law(mean=found.mean, scale=found.error)


def _halved(poll: Poll) -> Poll:
    share = poll.two_way(HALVES)
    return replace(poll, support=share, oppose=100 - share, unsure=0.0)


def full_walk(occasion: Occasion, _: Others) -> Law:
    """The walk with houses, undecided and one drift for all, normal."""
    found = walk(occasion.polls, vote_on=occasion.outcome.vote_on)
    assert found is not None
    return Law(mean=found.mean, scale=found.error)


def walk_and_prior(occasion: Occasion, others: Others) -> Law:
    """The same, drawn towards what measures come to: N(49, 12.5)."""
    found = full_walk(occasion, others)
    own, prior = found.scale**-2, NO_POLLS**-2
    mean = (own * found.mean + prior * 49.0) / (own + prior)
    return Law(mean=mean, scale=(own + prior) ** -0.5)


def lead_aware(occasion: Occasion, _: Others) -> Law:
    """The average with the drift of leaders, error growing, fat tails."""
    mean = drifted(allotted(occasion), occasion.days)
    return Law(mean=mean, scale=spread(occasion.days), fat=True)


def mean_of_two(occasion: Occasion, others: Others) -> Law:
    """The mean of the walk and the lead-aware average, error growing, fat tails."""
    both = full_walk(occasion, others).mean, lead_aware(occasion, others).mean
    return Law(mean=sum(both) / 2, scale=spread(occasion.days), fat=True)


def shipped(occasion: Occasion, _: Others) -> Law:
    """What plebiscite answers: `vote_day`."""
    found = vote_day(
        occasion.polls,
        as_of=occasion.as_of,
        vote_on=occasion.outcome.vote_on,
        on_ballot_text=True,
    )
    return Law(mean=found.mean, scale=found.scale, fat=True)


BASELINE = "last five, constant error"
SHIPPED = "plebiscite (vote_day)"
MODELS: dict[str, Model] = {
    "no polls: base rate": base_rate,
    "last poll, sampling error": last_poll,
    "last five, sampling error": sampling_only,
    BASELINE: constant,
    "undecided 40% yes, error grows": growing,
    "3.5 points lost a month": monthly_loss,
    "regression and drift": regression,
    "walk, no drift, undecided halved": bare_walk,
    "walk, houses, undecided, drift": full_walk,
    "same, with N(49, 12.5)": walk_and_prior,
    "average, one drift, t5": plain_drift,
    "average, drift of leaders, t5": lead_aware,
    "mean of walk and average, t5": mean_of_two,
    SHIPPED: shipped,
}
