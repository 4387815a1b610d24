"""Comparing lines with a roll: by the kernel where there is one, else in Python.

Both do the same sums in whole numbers and give the same answers to the last bit; the
kernel is some hundred times faster. `PLEBISCITE_ENGINE` in the environment may ask for
one of them, "kernel" or "reference".
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from itertools import cycle, islice
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.match.index.opened import Index
from plebiscite.match.lines.encode import EncodedLines
from plebiscite.match.model import Weights
from plebiscite.match.room import mapped, resident

KERNEL, REFERENCE = "kernel", "reference"
ASKED = "PLEBISCITE_ENGINE"
SLOW_LINES = 3_000
"""From so many lines on, a person should know that they wait for the reference."""
PART, TURNS = 4096 * mmap.ALLOCATIONGRANULARITY, 12
"""An index's pages are let go in parts of so many bytes (16 MiB), a twelfth of all at a
time: what is needed most is soon read again, and the rest makes room."""
Arrays: TypeAlias = dict[str, NDArray[Any]]
Part: TypeAlias = tuple[mmap.mmap, int, int]

BEST: Mapping[str, str] = {
    "face": "<u4",
    "row": "<u4",
    "second_row": "<u4",
    "bits": "<i4",
    "pattern_bits": "<i4",
    "second_bits": "<i4",
    "name": "u1",
    "home": "u1",
    "address": "u1",
    "old": "u1",
    "at_old": "u1",
    "middle": "u1",
    "suffix": "u1",
    "unit": "u1",
    "rarity": "u1",
    "in_county": "u1",
    "rivals": "<u4",
    "total": "<f8",
    "here": "<u4",
    "anywhere": "<u4",
    "residents": "<u4",
    "someone_there": "u1",
    "family_there": "u1",
    "candidates": "<u4",
}
"""What is said of each line: its best candidate, and those beside it."""
PAIR: Mapping[str, str] = {
    "line": "<u4",
    "face": "<u4",
    "row": "<u4",
    "name": "u1",
    "home": "u1",
    "address": "u1",
    "old": "u1",
    "at_old": "u1",
    "middle": "u1",
    "suffix": "u1",
    "unit": "u1",
    "rarity": "u1",
    "in_county": "u1",
    "pattern_bits": "<i4",
    "bits": "<i4",
}
"""What is said of each candidate of each line."""


def engine_name() -> str:
    """Return which engine compares: kernel or reference.

    Raises:
        InputError: one was asked for that is not there.

    """
    asked = os.environ.get(ASKED, "")
    if asked not in {"", KERNEL, REFERENCE}:
        raise InputError(f"{ASKED} is {asked!r}; it may be {KERNEL!r} or {REFERENCE!r}")
    if asked == REFERENCE:
        return REFERENCE
    if _kernel() is not None:
        return KERNEL
    if asked == KERNEL:
        raise InputError(
            f"{ASKED} asks for the kernel, which was not built here; unset it, or "
            "build the kernel as the README says"
        )
    return REFERENCE


def notice(lines: int) -> str | None:
    """Return what to tell a person who is about to wait; None if the wait is short."""
    if lines <= SLOW_LINES or engine_name() == KERNEL:
        return None
    why = (
        f"{ASKED} asks for it"
        if os.environ.get(ASKED) == REFERENCE
        else "the kernel was not built here; the README says how"
    )
    return (
        f"comparing {lines:,} lines in Python, some hundred times slower than the "
        f"kernel: {why}"
    )


class Tables:
    """What the kernel prepares for many lines, kept while parts of them are compared.

    Lines that were numbered together share their words; for others it is made anew.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words: NDArray[Any] | None = None
        self._made: Any = None

    def of(self, lines: EncodedLines) -> Any:
        """Return the kernel's tables for some lines."""
        if self._words is not lines.more:
            self._made = None  # two of them at once would take twice the memory
            kernel, index = _kernel(), self._index
            assert kernel is not None
            self._made = kernel.Tables(index.buffers(), index.meta(), lines.buffers())
            self._words = lines.more
        return self._made


def best(
    index: Index,
    lines: EncodedLines,
    weights: Weights,
    *,
    threads: int | None = None,
    limit: int | None = None,
    tables: Tables | None = None,
) -> Arrays:
    """Return the arrays of `BEST`, an entry for each line.

    While the program holds more than `limit` bytes, the kernel lets the index's pages
    go, another part of them each time; the reference is left to its caller. `tables`
    spares the kernel work where lines come in parts.
    """
    keep: tuple[Any, ...] = (None, None)
    if limit is not None:
        keep = (limit // mmap.PAGESIZE, _room_maker(index, limit))
    if tables is not None:
        keep = (*keep, tables.of(lines))
    return _asked("best", BEST, index, lines, weights, threads, *keep)


def candidates(
    index: Index, lines: EncodedLines, weights: Weights, *, threads: int | None = None
) -> Arrays:
    """Return the arrays of `PAIR`, an entry for each candidate, best first by line."""
    return _asked("candidates", PAIR, index, lines, weights, threads)


def look(
    index: Index, query: Mapping[str, Any], limit: int
) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Look up the voters that fit a query, by the kernel (see `look.scored.by_kernel`).

    Returns the best, best first: row, points, and field and points of each word.
    """
    kernel = _kernel()
    assert kernel is not None
    found: list[Any] = kernel.look(index.buffers(), index.meta(), query, limit)
    return found


def bytes_of(index: Index) -> int:
    """Return how large an index is."""
    return sum(array.nbytes for array in index.arrays.values())


def let_go(index: Index, parts: Iterable[Part] | None = None) -> None:
    """Give back the memory of an index's pages, or of some parts of it.

    They are read again when they are needed.
    """
    for held, start, size in _parts(index) if parts is None else parts:
        held.madvise(mmap.MADV_DONTNEED, start, size)


def _room_maker(index: Index, limit: int) -> Callable[[], None]:
    """Return what gives pages back until `limit` bytes are held, or all are back."""
    parts = _parts(index)
    some, turn = -(-len(parts) // TURNS), cycle(parts)

    def make_room() -> None:
        for _ in range(TURNS):
            let_go(index, islice(turn, some))
            if resident() <= limit:
                return

    return make_room


def _parts(index: Index) -> list[Part]:
    """Return all that is mapped of an index, in parts of `PART` bytes or fewer."""
    return [
        (held, start, min(PART, len(held) - start))
        for held in map(mapped, index.arrays.values())
        if held is not None
        for start in range(0, len(held), PART)
    ]


def _asked(  # noqa: PLR0917 - what both engines take, and the answer's form
    what: str,
    kinds: Mapping[str, str],
    index: Index,
    lines: EncodedLines,
    weights: Weights,
    threads: int | None,
    *keep: Any,
) -> Arrays:
    if engine_name() == REFERENCE:
        weigh = import_module("plebiscite.match.reference.weigh")
        found: Arrays = getattr(weigh, what)(index, lines, weights)
        return found
    kernel = _kernel()
    assert kernel is not None
    answer = getattr(kernel, what)(
        index.buffers(),
        index.meta(),
        lines.buffers(),
        weights.buffers(),
        threads or os.cpu_count() or 1,
        *keep,
    )
    return {name: np.frombuffer(answer[name], kind) for name, kind in kinds.items()}


def _kernel() -> ModuleType | None:
    """Return the kernel; None where it was not built."""
    try:
        return import_module("plebiscite.match._kernel")
    except ModuleNotFoundError:
        return None
