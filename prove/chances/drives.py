"""Drives whose truth is known: where does the final count fall in what was forecast?

Signatures come at a dying rate, in bursts, with chance from day to day. A past of such
drives is learnt from, and new ones are forecast from a part of their days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from plebiscite.forecast.pace import (
    Channel,
    Kind,
    Past,
    PastPetition,
    Series,
    finish,
)
from plebiscite.forecast.record.reliability import coverage_band
from prove.chances.luck import Numbers
from prove.frame.figure import Figure

START = date(2025, 1, 1)
KOLMOGOROV_95 = 1.36


def synthetic(rng: np.random.Generator, days: int = 100) -> NDArray[np.int64]:
    """Gather by a dying rate with bursts, and chance from day to day."""
    size, age = np.exp(rng.normal(5, 1.2)), np.arange(days)
    rate = size * (0.3 + np.exp(-age / rng.choice([20, 60, 200])))
    for _ in range(rng.poisson(1.5)):
        day = rng.integers(0, days)
        rate[day:] += size * np.exp(rng.normal(0.5, 1) - (age[day:] - day) / 5)
    return np.cumsum(rng.poisson(rate * np.exp(rng.normal(0, 0.3, days))))


def past_of(rng: np.random.Generator, number: int = 70) -> Past:
    """Return a past of such drives."""
    return Past(
        petitions=tuple(
            PastPetition(
                petition=f"past {i}",
                opened=START + timedelta(days=9 * i),
                counts=synthetic(rng).astype(float),
                closed=False,
                required=20_000,
            )
            for i in range(number)
        )
    )


def fallen(rng: np.random.Generator, *, pasts: int = 4, drives: int = 100) -> Numbers:
    """Return where the final counts fell in their forecasts, 0..1, ascending.

    Several pasts, for one past's luck is shared by all that it forecasts.
    """
    below = []
    for _ in range(pasts):
        past = past_of(rng)
        for i in range(drives):
            counts, age = synthetic(rng), int(rng.integers(15, 60))
            series = Series(
                petition=f"new {i}",
                kind=Kind.VERIFIED,
                channel=Channel.ONLINE,
                days=tuple(START + timedelta(days=k) for k in range(age + 1)),
                counts=tuple(map(int, counts[: age + 1])),
                opened=START,
                required=20_000,
                deadline=START + timedelta(days=90),
            )
            told = finish(series, as_of=series.days[-1], past=past)
            below.append(np.mean(told.levels < counts[90]))
    return np.sort(below)


def farthest(below: Numbers) -> float:
    """Return how far the values are from lying evenly."""
    even = (np.arange(len(below)) + 0.5) / len(below)
    return float(np.abs(below - even).max())


def figures(below: Numbers) -> Iterator[Figure]:
    """Yield whether final counts fell evenly."""
    many = len(below)
    # One past's luck is shared by its drives; so the bands are widened to .06.
    inner = float(np.mean((below > 0.1) & (below < 0.9)))
    low, high = coverage_band(0.8, many)
    low, high = min(low, 0.74), max(high, 0.86)
    band = max(KOLMOGOROV_95 / np.sqrt(many), 0.06)
    held = low <= inner <= high and farthest(below) <= band
    yield Figure(
        what="final counts of drives, from a part of their days",
        value=f"80% intervals hold {100 * inner:.1f}%; farthest from even "
        f"{farthest(below):.3f}; {many} invented drives",
        oracle="drives whose end is simulated",
        reach=f"{100 * low:.0f} to {100 * high:.0f}%; at most {band:.3f}",
        held=held,
        note="" if held else "the distributions are off",
    )
