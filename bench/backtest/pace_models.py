"""The plain models of pace: one number each, and the residuals of other petitions.

A plain model says one final count. How far off it is, is learnt from what it would have
said of past petitions at the same part of a window of the same length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from petitions import Moment, Petition, line, moments

from plebiscite.forecast.pace.examples import examples_of
from plebiscite.forecast.pace.features import features
from plebiscite.forecast.pace.past import Past
from plebiscite.forecast.pace.pool import (
    ANALOGUE,
    LEVELS,
    alike,
    fitted,
    near,
    weighted_levels,
)
from plebiscite.forecast.student import normal_quantile

Floats = NDArray[np.float64]
Point = Callable[[Moment], float]

FEWEST = 8
GRID = 40
LEAST = 1.0
NORMAL = np.array([normal_quantile(float(p)) for p in LEVELS])


def linear(at: Moment) -> float:
    """Return the count if it went on as from the start."""
    return at.count * at.window / max(at.age, 1)


def recent(at: Moment) -> float:
    """Return the count if it went on as in the last third."""
    counts = line(at)
    third = max(1, at.age // 3)
    return at.count + max(counts[-1] - counts[-1 - third], 0.01) / third * at.ahead


def power(at: Moment) -> float:
    """Return where the count goes along a straight line in the logs of age and count."""
    counts = np.array(line(at))
    ages = np.arange(len(counts))
    seen = (ages > 0) & (counts > 0)
    if seen.sum() <= 1:  # a line has two points
        return linear(at)
    slope = np.polyfit(np.log(ages[seen]), np.log(counts[seen]), 1)[0]
    return float(at.count * (at.window / at.age) ** slope)


def decaying(at: Moment) -> float:
    """Return the end of a rate that dies away exponentially, least squares."""
    widths = np.geomspace(at.window / 40, at.window * 20, GRID)

    def shape(age: Floats) -> Floats:
        return np.asarray(1 - np.exp(-age[:, None] / widths))

    return _grown(at, shape)


def logistic(at: Moment) -> float:
    """Return the end of a logistic curve, least squares."""
    middle, width = _pairs(at)

    def shape(age: Floats) -> Floats:
        return np.asarray(1 / (1 + np.exp(-(age[:, None] - middle) / width)))

    return _grown(at, shape)


def gompertz(at: Moment) -> float:
    """Return the end of a Gompertz curve, least squares."""
    middle, width = _pairs(at)

    def shape(age: Floats) -> Floats:
        return np.asarray(np.exp(-np.exp(-(age[:, None] - middle) / width)))

    return _grown(at, shape)


def _pairs(at: Moment) -> tuple[Floats, Floats]:
    middles, widths = np.meshgrid(
        np.linspace(-0.2 * at.window, 1.5 * at.window, GRID),
        np.geomspace(at.window / 40, at.window, GRID),
    )
    return middles.ravel(), widths.ravel()


def _grown(at: Moment, shape: Callable[[Floats], Floats]) -> float:
    """Fit the height of each shape on a grid, and return the best one's end."""
    counts = np.array(line(at))
    ages = np.arange(len(counts), dtype=np.float64)
    curves = shape(ages)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        height = (curves * counts[:, None]).sum(axis=0) / (curves**2).sum(axis=0)
        wrong = ((counts[:, None] - height * curves) ** 2).sum(axis=0)
    best = int(np.nanargmin(wrong))
    end = height[best] * shape(np.array([float(at.window)]))[0, best]
    return float(max(end, LEAST))


POINTS: dict[str, Point] = {
    "recent pace + others' residuals": recent,
    "linear from the start + others' residuals": linear,
    "power law + others' residuals": power,
    "logistic + others' residuals": logistic,
    "Gompertz + others' residuals": gompertz,
    "dying rate + others' residuals": decaying,
}
RIDGE, ANALOGUES = "ridge on features of the pace", "nearest analogues"
DECAY = "pace x decay ratio, by the pace alone"
PACE = (0, 1)
BASE = "linear from the start + others' residuals"


def naive(at: Moment) -> Floats:
    """Return the linear count with the noise of counting alone."""
    final = linear(at)
    spread = np.sqrt(max(final - at.count, LEAST))
    return np.asarray(np.log(np.maximum(final + NORMAL * spread, at.count)))


class Residuals:
    """What a plain model got wrong of past petitions."""

    def __init__(self, past: Sequence[Petition], point: Point) -> None:
        """Take down its errors at each moment of each past petition."""
        self.point = point
        self.rows = [
            (
                m.series.petition,
                m.window,
                m.part,
                np.log(m.final / max(point(m), LEAST)),
            )
            for petition in past
            for m in moments(petition)
        ]

    def levels(self, at: Moment, without: Iterable[str]) -> Floats:
        """Return the log of the final count at `LEVELS`, learnt from others."""
        hidden = set(without)
        rows = [row for row in self.rows if row[0] not in hidden and row[2] == at.part]
        nearest = sorted({row[1] for row in rows}, key=lambda w: abs(w - at.window))
        for window in nearest:
            errors = [row[3] for row in rows if row[1] == window]
            if len(errors) >= FEWEST:
                break
        middle = np.log(max(self.point(at), LEAST))
        return np.asarray(middle + np.quantile(errors, LEVELS))


def learner(name: str, past: Past) -> Callable[[Moment, frozenset[str]], Floats]:
    """Return one of the pool's learners, alone: ridge, analogues or decay ratio."""

    def levels(at: Moment, without: frozenset[str]) -> Floats:
        seen = features(np.array(line(at)), required=at.series.required)
        examples = examples_of(past.without(without))
        if seen is None:
            return naive(at)
        how_near = near(examples, seen, at.ahead)
        if name == RIDGE:
            values, weight = fitted(how_near, examples)
        else:
            columns = ANALOGUE if name == ANALOGUES else PACE
            values, weight = examples.log_ratio, alike(how_near, examples, columns)
        ratio = weighted_levels(values, weight)
        return np.asarray(np.log(at.count + seen.gathered(ratio, at.ahead)))

    return levels
