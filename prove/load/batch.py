"""Files of one, two and four times a size: what they cost, and whether all is there.

A knee would show as a cost that grows faster than the file. Costs are in seconds of
processor, which other work on the machine disturbs least. Each size is reconciled: what
went in must have come out, counted by other means than the program's own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from prove.frame.figure import Figure, Ground

ROOT = Path(__file__).resolve().parents[2]
TIMES = (1, 2, 4)
KNEE = 1.35
"""Four times the file may cost so much more than four times the processor time."""
FEWEST_S = 0.05
"""What a program costs before it reads anything is taken off; less is no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a command cost: seconds of processor, and megabytes at its peak."""

    processor: float
    peak: float
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A command whose cost should grow with its input and no faster.

    `make` writes an input of so many units, below a folder that all sizes share, and
    returns the command and what counts its answer: 0 where everything that went in came
    out.
    """

    what: str
    size: int
    unit: str
    make: Callable[[Path, int], tuple[list[str], Callable[[str], int]]]


def batch(ground: Ground) -> Iterator[Figure]:
    """Yield a figure for each task; one that breaks does not stop the others."""
    start = spent(["--version"]).processor
    for task in TASKS:
        try:
            yield measured(task, ground, start)
        except Exception as fault:  # noqa: BLE001 # whatever broke it is its result
            yield broken(task.what, fault)


def measured(task: Task, ground: Ground, start: float) -> Figure:
    """Return the figure of a task; `start` is what a program costs that does nothing.

    Raises:
        RuntimeError: the command failed.

    """
    folder = ground.folder / "files"
    folder.mkdir(exist_ok=True)
    costs, missing = [], 0
    for times in TIMES:
        words, count = task.make(folder, task.size * times)
        took = spent(words)
        missing += abs(count(took.printed))
        costs.append(took)
        ground.say(f"   {task.what}, {times}x: {took.processor:.1f} s")
    return told(task, costs, missing, start)


def broken(what: str, fault: BaseException) -> Figure:
    """Return the figure of what broke before there was one."""
    return Figure(
        what=what,
        value="no figure",
        oracle="what went in, counted apart",
        held=False,
        note=f"It broke: {type(fault).__name__}: {str(fault)[-400:]}",
    )


def told(task: Task, costs: Sequence[Spent], missing: int, start: float) -> Figure:
    """Return the figure for the costs at each of `TIMES`."""
    least, most = (max(costs[i].processor - start, FEWEST_S) for i in (0, -1))
    growth = most / least
    bent = growth > TIMES[-1] * KNEE
    cells = ", ".join(
        f"{times}x {cost.processor:.1f} s and {cost.peak:,.0f} MB"
        for times, cost in zip(TIMES, costs, strict=True)
    )
    notes = []
    if bent:
        notes.append(f"Four times as much costs {growth:.1f} times the processor.")
    if missing:
        notes.append(f"{missing} went in and did not come out.")
    return Figure(
        what=f"{task.what}: {task.size:,} {task.unit} and its multiples",
        value=f"{cells}; 4x costs {growth:.1f} times 1x; {missing} {task.unit} missing",
        oracle="what went in, counted apart",
        reach=f"growth ≤ {TIMES[-1] * KNEE:.1f}, none missing",
        held=not notes,
        note=" ".join(notes),
    )


def spent(words: Sequence[str]) -> Spent:
    """Run plebiscite and return what it cost.

    Raises:
        RuntimeError: it failed.

    """
    sys.path[:0] = [str(ROOT / "bench")] if str(ROOT / "bench") not in sys.path else []
    from measure import cost

    program = str(Path(sys.executable).with_name("plebiscite"))
    with tempfile.TemporaryDirectory() as scratch:
        taken = cost([program, *words], Path(scratch))
    return Spent(processor=taken.processor, peak=taken.peak, printed=taken.printed)


def rows(table: Path) -> int:
    """Return how many rows a Parquet file has."""
    return int(pl.scan_parquet(table).select(pl.len()).collect().item())


