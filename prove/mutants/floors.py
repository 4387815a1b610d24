"""How much of each floor the tests reach, in lines and branches.

Floor after floor, those that decide first: each floor's tests run under coverage.py as
long as there is time, and a floor whose tests did not end in it is said not to be
measured, not to be unreached.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from prove.frame.figure import Figure, Ground

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    "core",
    "rules",
    "law",
    "docket",
    "verify",
    "vote",
    "petition",
    "roll",
    "money",
    "report",
    "match",
    "simulate",
    "forecast",
)
"""Those that decide first; the doors (cli, web) are programs of their own, and not
counted."""
DAY = 24 * 60 * 60.0
SETTINGS = """[run]
branch = true
parallel = true
source = {source}
data_file = {data}
patch = subprocess
omit = */kit/*
"""


def floors(ground: Ground, seconds: float = DAY) -> Iterator[Figure]:
    """Yield the coverage of each floor by the tests that ended in so many seconds."""
    ended, reached = measured(ground, seconds)
    by = "all floors' tests" if len(ended) == len(FLOORS) else ", ".join(ended)
    for floor in FLOORS:
        lines, branches, files = reached.get(floor, ((0, 0), (0, 0), 0))
        yield Figure(
            what=f"reached by the floors' tests: {floor}",
            value=f"{share(lines)} of {lines[1]:,} lines, {share(branches)} of "
            f"{branches[1]:,} branches, {files} files"
            if floor in ended
            else "not measured: its tests did not end in the time there was",
            oracle="coverage.py; the doors' own tests are left out",
            held=None,
            note="" if floor not in ended else f"By the tests of: {by}.",
        )


Part = tuple[tuple[int, int], tuple[int, int], int]
"""Lines reached and in all, branches reached and in all, files."""


def measured(ground: Ground, seconds: float = DAY) -> tuple[list[str], dict[str, Part]]:
    """Return the floors whose tests ended in time, and what each floor's share is."""
    settings = ground.folder / "floors.ini"
    source = ROOT / "src" / "plebiscite"
    data = ground.folder / "coverage"
    settings.write_text(SETTINGS.format(source=source, data=data), encoding="utf-8")
    until, ended = time.monotonic() + seconds, []
    for floor in FLOORS:
        left = until - time.monotonic()
        if left <= 0 or not (ROOT / "tests" / floor).is_dir():
            continue
        tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{floor}")
        said = coverage("run", settings, *tests, seconds=left)
        ground.say(f"   {floor}: {said.strip().splitlines()[-1] if said else 'no end'}")
        if said:
            ended.append(floor)
    coverage("combine", settings)
    told = ground.folder / "floors.json"
    coverage("json", settings, "-o", str(told))
    if not told.is_file():
        return [], {}
    return ended, by_floor(json.loads(told.read_text(encoding="utf-8"))["files"])


def coverage(verb: str, settings: Path, *words: str, seconds: float = DAY) -> str:
    """Run a verb of coverage.py; return what it printed, "" where it did not end."""
    program = [sys.executable, "-m", "coverage", verb, f"--rcfile={settings}", *words]
    running = subprocess.Popen(  # noqa: S603 # our own words
        program, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        return running.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return ""


def by_floor(files: dict[str, dict[str, dict[str, int]]]) -> dict[str, Part]:
    """Return the sums of coverage.py's files, by floor."""
    found: dict[str, Part] = {}
    for path, told in files.items():
        floor = path.partition("plebiscite/")[2].partition("/")[0]
        sums = told["summary"]
        (lines, of), (branches, of_branches), count = found.get(
            floor, ((0, 0), (0, 0), 0)
        )
        found[floor] = (
            (lines + sums["covered_lines"], of + sums["num_statements"]),
            (
                branches + sums["covered_branches"],
                of_branches + sums["num_branches"],
            ),
            count + 1,
        )
    return found


def share(part: tuple[int, int]) -> str:
    """Return a share in percent."""
    reached, of = part
    return f"{reached / of:.1%}" if of else "none"
