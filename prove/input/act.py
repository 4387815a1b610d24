"""The chapter on bad input: harmful files, exports, then every reader fed.

What a fault is, `prove.input.fed.tried` tells; each stands in the report with its place
until it is mended.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import Any

from prove.frame.figure import Figure, Ground
from prove.input.exports import exported
from prove.input.fed.known.table import READERS
from prove.input.fed.readers import Reader
from prove.input.fed.tried import LONGEST
from prove.input.fed.tried import MOST as MORE
from prove.input.ground import ground as laid_out
from prove.input.harm.files import GROUPS, SCANNER
from prove.input.harm.watched import MOST, Went, went
from prove.input.ledger import KEPT, Ledger, code, lend, plain, take_back
from prove.room import clear, made, room

ROOT = Path(__file__).resolve().parents[2]
ROOM = 1 << 30
"""Bytes that must be free in memory for what readers are fed."""
HANDS = 2
"""Programs at once."""
START = 8.0
"""Seconds a program of the fuzzer takes to begin, on a busy machine."""
LONG = 10_000_000
SHORTEST, LONGEST_ROUND = 60.0, 300.0
"""Seconds of a round of the long proof for each reader: what a stopped one may lose."""
NOTHING: dict[str, Any] = {
    "tries": 0,
    "seconds": 0.0,
    "codes": {},
    "faults": [],
    "guided": 0,
}
FED = (
    "exit code 0, 1, 2 or 3; no exception, no traceback; a refusal says something; no "
    f"byte that a terminal obeys; under {LONGEST:.0f} s of processor time and "
    f"{MORE // 1000} MB more memory an input"
)


def prove(ground: Ground) -> Iterator[Figure]:
    """Yield the figures of the chapter."""
    began = time.monotonic()
    base = laid_out(ground.folder / "ground")
    yield from bombs(base, ground)
    yield from exported(base, ground.folder / "exports")
    left = ground.minutes * 60 - (time.monotonic() - began)
    with quick() as folder:
        shutil.copytree(base, folder / "ground")
        yield from fed(folder / "ground", replace(ground, folder=folder), left)


@contextmanager
def quick() -> Iterator[Path]:
    """Yield a folder in memory, where it has room: each input is written anew.

    What readers write durably waits for a disk, for most of their time.
    """
    clear()
    memory, held = made() if room() >= ROOM else (None, None)
    try:
        with tempfile.TemporaryDirectory(prefix="prove-fed-", dir=memory) as folder:
            yield Path(folder)
    finally:
        if memory is not None and held is not None:
            shutil.rmtree(memory, ignore_errors=True)
            os.close(held)


def bombs(base: Path, ground: Ground) -> Iterator[Figure]:
    """Yield a figure for each kind of harmful file."""
    for group, (what, every) in GROUPS.items():
        cases = list(every())
        places = [ground.folder / group / str(n) / "in" for n in range(len(cases))]
        with ThreadPoolExecutor(HANDS) as hands:
            found = list(hands.map(went, cases, [base] * len(cases), places))
        yield told(what, found)


def told(what: str, found: list[Went]) -> Figure:
    """Return how the files of one kind went."""
    bad = [f"{each.what}: {', '.join(each.wrong)}" for each in found if each.wrong]
    refused = sum(each.code == 2 for each in found)
    peak, slow = max(e.peak for e in found), max(e.seconds for e in found)
    return Figure(
        what=what,
        value=f"{len(found)} files, {refused} refused, {len(found) - refused} read; "
        f"at most {peak // 1000} MB and {slow:.0f} s",
        oracle="the real command in a process of its own: ends by itself, exit code 2 "
        "and one message (or 0 where the file is only odd), no traceback, nothing "
        "outside its folder",
        reach=f"under {MOST // 1000:,} MB (scans: {SCANNER // 1000:,} MB), 60 s",
        held=not bad,
        note=f"{'; '.join(bad)[:800]}." if bad else "",
    )


def fed(base: Path, ground: Ground, left: float) -> Iterator[Figure]:
    """Yield a figure for every reader, and one for them all."""
    seconds = max(left * HANDS / len(READERS) - START, 2)
    if not ground.long:
        reports = a_round(base, ground, seconds, range(len(READERS)), 1)
        yield from figures(reports)
        return
    kept = Ledger(folder=KEPT, code=code())
    while seconds:
        turns = kept.turns()
        reports = [summed(kept.of(reader.name, turns)) for reader in READERS]
        if sum(report["tries"] for report in reports) >= LONG:
            break
        # Whoever was fed the least comes first: a run that was stopped is evened out.
        order = sorted(range(len(READERS)), key=lambda at: reports[at]["seconds"])
        a_round(base, ground, seconds, order, len(turns), kept=kept)
        turns, before = kept.turns(), reports
        reports = [summed(kept.of(reader.name, turns)) for reader in READERS]
        if time.monotonic() > ground.until:
            break
        fresh = list(map(gained, before, reports))
        seconds = still(reports, fresh)
    yield from figures(reports, so_far(kept, turns))


def summed(turns: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a reader's turns as one report."""
    return reduce(together, turns, NOTHING)


