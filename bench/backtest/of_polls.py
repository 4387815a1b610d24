"""The record of forecasts from polls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from campaigns import BANDS, Occasion, read_campaigns
from lines import Demand, against, at_most, demanded, held, ranged, ranges, reliable
from models import BASELINE, MODELS, SHIPPED
from page import HEADS, Chapter, figure, scored, table
from scores import (
    ENOUGH,
    Case,
    band,
    bias,
    mean_of,
    pit,
    reliability,
    skill,
    summary,
)

BETTER, LEANING = 0.15, 1.5
FEW = 3


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
    own = ranges(ours)
    compared, skills = against(by_model, SHIPPED)
    chapter = Chapter(title="Votes from polls")
    chapter.figures = {
        "measures": len(measures),
        "elections": len(elections),
        "occasions": len(occasions),
        "models": sums,
        "skill": {"crps": better, "low": low, "high": high, "against": BASELINE},
        "intervals": own,
        "skills": skills,
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
        *ranged(own),
        *_furthest(ours),
        *compared,
        f"CRPS of the last row against *{BASELINE}*: {better:+.0%} "
        f"[{low:+.0%}, {high:+.0%}] (5-95%, whole elections resampled). "
        + _claim(len(elections), low, high),
        "",
        f"80% intervals that hold: {figure(sums[SHIPPED]['cover80'], 2)}; a calibrated "
        f"forecast gives {figure(least, 2)} to {figure(most, 2)} here.",
        "",
        *_by_days(chapter, by_model),
        *reliable(ours),
        *demanded(_demands(sums[SHIPPED], chapter, (least, most), better)),
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


def _furthest(cases: Sequence[Case]) -> list[str]:
    """Return what the bias were without the election that was furthest off."""
    elections = sorted({case.election for case in cases})
    if len(elections) < FEW:
        return []
    pulls = {
        name: sum(c.weight * bias(c) for c in cases if c.election == name)
        for name in elections
    }
    worst = max(pulls, key=lambda name: abs(pulls[name]))
    own = [case for case in cases if case.election == worst]
    rest = [case for case in cases if case.election != worst]
    return [
        f"Without the election that pulls most ({worst}: {mean_of(own, bias):+.1f} on "
        f"{sum(case.weight for case in own):.0f} of "
        f"{sum(case.weight for case in cases):.0f} measures) the bias is "
        f"{mean_of(rest, bias):+.1f}.",
        "",
    ]


def _demands(
    found: dict[str, float],
    chapter: Chapter,
    bounds: tuple[float, float],
    better: float,
) -> list[Demand]:
    """Hold the last row to what was demanded before anything was measured."""
    demands = [
        Demand(
            what=f"CRPS at least 15% below that of *{BASELINE}*",
            found=f"{better:+.0%}",
            met=better >= BETTER,
        ),
        at_most("Brier", found["brier"], 0.175),
        at_most("log loss", found["log"], 0.52),
        Demand(
            what=f"bias within {LEANING} points",
            found=f"{found['bias']:+.1f}",
            met=abs(found["bias"]) <= LEANING,
        ),
        held(found["cover80"], bounds),
    ]
    near = chapter.figures["horizons"].get(BANDS[0][2])
    if near:
        demands.append(
            at_most("Brier of the last fortnight", near["ours"]["brier"], 0.09)
        )
    return demands


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
