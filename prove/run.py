"""Run the parts one after the other, each in a program of its own, and write the page.

A part's record is written after each of its figures. A part that hangs is ended at one
and a half times its minutes and recorded as such, with the figures it had; a part that
breaks is recorded with what broke it. Neither stops the others. Where the earlier parts
took longer than planned, the later ones try less, so that the whole fits into an hour.
Ctrl-C ends the part at work with all that it started; every other record stays.
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
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from math import inf
from pathlib import Path

from plebiscite.core.files import write_whole
from prove.frame.figure import Figure, Ground
from prove.frame.page import page
from prove.frame.program import ended_early
from prove.frame.record import FOLDER, Record, keep, kept
from prove.parts import PARTS, Part
from prove.security.advisories import FILE, given

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"
GRACE = 1.5
CUT_OFF = "it was cut off after the last figure told here"
LONGEST = 24 * 60 * 60.0
HOUR = 56.0
"""Minutes of the whole; the rest of the hour is for setting up and for writing."""
LEAST = 0.5
"""Of its minutes that a part has in any case."""
STOPPED = 130
WHOLE, SLOWEST = Fraction(1), Fraction(1, 400)
"""Of the promised pace; the slowest leaves one operator at the desk."""


def main() -> None:
    """Run what the command line asks for; exit 1 where something does not hold."""
    asked = options()
    parts = chosen(asked.part, long=asked.long)
    if asked.alone:
        alone(parts[0], asked)
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    stopped = False
    try:
        each_in_turn(
            parts, long=asked.long, seed=asked.seed, pace=asked.pace, most=asked.most
        )
    except KeyboardInterrupt:
        stopped = True
    records = kept(part.name for part in PARTS)
    write_whole(PAGE, page(PARTS, records))
    if stopped:
        say("Stopped; the records of the other parts stand.")
        sys.exit(STOPPED)
    run = [records[part.name] for part in parts if part.name in records]
    for record in run:
        say(f"{record.part}: {summary(record)}")
    say(f"written: {PAGE.relative_to(ROOT)}")
    sys.exit(1 if any(record.open or record.failed for record in run) else 0)


def chosen(name: str | None, *, long: bool) -> list[Part]:
    """Return the parts to run: all that there is time for, or the one of that name."""
    there = [part for part in PARTS if long or part.minutes]
    parts = [part for part in there if name in {None, part.name}]
    if not parts:
        names = ", ".join(part.name for part in there)
        goal = "the long proof" if long else "the proof"
        sys.exit(f"{name} is no part of {goal}; there are {names}.")
    return parts


def each_in_turn(
    parts: Sequence[Part],
    *,
    long: bool,
    seed: int,
    pace: Fraction,
    most: float | None = None,
) -> None:
    """Run parts one after the other, and say how far it is."""
    began = time.monotonic()
    for number, part in enumerate(parts):
        left = HOUR - (time.monotonic() - began) / 60
        minutes = part.minutes if long else fair(parts[number:], left)
        when = ""
        if not long:
            rest = sum(each.minutes for each in parts[number:])
            still = rest * minutes / part.minutes
            when = f", up to {minutes:.0f} min; about {still:.0f} min left"
        say(f"== {part.title} ({number + 1} of {len(parts)}{when})")
        supervised(part, long=long, seed=seed, minutes=minutes, pace=pace, most=most)


def fair(parts: Sequence[Part], left: float) -> float:
    """Return the minutes of the first of these parts, if so many are left for all."""
    planned = sum(part.minutes for part in parts)
    return parts[0].minutes * max(min(1.0, left / planned), LEAST)


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    reader = argparse.ArgumentParser(prog="python -m prove", description=__doc__)
    reader.add_argument("--part", metavar="NAME", help="one part alone")
    reader.add_argument("--long", action="store_true", help="without bounds of time")
    reader.add_argument("--seed", type=int, default=20170126, help="of every draw")
    reader.add_argument("--pace", type=share, default=WHOLE, help="of a soak: 1/4")
    reader.add_argument(
        "--most", type=float, help="minutes of what can be gone on with"
    )
    reader.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    reader.add_argument("--minutes", type=float, help=argparse.SUPPRESS)
    return reader.parse_args()


def share(text: str) -> Fraction:
    """Return a share of the promised pace.

    Raises:
        argparse.ArgumentTypeError: it is none, or leaves nobody at the desk.

    """
    with suppress(ValueError, ZeroDivisionError):
        if (pace := Fraction(text)) >= SLOWEST:
            return pace
    raise argparse.ArgumentTypeError(
        f"{text} is no share of the pace that leaves somebody at the desk: write "
        f"{SLOWEST} or more, such as 1/4"
    )


def supervised(
    part: Part,
    *,
    long: bool,
    seed: int,
    minutes: float | None = None,
    pace: Fraction = WHOLE,
    most: float | None = None,
) -> None:
    """Run `part` in its own program; what ends it early goes into its record."""
    bound = LONGEST if long else part.minutes * 60 * GRACE
    words = [sys.executable, "-m", "prove", "--alone", "--part", part.name]
    words += ["--seed", str(seed), *(["--long"] if long else [])]
    words += ["--minutes", f"{minutes or part.minutes:.2f}", "--pace", str(pace)]
    words += ["--most", str(most)] if most else []
    told = partial(record, part, long=long, seed=seed, pace=pace, most=most)
    began = time.monotonic()
    before = stamp(part)
    failed = ended_early(words, bound)
    if failed:
        spent = time.monotonic() - began
        figures = had(part) if stamp(part) != before else ()
        keep(told(figures, spent, failed=failed))


def had(part: Part) -> tuple[Figure, ...]:
    """Return the figures that the part's record holds."""
    return kept([part.name])[part.name].figures


