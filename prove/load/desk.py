"""A county's desk at one, two and four times its promised pace, on PostgreSQL.

The stage is the bench's (bench/web_load.py): one county, 400 operators signed in
beforehand, 20 decisions and 60 look-ups a second. Beyond what the machine can do, some
must be sent away (503), and of what was acknowledged nothing may be lost. Where four
times the pace sends nobody away, it is doubled until somebody is.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import linear_regression
from typing import Any

from prove.frame.figure import Figure, Ground
from prove.load.batch import broken

ROOT = Path(__file__).resolve().parents[2]
TIMES, MOST_TIMES = (1, 2, 4), 16
OPERATORS = 400
LINES = 30_000
"""More than all paces decide, the greatest too; nobody may run out of work."""
VOTERS, VOTERS_LONG = 1_000_000, 5_700_000
LIMIT_MS = 300
SECONDS, FEWEST_SECONDS = 45, 15
SHIFTS = 10
"""Each shift of the bounded proof gets such a part (a tenth) of the time that is left;
those beyond what the machine can do take several times as long as is asked for."""
FLAT = 1.10
"""A soak may end with so much of the memory it had after its first tenth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What operators saw in a while, and what the site stored of it.

    Times are the 95th percentile in milliseconds; `memory` is the site's in megabytes,
    look by look; `busy` is how many processors its processes kept at work.
    """

    times: int | Fraction
    p95: dict[str, float]
    answers: int
    acknowledged: int
    lost: int
    unasked: int
    sent_away: int
    failed: tuple[str, ...]
    memory: tuple[float, ...]
    busy: float

    @property
    def slow(self) -> list[str]:
        """Return which answers took longer than is promised."""
        return [what for what, ms in self.p95.items() if ms >= LIMIT_MS]


def desk(ground: Ground, *, until: float) -> Iterator[Figure]:
    """Yield a figure for each pace, and one for a while at the promised one again.

    `until` is the moment, by the monotonic clock, at which the bounded proof ends.
    """
    sys.path[:0] = [str(ROOT / "tests" / "web"), str(ROOT / "bench")]
    from cluster import why_not

    what = "a county's desk under load"
    if reason := why_not():
        yield Figure(what=what, value="not run", oracle="", held=None, note=reason)
        return
    voters = VOTERS_LONG if ground.long else VOTERS
    try:
        with stage(ground.folder, voters, LINES) as played:
            left = float("inf") if ground.long else until - time.monotonic()
            seconds = int(min(SECONDS, max(FEWEST_SECONDS, left / SHIFTS)))
            ground.say(f"   the desk is made; {seconds} s for each pace")
            found: list[Shift] = []
            while times := next_pace(found):
                ground.say(f"   the desk at {times}x")
                found.append(played(times, seconds))
                yield told(found[-1], voters)
            yield bend(found)
            yield soaked(played(1, seconds), seconds, "after all that")
    except (Exception, SystemExit) as fault:  # noqa: BLE001 # it is its own result
        yield broken(what, fault)


def next_pace(found: Sequence[Shift]) -> int | Fraction:
    """Return how many times the promised pace comes next; 0 where it is enough."""
    if len(found) < len(TIMES):
        return TIMES[len(found)]
    times = 2 * found[-1].times
    return 0 if found[-1].sent_away or times > MOST_TIMES else times


def bend(found: Sequence[Shift]) -> Figure:
    """Return from which pace on the desk is slower than promised, and what is spent."""
    bent = next((each for each in found if each.slow or each.sent_away), None)
    cores = os.cpu_count() or 1
    spent = ", ".join(f"{each.times}x {each.busy:.1f}" for each in found)
    where = (
        f"at {bent.times}x ({', '.join(bent.slow) or 'nothing'} over {LIMIT_MS} ms, "
        f"{bent.sent_away:,} sent away)"
        if bent
        else f"not up to {found[-1].times}x"
    )
    return Figure(
        what="where the desk bends",
        value=f"{where}; of {cores} processors the site keeps busy: {spent}",
        oracle="processor time of its processes; the operators and PostgreSQL share "
        "the rest",
        held=None,
    )


@contextmanager
def stage(
    folder: Path, voters: int, lines: int, operators: int = OPERATORS
) -> Iterator[Any]:
    """Make the desk and serve it; yield what plays a shift on it."""
    from cluster import postgresql
    from load.stage import COUNTY, MADE, MEASURE, county_roll, in_site, queries
    from web_load import serving

    with postgresql() as address:
        roll = county_roll(folder, voters)
        environ = {
            **os.environ,
            "PLEBISCITE_HOME": str(folder / "home"),
            "PLEBISCITE_DATABASE": address,
            "PLEBISCITE_SECOND_FACTOR": "0",
            "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
        }
        with serving(environ, folder / "log") as (site, port):
            given = [MEASURE, COUNTY, str(roll.resolve()), operators, lines]
            sessions, typed = in_site(environ, MADE, given), queries(roll)

            def played(times: int | Fraction, seconds: int) -> Shift:
                return shift(
                    environ=environ,
                    pid=site.pid,
                    port=port,
                    sessions=sessions,
                    typed=typed,
                    times=times,
                    seconds=seconds,
                )

            yield played


def shift(
    *,
    environ: dict[str, str],
    pid: int,
    port: int,
    sessions: list[str],
    typed: list[str],
    times: int | Fraction,
    seconds: int,
) -> Shift:
    """Let everybody work, and hold what is stored against what was acknowledged."""
    from load.operator import work
    from load.stage import STORED, in_site, spent

    before = stored(in_site(environ, STORED))
    used, began = spent(pid), time.monotonic()
    with ThreadPoolExecutor(1) as beside:
        watching = beside.submit(watched, pid, seconds)
        seen = asyncio.run(work(port, sessions, typed, seconds, float(times)))
        memory = watching.result()
    busy = (spent(pid) - used) / (time.monotonic() - began)
    after = stored(in_site(environ, STORED)) - before
    acknowledged, unsure = set(seen.acknowledged), set(seen.unsure)
    return Shift(
        times=times,
        p95={
            what: 1000 * sorted(took)[int(len(took) * 0.95)]
            for what, took in sorted(seen.took.items())
            if took
        },
        answers=sum(map(len, seen.took.values())),
        acknowledged=len(acknowledged),
        lost=len(acknowledged - after),
        unasked=len(after - acknowledged - unsure),
        sent_away=seen.sent_away,
        failed=tuple(sorted(set(seen.failed))),
        memory=memory,
        busy=busy,
    )


def stored(rows: list[list[int]]) -> set[tuple[int, ...]]:
    """Return the decisions that are stored, each by its line and number."""
    return {tuple(each) for each in rows}


def watched(pid: int, seconds: int, looks: int = 20) -> tuple[float, ...]:
    """Return the memory of a process and those below it, in MB, over so long."""
    found = []
    for _ in range(looks):
        time.sleep(seconds / looks)
        found.append(sum(map(resident, below(pid))))
    return tuple(found)


def below(pid: int) -> Iterator[int]:
    """Yield a process and those below it."""
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):  # it has ended meanwhile
                waiting += map(int, task.read_text().split())


def resident(pid: int) -> float:
    """Return the memory a process holds for itself, without mapped files, in MB."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    sizes = [
        line.split()[1] for line in told.splitlines() if line.startswith("RssAnon")
    ]
    return int(sizes[0]) / 1024 if sizes else 0.0


