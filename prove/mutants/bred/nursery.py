"""A copy of the project in which each function stands beside its mutants.

mutmut's operators make the mutants; which of them runs is chosen by `switch`.
"""

from __future__ import annotations

import difflib
import json
import multiprocessing
import os
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from prove.mutants.bred.wording import only_words

ROOT = Path(__file__).resolve().parents[3]
HERE = "from prove.mutants.bred.switch import switched as _mutmut_mutated, MutantDict"
THEIRS = (
    "from mutmut.mutation.trampoline import wrap_in_trampoline as "
    "_mutmut_mutated, MutantDict"
)
BETWEEN = "__mutmut_"
LEFT = {"kit", "migrations"}
"""Folders of code that is not changed: scripts that stand alone, and made code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change to one function.

    `name` is module, function and number; `change` is what the lines said, and what
    they say instead; `words` tells that a sentence is all that changed.
    """

    name: str
    package: str
    change: str
    words: bool = False

    @property
    def function(self) -> str:
        """Return module and function, as `switch` names them."""
        return self.name.partition(BETWEEN)[0]

    @property
    def short(self) -> str:
        """Return module and function as a reader looks for them."""
        return plain(self.function)


def plain(function: str) -> str:
    """Return a function's name as it is written.

    >>> plain("plebiscite.rules.span.x_days"), plain("plebiscite.vote.a.xǁPlanǁcost")
    ('rules.span.days', 'vote.a.Plan.cost')

    """
    module, _, name = function.removeprefix("plebiscite.").rpartition(".")
    return f"{module}.{name[2:].replace('ǁ', '.')}"


def nursery(folder: Path) -> Path:
    """Copy the project to a folder in `folder`, and return that."""
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=left_behind, symlinks=True)
    return copy


def left_behind(folder: str, names: list[str]) -> set[str]:
    """Return what a copy does not need."""
    top = {".venv", ".git", "out", "dist", "mutants"} if Path(folder) == ROOT else set()
    everywhere = {"__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", "target"}
    return {name for name in names if name in top | everywhere}


def breed(copy: Path, packages: Sequence[str], *, hands: int = 2) -> list[Mutant]:
    """Write the mutants of `packages` into the copy's code; return them in order."""
    source = copy / "src" / "plebiscite"
    files = [
        str(path)
        for package in packages
        for path in sorted((source / package).rglob("*.py"))
        if not LEFT & set(path.parts)
    ]
    if hands == 1:
        return [mutant for file in files for mutant in bred(file)]
    spawn = multiprocessing.get_context("spawn")
    # mutmut looks for its settings where it stands.
    with spawn.Pool(hands, initializer=os.chdir, initargs=(ROOT,)) as pool:
        each = pool.map(bred, files, chunksize=1)
    return [mutant for some in each for mutant in some]


def bred(file: str) -> list[Mutant]:
    """Write the mutants of a file into it, and return them.

    Raises:
        RuntimeError: mutmut writes its code otherwise than this was written for.

    """
    from mutmut.mutation.file_mutation import mutate_file_contents

    path = Path(file)
    made = mutate_file_contents(file, path.read_text(encoding="utf-8"))
    if not made.mutant_names:
        return []
    if THEIRS not in made.code:
        raise RuntimeError("mutmut's switch is not where it was")
    path.write_text(made.code.replace(THEIRS, HERE), encoding="utf-8")
    lines = made.code.splitlines()

    def written(name: str) -> list[str]:
        span = made.line_span_by_function_name[name]
        text = "\n".join(lines[span.start - 1 : span.end])
        return textwrap.dedent(text.replace(name, "it")).strip().splitlines()

    at = len(path.parts) - 1 - path.parts[::-1].index("plebiscite")
    module = ".".join(path.parts[at:])
    module = module.removesuffix(".py").removesuffix(".__init__")
    found = []
    for name in made.mutant_names:
        before = written(f"{name.partition(BETWEEN)[0]}{BETWEEN}orig")
        after = written(name)
        found.append(
            Mutant(
                name=f"{module}.{name}",
                package=module.split(".")[1],
                change=changed(before, after),
                words=only_words("\n".join(before), "\n".join(after)),
            )
        )
    return found


def changed(before: Sequence[str], after: Sequence[str]) -> str:
    """Return what changed between two versions of a function, on one line.

    >>> changed(["def it(a):", "    return a < 1"], ["def it(a):", "    return a <= 1"])
    'return a < 1 ⇒ return a <= 1'

    """
    gone, come = [], []
    pairs = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, *spans in pairs.get_opcodes():
        if tag != "equal":
            one, two, three, four = spans
            gone += [line.strip() for line in before[one:two]]
            come += [line.strip() for line in after[three:four]]
    return f"{' '.join(gone)} ⇒ {' '.join(come)}"


def told(mutants: Sequence[Mutant]) -> str:
    """Return mutants as JSON, for `read`."""
    return json.dumps([asdict(mutant) for mutant in mutants], ensure_ascii=False)


def read(text: str) -> list[Mutant]:
    """Return the mutants that `told` wrote."""
    rows: list[dict[str, Any]] = json.loads(text)
    return [Mutant(**row) for row in rows]
