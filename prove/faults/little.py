"""Too little of everything: disk, rights, memory; and clocks that move.

Oracle: exit 2 and one message that names the remedy, the state before as it was, and
the same command doing well once there is enough; under other clocks, the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from prove.faults.acts import office
from prove.faults.killed.cut import REFUSED, ROOT, Flow, Server, Trial

FULL = re.compile("the disk is full|larger than you may write")
READ_ONLY = re.compile("this disk is read-only|may not (read or )?write")
MEMORY = re.compile("memory|MiB of addresses")
AMPLE = 3000
"""MiB of addresses within which some hundred lines are matched in any case."""
FAULT = re.compile("Traceback|fault of ours|panicked")
ZONES = (
    "UTC",
    "America/Los_Angeles",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
    "America/St_Johns",
)
MOMENTS = ("2017-03-12 01:59:58", "2017-11-05 01:59:58", "2016-02-29 23:59:58")
"""The hour that is missing, the hour that comes twice, the end of a leap day."""
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
BUILD = ("roll", "build", "--as-of", "2017-07-25")


@dataclass(frozen=True, slots=True, kw_only=True)
class Little:
    """How often it was tried, and what did not hold."""

    tried: int
    wrong: tuple[str, ...] = ()
    note: str = ""


def full_at(flow: Flow, server: Server, home: Path, most: int) -> Little:
    """Let the disk be full from each step of a flow on, by a fault put in there."""
    trial = Trial(flow=flow, server=server, home=home)
    found = trial.lay_out()
    wrong, tried = list(found.wrong), 0
    for at in range(1, len(trial.steps) + 1):
        if trial.steps[at - 1] not in {"half written", "written"} or tried >= most:
            continue
        tried += 1
        work = trial.copy()
        ended = server.run(flow.act, work, f"full {at}")
        if ended.code != REFUSED or not FULL.search(ended.said):
            wrong.append(f"full at {at}: {ended.code}: {ended.said[-300:]}")
        if FAULT.search(ended.said):
            wrong.append(f"full at {at}: a traceback")
        left = trial.seen(work)
        if any(left.get(k) not in (v, trial.after.get(k)) for k, v in left.items()):
            wrong.append(f"full at {at}: something half stands there")
        if server.run(flow.act, work).code not in {trial.code, REFUSED}:
            wrong.append(f"full at {at}: it does not go on when there is space")
        elif trial.seen(work) != trial.after:
            wrong.append(f"full at {at}: it ends elsewhere when there is space")
    return Little(tried=tried, wrong=tuple(wrong))


@contextmanager
def small_disk(at: Path, size: str) -> Iterator[None]:
    """Mount a disk of some size at a folder (root only)."""
    at.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at))
    try:
        yield
    finally:
        _run("umount", "-l", str(at))


def can_mount(at: Path) -> bool:
    """Return whether this user may mount a small disk."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    try:
        with small_disk(at, "1m"):
            return True
    except RuntimeError:
        return False


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 # our own words
    if done.returncode:
        raise RuntimeError(done.stderr)


def on_a_full_disk(server: Server, home: Path) -> Little:
    """Do real work on a disk that has no room for it."""
    wrong, tried = [], 0
    jobs: Sequence[tuple[str, str, Sequence[str]]] = (
        ("200k", "flat_roll", (*BUILD, "v.csv", "--out", "disk/roll")),
        ("16k", "petition", (*office.COMMIT[:-1], "disk/commitment.json")),
        ("56k", "drawn", (*office.FIND[:-1], "disk/found")),
    )
    for number, (size, ground, act) in enumerate(jobs):
        at = home / f"full-{number}"
        at.mkdir(parents=True)
        server.run(f"prove.faults.acts.office:{ground}", at)
        with small_disk(at / "disk", size):
            if size == "16k":
                with suppress(OSError):
                    (at / "disk" / "ballast").write_bytes(b"x" * 2**20)
            ended = server.run(act, at)
            left = [p.name for p in (at / "disk").iterdir() if p.name != "ballast"]
        tried += 1
        if ended.code != REFUSED or not FULL.search(ended.said) or left:
            wrong.append(f"{act[1]} on {size}: {ended.code} {left} {ended.said[-300:]}")
    return Little(tried=tried, wrong=tuple(wrong))


