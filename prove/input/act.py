"""The chapter on bad input: harmful files, exports, then every reader fed.

What a fault is, `prove.input.fed.tried` tells; each stands in the report with its place
until it is mended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from prove.frame.figure import Figure, Ground
from prove.input.exports import exported
from prove.input.fed.readers import Reader
from prove.input.fed.table import READERS
from prove.input.fed.tried import LONGEST
from prove.input.fed.tried import MOST as MORE
from prove.input.ground import ground as laid_out
from prove.input.harm.files import GROUPS, SCANNER
from prove.input.harm.watched import MOST, Went, went

ROOT = Path(__file__).resolve().parents[2]
HANDS = 2
"""Programs at once."""
START = 8.0
"""Seconds a program of the fuzzer takes to begin, on a busy machine."""
LONG = 10_000_000
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
    yield from fed(base, ground, left)


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
    share = max(left * HANDS / len(READERS) - START, 2)
    bound = ["--tries", str(LONG // len(READERS))] if ground.long else []
    bound = bound or ["--seconds", f"{share:.1f}"]
    slow = None if ground.long else 4 * share + 120

    def feed(case: tuple[int, Reader]) -> dict[str, Any]:
        return _feed(case[1], base, ground, [*bound, "--seed", str(case[0] + 1)], slow)

    with ThreadPoolExecutor(HANDS) as hands:
        reports = list(hands.map(feed, enumerate(READERS)))
    for reader, report in zip(READERS, reports, strict=True):
        yield _figure(reader, report)
    tries = sum(report["tries"] for report in reports)
    guided = sum(bool(report["guided"]) for report in reports)
    yield Figure(
        what="every reader together",
        value=f"{tries:,} inputs to {len(READERS)} readers, {guided} of them guided by "
        "coverage"
        + ("" if guided else " (atheris is not installed: wrongs drawn at random)"),
        oracle=FED,
        held=None,
    )


def _feed(
    reader: Reader, base: Path, ground: Ground, words: list[str], slow: float | None
) -> dict[str, Any]:
    """Feed one reader in a program of its own; a program that dies is told, too."""
    name = "".join(sign if sign.isalnum() else "-" for sign in reader.name)
    folder = ground.folder / "fed" / name
    folder.mkdir(parents=True)
    report, printed = folder.with_suffix(".json"), folder.with_suffix(".out")
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
    ground.say(f"   {reader.name}{': ' * bool(died)}{died}")
    told: dict[str, Any] = {"tries": 0, "codes": {}, "faults": [], "guided": False}
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
