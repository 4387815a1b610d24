"""Look-ups: one line by itself, and a voter typed at a keyboard, on a warm index.

A line is a whole look-up: read as written, put into numbers, compared, decided. The
kernel's own part stands apart. What is typed comes from voters of the roll: whole names,
beginnings, and a surname with a door. Beside the clock stands the processor's time,
which others at work on the machine lengthen less.

`python bench/lookups.py ROLL LINES` prints the figures for a built roll.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
from subjects import plebiscite, say, simulated

from plebiscite.core.progress import silent
from plebiscite.match import engine
from plebiscite.match.index.build import index_for
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.look.finder import finder_for
from plebiscite.match.look.line import LineFinder
from plebiscite.match.model import shipped, weights
from plebiscite.roll.store import open_roll

VOTERS, LINES, SEED = 20_000_000, 3_000, 71
WARM = 500
"""Look-ups before the clock starts."""


def chapter() -> list[str]:
    """Measure, and return the chapter of the page."""
    with tempfile.TemporaryDirectory() as name:
        case = simulated(VOTERS, LINES, SEED, Path(name))
        plebiscite(case)
        say("looking up")
        return measured(case.folder / "roll", case.lines)


def measured(place: Path, written: Path) -> list[str]:
    """Return what looking up takes on a built roll, by lines of a petition."""
    roll = open_roll(place)
    index = index_for(roll, progress=silent)
    lines = pl.read_parquet(written)
    model, finder, signers = shipped(), finder_for(roll), LineFinder(index)
    law = weights(model)
    coded = [encode(tidy_lines(lines[at]), index) for at in range(lines.height)]
    rows = [
        _row(
            "a line compared by the kernel",
            lambda one: engine.best(index, one, law, threads=1),
            coded,
        ),
        _row("a line, from as written to decided", signers.match, lines.to_dicts()),
    ]
    for what, typed in _typed(lines).items():
        rows.append(_row(f"typed: {what}", finder.find, typed))
    return [
        f"## Look-ups among {roll.manifest.voters:,} voters",
        "",
        f"One process, one after another, {WARM} before the clock starts.",
        "",
        "| what | look-ups | half within | 99 of 100 within | processor time, half |"
        " processor time, 99 of 100 |",
        "| --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
    ]


def _typed(lines: pl.DataFrame) -> dict[str, list[str]]:
    """Return what somebody types of lines: no answer to it may be slow."""
    whole, begun, door = [], [], []
    half: list[str] = []
    parts = lines.select(
        pl.col("first", "last", "house", "street").cast(pl.String).fill_null("")
    )
    for first, last, house, street in parts.iter_rows():
        if len(last) > 1:
            whole.append(f"{last} {first}")
            begun.append(f"{last[:4]} {first[:3]}")
            door.append(f"{last} {house} {street}")
            every = f"{last} {first} {house} {street}"
            # Left off anywhere: after the third letter, the fourth, and so on.
            half.append(every[: 3 + len(half) % max(1, len(every) - 3)])
    return {
        "surname and first name": whole,
        "both begun": begun,
        "surname, door": door,
        "all of it, left off anywhere": half,
    }


def _row(what: str, act: Callable[[Any], object], given: Iterable[Any]) -> str:
    took, worked = [], []
    for each in given:
        start, begun = time.perf_counter(), time.thread_time()
        act(each)
        worked.append(1000 * (time.thread_time() - begun))
        took.append(1000 * (time.perf_counter() - start))
    cells = [
        f"{sorted(times[WARM:])[(len(times) - WARM) * share // 100]:.2f} ms"
        for times in (took, worked)
        for share in (50, 99)
    ]
    return f"| {what} | {len(took) - WARM:,} | {' | '.join(cells)} |"


if __name__ == "__main__":
    print("\n".join(measured(*map(Path, sys.argv[1:3]))))
