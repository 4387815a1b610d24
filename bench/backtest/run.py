"""Hold forecasts to what came, and write the record.

`make backtest` does the parts whose data are shipped; `DATA=DIR` those of which the data
may not be, and writes docs/forecast-record.md; `POLLS=DIR` and `PACE=DIR` take files from
outside, tell what they score, and leave that page alone. Every run writes
out/backtest.md and out/backtest.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from campaigns import holds_polls
from of_pace import of_pace
from of_places import of_places
from of_polls import of_polls
from of_swiss import of_swiss
from of_turnout import of_turnout
from page import Chapter

from plebiscite.core.files import write_whole
from plebiscite.errors import PlebisciteError

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "forecast-record.md"
OUT = ROOT / "out"
SHIPPED = Path(__file__).parent / "shipped"
TABLES = (
    (("rechtsform", "volkja-proz", "annahme"), of_swiss),
    (("election_year", "pct_required_to_pass"), of_places),
)
HEAD = """# The record of our forecasts

This page is made by `make backtest`; the figures are measured, not chosen. Each forecast
uses only what was known on its day, and what a model learns it learns from other
elections. Intervals come from resampling whole elections, because measures on one ballot
fail together. Below twenty elections nothing is claimed. The constants of our own models
are frozen; nothing is refitted on a file given here.
"""


def chapters(
    data: Path | None, polls: Path | None, pace: Path | None
) -> Iterator[Chapter]:
    """Yield the parts of the record that the given folders allow."""
    outside = polls is not None or pace is not None
    others = list(_tables(polls if outside else data))
    for what, path in others:
        yield what(path)
    if polls is not None:
        if not others or any(map(holds_polls, polls.rglob("*.csv"))):
            yield of_polls(polls)
    elif not outside:
        has_any = data is not None and any(map(holds_polls, data.rglob("*.csv")))
        yield of_polls(data if data is not None and has_any else SHIPPED)
        yield of_turnout()
    if pace is not None or not outside:
        yield of_pace(pace, data)


def _tables(folder: Path | None) -> Iterator[tuple[Callable[[Path], Chapter], Path]]:
    """Yield the files of votes without polls, known by their headings."""
    for path in sorted(folder.rglob("*.csv")) if folder else []:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            first = file.readline().casefold()
        for marks, what in TABLES:
            if all(mark in first for mark in marks):
                yield what, path


def main() -> None:
    """Run as the options say."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "polls", "pace"):
        asked.add_argument(f"--{name}", type=Path)
    asked.add_argument("--out", type=Path, default=OUT)
    options = asked.parse_args()
    for name in ("data", "polls", "pace"):
        folder = getattr(options, name)
        if folder is not None and not folder.is_dir():
            sys.exit(f"{name.upper()}: there is no folder {folder}")
    try:
        found = list(chapters(options.data, options.polls, options.pace))
    except PlebisciteError as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
    text = "\n".join([HEAD, *(line for each in found for line in each.text())])
    write_whole(options.out / "backtest.md", text)
    figures = {each.title: each.figures for each in found}
    told = json.dumps(figures, indent=2, ensure_ascii=False, default=str)
    write_whole(options.out / "backtest.json", told + "\n")
    print(text)
    ours = options.data and not (options.polls or options.pace)
    if ours and options.out == OUT:
        write_whole(PAGE, text)
        print(f"Wrote {PAGE.relative_to(ROOT)}.")
    print(f"Wrote {options.out}/backtest.md and backtest.json.")


if __name__ == "__main__":
    main()
