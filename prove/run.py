"""Run the parts one after the other, each in a program of its own, and write the page.

A part's record is written after each of its figures. A part that hangs is ended at one
and a half times its minutes and recorded as such, with the figures it had; a part that
breaks is recorded with what broke it. Neither stops the others.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from plebiscite.core.files import write_whole
from prove.frame.figure import Figure, Ground
from prove.frame.page import page
from prove.frame.record import FOLDER, Record, keep, kept
from prove.parts import PARTS, Part

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"
GRACE = 1.5
CUT_OFF = "it was cut off after the last figure told here"
PATIENCE = 60
"""Seconds in which a part that is late takes down what it set up."""
LONGEST = 24 * 60 * 60.0


def main() -> None:
    """Run what the command line asks for; exit 1 where something does not hold."""
    asked = options()
    parts = [part for part in PARTS if asked.part in {None, part.name}]
    if not parts:
        names = ", ".join(part.name for part in PARTS)
        sys.exit(f"{asked.part} is no part of the proof; there are {names}.")
    if asked.alone:
        alone(parts[0], long=asked.long, seed=asked.seed)
        return
    for part in parts:
        supervised(part, long=asked.long, seed=asked.seed)
    records = kept(part.name for part in PARTS)
    write_whole(PAGE, page(PARTS, records))
    run = [records[part.name] for part in parts if part.name in records]
    for record in run:
        say(f"{record.part}: {summary(record)}")
    say(f"written: {PAGE.relative_to(ROOT)}")
    sys.exit(1 if any(record.open or record.failed for record in run) else 0)


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    reader = argparse.ArgumentParser(prog="python -m prove", description=__doc__)
    reader.add_argument("--part", metavar="NAME", help="one part alone")
    reader.add_argument("--long", action="store_true", help="without bounds of time")
    reader.add_argument("--seed", type=int, default=20170126, help="of every draw")
    reader.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    return reader.parse_args()


def supervised(part: Part, *, long: bool, seed: int) -> None:
    """Run `part` in its own program; what ends it early goes into its record."""
    bound = LONGEST if long else part.minutes * 60 * GRACE
    words = [sys.executable, "-m", "prove", "--alone", "--part", part.name]
    words += ["--seed", str(seed), *(["--long"] if long else [])]
    say(f"== {part.title} (up to {part.minutes} min)")
    began = time.monotonic()
    before = stamp(part)
    failed = ended_early(words, bound)
    if failed:
        spent = time.monotonic() - began
        figures = had(part) if stamp(part) != before else ()
        keep(record(part, figures, spent, long=long, seed=seed, failed=failed))


def ended_early(words: list[str], bound: float) -> str:
    """Run a program for at most so many seconds; return what ended it early, or "".

    Whoever is late is asked to stop, so that what it started goes with it.
    """
    with subprocess.Popen(words, cwd=ROOT) as program:  # noqa: S603 # our own words
        try:
            code = program.wait(bound)
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                program.wait(PATIENCE)
            program.kill()
            return f"it did not end within {bound / 60:.0f} minutes"
    return f"it ended with exit code {code}" * bool(code)


def had(part: Part) -> tuple[Figure, ...]:
    """Return the figures that the part's record holds."""
    return kept([part.name])[part.name].figures


def stamp(part: Part) -> int:
    """Return when the part's record was last written, in ns; 0 without one."""
    path = FOLDER / f"{part.name}.json"
    return path.stat().st_mtime_ns if path.exists() else 0


def alone(part: Part, *, long: bool, seed: int) -> None:
    """Run `part` in this program and keep its record, whole or up to what broke it."""
    began = time.monotonic()
    figures: list[Figure] = []
    failed = ""
    with tempfile.TemporaryDirectory(prefix=f"prove-{part.name}-") as folder:
        ground = Ground(
            minutes=part.minutes, long=long, seed=seed, folder=Path(folder), say=say
        )
        try:
            for figure in importlib.import_module(part.module).prove(ground):
                figures.append(figure)
                say(f"   {figure.what}: {figure.value}")
                spent = time.monotonic() - began
                so_far = tuple(figures)
                keep(record(part, so_far, spent, long=long, seed=seed, failed=CUT_OFF))
        except Exception as fault:  # noqa: BLE001 # whatever broke a part is its result
            failed = f"{type(fault).__name__}: {fault}"
            sys.excepthook(*sys.exc_info())
    spent = time.monotonic() - began
    keep(record(part, tuple(figures), spent, long=long, seed=seed, failed=failed))


def record(
    part: Part,
    figures: tuple[Figure, ...],
    seconds: float,
    *,
    long: bool,
    seed: int,
    failed: str,
) -> Record:
    """Return the record of a run that ended now."""
    goal = "prove-long" if long else "prove"
    return Record(
        part=part.name,
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        command=f"make {goal} PART={part.name} SEED={seed}",
        commit=commit(),
        machine=f"{os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}",
        seconds=round(seconds, 1),
        figures=figures,
        failed=failed,
    )


def commit() -> str:
    """Return the commit the tree stands at, and whether code was changed since."""
    words = ["git", "-C", str(ROOT)]
    head = subprocess.run(  # noqa: S603 # our own words
        [*words, "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    changed = subprocess.run(  # noqa: S603 # our own words
        [*words, "status", "--porcelain", "--", "src", "kernel"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return (head or "unknown") + (" and changes" if changed else "")


def summary(record: Record) -> str:
    """Return a line on a part."""
    held = sum(figure.held is True for figure in record.figures)
    words = f"{held} hold, {len(record.open)} do not"
    return words + (f"; ended early: {record.failed}" if record.failed else "")


def say(text: str) -> None:
    """Print a line of progress at once."""
    print(text, flush=True)
