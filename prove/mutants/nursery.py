"""A copy of the project in which mutmut breeds mutants and tries them.

mutmut writes every mutant of a package into one copy of it, finds out which tests reach
which function, and runs, for each mutant, those tests alone, in a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prove.mutants.wording import diff_of, only_words

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = [{only}]
do_not_mutate = ["*/kit/*", "*/migrations/*"]
also_copy = ["tools", "prove", "docs", "bench", "README.md"]
pytest_add_cli_args = [
    "-p", "no:cacheprovider", "-p", "prove.mutants.fresh", "-n", "0",
    "-o", "addopts=--import-mode=importlib --strict-markers",
]
pytest_add_cli_args_test_selection = [{tests}]
"""
STATES = {0: "survived", 33: "untested", 5: "untested"}
"""mutmut's exit codes of mutants that nobody noticed; a mutant that never ended, or
crashed, was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brood:
    """What became of the mutants of a package that were tried.

    `of` says how many there are in all; `states` counts those tried by what became of
    them; `survivors` names those nobody noticed, or no test reaches, as mutmut does,
    but for `wording` of them, which changed a sentence only.
    """

    package: str
    of: int
    states: Counter[str] = field(default_factory=Counter)
    survivors: tuple[str, ...] = ()
    wording: int = 0

    @property
    def tried(self) -> int:
        """Return how many were tried."""
        return self.states.total()


def nursery(package: str, tests: Sequence[str], folder: Path) -> Path:
    """Copy the project to `folder`, set up for the mutants of `package`."""
    copy = folder / package
    shutil.copytree(ROOT, copy, ignore=left_behind, symlinks=True)
    settings = SETTINGS.format(
        only=json.dumps(f"src/plebiscite/{package}/*"),
        tests=", ".join(json.dumps(each) for each in tests),
    )
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    return copy


def left_behind(folder: str, names: list[str]) -> set[str]:
    """Return what a copy does not need."""
    top = {".venv", ".git", "out", "dist", "mutants"} if Path(folder) == ROOT else set()
    everywhere = {"__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", "target"}
    return {name for name in names if name in top | everywhere}


def breed(copy: Path, seconds: float) -> list[str]:
    """Breed all mutants, find which tests reach which, and return the mutants' names.

    Raises:
        RuntimeError: mutmut stopped, as where a test fails without any mutant.

    """
    said = mutmut(copy, ["nobody.is.called.so"], seconds)
    names = [name for name, _code in told(copy)]
    if not names or "nothing matches" not in said:
        raise RuntimeError(f"mutmut said: {said[-1500:]}")
    return names


def try_some(copy: Path, names: Sequence[str], seconds: float) -> None:
    """Try the mutants of these names, for at most so many seconds."""
    mutmut(copy, names, seconds)


def brood(copy: Path, package: str) -> Brood:
    """Return what became of the mutants tried so far."""
    every = told(copy)
    states = Counter(
        STATES.get(code, "killed") for _, code in every if code is not None
    )
    alive = [name for name, code in every if code is not None and code in STATES]
    heavy = tuple(name for name in alive if not only_words(diff_of(copy, name)))
    return Brood(
        package=package,
        of=len(every),
        states=states,
        survivors=heavy,
        wording=len(alive) - len(heavy),
    )


def told(copy: Path) -> list[tuple[str, int | None]]:
    """Return every mutant and its exit code, None where it was not tried."""
    found: list[tuple[str, int | None]] = []
    for path in sorted((copy / "mutants" / "src").rglob("*.meta")):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        found += list(codes.items())
    return found


def drawn(names: Sequence[str], count: int, seed: int) -> list[str]:
    """Return `count` of `names`, or all, drawn from `seed`."""
    if count >= len(names):
        return list(names)
    return sorted(random.Random(seed).sample(sorted(names), count))


def mutmut(copy: Path, names: Sequence[str], seconds: float) -> str:
    """Run mutmut in `copy` on mutants of these names; return what it said."""
    program = Path(sys.executable).with_name("mutmut")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HYPOTHESIS_PROFILE": "steady",
    }
    running = subprocess.Popen(  # noqa: S603 # our own words
        [program, "run", "--max-children", "2", *names],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        return running.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, 9)
        return running.communicate()[0]
