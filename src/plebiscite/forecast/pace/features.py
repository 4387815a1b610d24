"""What a petition's counts so far say about its pace.

Everything is taken relative: recent pace to the pace so far, days left to days gone,
the count to the requirement. So a drive of a week and one of half a year, one of a
thousand signatures and one of a million, can be set beside each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEEK, THIRD, MONTH = 7, 3, 30.0
SCALE = 50_000
"""Stands for a requirement nobody stated; that of a popular initiative in Italy."""
FLOOR = 0.02
"""Least ratio of what was added to what the pace would have added, before its log."""
UNKNOWN_BURST = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The pace at one age.

    Attributes:
        known: the features but the days left, in order; NaN where unknown.
        pace: signatures a day to be expected if nothing changed, above 0.
        age: days gone.

    """

    known: tuple[float, ...]
    pace: float
    age: int

    def row(self, ahead: float) -> Floats:
        """Return the features for an end so many days ahead.

        Last week's pace to the pace so far, and last third's; days left to days gone
        (logs all three); days gone, log of months; share of the requirement, log; the
        largest day's share of all; whether the requirement is reached.
        """
        week, third, *others = self.known
        return np.array([week, third, np.log(ahead / self.age), *others])

    def log_ratio(self, gathered: float, ahead: float) -> float:
        """Return the log of what was gathered to what the pace promised, floored."""
        promised = self.pace * ahead
        return float(np.log((max(gathered, 0.0) + FLOOR * promised) / promised))

    def gathered(self, log_ratio: Floats, ahead: float) -> Floats:
        """Return what a log ratio means in signatures; the inverse of `log_ratio`."""
        promised = self.pace * ahead
        return np.maximum(promised * (np.exp(log_ratio) - FLOOR), 0.0)


def settled(counts: Floats) -> Floats:
    """Return the counts as if what was removed later had never been there."""
    return np.minimum.accumulate(counts[::-1])[::-1]


def removed_share(counts: Floats) -> float:
    """Return the share of all lines ever gathered that were removed again, 0 to 1."""
    steps = np.diff(np.concatenate([[0.0], counts[~np.isnan(counts)]]))
    gone = -steps[steps < 0].sum()
    return float(gone / max(steps[steps > 0].sum(), 1.0))


def features(counts: Floats, *, required: int | None) -> Seen | None:
    """Return the pace at the last age of `counts`; None where too little is seen.

    Args:
        counts: cumulative count at each age in days from 0, not falling; NaN where
            it was not seen, in the beginning only.
        required: signatures required, if known.

    """
    age = len(counts) - 1
    if age < 1:
        return None
    third, week = max(1, age // THIRD), min(WEEK, age)
    if np.isnan(counts[age - max(third, week)]):
        return None
    count = counts[age]
    by_third = (count - counts[age - third]) / third
    by_week = (count - counts[age - week]) / week
    so_far = count / age
    least = 0.1 * so_far + 0.02
    steps = np.diff(counts, prepend=0.0)
    burst = UNKNOWN_BURST if np.isnan(counts[0]) else steps.max() / max(count, 1.0)
    known = (
        np.log((by_week + least) / (so_far + least)),
        np.log((by_third + least) / (so_far + least)),
        np.log(age / MONTH),
        np.log((count + 10) / required) if required else np.nan,
        burst,
        float(required is not None and count >= required),
    )
    pace = (by_third + by_week) / 2 + 0.02 * so_far + 0.01
    return Seen(known=tuple(map(float, known)), pace=float(pace), age=age)
