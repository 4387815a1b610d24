"""The record of forecasts from polls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from campaigns import Occasion, read_campaigns
from models import BASELINE, MODELS, SHIPPED
from page import HEADS, Chapter, figure, scored, table
from scores import ENOUGH, Case, band, pit, reliability, skill, summary


def cases_of(name: str, occasions: Sequence[Occasion]) -> list[Case]:
    """Return a model's forecasts, each election left out of what it learns from."""
    cases = []
    for each in occasions:
        others = [o for o in occasions if o.outcome.election != each.outcome.election]
        cases.append(
            Case(
                law=MODELS[name](each, others),
                came=each.outcome.yes,
                need=each.outcome.need,
                election=each.outcome.election,
                weight=each.weight,
                group=each.band,
                passed=each.outcome.passed,
            )
        )
    return cases


def of_polls(folder: Path) -> Chapter:
    """Return the chapter on the polls in a folder."""
    read = read_campaigns(folder)
    occasions = read.occasions
    measures = {each.outcome.question for each in occasions}
    elections = {each.outcome.election for each in occasions}
    by_model = {name: cases_of(name, occasions) for name in MODELS}
    sums = {name: summary(cases) for name, cases in by_model.items()}
    ours = by_model[SHIPPED]
    better, low, high = skill(ours, by_model[BASELINE])
    least, most = band(ours)
    chapter = Chapter(title="Votes from polls")
    chapter.figures = {
        "measures": len(measures),
        "elections": len(elections),
        "occasions": len(occasions),
        "models": sums,
        "skill": {"crps": better, "low": low, "high": high, "against": BASELINE},
        "band80": [least, most],
        "reliability": reliability(ours),
        "pit": pit(ours),
        "horizons": {},
        "notes": list(read.notes),
    }
    chapter.lines += [
        f"{len(occasions)} forecasts of {len(measures)} measures in {len(elections)} "
        "elections: one on the day of the last poll in each band of days before the "
        "vote. Each measure weighs 1. Whatever a plain model learns, it learns from the "
        "other elections; the last row learns nothing here. Chances are of passing; CRPS "
        "and bias (outcome less forecast) are points of yes share of yes and no; a "
        "chance below .001 is cut off there in the log loss.",
        "",
        *table(HEADS, [scored(name, found) for name, found in sums.items()]),
        f"CRPS of the last row against *{BASELINE}*: {better:+.0%} "
        f"[{low:+.0%}, {high:+.0%}] (5-95%, whole elections resampled). "
        + _claim(len(elections), low, high),
        "",
        f"80% intervals that hold: {figure(sums[SHIPPED]['cover80'], 2)}; a calibrated "
        f"forecast gives {figure(least, 2)} to {figure(most, 2)} here.",
        "",
        *_by_days(chapter, by_model),
        *_reliable(ours),
        "The constants of the last six rows were fitted, each election left out in turn, "
        "to 63 measures of 2005 to 2024: Brexit, Scotland, and 61 of American states. Where "
        "some of those are among the measures here, their rows have seen them; measures "
        "that are not are the fair test.",
        "",
        "Read from: " + "; ".join(read.notes) + ".",
    ]
    return chapter


def _claim(elections: int, low: float, high: float) -> str:
    if elections < ENOUGH:
        return f"With {elections} elections (fewer than {ENOUGH}) no superiority is claimed."
    if low > 0:
        return "Better, with the lower end above nought."
    if high < 0:
        return "Worse, with the upper end below nought."
    return "Not clearly better: the interval holds nought."


def _by_days(chapter: Chapter, by_model: dict[str, list[Case]]) -> list[str]:
    rows = []
    bands = dict.fromkeys(case.group for case in by_model[SHIPPED])
    for name in sorted(bands, key=lambda each: (len(each), each)):
        own, plain = (
            [case for case in by_model[model] if case.group == name]
            for model in (SHIPPED, BASELINE)
        )
        a, b = summary(own), summary(plain)
        chapter.figures["horizons"][name] = {"ours": a, "baseline": b}
        rows.append(
            [
                name,
                str(len(own)),
                f"{figure(a['brier'])} ({figure(b['brier'])})",
                f"{figure(a['crps'], 2)} ({figure(b['crps'], 2)})",
                f"{figure(a['cover80'], 2)} ({figure(b['cover80'], 2)})",
            ]
        )
    heads = ("before the vote", "forecasts", "Brier", "CRPS", "cover 80")
    return [f"By the days left, and in brackets *{BASELINE}*:", "", *table(heads, rows)]


def _reliable(cases: Sequence[Case]) -> list[str]:
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
