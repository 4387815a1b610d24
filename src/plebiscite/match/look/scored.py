"""Faces held to a query, and the best of them; and the same by the kernel alone.

Both ways give the same answers. In Python the words of all fields of all faces make a
table (`fits`). The kernel goes its own ways through the index, reads face by face and
keeps no table, which takes a fraction of a millisecond in place of tens.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from plebiscite.match import engine
from plebiscite.match.index.layout import CONFIDENTIAL, EXTRA, NOBODY
from plebiscite.match.index.opened import Index
from plebiscite.match.look.beginnings import Faces
from plebiscite.match.look.fits import Fits, by_county, why
from plebiscite.match.look.typed import Typed

Numbers: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A voter who may be listed.

    Attributes:
        voter_id: the id.
        points: of all words together.
        why: which word fits what.

    """

    voter_id: str | None
    points: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Faces held to a query.

    Attributes:
        faces: each once, without confidential voters, in order.
        best: the most points of a face that may be listed; 0 where none may.
        listed: the best voters, best first; of equal points the lower id.

    """

    faces: Faces
    best: int
    listed: tuple[Listed, ...]


def by_kernel(
    index: Index,
    words: Sequence[Typed],
    *,
    limit: int,
    commonest: Faces,
    zips: Faces,
) -> tuple[Listed, ...]:
    """Look up the best voters for a query, best first; of equal points the lower id.

    Args:
        index: of the roll.
        words: the query.
        limit: voters that are listed.
        commonest: the surnames that most voters bear.
        zips: the roll's ZIP codes, as words.

    """
    query = _query(index, words) | {"commonest": commonest, "zips": zips}
    said: dict[tuple[tuple[int, int], ...], str] = {}
    listed = []
    for row, points, earned in engine.look(index, query, limit):
        # Most of those who are listed together fit in the same way.
        if (of_words := tuple(earned)) not in said:
            said[of_words] = why(words, of_words)
        told = said[of_words]
        listed.append(Listed(voter_id=voter_id(index, row), points=points, why=told))
    return tuple(listed)


def voter_id(index: Index, row: int) -> str | None:
    """Return the voter id of a row of the roll; None for `layout.NOBODY`."""
    if row == NOBODY:
        return None
    # A slice of a view costs a tenth of one of an array.
    stored = index.arrays["ids"].data[row * index.stride : (row + 1) * index.stride]
    return str(stored, "utf-8").rstrip("\0")


def by_table(
    index: Index, faces: Faces, words: Sequence[Typed], *, begun: bool, limit: int
) -> Scored:
    """Hold faces to a query, in Python."""
    once = np.unique(faces)
    flags = index.arrays["faces"].reshape(-1, 32)[once, 27]
    seen = np.asarray(once[flags & CONFIDENTIAL == 0])
    fits = Fits(index, seen, words, begun=begun)
    kept = np.flatnonzero(fits.anchored)
    if not len(kept):
        return Scored(faces=seen, best=0, listed=())
    ids = index.ids(_rows(index, seen[kept]))
    best = (
        pl.DataFrame({"id": ids, "points": fits.points[kept], "at": kept})
        .sort("points", "id", "at", descending=[True, False, False])
        .unique("id", keep="first", maintain_order=True)
        .head(limit)
    )
    return Scored(
        faces=seen,
        best=fits.best,
        listed=tuple(
            Listed(voter_id=voter, points=int(fits.points[at]), why=fits.why(at))
            for voter, at in best.select("id", "at").iter_rows()
        ),
    )


def _rows(index: Index, faces: Faces) -> Faces:
    """Return the roll's rows of faces."""
    stored = index.arrays["faces"].reshape(-1, 32)
    owner = np.ascontiguousarray(stored[faces, 28:32]).view("<u4")[:, 0]
    extra = stored[faces, 27] & EXTRA > 0
    plain = np.where(extra, owner, faces)
    return np.ascontiguousarray(stored[plain, 28:32]).view("<u4")[:, 0]


def _query(index: Index, words: Sequence[Typed]) -> dict[str, Any]:
    """Return a query as the kernel takes it."""
    called_at, called = _runs(word.nicknames for word in words)
    meant_at, meant = _runs((*word.same, *word.beside) for word in words)
    beside_at, beside = _runs(word.beside for word in words)
    return {
        "figures": bytes(word.figures for word in words),
        "whole": array("I", [word.whole or 0 for word in words]),
        "started": _bounds(word.started for word in words),
        "begun": _bounds(word.begun for word in words),
        "called_at": called_at,
        "called": called,
        "meant_at": meant_at,
        "meant": meant,
        "beside_at": beside_at,
        "beside": beside,
        "counties": b"".join(_of_counties(index.counties, each.text) for each in words),
        "county_count": len(index.counties),
    }


@lru_cache(maxsize=10_000)
def _of_counties(names: tuple[str, ...], word: str) -> bytes:
    """Return what a word earns of each county, as a text of its own or begun."""
    earned = bytearray(len(names))
    for county, worth in by_county(names, word, begun=True):
        earned[county] = worth
    return bytes(earned)


def _runs(of_words: Iterable[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Return where each word's numbers begin, and the numbers."""
    every = [*of_words]
    at = [0, *accumulate(map(len, every))]
    return array("I", at), array("I", [*chain.from_iterable(every)])


def _bounds(runs: Iterable[range]) -> Numbers:
    """Return where each run begins and ends."""
    return array("I", [end for run in runs for end in (run.start, run.stop)])
