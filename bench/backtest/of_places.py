"""The record of measures of one place that need more than a bare majority."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from lines import at_most, demanded, held, ranged, ranges, reliable
from page import HEADS, Chapter, figure, scored, table
from scores import Case, Law, band, pit, reliability, skill, summary

from plebiscite.forecast.base import Expected, Measured, foretell, left_out

SINCE = 1990
TWO_THIRDS = 66.0
BARE = 50.0
BASE, OURS, EARLIER = (
    "share of those that passed",
    "measures alike (plebiscite)",
    "the same, from earlier elections alone",
)
COLUMNS = ("election_year", "election_month", "election_day", "pct_yes_votes")


def read_measures(path: Path) -> list[Measured]:
    """Read a file of San Francisco's measures, oldest first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        try:
            year, month, day = (int(float(row[name])) for name in COLUMNS[:3])
            yes = _share(row)
        except (KeyError, ValueError):
            continue
        found.append(
            Measured(
                on=date(year, month, day),
                kind=(row.get("prop_kind") or "").casefold(),
                source=(row.get("source_of_prop") or "").casefold(),
                title=row.get("prop_title") or "",
                need=_need(row.get("pct_required_to_pass") or ""),
                yes=yes,
            )
        )
    return sorted(found, key=lambda each: each.on)


def _need(cell: str) -> float:
    """Return the need as written: 50, 50%+1, 66.66, 66 2/3%, 55, .6667."""
    found = re.search(r"\d*\.?\d+", cell)
    if not found:
        return BARE
    need = float(found[0]) * (100 if float(found[0]) <= 1 else 1)
    return 200 / 3 if round(need) in {66, 67} else need


def _share(row: dict[str, str]) -> float:
    yes, no = (
        float((row.get(f"num_{side}_votes") or "0").replace(",", ""))
        for side in ("yes", "no")
    )
    if yes + no > 0:
        return 100 * yes / (yes + no)
    told = float(row["pct_yes_votes"].removesuffix("%"))
    return 100 * told if told <= 1 else told


def of_places(path: Path) -> Chapter:
    """Return the chapter on a file of measures of San Francisco.

    Those that need two thirds are told where the file has any since 1990; otherwise a
    two-thirds need is asked of the yes shares there are, as an exercise.
    """
    measures = read_measures(path)
    high = [m for m in measures if m.need > TWO_THIRDS and m.on.year >= SINCE]
    asked = measures if high else [replace(m, need=200 / 3) for m in measures]
    chosen = set(map(id, high or asked))
    places = [n for n, m in enumerate(asked) if id(m) in chosen]
    loo = left_out(measures)
    by_model = {
        BASE: [_case(asked[n], _base(asked, n, places)) for n in places],
        OURS: [_case(asked[n], _law(loo[n])) for n in places],
    }
    earlier = _earlier(measures, places)
    by_model[EARLIER] = [
        _case(asked[n], _law(earlier[n])) for n in places if n in earlier
    ]
    sums = {name: summary(cases) for name, cases in by_model.items() if cases}
    better, low, top = skill(by_model[OURS], by_model[BASE])
    least, most = band(by_model[OURS])
    lost = sum(
        BARE < yes <= asked[n].need for n in places if (yes := asked[n].yes) is not None
    )
    title = "Measures that need two thirds, San Francisco"
    chapter = Chapter(title=title + ("" if high else " (an exercise)"))
    chapter.figures = {
        "measures": len(places),
        "elections": len({asked[n].on for n in places}),
        "lost_with_a_majority": lost,
        "models": sums,
        "skill": {"crps": better, "low": low, "high": top, "against": BASE},
        "intervals": ranges(by_model[OURS]),
        "reliability": reliability(by_model[OURS]),
        "pit": pit(by_model[OURS]),
        "band80": [least, most],
        "exercise": not high,
    }
    what = (
        f"{len(places)} measures since {SINCE} that needed two thirds"
        if high
        else f"{len(places)} measures of {asked[0].on.year} to {asked[-1].on.year} that "
        "needed a bare majority, asked as if two thirds had been needed, since the file "
        "has none that did"
    )
    chapter.lines += [
        f"{what}; {lost} fell short with a majority. Each election is left out of what "
        "its forecasts learn from; the last row learns from earlier elections alone. The "
        "need is applied to the forecast of the yes share and never mixed into it.",
        "",
        *table(HEADS, [scored(name, found) for name, found in sums.items()]),
        f"CRPS of the second row against the first: {better:+.0%} [{low:+.0%}, "
        f"{top:+.0%}]; a calibrated 80% interval holds {figure(least, 2)} to "
        f"{figure(most, 2)}.",
        "",
        *ranged(ranges(by_model[OURS])),
        *reliable(by_model[OURS]),
    ]
    if high:  # the bounds were set for measures that did need two thirds
        chapter.lines += demanded(
            [
                at_most("Brier", sums[OURS]["brier"], 0.22),
                held(sums[OURS]["cover80"], (least, most)),
            ]
        )
    return chapter


def _base(measures: Sequence[Measured], place: int, places: Sequence[int]) -> Law:
    """Return what passed, and the shares, of the other elections' measures."""
    own = measures[place].on
    yes = np.array(
        [measures[n].yes for n in places if measures[n].on != own], dtype=np.float64
    )
    passed = float(np.mean(yes > measures[place].need))
    return Law(mean=float(yes.mean()), scale=float(yes.std()), passed=passed)


def _earlier(
    measures: Sequence[Measured], places: Sequence[int]
) -> dict[int, Expected]:
    """Return the forecasts from earlier elections, where there are enough."""
    found: dict[int, Expected] = {}
    for day in sorted({measures[n].on for n in places}):
        past = [m for m in measures if m.on < day]
        own = [n for n in places if measures[n].on == day]
        if len(past) >= 2 * 20:
            told = foretell(past, [measures[n] for n in own])
            found |= dict(zip(own, told, strict=True))
    return found


def _law(expected: Expected) -> Law:
    return Law(mean=expected.mean, scale=expected.scale)


def _case(measure: Measured, law: Law) -> Case:
    assert measure.yes is not None
    return Case(
        law=law,
        came=measure.yes,
        need=measure.need,
        election=measure.on.isoformat(),
        weight=1.0,
        group=measure.kind,
        passed=measure.yes > measure.need,
    )
