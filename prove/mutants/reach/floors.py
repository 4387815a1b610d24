"""How much of each floor the tests reach, in lines and branches.

Each floor's tests run under coverage.py in a program of their own, two beside each
other, the longest first, so that neither hand is idle at the end. The long tests are
left out, as in `make test`. A floor has its share of the time that is left, by what its
tests are known to take; one that needs more is interrupted, and what its tests reached
by then is told as that of a part of them. What a test starts as another program is not
counted.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from prove.frame.figure import Figure, Ground
from prove.mutants.reach.counted import TOLD

ROOT = Path(__file__).resolve().parents[3]
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
"""As they are told, those that decide first; the doors (cli, web) are programs of
their own, and not counted."""
COSTS = {
    "match": 320,
    "petition": 140,
    "vote": 115,
    "report": 110,
    "forecast": 60,
    "verify": 59,
    "rules": 48,
    "law": 43,
    "simulate": 28,
    "money": 28,
    "docket": 21,
    "core": 14,
    "roll": 10,
}
"""About how many seconds of one hand a floor's tests take under coverage.py: they say
in what order floors are begun, and how time is shared where there is too little."""
USUAL = 30
"""The cost of a floor that is not among them."""
SLOW = (
    "tests/vote/test_vote_large.py",
    "tests/vote/test_vote_backtests.py",
    "tests/docket/test_crash.py",
)
"""Left out: they repeat on much data, or by killing, what others hold."""
DAY = 24 * 60 * 60.0
HANDS = 2
PATIENCE = 15.0
"""Seconds in which tests that were interrupted write down what they reached."""
SUMS = 15.0
"""Seconds kept for the sums."""
SETTINGS = """[run]
branch = true
parallel = true
source = {source}
data_file = {data}
omit = */kit/*
"""
OVERRIDDEN = "addopts=--import-mode=importlib --strict-markers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How many of a floor's tests came to their end, of how many, and how many failed.

    `of` is nought where nothing is known of them.
    """

    ended: int = 0
    of: int = 0
    failed: int = 0

    @property
    def whole(self) -> bool:
        """Whether all of them did."""
        return 0 < self.of == self.ended

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.ended:,} of {self.of:,} tests{failed}"


def floors(ground: Ground, seconds: float = DAY) -> Iterator[Figure]:
    """Yield the coverage of each floor by the tests that ended in so many seconds."""
    ran, reached = measured(ground, seconds)
    part = [floor for floor in FLOORS if not ran.get(floor, Ran()).whole]
    by = f"all floors' tests but some of {', '.join(part)}" if part else "all of them"
    for floor in FLOORS:
        yield figure(floor, ran.get(floor), reached.get(floor), by)


def figure(floor: str, ran: Ran | None, part: Part | None, by: str) -> Figure:
    """Return what is known of a floor, by its own tests and the others'."""
    what, oracle = f"reached by the floors' tests: {floor}", "coverage.py"
    if ran is None or not ran.of or part is None:
        return Figure(what=what, value="not measured", oracle=oracle, held=None)
    lines, branches, files = part
    if not lines[1]:
        value = f"no code in {files} file; {ran}"
    else:
        value = f"{share(lines)} of {lines[1]:,} lines, {share(branches)} of "
        value += f"{branches[1]:,} branches, {files} files; {ran}"
    return Figure(
        what=what,
        value=value if ran.whole else f"{value}, then its time was over",
        oracle=f"{oracle}; the long tests and the doors' own are left out",
        held=None,
        note="" if floor != FLOORS[0] else f"Reached by {by}.",
    )


Part = tuple[tuple[int, int], tuple[int, int], int]
"""Lines reached and in all, branches reached and in all, files."""


def measured(
    ground: Ground, seconds: float = DAY, floors: Sequence[str] = FLOORS
) -> tuple[dict[str, Ran], dict[str, Part]]:
    """Return how each floor's tests came out, and what share of each was reached."""
    settings = ground.folder / "floors.ini"
    source = ROOT / "src" / "plebiscite"
    data = ground.folder / "coverage"
    settings.write_text(SETTINGS.format(source=source, data=data), encoding="utf-8")
    ran = run_all(ground, settings, seconds - SUMS, floors)
    coverage("combine", settings).wait()
    told = ground.folder / "floors.json"
    coverage("json", settings, "-o", str(told)).wait()
    if not told.is_file():
        return ran, {}
    return ran, by_floor(json.loads(told.read_text(encoding="utf-8"))["files"])


@dataclass(slots=True, kw_only=True)
class Run:
    """A floor's tests as they run, and the moment at which they are interrupted."""

    program: subprocess.Popen[bytes]
    told: Path
    until: float
    asked: bool = False

    def over(self) -> bool:
        """Tell whether they ended; interrupt them in time, kill them after PATIENCE."""
        if self.program.poll() is not None:
            return True
        late = time.monotonic() - self.until
        if late > 0 and not self.asked:
            # `counted` then ends the tests, and coverage.py keeps what it saw.
            self.program.terminate()
            self.asked = True
        if late > PATIENCE:
            self.end()
        return False

    def end(self) -> None:
        """Kill what is left of them and of what they started."""
        try:
            os.killpg(self.program.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def ran(self) -> Ran:
        """Return how they came out."""
        if not self.told.is_file():
            return Ran()
        return Ran(**json.loads(self.told.read_text(encoding="utf-8")))


def run_all(
    ground: Ground, settings: Path, seconds: float, floors: Sequence[str]
) -> dict[str, Ran]:
    """Run the floors' tests, as many at once as there are hands, the longest first."""
    until = time.monotonic() + seconds
    waiting = [floor for floor in floors if (ROOT / "tests" / floor).is_dir()]
    waiting.sort(key=cost, reverse=True)
    running: dict[str, Run] = {}
    ran: dict[str, Ran] = {}
    try:
        while running or waiting:
            while waiting and len(running) < HANDS:
                now = time.monotonic()
                share = [cost(each) for each in waiting]
                floor, left = waiting.pop(0), until - now
                if left > 0:
                    taken = [run.until - now for run in running.values()]
                    bound = fair(left, share, taken)
                    running[floor] = started(ground, settings, floor, bound)
            for floor in [floor for floor, run in running.items() if run.over()]:
                run = running.pop(floor)
                run.end()
                ran[floor] = run.ran()
                ground.say(f"   {floor}: {ran[floor]}")
            time.sleep(0.1)
    finally:
        for run in running.values():
            run.end()
    return ran


def cost(floor: str) -> int:
    """Return about how many seconds of one hand a floor's tests take."""
    return COSTS.get(floor, USUAL)


def fair(left: float, costs: Sequence[int], taken: Sequence[float] = ()) -> float:
    """Return the seconds of the first of the floors with these `costs`.

    It is its share, by its cost, of the `left` seconds of all hands, less what was
    given to floors at work already (`taken`); never more than what is left.

    >>> fair(100, [30, 10, 10]), fair(100, [10, 10], [80]), fair(50, [10])
    (100, 60.0, 50)

    """
    of_all = left * HANDS - sum(max(0.0, each) for each in taken)
    return min(left, of_all * costs[0] / sum(costs))


def started(ground: Ground, settings: Path, floor: str, seconds: float) -> Run:
    """Start a floor's tests."""
    told = ground.folder / f"{floor}.tests.json"
    words = ["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--tb=no"]
    words += ["-p", "prove.mutants.reach.counted", "-m", "not long", "-o", OVERRIDDEN]
    words += [f"--ignore={each}" for each in SLOW]
    program = coverage("run", settings, *words, f"tests/{floor}", told=told)
    return Run(program=program, told=told, until=time.monotonic() + seconds)


def coverage(
    verb: str, settings: Path, *words: str, told: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a verb of coverage.py, silently, in a group of its own."""
    program = [sys.executable, "-m", "coverage", verb, f"--rcfile={settings}", *words]
    return subprocess.Popen(  # noqa: S603 # our own words
        program,
        cwd=ROOT,
        env={**os.environ, TOLD: str(told)},
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
