"""Measure plebiscite beside its peers, and write docs/benchmarks.md.

`make bench` runs all chapters, `--short` the first one, `--chapter NAME` one of them,
which then takes its place on the page; with `--lines`, `--roll` and `--truth`, files from
outside. With PLEBISCITE_DATA set, the data that others made are measured too.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import lookups
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


def chapters() -> dict[str, Callable[[], list[str]]]:
    """Return what is measured, by the name that `--chapter` knows it by."""
    found: dict[str, Callable[[], list[str]]] = {
        f"{lines}x{voters}": partial(made, voters, lines, seed, wanted)
        for voters, lines, seed, wanted in CHAPTERS
    }
    found |= {
        "growth": growth,
        "look-ups": lookups.chapter,
        "vote": vote,
        "paper": paper.chapter,
    }
    if "PLEBISCITE_DATA" in os.environ:
        found["data"] = partial(outside.chapter, Path(os.environ["PLEBISCITE_DATA"]))
    return found


def made(voters: int, lines: int, seed: int, wanted: set[str]) -> list[str]:
    """Return the part of the page on one simulated roll and petition."""
    with tempfile.TemporaryDirectory() as folder:
        case = simulated(voters, lines, seed, Path(folder))
        return chapter(f"{lines:,} lines, {voters:,} voters", case, wanted)


def brought(roll: Path, lines: Path, truth: Path) -> list[str]:
    """Return the page on files from outside."""
    with tempfile.TemporaryDirectory() as folder:
        case = given(roll, lines, truth, Path(folder))
        return chapter("Files from outside", case, EVERYONE)


def put(page: str, name: str, part: list[str]) -> str:
    """Return a page with one chapter in its place, or at the end if it had none."""
    mark = f"<!-- chapter: {name} -->"
    told = "\n".join([mark, "", *part]).rstrip("\n") + "\n"
    before, found, rest = page.partition(mark)
    _old, more, after = rest.partition("\n<!-- chapter: ")
    return "\n".join([before.rstrip("\n"), "", told]) + (more + after if found else "")


def main() -> None:
    """Measure, and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--short", action="store_true")
    asked.add_argument("--chapter", choices=list(chapters()), metavar="NAME")
    asked.add_argument("--roll", type=Path)
    asked.add_argument("--lines", type=Path)
    asked.add_argument("--truth", type=Path)
    asked.add_argument("--out", type=Path)
    told = asked.parse_args()
    out = told.out or (
        ROOT / "out" / "benchmarks.md" if told.short or told.roll else PAGE
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    page = HEAD
    if told.roll:
        if not (told.lines and told.truth):
            asked.error("files from outside: give --roll, --lines and --truth")
        page = put(page, "outside", brought(told.roll, told.lines, told.truth))
    elif told.chapter:
        page = put(out.read_text("utf-8"), told.chapter, chapters()[told.chapter]())
    else:
        for name, measure in list(chapters().items())[: 1 if told.short else None]:
            page = put(page, name, measure())
    out.write_text(page, encoding="utf-8")
    print(f"Wrote {out}")


if __name__ == "__main__":
    main()