def stamp(part: Part) -> int:
    """Return when the part's record was last written, in ns; 0 without one."""
    path = FOLDER / f"{part.name}.json"
    return path.stat().st_mtime_ns if path.exists() else 0


def alone(part: Part, asked: argparse.Namespace) -> None:
    """Run `part` in this program and keep its record, whole or up to what broke it."""
    began = time.monotonic()
    long, seed, minutes = asked.long, asked.seed, asked.minutes or part.minutes
    most = asked.most
    told = partial(record, part, long=long, seed=seed, pace=asked.pace, most=most)
    figures: list[Figure] = []
    failed = ""
    with tempfile.TemporaryDirectory(prefix=f"prove-{part.name}-") as folder:
        ground = Ground(
            minutes=minutes,
            long=long,
            seed=seed,
            folder=Path(folder),
            say=say,
            pace=asked.pace,
            until=began + most * 60 if most else inf,
        )
        try:
            for figure in importlib.import_module(part.module).prove(ground):
                figures.append(figure)
                say(f"   {figure.what}: {figure.value}")
                spent = time.monotonic() - began
                so_far = tuple(figures)
                keep(told(so_far, spent, failed=CUT_OFF))
        except Exception as fault:  # noqa: BLE001 # whatever broke a part is its result
            failed = f"{type(fault).__name__}: {fault}"
            sys.excepthook(*sys.exc_info())
        except KeyboardInterrupt:
            sys.exit(STOPPED)
    spent = time.monotonic() - began
    keep(told(tuple(figures), spent, failed=failed))


def record(
    part: Part,
    figures: tuple[Figure, ...],
    seconds: float,
    *,
    long: bool,
    seed: int,
    failed: str,
    pace: Fraction = WHOLE,
    most: float | None = None,
) -> Record:
    """Return the record of a run that ended now."""
    goal = "prove-long" if long else "prove"
    return Record(
        part=part.name,
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        command=f"make {goal} PART={part.name} SEED={seed}"
        + (f" PACE={pace}" if pace != WHOLE else "")
        + (f" MOST={most:g}" if most else "")
        + files_given(part),
        commit=commit(),
        machine=f"{os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}",
        seconds=round(seconds, 1),
        figures=figures,
        failed=failed,
    )


def files_given(part: Part) -> str:
    """Return the files of advisories that the chapter on security was given."""
    names = ":".join(path.name for path in given())
    return f" {FILE}={names}" if names and part.name == "security" else ""


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
