"""The record of signature pace: ours and every plain model, on the same days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from lines import Demand, at_most, demanded, held
from numpy.typing import NDArray
from pace_elsewhere import elsewhere
from pace_models import (
    ANALOGUES,
    BASE,
    DECAY,
    POINTS,
    RIDGE,
    Residuals,
    learner,
    naive,
)
from page import Chapter, figure, table
from petitions import Moment, moments, read_petitions, shipped

from plebiscite.forecast.pace import finish, italy
from plebiscite.forecast.pace.pool import LEVELS

Floats = NDArray[np.float64]
Without = Callable[[Moment], frozenset[str]]
Model = Callable[[Moment, frozenset[str]], Floats]

MULTIPLES = np.geomspace(1.02, 6, 12)
"""Requirements asked for, as multiples of the count: hardly any series came near its own."""
RESAMPLED, SEED = 2_000, 20_170_201
ENOUGH = 20
BETTER = 0.12
OURS, APART = "ours: the pool", "ours, without all that opened in the same days"
HEADS = (
    *("model", "CRPS", "median error", "bias", "Brier", "log loss"),
    *("cover 80/95", "skill [5, 95]"),
)
LEAST_CHANCE = 0.001
"""A chance is cut off here before its logarithm is taken."""
FIFTHS = 5


def ours(at: Moment, without: frozenset[str]) -> Floats:
    """Return the log of the final count at `LEVELS`, as the product tells it."""
    told = finish(
        at.series, as_of=at.as_of, deadline=at.deadline, past=italy().without(without)
    )
    return np.asarray(np.log(np.maximum(told.levels, 1.0)))


def of_pace(pace: Path | None, data: Path | None) -> Chapter:
    """Return the chapter on pace: of the shipped petitions, or of a folder of others."""
    past = shipped(italy())
    outside = pace is not None
    petitions = read_petitions(pace) if pace is not None else past
    asked = [each for petition in petitions for each in moments(petition)]
    if not asked:  # all of them shorter than the shortest window
        asked = [each for one in petitions for each in moments(one, short=True)]
    chapter = Chapter(title="Signature pace")
    if not asked:
        chapter.lines.append("No petition here has run long enough to be held to it.")
        return chapter
    alone: Without = lambda at: frozenset({at.series.petition})  # noqa: E731
    group: Without = lambda at: italy().opened_near(at.series.opened)  # noqa: E731
    hidden = group if outside else alone
    models: dict[str, tuple[Model, Without]] = {OURS: (ours, hidden)}
    if not outside:
        models[APART] = (ours, group)
    for name in (RIDGE, ANALOGUES, DECAY):
        models[name] = (learner(name, italy()), hidden)
    for name, point in POINTS.items():
        models[name] = (Residuals(past, point).levels, hidden)
    models["naive: linear, noise of counting alone"] = (
        lambda at, _: naive(at),
        hidden,
    )
    told = {
        name: [model(at, leave(at)) for at in asked]
        for name, (model, leave) in models.items()
    }
    scores = {name: _scores(asked, levels) for name, levels in told.items()}
    owners = [at.series.petition for at in asked]
    skill = {
        name: _skill(scores[name]["each"], scores[BASE]["each"], owners)
        for name in scores
    }
    _write(chapter, asked, scores, skill, outside=outside)
    _write_parts(chapter, asked, scores)
    _write_calibration(chapter, asked, told[OURS], scores[OURS], skill[OURS])
    chapter.lines += elsewhere(pace if outside else data)
    chapter.figures["scores"] = {
        name: {k: v for k, v in found.items() if k != "each"} | {"skill": skill[name]}
        for name, found in scores.items()
    }
    chapter.figures["pit"] = _pit(asked, told[OURS])
    return chapter


def _scores(asked: Sequence[Moment], told: Sequence[Floats]) -> dict[str, object]:
    came = [np.log(at.final) for at in asked]
    each = np.array([_crps(q, y) for q, y in zip(told, came, strict=True)])
    error = [abs(np.median(q) - y) for q, y in zip(told, came, strict=True)]
    bias = [y - np.median(q) for q, y in zip(told, came, strict=True)]
    pairs = _pairs(asked, told)
    sure = np.clip(pairs[:, 0], LEAST_CHANCE, 1 - LEAST_CHANCE)
    log_loss = -np.log(np.where(pairs[:, 1] > 0, sure, 1 - sure))
    return {
        "crps": float(each.mean()),
        "median": float(np.mean(error)),
        "bias": float(np.mean(bias)),
        "brier": float(np.mean((pairs[:, 0] - pairs[:, 1]) ** 2)),
        "log": float(np.mean(log_loss)),
        "cover80": _cover(told, came, 0.8),
        "cover95": _cover(told, came, 0.95),
        "each": each,
    }


def _pairs(asked: Sequence[Moment], told: Sequence[Floats]) -> Floats:
    """Return the chance of each requirement, and 1 where it was reached."""
    return np.array(
        [
            (float(np.mean(q >= np.log(at.count * m))), at.final >= at.count * m)
            for q, at in zip(told, asked, strict=True)
            for m in MULTIPLES
        ],
        dtype=np.float64,
    )


def _crps(levels: Floats, came: float) -> float:
    """Return the CRPS of evenly spaced quantiles: twice the mean pinball loss."""
    off = came - levels
    return float(2 * np.mean(np.where(off >= 0, LEVELS * off, (LEVELS - 1) * off)))


def _cover(told: Sequence[Floats], came: Sequence[float], level: float) -> float:
    ends = [np.interp([(1 - level) / 2, (1 + level) / 2], LEVELS, q) for q in told]
    held = [
        low - 1e-9 <= y <= high + 1e-9
        for (low, high), y in zip(ends, came, strict=True)
    ]
    return float(np.mean(held))


def _skill(
    own: Floats, other: Floats, owners: Sequence[str]
) -> tuple[float, float, float]:
    """Return by what part the CRPS is better, and its 5-95%, resampling petitions."""
    names = sorted(set(owners))
    place = np.array([names.index(each) for each in owners])
    ours_, others = np.bincount(place, own), np.bincount(place, other)
    rng = np.random.default_rng(SEED)
    drawn = rng.integers(0, len(names), (RESAMPLED, len(names)))
    again = 1 - ours_[drawn].sum(axis=1) / others[drawn].sum(axis=1)
    low, high = np.quantile(again, (0.05, 0.95))
    return 1 - float(own.sum() / other.sum()), float(low), float(high)


def _pit(
    asked: Sequence[Moment], told: Sequence[Floats], pieces: int = 5
) -> list[float]:
    below = [np.mean(q < np.log(at.final)) for q, at in zip(told, asked, strict=True)]
    found, _ = np.histogram(below, bins=pieces, range=(0, 1))
    return [float(n) / len(below) for n in found]


def _write(
    chapter: Chapter,
    asked: Sequence[Moment],
    scores: dict[str, dict[str, object]],
    skill: dict[str, tuple[float, float, float]],
    *,
    outside: bool,
) -> None:
    petitions = len({at.series.petition for at in asked})
    windows = Counter(
        at.window for at in {(a.series.petition, a.window): a for a in asked}.values()
    )
    lengths = ", ".join(f"{n} of {days} days" for days, n in windows.most_common(5))
    chapter.lines += [
        f"{petitions} petitions, {len(asked)} forecasts, at a quarter, half and three "
        f"quarters of their windows ({lengths}). CRPS and error are of the log of the "
        "final count: .1 is about a tenth. The Brier score is over 12 requirements, 1.02 "
        "to 6 times the count of the day. Skill is the part by which the CRPS is better "
        "than that of a straight line from the start with other petitions' residuals.",
        "",
    ]
    if outside:
        chapter.lines += [
            "Nothing was learnt from these files. What is learnt comes from the shipped "
            "Italian petitions; one that stands in both was left out, with all that "
            "opened in the same days.",
            "",
        ]
    else:
        chapter.lines += [
            "The petitions are Italian, online and of 2025 and 2026; each is forecast "
            "from all others. Petitions of one campaign open together, so the second row "
            "leaves out all that opened in the same days: that is what a new campaign may "
            "expect. One that closed early counts with its last count as its final one. "
            "How widely the learners look about was chosen on these same petitions, by the "
            "second row; other widths near them score within .001 of it.",
            "",
        ]
    rows = [
        [
            name,
            figure(float(found["crps"])),  # type: ignore[arg-type]
            figure(float(found["median"])),  # type: ignore[arg-type]
            f"{float(found['bias']):+.2f}",  # type: ignore[arg-type]
            figure(float(found["brier"])),  # type: ignore[arg-type]
            figure(float(found["log"])),  # type: ignore[arg-type]
            f"{figure(float(found['cover80']), 2)}/{figure(float(found['cover95']), 2)}",  # type: ignore[arg-type]
            "0" if name == BASE else _percents(skill[name]),
        ]
        for name, found in scores.items()
    ]
    chapter.lines += table(HEADS, rows)
    reach = 2 * np.sqrt(0.16 / petitions)
    chapter.lines += [
        f"With {petitions} petitions, the 80% interval of a calibrated forecast holds "
        f"between {figure(0.8 - reach, 2)} and {figure(min(1.0, 0.8 + reach), 2)} of them.",
    ]
    if petitions < ENOUGH:
        chapter.lines.append(
            f"With {petitions} petitions nothing is claimed: the table tells what was."
        )
    chapter.lines.append("")


def _write_parts(
    chapter: Chapter, asked: Sequence[Moment], scores: dict[str, dict[str, object]]
) -> None:
    parts = sorted({at.part for at in asked})
    rows = []
    for name in (OURS, BASE):
        each = np.asarray(scores[name]["each"])
        row = [name]
        for part in parts:
            chosen = np.array([at.part == part for at in asked])
            row.append(figure(float(each[chosen].mean())))
        rows.append(row)
    heads = ["CRPS when so much of the window is over", *(f"{p:.0%}" for p in parts)]
    chapter.lines += table(heads, rows)


def _write_calibration(
    chapter: Chapter,
    asked: Sequence[Moment],
    told: Sequence[Floats],
    found: dict[str, object],
    skill: tuple[float, float, float],
) -> None:
    """Write how often our chances came true, and what was demanded of us."""
    pairs = _pairs(asked, told)
    place = np.minimum((pairs[:, 0] * FIFTHS).astype(int), FIFTHS - 1)
    rows = [
        [
            f"{100 * k // FIFTHS}% to {100 * (k + 1) // FIFTHS}%",
            str(int((place == k).sum())),
            figure(float(pairs[place == k, 0].mean()), 2),
            figure(float(pairs[place == k, 1].mean()), 2),
        ]
        for k in range(FIFTHS)
        if (place == k).any()
    ]
    fifths = ", ".join(figure(each, 2) for each in _pit(asked, told))
    reach = 2 * float(np.sqrt(0.16 / len({at.series.petition for at in asked})))
    chapter.lines += [
        "How often a requirement was reached, by the chance that was forecast:",
        "",
        *table(("chance", "asked", "mean chance", "reached"), rows),
        f"Share of final counts in each fifth of their forecast (.20 is right): {fifths}.",
        "",
        *demanded(
            [
                Demand(
                    what=f"CRPS at least 12% below that of *{BASE}*",
                    found=f"{100 * skill[0]:+.0f}%",
                    met=skill[0] >= BETTER,
                ),
                at_most("Brier", float(found["brier"]), 0.082),  # type: ignore[arg-type]
                held(float(found["cover80"]), (0.8 - reach, min(1.0, 0.8 + reach))),  # type: ignore[arg-type]
            ]
        ),
    ]


def _percents(skill: tuple[float, float, float]) -> str:
    best, low, high = (f"{100 * each:+.0f}%" for each in skill)
    return f"{best} [{low}, {high}]"
