"""What past petitions teach about one still gathering: two learners, pooled.

``final = count + pace * days left * R``. What R was in past petitions is learnt twice
and pooled, half and half: a ridge regression of log R on the features of the pace, with
the residuals of petitions of like age and days left; and the R of the nearest
analogues, weighed by a kernel over those features.

The widths and the penalty were chosen on the Italian petitions, leaving out at a time
all petitions opened in the same days (30 groups); neighbouring values score alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.examples import Examples, Stages
from plebiscite.forecast.pace.features import SCALE, Seen

Floats = NDArray[np.float64]

POINTS = 499
"""Quantiles a finish is held as, evenly spaced in probability."""
LEVELS: Floats = (np.arange(POINTS) + 0.5) / POINTS
RIDGE = (0, 1, 2, 3, 4, 5)
ANALOGUE = (0, 1, 4, 6)
PENALTY, RIDGE_WIDTH = 0.1, 0.8
ANALOGUE_WIDTH, AGE_WIDTH = 0.7, 0.5
DRAWN_IN = 0.96
"""Two laws that disagree are wider together than they ought to be."""
COLD_WIDTH, COLD_PROGRESS = 0.7, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """How far the examples are from a petition.

    Attributes:
        away: by feature, in standard deviations; a row an example.
        time: squared distance in the logs of days gone and days ahead.

    """

    away: Floats
    time: Floats


def near(examples: Examples, seen: Seen, ahead: float) -> Near:
    """Measure how far the examples are; an unknown feature is nowhere far.

    A petition beyond what the past has seen is taken to its edge, no further.
    """
    row = seen.row(ahead)
    known, lacking = examples.features, np.isnan(examples.features)
    mean = np.array([known[~gap, i].mean() for i, gap in enumerate(lacking.T)])
    known = np.where(lacking, mean, known)
    row = np.where(np.isnan(row), mean, row)
    row = np.clip(row, known.min(axis=0), known.max(axis=0))
    time = np.log(examples.age / seen.age) ** 2 + np.log(examples.ahead / ahead) ** 2
    return Near(away=(known - row) / known.std(axis=0), time=time)


def pooled(examples: Examples, seen: Seen, ahead: float) -> Floats:
    """Return log R at `LEVELS`: the two learners, each with half the probability."""
    how_near = near(examples, seen, ahead)
    ridge, by_time = fitted(how_near, examples)
    by_kind = alike(how_near, examples, ANALOGUE)
    both = np.concatenate([ridge, examples.log_ratio])
    halves = np.concatenate([by_time / by_time.sum(), by_kind / by_kind.sum()])
    levels = weighted_levels(both, halves)
    middle = levels[POINTS // 2]
    narrowed: Floats = middle + DRAWN_IN * (levels - middle)
    return narrowed


def alike(how_near: Near, examples: Examples, columns: Sequence[int]) -> Floats:
    """Return the examples' weights as analogues, by some of the features and time."""
    distance = (how_near.away[:, columns] ** 2).sum(axis=1) / ANALOGUE_WIDTH**2
    weight = np.exp(-(distance + how_near.time / AGE_WIDTH**2) / 2) + 1e-9
    return _shared(weight, examples.owner)


def fitted(how_near: Near, examples: Examples) -> tuple[Floats, Floats]:
    """Return the values log R may take by the ridge regression, and their weights.

    Each is the fit at the petition plus an example's residual. Features are measured
    from the petition, so that the fit there is the intercept; the penalty draws the
    slopes, not it, to nothing.
    """
    weight = np.exp(-how_near.time / (2 * RIDGE_WIDTH**2))
    weight = _shared(weight, examples.owner)
    away = how_near.away[:, RIDGE]
    centre = weight @ away / weight.sum()
    design = np.column_stack([np.ones(len(away)), away - centre])
    penalty = PENALTY * weight.sum() * np.eye(design.shape[1])
    penalty[0, 0] = 0.0
    weighed = design * weight[:, None]
    slopes = np.linalg.solve(
        design.T @ weighed + penalty, weighed.T @ examples.log_ratio
    )
    here = slopes[0] - slopes[1:] @ centre
    values: Floats = here + examples.log_ratio - design @ slopes
    return values, weight


def _shared(weight: Floats, owner: NDArray[np.int64]) -> Floats:
    """Share out weights: a petition with four times the examples weighs twice."""
    of_petition = np.bincount(owner, weight)
    shared: Floats = weight / np.sqrt(np.maximum(of_petition, 1e-12))[owner]
    return shared


def weighted_levels(values: Floats, weight: Floats) -> Floats:
    """Return the weighted quantiles of `values` at `LEVELS`."""
    order = np.argsort(values)
    below = np.cumsum(weight[order]) - weight[order] / 2
    levels: Floats = np.interp(LEVELS, below / weight.sum(), values[order])
    return levels


def cold(
    stages: Stages,
    count: float | None,
    age: int,
    ahead: int,
    *,
    required: int | None,
) -> Floats:
    """Return final counts from how far past petitions came, not from a pace.

    `count` is None where nobody has counted yet, which is not the same as none.

    Raises:
        InputError: nothing says how large the petition means to be.

    """
    if required is None and not count:
        raise InputError(
            "nothing was counted and no requirement is known, so not even the scale "
            "can be guessed; give --required, or a count"
        )
    scale = np.log(required or SCALE)
    length = np.log((stages.age + stages.ahead) / max(age + ahead, 1))
    distance = (length / COLD_WIDTH) ** 2
    distance += (np.log((stages.age + 3) / (age + 3)) / COLD_WIDTH) ** 2
    if count is not None:
        progress = np.log(stages.count + 10) - stages.log_scale
        here = np.log(count + 10) - scale
        distance += ((progress - here) / COLD_PROGRESS) ** 2
    weight = _shared(np.exp(-distance / 2) + 1e-9, stages.owner)
    log_final = np.log(stages.final + 1) - stages.log_scale
    levels: Floats = np.exp(weighted_levels(log_final, weight) + scale)
    return levels
