"""The chapter on mutants: four packages whose code decides, and coverage by floor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from prove.frame.figure import Figure, Ground
from prove.mutants.bred.nursery import LEFT, ROOT, Mutant, breed, nursery
from prove.mutants.brood import (
    Brood,
    brood,
    first_run,
    justified,
    none_tried,
    pace,
    told,
)
from prove.mutants.reach.floors import DAY, floors
from prove.mutants.reach.untried import untried
from prove.mutants.tried import ledger
from prove.mutants.tried.plan import PLAN, Plan

PACKAGES = ("rules", "verify", "vote", "docket")
"""The packages whose code decides."""
TESTS = (
    *(f"src/plebiscite/{package}" for package in PACKAGES),
    *(f"tests/{package}" for package in PACKAGES),
    "tests/law",
    "tests/cli/test_law_compare.py",
    "tests/cli/test_law_faults.py",
    "tests/cli/test_law_plain.py",
    "tests/cli/test_measure_commands.py",
    "tests/cli/test_petition_acts.py",
    "tests/cli/test_petition_counts.py",
)
"""What must notice: the packages' own tests, the law's cases, the commands that show
what these packages say, and the examples in docstrings."""
SLOW = (
    "tests/vote/test_vote_large.py",
    "tests/vote/test_vote_backtests.py",
    "tests/docket/test_crash.py",
)
"""Left out: they repeat on much data, or by killing, what others hold."""
SHARE_OF_MINUTES = 0.47
"""The rest goes to coverage: in it every floor's tests come to their end on an idle
machine of two cores."""
PATIENCE = 15.0
"""Seconds of tests that a mutant is held to, nearest first; in a long run all."""


def prove(ground: Ground) -> Iterator[Figure]:
    """Yield a figure for each package, then the coverage of each floor."""
    seconds = ground.minutes * 60
    began = time.monotonic()
    yield from mutants(ground, DAY if ground.long else seconds * SHARE_OF_MINUTES)
    spent = time.monotonic() - began
    yield from floors(ground, DAY if ground.long else seconds - spent)


def mutants(ground: Ground, seconds: float) -> Iterator[Figure]:
    """Yield what the tests that judge are, then a figure for each package."""
    began = time.time()
    until = began + seconds
    sources = sorted(coded(ROOT))
    copy = nursery(ground.folder)
    every = breed(copy, PACKAGES)
    kept = ledger_of(copy)
    before = len(ledger.lines(kept))
    ground.say(f"   {len(every):,} mutants bred; {before:,} tried in earlier runs")
    bred = time.time()
    yield untried(sources)
    first = ground.folder / "trial" / "first.json"
    said = run(copy, every, kept, ground, until)
    if not first.exists():
        yield none_tried(bred - began, time.time() - bred, said)
        return
    yield first_run(first, SLOW)
    states = ledger.lines(kept)
    yield pace(
        first,
        tried=len(states) - before,
        breeding=bred - began,
        trying=time.time() - bred,
    )
    for package in PACKAGES:
        yield told(found(package, every, states), justified())


def coded(root: Path) -> Iterator[Path]:
    """Yield the files of the packages of which mutants are made."""
    for package in PACKAGES:
        for path in (root / "src" / "plebiscite" / package).rglob("*.py"):
            if not LEFT & set(path.parts):
                yield path


def found(package: str, every: list[Mutant], states: dict[str, str]) -> Brood:
    """Return what became of the mutants of a package."""
    mine = [mutant for mutant in every if mutant.package == package]
    return brood(package, mine, states)


def ledger_of(copy: Path) -> Path:
    """Return where the results of this code under these tests are kept."""
    ledger.KEPT.mkdir(parents=True, exist_ok=True)
    folders = [ROOT / "src" / "plebiscite", copy / "prove" / "mutants"]
    folders += [ROOT / each for each in TESTS if each.startswith("tests/")]
    return ledger.KEPT / f"{ledger.digest(folders)}.jsonl"


def run(
    copy: Path, every: list[Mutant], kept: Path, ground: Ground, until: float
) -> str:
    """Let pytest try the mutants until that moment; return what it said."""
    names = {
        package: [
            mutant.name
            for mutant in every
            if mutant.package == package and not mutant.words
        ]
        for package in PACKAGES
    }
    folder = ground.folder / "trial"
    folder.mkdir()
    plan = Plan(
        names=ledger.turn(names, ground.seed, ledger.lines(kept)),
        ledger=str(kept),
        folder=str(folder),
        until=until,
        patience=DAY if ground.long else PATIENCE,
        hands=max(1, min(2, os.cpu_count() or 1)),
    )
    (folder / "plan.json").write_text(plan.told(), encoding="utf-8")
    return pytest(copy, folder / "plan.json", until + 90 - time.time())


def pytest(copy: Path, plan: Path, seconds: float, tests: Sequence[str] = TESTS) -> str:
    """Run pytest on `tests` in the copy, by the plan; return what it said."""
    words = [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0"]
    words += ["--tb=no", "-p", "no:cacheprovider", "-p", "no:ended-run"]
    words += ["-p", "prove.mutants.tried.trial"]
    words += ["-o", "addopts=--import-mode=importlib --strict-markers"]
    words += ["--doctest-modules", "--ignore-glob=*/kit/*.py"]
    words += [*(f"--ignore={each}" for each in SLOW), *tests]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(copy / "src"), str(copy), str(ROOT)]),
        "HYPOTHESIS_PROFILE": "noticing",
        PLAN: str(plan),
    }
    running = subprocess.Popen(  # noqa: S603 # our own words
        words,
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        return running.communicate(timeout=max(1, seconds))[0]
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        return running.communicate()[0]