def _simulated_roll(folder: Path, voters: int) -> Path:
    raw = folder / f"roll-{voters}.parquet"
    if not raw.exists():
        words = ["simulate", "roll", "--voters", str(voters), "--seed", "3"]
        spent([*words, "--out", str(raw)])
    return raw


def _build(folder: Path, voters: int) -> tuple[list[str], Callable[[str], int]]:
    raw, out = _simulated_roll(folder, voters), folder / f"built-{voters}"
    words = ["roll", "build", str(raw), "--as-of", "2017-07-25", "--out", str(out)]

    def missing(_printed: str) -> int:
        return voters - sum(map(rows, out.glob("county=*/voters.parquet")))

    return words, missing


def _ready_roll(folder: Path, voters: int) -> Path:
    """Return a built roll with its index, as an office has it before lines come in."""
    words, _ = _build(folder, voters)
    built = Path(words[-1])
    if not built.exists():
        spent(words)
        spent(["roll", "find", "Garcia", "--roll", str(built)])
    return built


def _petition(folder: Path, lines: int) -> Path:
    out = folder / f"petition-{lines}"
    if not out.exists():
        words = ["simulate", "petition", "--roll", str(_simulated_roll(folder, VOTERS))]
        spent([*words, "--lines", str(lines), "--seed", "4", "--out", str(out)])
    return out


def _match(folder: Path, lines: int) -> tuple[list[str], Callable[[str], int]]:
    roll, petition = _ready_roll(folder, VOTERS), _petition(folder, lines)
    out = folder / f"matches-{lines}.parquet"
    words = ["match", "run", "--roll", str(roll), "--out", str(out)]
    words += ["--lines", str(petition / "lines.csv")]

    def missing(_printed: str) -> int:
        return lines - rows(out)

    return words, missing


def _verify(folder: Path, lines: int) -> tuple[list[str], Callable[[str], int]]:
    roll, petition = _ready_roll(folder, VOTERS), _petition(folder, lines)
    out = folder / f"verified-{lines}"
    measure = folder / f"measure-{lines}.yaml"
    measure.write_text(MEASURE.format(required=lines // 4), encoding="utf-8")
    words = ["petition", "verify", "--law", "us/ca/constitutional_initiative"]
    words += ["--measure", str(measure), "--roll", str(roll), "--out", str(out)]
    words += ["--lines", str(petition / "lines.csv"), "--full-count"]
    words += ["--decisions", str(petition / "decisions.csv"), "--json"]

    def missing(_printed: str) -> int:
        return lines - rows(next(out.rglob("findings.parquet")))

    return words, missing


def _judge(folder: Path, precincts: int) -> tuple[list[str], Callable[[str], int]]:
    yes, no = 7, 5
    rows = [
        f"Precinct {n},20,{n % yes + n % no},{n % yes + n % no},0,{n % yes},{n % no}"
        for n in range(precincts)
    ]
    head = "part,registered,cast,valid,blank,yes,no"
    counts = folder / f"results-{precincts}.csv"
    counts.write_text("\n".join([head, *rows]), encoding="utf-8")
    words = ["vote", "judge", "--law", "us/ca/constitutional_initiative", "--results"]
    words += [str(counts), "--on", "2018-11-06", "--json"]
    expected = sum(n % yes for n in range(precincts))

    def missing(printed: str) -> int:
        return expected - sum(int(each["yes"]) for each in json.loads(printed)["parts"])

    return words, missing


VOTERS = 400_000
MEASURE = """id: us/ca/load
title: "Simulated, for a load"
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {{summary: 2017-01-26, filed_with_counties: 2017-07-25}}
facts: {{required: {required}}}
"""
BUILT = Task(what="building a roll", size=500_000, unit="voters", make=_build)
VERIFIED = Task(what="verifying every line", size=25_000, unit="lines", make=_verify)
MATCHED = Task(what="matching lines", size=50_000, unit="lines", make=_match)
JUDGED = Task(what="judging a vote", size=25_000, unit="precincts", make=_judge)
TASKS = (BUILT, MATCHED, VERIFIED, JUDGED)
