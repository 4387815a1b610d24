"""Lines that every part of the record has: intervals, reliability, what was demanded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from page import figure, table
from scores import (
    RESAMPLED,
    SEED,
    Case,
    bias,
    brier,
    crps_of,
    log_loss,
    pit,
    reliability,
    skill,
    within,
)

SCORES = {
    "Brier": (brier, 3),
    "log loss": (log_loss, 3),
    "CRPS": (crps_of, 2),
    "cover 80": (within(0.8), 2),
    "cover 95": (within(0.95), 2),
    "bias": (bias, 1),
}
Range = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What was demanded before anything was measured, and what was found.

    Attributes:
        what: the score and its bound, in words.
        found: what it came to, in words.
        met: whether it is within the bound.

    """

    what: str
    found: str
    met: bool


def demanded(demands: Sequence[Demand]) -> list[str]:
    """Return a table of demands."""
    rows = [[each.what, each.found, "yes" if each.met else "no"] for each in demands]
    return table(("demanded beforehand", "found", "met"), rows)


def at_most(what: str, found: float, most: float, places: int = 3) -> Demand:
    """Return the demand that a score be at most so much."""
    return Demand(
        what=f"{what} at most {figure(most, places)}",
        found=figure(found, places),
        met=found <= most,
    )


def held(found: float, bounds: tuple[float, float]) -> Demand:
    """Return the demand that 80% intervals hold what a calibrated forecast's do."""
    least, most = bounds
    return Demand(
        what=f"80% intervals hold {figure(least, 2)} to {figure(most, 2)}",
        found=figure(found, 2),
        met=least <= found <= most,
    )


def ranges(cases: Sequence[Case]) -> dict[str, Range]:
    """Return each score of some cases, and its 5-95% interval by whole elections."""
    elections = {name: n for n, name in enumerate(sorted({c.election for c in cases}))}
    place = np.array([elections[case.election] for case in cases])
    weight = np.array([case.weight for case in cases])
    rng = np.random.default_rng(SEED)
    drawn = rng.integers(0, len(elections), (RESAMPLED, len(elections)))
    whole = np.bincount(place, weight)
    found = {}
    for name, (score, _) in SCORES.items():
        each = np.bincount(place, weight * np.array([score(case) for case in cases]))
        again = each[drawn].sum(axis=1) / whole[drawn].sum(axis=1)
        low, high = np.quantile(again, (0.05, 0.95))
        found[name] = float(each.sum() / whole.sum()), float(low), float(high)
    return found


def ranged(found: Mapping[str, Range]) -> list[str]:
    """Return the sentence that tells our own scores with their intervals."""
    told = [
        f"{name} {_short(value, SCORES[name][1])} "
        f"[{_short(low, SCORES[name][1])}, {_short(high, SCORES[name][1])}]"
        for name, (value, low, high) in found.items()
    ]
    return [
        "Our scores with their 5-95% intervals, whole elections resampled: "
        + "; ".join(told)
        + ".",
        "",
    ]


def _short(value: float, places: int) -> str:
    return f"{value:+.1f}" if places == 1 else figure(value, places)


def against(
    by_model: Mapping[str, Sequence[Case]], ours: str
) -> tuple[list[str], dict[str, Range]]:
    """Return by what part our CRPS is better than each other model's, with intervals."""
    found = {
        name: skill(by_model[ours], cases)
        for name, cases in by_model.items()
        if name != ours
    }
    rows = [
        [name, _percent(best), f"{_percent(low)} to {_percent(high)}"]
        for name, (best, low, high) in found.items()
    ]
    heads = (f"CRPS of *{ours}* better than that of", "by", "5-95%")
    return table(heads, rows), found


def _percent(share: float) -> str:
    return f"{round(100 * share) + 0:+d}%" if round(100 * share) else "0%"


def reliable(cases: Sequence[Case]) -> list[str]:
    """Return the table of reliability and the fifths of the forecasts."""
    rows = [
        [
            f"{row['low']:.0%} to {row['high']:.0%}",
            str(int(row["cases"])),
            figure(row["forecast"], 2),
            figure(row["came"], 2),
        ]
        for row in reliability(cases)
    ]
    fifths = ", ".join(figure(each, 2) for each in pit(cases))
    return [
        "How often it came true, by the chance that was forecast:",
        "",
        *table(("chance", "forecasts", "mean chance", "came true"), rows),
        f"Share of outcomes in each fifth of their forecast (.20 is right): {fifths}.",
        "",
    ]