def gained(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return what a round added: inputs, and seconds."""
    return {name: after[name] - before[name] for name in ("tries", "seconds")}


def so_far(kept: Ledger, turns: list[dict[str, Any]]) -> str:
    """Return how far the long proof has come, in all its parts."""
    days = sorted({row["day"] for row in turns})
    since = f" since {days[0]}" if days else ""
    return f"; wanted: {LONG:,}{since}, {kept.here(turns):,} of them on this code"


def figures(reports: list[dict[str, Any]], more: str = "") -> Iterator[Figure]:
    """Yield a figure for every reader, and one for them all."""
    for reader, report in zip(READERS, reports, strict=True):
        yield _figure(reader, report)
    tries = sum(report["tries"] for report in reports)
    guided = sum(report["guided"] for report in reports)
    yield Figure(
        what="every reader together",
        value=f"{tries:,} inputs to {len(READERS)} readers: {guided:,} guided by "
        f"coverage, {tries - guided:,} good files with wrongs drawn at random"
        + ("" if guided else " (atheris is not installed)")
        + more,
        oracle=FED,
        held=None,
    )


def a_round(
    base: Path,
    ground: Ground,
    seconds: float,
    order: Sequence[int],
    seed: int,
    *,
    kept: Ledger | None = None,
) -> list[dict[str, Any]]:
    """Feed readers for so long each, two at a time, in this order of their numbers.

    Return a report of each, as `READERS` stand. With `kept`, each is noted as it ends,
    and none is begun any more when the ground's time is over; every second turn of a
    reader is not guided: it tries several times as many, each made of a good file.
    """
    reports = [NOTHING] * len(READERS)

    def feed(at: int) -> None:
        if kept and time.monotonic() > ground.until:
            return
        words = ["--seconds", f"{seconds:.1f}", "--seed", str(seed * 100 + at)]
        reader, slow = READERS[at], 4 * seconds + 120
        if kept and len(kept.of(reader.name, kept.turns())) % 2:
            words.append("--plain")
        reports[at] = _feed(reader, base, ground, words, slow, kept=kept)
        if kept:
            kept.note(reader.name, reports[at], f"{datetime.now(UTC):%Y-%m-%d}")

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(feed, order))
    return reports


def still(reports: list[dict[str, Any]], fresh: list[dict[str, Any]]) -> float:
    """Return how many seconds each reader is to be fed yet in the long proof.

    Each gets the same time, so that a slow one does not hold up the rest: at the pace
    of the latest round all together come to `LONG`. 0 where they have, or where nothing
    more is to be had.
    """
    left: int = LONG - sum(report["tries"] for report in reports)
    tries: int = sum(report["tries"] for report in fresh)
    if left <= 0 or not tries:
        return 0
    seconds: float = max(report["seconds"] for report in fresh)
    return min(max(left / tries * seconds, SHORTEST), LONGEST_ROUND)


def together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader did in two rounds, each fault once."""
    places = {f"{each['kind']} {each['place']}" for each in one["faults"]}
    return {
        "tries": one["tries"] + other["tries"],
        "seconds": one["seconds"] + other["seconds"],
        "codes": dict(Counter(one["codes"]) + Counter(other["codes"])),
        "faults": one["faults"]
        + [f for f in other["faults"] if f"{f['kind']} {f['place']}" not in places],
        "guided": one["guided"] + other["guided"],
    }


def _feed(
    reader: Reader,
    base: Path,
    ground: Ground,
    words: list[str],
    slow: float,
    *,
    kept: Ledger | None = None,
) -> dict[str, Any]:
    """Feed one reader in a program of its own; a program that dies is told, too.

    What an earlier round found worth changing further is taken up again.
    """
    folder = ground.folder / "fed" / plain(reader.name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    corpus = folder.with_name(f"{folder.name}.corpus")
    if kept:
        shutil.rmtree(corpus, ignore_errors=True)
        stock = kept.corpus(reader.name, kept.turns())
        lend(stock, corpus, len(kept.turns()))
    report, printed = folder.with_suffix(".json"), folder.with_suffix(".out")
    report.unlink(missing_ok=True)
    program = [sys.executable, "-m", "prove.input.fed.fuzz", reader.name]
    program += ["--ground", str(base), "--folder", str(folder)]
    died = ""
    with printed.open("wb") as out:
        try:
            ended = subprocess.run(  # noqa: S603 # our own words
                [*program, "--report", str(report), *words],
                cwd=ROOT,
                stdout=out,
                stderr=out,
                timeout=slow,
                check=False,
                env={**os.environ, "TMPDIR": str(folder.parent)},
            )
        except subprocess.TimeoutExpired:
            died = "it hung"
        else:
            died = f"it died with code {ended.returncode}" * bool(ended.returncode)
    if kept:
        take_back(corpus, stock)
    ground.say(f"   {reader.name}{': ' * bool(died)}{died}")
    told = {**NOTHING, "faults": []}
    if report.exists():
        told = json.loads(report.read_text(encoding="utf-8"))
    if died:
        tail = printed.read_text("utf-8", "replace")[-200:].replace("\n", " ")
        told["faults"].append({"kind": died, "place": "", "words": tail})
    return told


def _figure(reader: Reader, report: dict[str, Any]) -> Figure:
    faults = [
        " ".join(part for part in (each["kind"], each["place"], each["words"]) if part)
        for each in report["faults"]
    ]
    refused = report["codes"].get("2", 0)
    return Figure(
        what=reader.name,
        value=f"{report['tries']:,} inputs, {refused:,} refused, {len(faults)} faults",
        oracle=FED,
        held=not faults,
        note=f"{'; '.join(faults)[:600]}." if faults else "",
    )
