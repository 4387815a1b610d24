"""Scores: how good a forecast was, once the outcome came.

A chance is scored by Brier's square (0 best, .25 a coin) and by the logarithm, which
never forgives a certainty that was wrong. A count is scored by the CRPS, in its own
unit: how far the whole distribution lay from what came. Where the outcome fell in the
distribution (its PIT) tells, over many forecasts, whether they were honest: those
values lie evenly between 0 and 1, and eight in ten inside the 80% intervals.

A hurdle is scored by its chance given the earlier ones, and only if it was reached: of
the others nobody can say. Opinion is scored like the rest and shown apart.

Source: T. Gneiting and A. Raftery, "Strictly proper scoring rules, prediction, and
estimation", JASA 102 (2007).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

import numpy as np

from plebiscite.forecast.record.frozen import Frozen

ALL = "all"
SURE = 1e-9
"""The least chance the logarithm is taken of: -log of it is 20.7."""
INSIDE = (0.8, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a measure, as far as its docket knows.

    Attributes:
        hurdles: name → passed or not; those never reached, or still open, are absent.
            ``all`` is whether every hurdle was passed.
        numbers: name → the count that came, as the forecast names them.
        days: name → the day on which it was settled.

    """

    hurdles: Mapping[str, bool]
    numbers: Mapping[str, float]
    days: Mapping[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceScore:
    """One chance and what came: `outcome` is whether it happened."""

    measure: str
    of: str
    published_on: date
    chance: float
    outcome: bool
    elicited: bool

    @property
    def brier(self) -> float:
        """The squared distance, 0 to 1."""
        return (self.chance - self.outcome) ** 2

    @property
    def log(self) -> float:
        """Minus the logarithm of the chance given to what happened; 0 is best."""
        given = self.chance if self.outcome else 1 - self.chance
        return -log(max(given, SURE))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountScore:
    """One count forecast as quantiles, and what came.

    Attributes:
        pit: where the outcome fell in the distribution, 0 to 1.
        crps: in the count's unit; 0 is best.
        inside: interval → whether the outcome lay in it.

    """

    measure: str
    of: str
    published_on: date
    outcome: float
    pit: float
    crps: float
    inside: Mapping[float, bool]


def score(
    frozen: Frozen, came: Came
) -> tuple[list[ChanceScore], list[CountScore], list[str]]:
    """Score a published forecast on what came; what is still open is left out.

    Also returns sentences on what was refused: a forecast published after the day on
    which a thing was settled is no forecast of it.
    """
    chances, counts, refused = list[ChanceScore](), list[CountScore](), list[str]()
    measure = str(frozen.data["measure"])
    told = [
        (each["name"], float(each["p_given"]), bool(each["elicited"]))
        for each in frozen.data["hurdles"]
        if not each["settled"]
    ]
    told.append((ALL, float(frozen.data["joint"]["p"]), True))
    for name, chance, elicited in told:
        if name not in came.hurdles or _late(frozen, name, came, refused):
            continue
        chances.append(
            ChanceScore(
                measure=measure,
                of=name,
                published_on=frozen.published_on,
                chance=chance,
                outcome=came.hurdles[name],
                elicited=elicited,
            )
        )
    for name, quantiles in frozen.data.get("numbers", {}).items():
        if name not in came.numbers or _late(frozen, name, came, refused):
            continue
        levels = {float(level): float(value) for level, value in quantiles.items()}
        outcome = came.numbers[name]
        counts.append(
            CountScore(
                measure=measure,
                of=name,
                published_on=frozen.published_on,
                outcome=outcome,
                pit=pit(levels, outcome),
                crps=crps(levels, outcome),
                inside={level: inside(levels, outcome, level) for level in INSIDE},
            )
        )
    return chances, counts, refused


def pit(quantiles: Mapping[float, float], outcome: float) -> float:
    """Return where an outcome fell in a distribution given by quantiles."""
    levels, values = _sorted(quantiles)
    return float(np.interp(outcome, values, levels, left=0.0, right=1.0))


def crps(quantiles: Mapping[float, float], outcome: float) -> float:
    """Return the CRPS of a distribution given by quantiles, in the outcome's unit.

    Twice the mean loss of the quantiles, each weighing as much as the levels it stands
    for.
    """
    levels, values = _sorted(quantiles)
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    miss = outcome - values
    loss = np.where(miss >= 0, levels * miss, (levels - 1) * miss)
    return float(2 * np.sum(loss * np.diff(edges)))


def inside(quantiles: Mapping[float, float], outcome: float, level: float) -> bool:
    """Tell whether an outcome lies in the central interval of a level."""
    levels, values = _sorted(quantiles)
    low, high = np.interp([(1 - level) / 2, (1 + level) / 2], levels, values)
    return bool(low <= outcome <= high)


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; None of nothing."""
    return sum(values) / len(values) if values else None


def _late(frozen: Frozen, name: str, came: Came, refused: list[str]) -> bool:
    settled = came.days.get(name)
    if settled is None or frozen.published_on < settled:
        return False
    refused.append(
        f"{frozen.path.name}: {name} was settled on {settled}, and the forecast was "
        f"published on {frozen.published_on}: made after the fact, not scored"
    )
    return True


def _sorted(
    quantiles: Mapping[float, float],
) -> tuple[np.typing.NDArray[np.float64], np.typing.NDArray[np.float64]]:
    levels = sorted(quantiles)
    return np.array(levels), np.array([quantiles[level] for level in levels])
