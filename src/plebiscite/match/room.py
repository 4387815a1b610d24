"""Room: how much memory matching may take, and how it keeps within it.

What the lines, their answers and the program itself hold stays held. The rest is for
lines that are being compared, of which fewer are taken together where there is less
room, and for the roll's index: its pages are given back whenever too many are held, and
read again; what is read of it here and there is read in the file's order, and given
back at once. So little memory makes matching slower, and changes no answer.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError

CHUNK = 50_000
"""Lines compared together."""
TOGETHER = 3
"""So many times more are read together, since lines share texts."""
AT_ONCE = 1_000_000
"""So many lines are read all at once where there is room, before any is compared."""
BYTES_PER_LINE_READ = 1_200
"""Memory that a line takes while it is read: 1,000 bytes were measured of names and
addresses each in one text, 160 of others, and 310 while their words are looked up."""
FEWEST = 5_000
BYTES_PER_LINE = 4_000
"""Memory that a line takes while it is compared, generously rounded up."""
BYTES_PER_LINE_READY = 500
"""Memory that a line takes from being read until it is decided, beside its answer."""
BYTES_PER_ANSWER = 250
"""Memory that a line's answer takes until all are given, twice at the end."""
PAIRING, BYTES_PER_PAIRED_LINE = 80_000_000, 1_000
"""Memory that comparing lines with one another takes, beside what is held before: 35
million bytes were measured of a thousand lines, 66 of 20,000, 218 of 200,000, and 991
of a million of which hardly one had a voter."""
BUILDING, BYTES_PER_VOTER = 220_000_000, 92
"""Memory that building an index takes: measured at 1, 5 and 20 million voters."""
INDEXED = 100
"""Bytes of an index a voter: 97 were measured of a million, 86 of twenty million."""
PAGES, EACH_MORE, SHARE = 150_000_000, 40_000_000, 12
"""So much of the index may come into memory between two looks at how much is held: with
twenty million voters one thread brought up to 146 million bytes, two of them 177. Where
nobody looks while lines are compared, such a part of it (a twelfth) may."""
FOR_PAGES = 3
"""A third of what is free is kept for that, or fewer threads compare."""
SPAN = 4096 * mmap.ALLOCATIONGRANULARITY
"""Of a file that is read here and there, so many bytes (16 MiB) are held at a time: a
single entry brings the sixteen pages around it into memory."""
MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What is compared together, and when the index's pages are let go.

    Attributes:
        lines: lines compared together.
        together: lines read together, whose texts are looked up once.
        limit: bytes that the program may hold while it compares; None: any number.
        threads: how many compare at once.

    """

    lines: int
    together: int
    limit: int | None
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)


def room(memory: int | None, lines: int, *, index: int, watched: bool = True) -> Room:
    """Return how to compare so many lines with an index, within `memory` bytes.

    `index` is how large it is, in bytes; `watched` says whether somebody looks at what
    is held while lines are compared.

    Reckoned from what the program holds now, so ask when lines are read and the pages
    of the index are let go.

    Raises:
        InputError: it cannot be done in so little.

    """
    if memory is None:
        return Room(lines=CHUNK, together=AT_ONCE, limit=None)
    unseen = 0 if watched else index // SHARE
    least = _least(lines, index, unseen)
    if memory < least:
        raise _too_little(memory, least)
    free = memory - _held(lines)
    for_pages = max(PAGES, free // FOR_PAGES)
    cores = os.cpu_count() or 1
    threads = min(cores, 1 + (for_pages - PAGES) // EACH_MORE)
    pages = PAGES + (threads - 1) * EACH_MORE + unseen
    # No more of an index comes into memory than there is of it: if there is room for
    # all of it, nobody needs to look.
    whole = index <= for_pages + unseen
    free -= index if whole else for_pages + unseen
    size = min(CHUNK, max(FEWEST, free // ((TOGETHER + 1) * BYTES_PER_LINE)))
    all_at_once = lines <= min(AT_ONCE, free // BYTES_PER_LINE_READ)
    # While some lines are compared, the next are made ready: half of what they take may
    # come between two looks, and little of those that were read before.
    share = BYTES_PER_LINE_READY if all_at_once else BYTES_PER_LINE // 2
    next_ones = min(size, lines) * share
    together = AT_ONCE if all_at_once else size * TOGETHER
    return Room(
        lines=size,
        together=together,
        limit=None if whole else memory - pages - next_ones,
        threads=cores if whole else threads,
    )


def worker_room() -> Room:
    """Return how one of many compares that share a machine: it reads a part at a time.

    Of its lines 180 MB are held for that, however many a file has.
    """
    return Room(lines=CHUNK, together=CHUNK * TOGETHER, limit=None)


def read_within(memory: int, lines: int, *, before: int, voters: int) -> None:
    """Refuse what cannot be done in `memory` bytes, once so many lines are read.

    `before` is the peak before they were read: if reading took more, that counts. The
    lines will be compared with the index of so many voters.

    Raises:
        InputError: the message says what to ask for.

    """
    most = peak()
    least = max(most if most > before else 0, _least(lines, voters * INDEXED))
    if memory < least:
        raise _too_little(memory, least)


def index_within(memory: int, voters: int) -> None:
    """Refuse to build the index of so many voters within too few bytes.

    Raises:
        InputError: the message says what to ask for, or to build it first.

    """
    least = max(BUILDING, resident()) + voters * BYTES_PER_VOTER
    if memory < least:
        raise InputError(
            f"--memory {memory // MB:,}MB is too little to build the index of "
            f"{voters:,} voter{'' if voters == 1 else 's'}; ask for "
            f"{_rounded(least)}MB or more, or build it first with `plebiscite roll "
            "build` and `plebiscite roll index`"
        )


def pairs_within(memory: int, lines: int) -> None:
    """Refuse to compare so many lines with one another within too few bytes.

    Raises:
        InputError: the message says what to ask for.

    """
    least = resident() + PAIRING + lines * BYTES_PER_PAIRED_LINE
    if memory < least:
        raise InputError(
            f"--memory {memory // MB:,}MB is too little for the --pairs of {lines:,} "
            f"line{'' if lines == 1 else 's'}; ask for {_rounded(least)}MB or more"
        )


def read_in_order(
    stored: NDArray[Any], kind: np.dtype[Any], places: NDArray[Any]
) -> NDArray[Any]:
    """Return entries of a mapped array of them by their places, holding little of it.

    The file is not opened again: another may stand in its place by now.
    """
    entries, pages = stored.view(kind), mapped(stored)
    if pages is None:
        return np.asarray(entries[places])
    order = np.argsort(places)
    ordered = places[order]
    found = np.empty(len(places), dtype=kind)
    step = max(1, SPAN // kind.itemsize)
    ends = np.searchsorted(ordered, np.arange(0, len(entries) + step, step))
    for n, (first, end) in enumerate(pairwise(ends.tolist())):
        if first == end:
            continue
        found[order[first:end]] = entries[ordered[first:end]]
        start = n * step * kind.itemsize // mmap.PAGESIZE * mmap.PAGESIZE
        pages.madvise(
            mmap.MADV_DONTNEED, start, min(SPAN + mmap.PAGESIZE, len(pages) - start)
        )
    return found


def in_small_pieces(files: Iterable[Path]) -> None:
    """Have the system keep files in single pages, where it lets itself be told.

    What was read from end to end, or just written, it may keep in pieces of up to 2 MB;
    Linux 6.18 maps the whole of one at a touch, so a line's candidates brought half a
    gigabyte of an index of 1.7 into memory. Pages that another program maps stay.
    """
    if not hasattr(os, "posix_fadvise"):
        return
    for path in files:
        # It is a service: the answers do not depend on it.
        with suppress(OSError), path.open("rb", buffering=0) as file:
            os.fdatasync(file.fileno())  # what is not on disk yet would stay
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_RANDOM)
            while file.read(MB):
                pass


def mapped(array: NDArray[Any]) -> mmap.mmap | None:
    """Return the map of a file that an array lies in; None of one in memory."""
    held: Any = array
    while held is not None and not isinstance(held, mmap.mmap):
        held = getattr(held, "base", None)
    return held


def resident() -> int:
    """Return how many bytes of memory this program holds, mapped pages among them."""
    try:
        told = Path("/proc/self/statm").read_text(encoding="ascii")
    except OSError:  # not on Linux: then nothing is given back early
        return 0
    return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE")


def peak() -> int:
    """Return how many bytes of memory this program held at the most, until now."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = [line for line in told.splitlines() if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) * 1024 if found else 0


def _held(lines: int) -> int:
    return resident() + lines * BYTES_PER_ANSWER


def _least(lines: int, index: int, unseen: int = 0) -> int:
    pages = min(PAGES + unseen, index)
    return _held(lines) + pages + min(FEWEST, lines) * TOGETHER * BYTES_PER_LINE


def _too_little(memory: int, least: int) -> InputError:
    return InputError(
        f"--memory {memory // MB:,}MB is too little for these lines and this roll; "
        f"ask for {_rounded(least)}MB or more, or match the lines in parts"
    )


def _rounded(least: int) -> int:
    """Return what to ask for, in MB: a tenth more than the least."""
    return -(-least * 11 // 10 // MB // 10) * 10
