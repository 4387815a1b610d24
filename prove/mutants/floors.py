"""How much of each floor the tests reach, in lines and branches.

Each floor's tests run under coverage.py in a program of their own, two beside each
other, those that decide first, as long as there is time. A floor whose tests did not
end in it is said not to be measured, not to be unreached. What a test starts as another
program is not counted.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from prove.frame.figure import Figure, Ground

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    "rules",
    "verify",
    "vote",
    "docket",
    "core",
    "law",
    "money",
    "petition",
    "roll",
    "forecast",
    "match",
    "simulate",
    "report",
)
"""Those that decide first; the doors (cli, web) are programs of their own, and not
counted."""
SLOW = (
    "tests/vote/test_vote_large.py",
    "tests/vote/test_vote_backtests.py",
    "tests/docket/test_crash.py",
)
"""Left out: they repeat on much data, or by killing, what others hold."""
DAY = 24 * 60 * 60.0
HANDS = 2
SETTINGS = """[run]
branch = true
parallel = true
source = {source}
data_file = {data}
omit = */kit/*
"""
OVERRIDDEN = "addopts=--import-mode=importlib --strict-markers"


def floors(ground: Ground, seconds: float = DAY) -> Iterator[Figure]:
    """Yield the coverage of each floor by the tests that ended in so many seconds."""
    ended, reached = measured(ground, seconds)
    known = [floor for floor in FLOORS if floor in ended]
    by = "all floors' tests" if len(known) == len(FLOORS) else ", ".join(known)
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


def measured(ground: Ground, seconds: float = DAY) -> tuple[set[str], dict[str, Part]]:
    """Return the floors whose tests ended in time, and what each floor's share is."""
    settings = ground.folder / "floors.ini"
    source = ROOT / "src" / "plebiscite"
    data = ground.folder / "coverage"
    settings.write_text(SETTINGS.format(source=source, data=data), encoding="utf-8")
    ended = run_all(ground, settings, seconds)
    coverage("combine", settings).wait()
    told = ground.folder / "floors.json"
    coverage("json", settings, "-o", str(told)).wait()
    if not told.is_file():
        return set(), {}
    return ended, by_floor(json.loads(told.read_text(encoding="utf-8"))["files"])


def run_all(ground: Ground, settings: Path, seconds: float) -> set[str]:
    """Run the floors' tests, as many at once as there are hands; return which ended."""
    until = time.monotonic() + seconds
    waiting = [floor for floor in FLOORS if (ROOT / "tests" / floor).is_dir()]
    running: dict[str, subprocess.Popen[bytes]] = {}
    ended: set[str] = set()
    while running or waiting:
        while waiting and len(running) < HANDS and time.monotonic() < until:
            floor = waiting.pop(0)
            words = ["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
            words += ["-o", OVERRIDDEN, *(f"--ignore={each}" for each in SLOW)]
            running[floor] = coverage("run", settings, *words, f"tests/{floor}")
        for floor, program in list(running.items()):
            if program.poll() is not None:
                del running[floor]
                ended.add(floor)
                ground.say(f"   {floor}: ended with {program.returncode}")
        if time.monotonic() >= until:
            stop(list(running.values()))
            break
        time.sleep(0.2)
    return ended


def stop(programs: Sequence[subprocess.Popen[bytes]]) -> None:
    """Kill programs and what they started."""
    for program in programs:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def coverage(verb: str, settings: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start a verb of coverage.py, silently, in a group of its own."""
    program = [sys.executable, "-m", "coverage", verb, f"--rcfile={settings}", *words]
    return subprocess.Popen(  # noqa: S603 # our own words
        program,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


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
