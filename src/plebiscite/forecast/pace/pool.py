"""What past petitions teach about one still gathering: two learners, pooled.

``final = count + pace * days left * R``. What R was in past petitions is learnt twice
and pooled, half and half: a ridge regression of log R on the features of the pace, with
the residuals of petitions of like age and days left; and the R of the nearest
analogues, weighed by a kernel over those features.

The widths and the penalty were chosen on the Italian petitions, leaving out at a time
all petitions opened in the same days (30 groups); neighbouring values score alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.features import SCALE, Seen
from plebiscite.forecast.pace.past import Examples

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


def pooled(examples: Examples, seen: Seen, ahead: int) -> Floats:
    """Return log R at `LEVELS`: the two learners, each with half the probability."""
    row = seen.row(ahead)
    low, high = np.quantile(examples.features[:, :4], [0, 1], axis=0)
    row[:4] = np.clip(row[:4], low, high)  # no further than the past has been
    known = np.nan_to_num(examples.features, nan=0.0)
    lacking = np.isnan(examples.features)
    mean = np.array([known[~gap, i].mean() for i, gap in enumerate(lacking.T)])
    known = np.where(lacking, mean, known)
    row = np.where(np.isnan(row), mean, row)
    row[4] = np.clip(row[4], known[:, 4].min(), known[:, 4].max())
    spread = known.std(axis=0)
    away = (known - row) / spread
    near = np.log(examples.age / seen.age) ** 2 + np.log(examples.ahead / ahead) ** 2
    weight = _shared(np.exp(-near / (2 * RIDGE_WIDTH**2)), examples.owner)
    ridge = _ridge(away[:, RIDGE], examples.log_ratio, weight)
    distance = (away[:, ANALOGUE] ** 2).sum(axis=1) / ANALOGUE_WIDTH**2
    alike = np.exp(-(distance + near / AGE_WIDTH**2) / 2) + 1e-9
    alike = _shared(alike, examples.owner)
    both = np.concatenate([ridge, examples.log_ratio])
    halves = np.concatenate([weight / weight.sum(), alike / alike.sum()])
    levels = weighted_levels(both, halves)
    middle = levels[POINTS // 2]
    narrowed: Floats = middle + DRAWN_IN * (levels - middle)
    return narrowed


def _ridge(away: Floats, log_ratio: Floats, weight: Floats) -> Floats:
    """Return the values log R may take here: the fit at the point, plus residuals.

    Features are measured from the point asked about, so that the fit there is the
    intercept; the penalty draws the slopes, not it, to nothing.
    """
    centre = weight @ away / weight.sum()
    design = np.column_stack([np.ones(len(away)), away - centre])
    penalty = PENALTY * weight.sum() * np.eye(design.shape[1])
    penalty[0, 0] = 0.0
    weighed = design * weight[:, None]
    slopes = np.linalg.solve(design.T @ weighed + penalty, weighed.T @ log_ratio)
    here = slopes[0] - slopes[1:] @ centre
    values: Floats = here + log_ratio - design @ slopes
    return values


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
    examples: Examples, count: float, age: int, ahead: int, required: int | None
) -> Floats:
    """Return final counts from how far past petitions came, not from a pace.

    Raises:
        InputError: nothing says how large the petition means to be.

    """
    if required is None and count < 1:
        raise InputError(
            "nothing was counted and no requirement is known, so not even the scale "
            "can be guessed; give --required, or a count"
        )
    scale = np.log(required or SCALE)
    length = np.log((examples.age + examples.ahead) / max(age + ahead, 1))
    distance = (length / COLD_WIDTH) ** 2
    distance += (np.log((examples.age + 3) / (age + 3)) / COLD_WIDTH) ** 2
    if count >= 1:
        progress = np.log(examples.count + 10) - examples.log_scale
        here = np.log(count + 10) - scale
        distance += ((progress - here) / COLD_PROGRESS) ** 2
    weight = _shared(np.exp(-distance / 2) + 1e-9, examples.owner)
    log_final = np.log(examples.final + 1) - examples.log_scale
    levels: Floats = np.exp(weighted_levels(log_final, weight) + scale)
    return levels
