"""The record of Swiss federal votes: legal form, and who recommended what."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lines import against, at_most, demanded, held, ranged, ranges, reliable
from page import HEADS, Chapter, figure, scored, table
from scores import (
    Case,
    Law,
    band,
    brier,
    mean_of,
    pit,
    reliability,
    skill,
    summary,
)

from plebiscite.forecast.base import (
    Cells,
    Expected,
    Voted,
    learn,
    swiss_cell,
    swiss_vote,
)

LEARNED_TO = date(2010, 1, 1)
SPLIT, SINCE = date(1990, 1, 1), date(1950, 1, 1)
FORM, BASE, FULL = (
    "legal form",
    "no difference made",
    "legal form and recommendations (plebiscite)",
)
FORMS = frozenset("1234")
MAJORITY = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A federal vote, by Swissvotes' codes."""

    on: date
    form: str
    chambers: tuple[str, str]
    yes: float
    passed: bool

    @property
    def cell(self) -> str:
        """Its kind."""
        return swiss_cell(self.form, *self.chambers)


def read_votes(path: Path) -> list[Vote]:
    """Read a file of Swissvotes, its columns of 2009 or later; commas or semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        cut = ";" if first.count(";") > first.count(",") else ","
        rows = [
            {
                (k or "").strip().casefold(): (v or "").strip()
                for k, v in row.items()
                if k
            }
            for row in csv.DictReader(file, delimiter=cut)
        ]
    found = []
    for row in rows:
        yes = row.get("volkja-proz", "").replace(",", ".")
        passed = row.get("annahme", "")
        if row.get("rechtsform") not in FORMS or passed not in {"0", "1"}:
            continue
        try:
            share = float(yes)
        except ValueError:
            continue
        chambers = (
            row.get("nr-pos") or row.get("bv-pos", ""),
            row.get("sr-pos") or row.get("bv-pos", ""),
        )
        day = datetime.strptime(row["datum"], "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
        found.append(
            Vote(
                on=day,
                form=row["rechtsform"],
                chambers=chambers,
                yes=share,
                passed=passed == "1",
            )
        )
    return found


def of_swiss(path: Path) -> Chapter:
    """Return the chapter on a file of Swissvotes.

    Votes since 2010 are forecast with what is shipped; without any, those since 1990
    with what was learned before them.
    """
    votes = read_votes(path)
    later = [vote for vote in votes if vote.on >= LEARNED_TO]
    since = LEARNED_TO if later else SPLIT
    tested = later or [vote for vote in votes if vote.on >= SPLIT]
    models = _models(votes, since, shipped=bool(later))
    by_model = {
        name: [_case(vote, model(vote)) for vote in tested]
        for name, model in models.items()
    }
    sums = {name: summary(cases) for name, cases in by_model.items()}
    better, low, high = skill(by_model[FULL], by_model[BASE])
    initiatives = {
        name: [c for c in cases if c.group == "3"] for name, cases in by_model.items()
    }
    least, most = band(by_model[FULL])
    own = {name: mean_of(cases, brier) for name, cases in initiatives.items() if cases}
    chapter = Chapter(title=f"Swiss federal votes since {since.year}")
    chapter.figures = {
        "votes": len(tested),
        "since": since.isoformat(),
        "models": sums,
        "intervals": ranges(by_model[FULL]),
        "reliability": reliability(by_model[FULL]),
        "pit": pit(by_model[FULL]),
        "initiatives": {"cases": len(initiatives[FULL]), "brier": own},
        "skill": {"crps": better, "low": low, "high": high, "against": BASE},
        "band80": [least, most],
    }
    chapter.lines += [
        f"{len(tested)} votes since {since.year}, forecast from those before "
        f"({'as shipped, learned to 2009' if later else 'learned to 1989'}): their legal "
        "form and what the two chambers recommend. The chance is that of being accepted, "
        "by people and cantons where both must agree.",
        "",
        *table(HEADS, [scored(name, found) for name, found in sums.items()]),
        f"CRPS of the last row against the first: {better:+.0%} [{low:+.0%}, {high:+.0%}]"
        f"; a calibrated 80% interval holds {figure(least, 2)} to {figure(most, 2)}.",
        "",
    ]
    chapter.lines += [
        *ranged(ranges(by_model[FULL])),
        *against(by_model, FULL)[0],
        *reliable(by_model[FULL]),
    ]
    demands = [
        at_most("Brier", sums[FULL]["brier"], 0.165),
        at_most("CRPS", sums[FULL]["crps"], 6.9, 2),
        held(sums[FULL]["cover80"], (least, most)),
    ]
    if own:
        demands.append(at_most("Brier of initiatives", own[FULL], 0.112))
    if later:  # the bounds were set for votes since 2010
        chapter.lines += demanded(demands)
    if own:
        told = ", ".join(f"{name} {figure(value)}" for name, value in own.items())
        chapter.lines += [
            f"Brier of the {len(initiatives[FULL])} popular initiatives alone: {told}. "
            "Hardly any of them passes, so that there is little left to forecast.",
        ]
    return chapter


def _models(
    votes: Sequence[Vote], since: date, *, shipped: bool
) -> dict[str, Callable[[Vote], Expected]]:
    past = [vote for vote in votes if SINCE <= vote.on < since]

    def learned(cell: Callable[[Vote], str]) -> Cells:
        told = [Voted(on=v.on, cell=cell(v), yes=v.yes, passed=v.passed) for v in past]
        return learn(told, as_of=since)

    found: dict[str, Callable[[Vote], Expected]] = {}
    if past:
        one, form = learned(lambda _: "all"), learned(lambda vote: vote.form)
        found[BASE] = lambda _: one.expected("all")
        found[FORM] = lambda vote: form.expected(vote.form)
    else:  # a file of later votes alone: what is shipped has the mean of all
        found[BASE] = lambda _: swiss_vote("unknown")
    if shipped:
        found[FULL] = lambda vote: swiss_vote(vote.cell)
    else:
        full = learned(lambda vote: vote.cell)
        found[FULL] = lambda vote: full.expected(vote.cell)
    return found


def _case(vote: Vote, expected: Expected) -> Case:
    law = Law(mean=expected.mean, scale=expected.scale, passed=expected.passed)
    return Case(
        law=law,
        came=vote.yes,
        need=MAJORITY,
        election=vote.on.isoformat(),
        weight=1.0,
        group=vote.form,
        passed=vote.passed,
    )


def frozen(path: Path) -> str:
    """Return `plebiscite/forecast/data/swiss.yaml` as learned from a file to 2009."""
    told = [
        Voted(on=v.on, cell=v.cell, yes=v.yes, passed=v.passed)
        for v in read_votes(path)
        if v.on >= SINCE
    ]
    cells = learn(told, as_of=LEARNED_TO)

    def row(each: Expected) -> str:
        return (
            f"mean: {each.mean:.2f}, scale: {each.scale:.2f}, passed: {each.passed:.3f}"
        )

    lines = [
        "# What Swiss federal votes of 1950 to 2009 lead to expect, as of 1 January 2010:",
        "# the yes share in points, its standard deviation, and the chance of being",
        "# accepted. Made by bench/backtest/of_swiss.py from Swissvotes (University of",
        "# Bern, CC BY 4.0); never refitted.",
        "cells:",
        *(
            f'  "{name}": {{{row(cell.expected)}, weight: {cell.weight:.1f}}}'
            for name, cell in cells.known.items()
        ),
        f"other: {{{row(cells.other)}}}",
    ]
    return "\n".join(lines) + "\n"