def told(found: Shift, voters: int, operators: int = OPERATORS) -> Figure:
    """Return the figure of a shift; the promise of speed is for the promised pace."""
    notes = []
    if found.times == 1 and (found.slow or found.sent_away):
        notes.append("Slower than promised, at the promised pace.")
    if found.lost or found.unasked:
        notes.append("What is stored is not what was acknowledged.")
    if found.failed:
        notes.append(f"Answers that were faults: {', '.join(found.failed)}.")
    took = ", ".join(f"{what} {ms:.0f} ms" for what, ms in found.p95.items())
    return Figure(
        what=f"{operators} operators on {voters:,} voters at {found.times}x "
        f"({20 * found.times} decisions and {60 * found.times} look-ups a second)",
        value=f"p95: {took}; {found.answers:,} answers, {found.sent_away:,} sent away; "
        f"{found.acknowledged:,} decisions acknowledged, {found.lost} lost, "
        f"{found.unasked} stored unasked",
        oracle="stored decisions against acknowledged ones, one by one",
        reach=f"p95 < {LIMIT_MS} ms at 1x; none lost; no fault but 503",
        held=not notes,
        note=" ".join(notes),
    )


def soaked(found: Shift, seconds: int, when: str) -> Figure:
    """Return the figure of a long shift, which came then: is memory flat?"""
    looks = found.memory or (0.0,)
    early, late = looks[len(looks) // 10], looks[-1]
    lost = found.lost + found.unasked
    notes = ["Memory grows."] if late > early * FLAT else []
    notes += ["Nobody looked at the memory."] if not found.memory else []
    notes += ["Decisions went astray."] if lost else []
    if found.failed:
        notes.append(f"Answers that were faults: {', '.join(found.failed)}.")
    between = "".join(f"{each:,.0f}, " for each in found.memory[3:-1:2])
    return Figure(
        what=f"{seconds:,} s at {found.times}x {when}: the site's own memory",
        value=f"{early:,.0f} MB after a tenth, {'then ' * bool(between)}{between}"
        f"and {late:,.0f} MB at "
        f"the end, in the second half {slope(found)}; "
        f"{found.acknowledged:,} decisions, {lost} astray",
        oracle="RssAnon of all its processes",
        reach=f"at most {FLAT:.0%} of the early figure, and no answer a fault",
        held=not notes,
        note=" ".join(notes),
    )


def slope(found: Shift) -> str:
    """Return by how many bytes memory grew with each answer of a shift's second half.

    "not told" where there are fewer than two looks in it.
    The line of least squares through the looks, which are as far apart as each other.
    What levels off has a slope near nothing; what leaks keeps the one it has.
    """
    looks = found.memory[len(found.memory) // 2 :]
    if len(looks) < 2:
        return "not told"
    answers = max(found.answers, 1) / len(found.memory)
    grown = linear_regression(range(len(looks)), looks).slope * 2**20 / answers
    return f"{grown:+,.0f} bytes an answer"
