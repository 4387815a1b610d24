"""Asking the second programs: all cases in one process, a line of JSON each."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

PROGRAMS = Path(__file__).parent / "programs"
MODULES = ("JSON::PP", "Math::BigInt", "Digest::SHA")
SHOWN = 3

Case: TypeAlias = dict[str, Any]


def perl() -> str | None:
    """Return the path of a Perl with its core modules; None where there is none."""
    found = shutil.which("perl")
    if found is None:
        return None
    words = [found, *(f"-M{name}" for name in MODULES), "-e", "1"]
    tried = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 # our own words
    return found if tried.returncode == 0 else None


def second(program: str, cases: Sequence[Case]) -> list[Any]:
    """Return what the Perl program says to each case.

    Raises:
        RuntimeError: it broke, or answered fewer than it was asked.

    """
    found = perl()
    assert found, "there is no Perl"
    asked = "".join(json.dumps(case, ensure_ascii=True) + "\n" for case in cases)
    done = subprocess.run(  # noqa: S603 # our own program
        [found, str(PROGRAMS / program)],
        input=asked.encode(),
        capture_output=True,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(cases):
        said = done.stderr.decode(errors="replace")[-500:]
        raise RuntimeError(f"{program}: {len(answers)} of {len(cases)} answers; {said}")
    return answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How many cases two programs were asked, and where they differ."""

    cases: int
    differing: int
    shown: tuple[str, ...]


def compare(
    program: str, cases: Sequence[Case], ours: Callable[[Case], Any]
) -> Compared:
    """Put the same cases to the house and to the second program."""
    shown: list[str] = []
    differing = 0
    with ThreadPoolExecutor(1) as apart:  # both work at once
        theirs = apart.submit(second, program, cases)
        mine = [ours(case) for case in cases]
    for case, here, said in zip(cases, mine, theirs.result(), strict=True):
        if here != said:
            differing += 1
            if len(shown) < SHOWN:
                shown.append(f"{case}: here {here}, there {said}")
    return Compared(cases=len(cases), differing=differing, shown=tuple(shown))
