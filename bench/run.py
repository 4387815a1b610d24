"""Measure plebiscite beside its peers, and write docs/benchmarks.md.

`make bench` runs the chapters of `CHAPTERS`; `--short` the first one; with `--lines`,
`--roll` and `--truth`, files from outside. With PLEBISCITE_DATA set, the data that
others made are measured too.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import outside
import paper
from measure import cost
from page import HEAD, accuracies, cost_row, costs, details, ratios
from subjects import PLEBISCITE, Case, Run, given, peers, plebiscite, prepare, simulated

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
EVERYONE = {"Splink expert", "DuckDB SQL", "recordlinkage"}
CHAPTERS = [
    (1_000_000, 30_000, 41, EVERYONE),
    (20_000_000, 100_000, 51, EVERYONE - {"recordlinkage"}),
    (20_000_000, 1_000_000, 51, EVERYONE - {"recordlinkage"}),
]
"""Voters, lines, seed, and the peers that can hold so much."""
GROWTH = (1_000_000, 5_000_000, 20_000_000)


def chapter(title: str, case: Case, wanted: set[str]) -> list[str]:
    """Measure one set of files, and return its part of the page."""
    runs = [plebiscite(case)]
    cleaning = prepare(case)
    runs += peers(case, wanted)
    return [
        f"## {title}",
        "",
        *costs(runs, cleaning),
        "",
        *ratios(runs, cleaning),
        "",
        *accuracies(runs, case),
        "",
        *details(runs[0], case),
    ]


def growth() -> list[str]:
    """Return what 30,000 lines take on rolls of growing size."""
    rows = [
        "| voters | step | wall s | CPU s | peak MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for voters in GROWTH:
        with tempfile.TemporaryDirectory() as folder:
            run: Run = plebiscite(simulated(voters, 30_000, 61, Path(folder)))
            rows += [cost_row(f"{voters:,}", name, c) for name, c in run.costs.items()]
    return ["## 30,000 lines, by the size of the roll", "", *rows, ""]


def vote() -> list[str]:
    """Return what judging a state's precincts takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.csv"
        size = ["--precincts", "25000", "--questions", "17", "--seed", "1"]
        made = [PLEBISCITE, "simulate", "results", *size, "--out", str(path)]
        cost(made, Path(folder))
        law = ["--law", "us/ca/statute_initiative", "--on", "2016-11-08"]
        judged = [PLEBISCITE, "vote", "judge", *law, "--results", str(path)]
        spent = cost(judged, Path(folder))
    return [
        "## A vote: 25,000 precincts, 17 questions",
        "",
        "| who | step | wall s | CPU s | peak MB |",
        "| --- | --- | --- | --- | --- |",
        cost_row("plebiscite", "`vote judge`", spent),
        "",
    ]


def main() -> None:
    """Measure, and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--short", action="store_true")
    asked.add_argument("--roll", type=Path)
    asked.add_argument("--lines", type=Path)
    asked.add_argument("--truth", type=Path)
    asked.add_argument("--out", type=Path)
    told = asked.parse_args()
    page = [HEAD]
    if told.roll:
        if not (told.lines and told.truth):
            asked.error("files from outside: give --roll, --lines and --truth")
        with tempfile.TemporaryDirectory() as folder:
            case = given(told.roll, told.lines, told.truth, Path(folder))
            page += chapter("Files from outside", case, EVERYONE)
    else:
        for voters, lines, seed, wanted in CHAPTERS[: 1 if told.short else None]:
            with tempfile.TemporaryDirectory() as folder:
                case = simulated(voters, lines, seed, Path(folder))
                title = f"{lines:,} lines, {voters:,} voters"
                page += chapter(title, case, wanted)
        if not told.short:
            page += growth() + vote() + paper.chapter()
        if "PLEBISCITE_DATA" in os.environ:
            page += outside.chapter(Path(os.environ["PLEBISCITE_DATA"]))
    whole = told.roll is None and not told.short
    out = told.out or (PAGE if whole else ROOT / "out" / "benchmarks.md")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(page), encoding="utf-8")
    print(f"Wrote {out}")


if __name__ == "__main__":
    main()
