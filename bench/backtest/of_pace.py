"""The record of signature pace: ours and every plain model, on the same days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
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
from scores import ENOUGH, LEAST_CHANCE, RESAMPLED, SEED

from plebiscite.forecast.pace import finish, italy
from plebiscite.forecast.pace.pool import LEVELS

Floats = NDArray[np.float64]
Without = Callable[[Moment], frozenset[str]]
Model = Callable[[Moment, frozenset[str]], Floats]

MULTIPLES = np.geomspace(1.02, 6, 12)
"""Requirements asked for, as multiples of the count: hardly any series came near its own."""
BETTER = 0.12
OURS, APART = "ours: the pool", "ours, without all that opened in the same days"
HEADS = (
    *("model", "CRPS", "median error", "bias", "Brier", "log loss"),
    *("cover 80/95", "skill [5, 95]"),
)
FIFTHS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How a model did, over all forecasts.

    Attributes:
        crps: the mean CRPS, of the log of the final count, like the next two.
        median: how far off the middle was, on average.
        bias: what came less the middle, on average.
        brier: of the chances of the requirements.
        log: minus the logarithm of the chance of what happened, on average.
        cover80: the share of 80% intervals that held.
        cover95: likewise, of 95%.

    """

    crps: float
    median: float
    bias: float
    brier: float
    log: float
    cover80: float
    cover95: float


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
    hidden = _campaign if outside else _itself
    models: dict[str, tuple[Model, Without]] = {OURS: (ours, hidden)}
    if not outside:
        models[APART] = (ours, _campaign)
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
    each = {name: _each_crps(asked, levels) for name, levels in told.items()}
    scores = {name: _scores(asked, told[name], each[name]) for name in told}
    owners = [at.series.petition for at in asked]
    skill = {name: _skill(own, each[BASE], owners) for name, own in each.items()}
    _write(chapter, asked, scores, skill, outside=outside)
    _write_parts(chapter, asked, each)
    _write_calibration(chapter, asked, told[OURS], scores[OURS], skill[OURS])
    chapter.lines += elsewhere(pace if outside else data)
    chapter.figures["scores"] = {
        name: asdict(found) | {"skill": skill[name]} for name, found in scores.items()
    }
    chapter.figures["pit"] = _pit(asked, told[OURS])
    return chapter


def _itself(at: Moment) -> frozenset[str]:
    return frozenset({at.series.petition})


def _campaign(at: Moment) -> frozenset[str]:
    return italy().opened_near(at.series.opened)


def _each_crps(asked: Sequence[Moment], told: Sequence[Floats]) -> Floats:
    came = [np.log(at.final) for at in asked]
    return np.array([_crps(q, y) for q, y in zip(told, came, strict=True)])


def _scores(asked: Sequence[Moment], told: Sequence[Floats], each: Floats) -> Scores:
    came = [np.log(at.final) for at in asked]
    error = [abs(np.median(q) - y) for q, y in zip(told, came, strict=True)]
    bias = [y - np.median(q) for q, y in zip(told, came, strict=True)]
    pairs = _pairs(asked, told)
    sure = np.clip(pairs[:, 0], LEAST_CHANCE, 1 - LEAST_CHANCE)
    log_loss = -np.log(np.where(pairs[:, 1] > 0, sure, 1 - sure))
    return Scores(
        crps=float(each.mean()),
        median=float(np.mean(error)),
        bias=float(np.mean(bias)),
        brier=float(np.mean((pairs[:, 0] - pairs[:, 1]) ** 2)),
        log=float(np.mean(log_loss)),
        cover80=_cover(told, came, 0.8),
        cover95=_cover(told, came, 0.95),
    )


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
    scores: Mapping[str, Scores],
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
            figure(found.crps),
            figure(found.median),
            f"{found.bias:+.2f}",
            figure(found.brier),
            figure(found.log),
            f"{figure(found.cover80, 2)}/{figure(found.cover95, 2)}",
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
    chapter: Chapter, asked: Sequence[Moment], crps: Mapping[str, Floats]
) -> None:
    parts = sorted({at.part for at in asked})
    rows = []
    for name in (OURS, BASE):
        row = [name]
        for part in parts:
            chosen = np.array([at.part == part for at in asked])
            row.append(figure(float(crps[name][chosen].mean())))
        rows.append(row)
    heads = ["CRPS when so much of the window is over", *(f"{p:.0%}" for p in parts)]
    chapter.lines += table(heads, rows)


def _write_calibration(
    chapter: Chapter,
    asked: Sequence[Moment],
    told: Sequence[Floats],
    found: Scores,
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
                at_most("Brier", found.brier, 0.082),
                held(found.cover80, (0.8 - reach, min(1.0, 0.8 + reach))),
            ]
        ),
    ]


def _percents(skill: tuple[float, float, float]) -> str:
    best, low, high = (f"{100 * each:+.0f}%" for each in skill)
    return f"{best} [{low}, {high}]"