def on_a_read_only_disk(server: Server, home: Path) -> Little:
    """Do work on a disk that nobody may write to."""
    wrong, tried = [], 0
    at = home / "disk"
    at.mkdir(parents=True)
    with small_disk(at, "40m"):
        server.run("prove.faults.acts.office:committed", at)
        _run("mount", "-o", "remount,ro", str(at))
        for act in (
            office.recorded("noted", "2017-08-01"),
            office.DRAW,
            (*office.COMMIT[:-1], "again.json"),
            office.circulator("Ana", "C1"),
            (*BUILD, "petition/lines.csv", "--out", "new"),
        ):
            ended = server.run(act, at)
            tried += 1
            said = READ_ONLY.search(ended.said) or "put right" in ended.said
            if ended.code != REFUSED or not said or FAULT.search(ended.said):
                wrong.append(f"{act[:2]}: {ended.code}: {ended.said[-300:]}")
    return Little(tried=tried, wrong=tuple(wrong))


def with_little_memory(home: Path, base: Path, *, limits: Sequence[int]) -> Little:
    """Match lines within an address space of so many MiB: done, or one message."""
    wrong, ends = [], []
    for limit in limits:
        out = home / f"m-{limit}.parquet"
        words = [
            *("match", "run", "--roll", str(base / "roll"), "--out", str(out)),
            *("--lines", str(base / "petition" / "lines.csv")),
        ]
        done = subprocess.run(  # noqa: S603 # our own words
            [sys.executable, "-c", LIMITED.format(limit * 2**20), *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "POLARS_MAX_THREADS": "2", "OPENBLAS_NUM_THREADS": "1"},
            timeout=300,
        )
        whole = out.exists() == (done.returncode == 0)
        refused = done.returncode == REFUSED and MEMORY.search(done.stderr)
        ends.append(f"{limit} MiB: {'done' if not done.returncode else 'refused'}")
        clear = refused and not FAULT.search(done.stderr)
        if not whole or (done.returncode != 0 and not clear):
            wrong.append(f"{limit} MiB: {done.returncode}: {done.stderr[-400:]}")
        if list(home.glob(".*")):
            wrong.append(f"{limit} MiB: a draft was left")
    if limits[-1] >= AMPLE and ends[-1].endswith("refused"):
        wrong.append(f"{limits[-1]} MiB is ample, and it is not done")
    return Little(tried=len(limits), wrong=tuple(wrong), note="; ".join(ends))


LIMITED = (
    "import resource; resource.setrlimit(resource.RLIMIT_AS, ({0}, {0})); "
    "from plebiscite.cli import main; main(prog_name='plebiscite')"
)
STARTED = "from plebiscite.cli import main; main(prog_name='plebiscite')"


def under_other_clocks(home: Path, base: Path) -> Little:
    """Draw, find and certify in other zones and at awkward moments: the same bytes."""
    made: dict[str, dict[str, bytes]] = {}
    clocks: list[tuple[str, dict[str, str]]] = [(z, {"TZ": z}) for z in ZONES]
    if FAKETIME.exists():
        clocks += [
            (moment, {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"@{moment}"})
            for moment in MOMENTS
        ]
    for number, (name, environ) in enumerate(clocks):
        at = home / f"clock-{number}" / "work"
        at.mkdir(parents=True)
        shutil.copytree(base / "petition", at / "petition")
        (at / "m").mkdir()
        (at / "m" / "measure.yaml").write_text(office.MEASURE, encoding="utf-8")
        (at / "roll").symlink_to(base / "roll")
        certify = office.CERTIFY[: office.CERTIFY.index("--measure-folder")]
        for act in (
            office.COMMIT,
            office.DRAW,
            office.FIND,
            (*certify, *office.ISSUED),
        ):
            done = subprocess.run(  # noqa: S603 # our own words
                [sys.executable, "-c", STARTED, *act],
                cwd=at,
                env={**os.environ, **environ, "TZDIR": "/usr/share/zoneinfo"},
                capture_output=True,
                check=False,
            )
            if done.returncode not in {0, 1, 3}:
                return Little(tried=number, wrong=(f"{name}: {done.stderr!r}",))
        made[name] = {
            path.relative_to(at).as_posix(): path.read_bytes()
            for path in sorted((at / "found" / "public").rglob("*"))
            if path.is_file()
        }
    first = next(iter(made.values()))
    wrong = [f"{name}: other bytes" for name, files in made.items() if files != first]
    note = "" if FAKETIME.exists() else "libfaketime is not installed: zones only"
    return Little(tried=len(made), wrong=tuple(wrong), note=note)
