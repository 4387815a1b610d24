"""Faces held to a query, and the best of them: by the kernel where there is one.

Both ways give the same answers. In Python the words of all fields of all faces make a
table (`fits`); the kernel reads face by face and keeps no table, which for some
thousand faces takes a fraction of a millisecond in place of ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plebiscite.match import engine
from plebiscite.match.index.layout import CONFIDENTIAL, EXTRA, NOBODY
from plebiscite.match.index.opened import Index
from plebiscite.match.look.beginnings import Faces
from plebiscite.match.look.fits import Fits, by_county, why
from plebiscite.match.look.typed import Typed


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


def scored(
    index: Index, faces: Faces, words: Sequence[Typed], *, begun: bool, limit: int
) -> Scored:
    """Hold faces to a query.

    Args:
        index: where the faces are.
        faces: which ones; any number of times.
        words: the query.
        begun: whether the beginning of a word counts as a fit.
        limit: voters that are listed.

    """
    if engine.engine_name() == engine.REFERENCE:
        return by_table(index, faces, words, begun=begun, limit=limit)
    raw, best, listed = engine.look(
        index, _query(index, words, begun=begun), faces, limit
    )
    return Scored(
        faces=np.frombuffer(raw, dtype="<u4"),
        best=best,
        listed=tuple(
            Listed(
                voter_id=voter_id(index, row), points=points, why=why(words, of_words)
            )
            for row, points, of_words in listed
        ),
    )


def voter_id(index: Index, row: int) -> str | None:
    """Return the voter id of a row of the roll; None for `layout.NOBODY`."""
    if row == NOBODY:
        return None
    stored = index.arrays["ids"][row * index.stride :][: index.stride]
    return bytes(stored.tobytes()).rstrip(b"\0").decode("utf-8")


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
    points = fits.points[kept]
    # Only those that may be listed are named and put in order.
    least = np.sort(points)[::-1][: 2 * limit][-1]
    kept = kept[points >= least]
    ids = index.ids(_rows(index, seen[kept])).to_list()
    order = sorted(
        range(len(kept)), key=lambda at: (-int(fits.points[kept[at]]), ids[at])
    )
    best: dict[str, int] = {}
    for at in order:
        best.setdefault(ids[at], int(kept[at]))
        if len(best) == limit:
            break
    return Scored(
        faces=seen,
        best=fits.best,
        listed=tuple(
            Listed(voter_id=voter, points=int(fits.points[at]), why=fits.why(at))
            for voter, at in best.items()
        ),
    )


def _rows(index: Index, faces: Faces) -> Faces:
    """Return the roll's rows of faces."""
    stored = index.arrays["faces"].reshape(-1, 32)
    owner = np.ascontiguousarray(stored[faces, 28:32]).view("<u4")[:, 0]
    extra = stored[faces, 27] & EXTRA > 0
    plain = np.where(extra, owner, faces)
    return np.ascontiguousarray(stored[plain, 28:32]).view("<u4")[:, 0]


def _query(index: Index, words: Sequence[Typed], *, begun: bool) -> dict[str, Any]:
    """Return a query as the kernel takes it."""
    none = range(0)
    called_at, called = _runs(word.nicknames for word in words)
    meant_at, meant = _runs((*word.same, *word.beside) for word in words)
    return {
        "figures": np.array([word.figures for word in words], dtype=np.uint8),
        "started": _bounds(word.started if begun else none for word in words),
        "begun": _bounds(word.begun if begun else none for word in words),
        "called_at": called_at,
        "called": called,
        "meant_at": meant_at,
        "meant": meant,
        "counties": _counties(index.counties, words, begun=begun),
        "county_count": len(index.counties),
    }


def _counties(
    names: tuple[str, ...], words: Sequence[Typed], *, begun: bool
) -> NDArray[np.uint8]:
    """Return what each word earns of each county, by word and county."""
    earned = np.zeros((len(words), len(names)), dtype=np.uint8)
    for at, word in enumerate(words):
        for county, worth in by_county(names, word, begun=begun):
            earned[at, county] = worth
    return earned


def _runs(of_words: Iterable[Sequence[int]]) -> tuple[Faces, Faces]:
    """Return where each word's numbers begin, and the numbers."""
    every = [*of_words]
    at = [0, *accumulate(map(len, every))]
    numbers = [number for each in every for number in each]
    return np.array(at, dtype=np.uint32), np.array(numbers, dtype=np.uint32)


def _bounds(runs: Iterable[range]) -> Faces:
    """Return where each run begins and ends."""
    return np.array([end for run in runs for end in (run.start, run.stop)], np.uint32)
