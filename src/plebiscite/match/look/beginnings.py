"""Faces found by the beginnings of words, as a person types them.

The words of a roll stand in order, so all that begin alike are a range of numbers; the
names of a surname are ordered by first name, so theirs are a range too. No scan of the
roll is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.arrange import mixed
from plebiscite.match.index.layout import Numbers, row_bits
from plebiscite.match.index.near import keys_of
from plebiscite.match.index.opened import Index

MOST_WORDS = 400
"""Surnames, or streets, of one beginning that are followed."""
MOST_FACES = 5_000
"""Faces that are looked at; of a name that more voters bear, the first ones."""
Faces = NDArray[np.uint32]
Words = NDArray[np.int64]
Positions = NDArray[np.int64]
NO_FACES: Faces = np.zeros(0, dtype=np.uint32)


def borne(index: Index, words: range) -> Words:
    """Return the words of a range that are somebody's surname, most borne first."""
    at = index.arrays["name_at"]
    starts = np.asarray(at[words.start : words.stop + 1]).astype(np.int64)
    number = np.diff(starts)
    some = np.flatnonzero(number)
    order = some[np.argsort(-number[some], kind="stable")][:MOST_WORDS]
    return np.asarray(order + words.start)


def lived_in(index: Index, words: range) -> list[int]:
    """Return the words of a range that are a street somebody lives in."""
    at = index.arrays["street_at"]
    number = np.diff(np.asarray(at[words.start : words.stop + 1]).astype(np.int64))
    return [words.start + int(each) for each in np.flatnonzero(number)[:MOST_WORDS]]


def near_words(index: Index, text: str) -> list[int]:
    """Return surnames and streets a slip away from a text, most borne first."""
    found: set[int] = set()
    for sort in ("near_surname", "near_street"):
        keys, words = index.arrays[f"{sort}_key"], index.arrays[f"{sort}_word"]
        for key in keys_of(text):
            start, stop = (
                int(np.searchsorted(keys, np.uint64(key), side))
                for side in ("left", "right")
            )
            found.update(int(word) for word in words[start:stop])
    borne_by = index.arrays["bears_last"]
    return sorted(found, key=lambda word: (-int(borne_by[word]), word))


def bearing(index: Index, surnames: Words, given: Sequence[range]) -> Iterator[Faces]:
    """Yield faces with one of some surnames, range by range of first names."""
    arrays = index.arrays
    called = arrays["bears_first"]
    some = [each for each in given if called[each.start : each.stop].any()]
    if not some or not len(surnames):
        return
    start, stop = (
        arrays["name_at"][surnames + more].astype(np.int64) for more in (0, 1)
    )
    bounds = np.array([(each.start, each.stop) for each in some]).reshape(-1, 1)
    placed = _placed(arrays["pair_first"], start, stop, bounds)
    for begin, end in zip(placed[::2], placed[1::2], strict=True):
        yield _first_faces(index, begin, end)


def bearing_alone(index: Index, surnames: Words) -> Faces:
    """Return faces with one of some surnames, and any first name."""
    at = index.arrays["name_at"]
    return _first_faces(index, at[surnames], at[surnames + 1])


def _first_faces(index: Index, begin: Numbers, end: Numbers) -> Faces:
    """Return the faces of runs of names, one after another, until there are enough."""
    some = np.flatnonzero(begin < end)
    at = index.arrays["pair_at"]
    found: list[Faces] = [NO_FACES]
    left = MOST_FACES
    for first, last in zip(
        at[begin[some]].tolist(), at[end[some]].tolist(), strict=True
    ):
        found.append(np.asarray(index.arrays["named"][first : min(last, first + left)]))
        left -= len(found[-1])
        if left <= 0:
            break
    return np.concatenate(found)


def _placed(
    ordered: Numbers, start: Positions, stop: Positions, bounds: NDArray[np.integer]
) -> Positions:
    """Return where each bound stands in each run of `ordered`: a row a bound.

    All are halved together, so that many short runs cost what one does.
    """
    low = np.repeat(start[None, :], len(bounds), axis=0)
    high = np.repeat(stop[None, :], len(bounds), axis=0)
    last = len(ordered) - 1
    for _ in range(int((stop - start).max()).bit_length()):
        middle = (low + high) >> 1
        open_ = low < high
        below = open_ & (ordered[np.minimum(middle, last)] < bounds)
        low = np.where(below, middle + 1, low)
        high = np.where(open_ & ~below, middle, high)
    return low


def at_door(index: Index, streets: Sequence[int], house: int) -> Faces:
    """Return faces at one house number of some streets, wherever they are."""
    return _posted(index, "door", np.array(streets, dtype=np.uint64), house)


def at_number(index: Index, zips: Sequence[int] | Numbers, house: int) -> Faces:
    """Return faces at one house number of some ZIPs, whatever the street."""
    return _posted(index, "number", np.array(zips, dtype=np.uint64), house)


def in_streets(index: Index, streets: Sequence[int], zips: range | None) -> Faces:
    """Return faces in some streets, of all ZIPs or of a range of them."""
    arrays = index.arrays
    found: list[Faces] = []
    left = MOST_FACES
    for street in streets:
        start, stop = (int(n) for n in arrays["street_at"][street : street + 2])
        if zips is not None:
            inside = arrays["place_zip"][start:stop]
            start, stop = (
                start + int(np.searchsorted(inside, bound))
                for bound in (zips.start, zips.stop)
            )
        if start >= stop or left <= 0:
            continue
        begin, end = (int(arrays["place_at"][each]) for each in (start, stop))
        found.append(np.arange(begin, min(end, begin + left), dtype=np.uint32))
        left -= len(found[-1])
    return np.concatenate(found) if found else NO_FACES


def _posted(
    index: Index, posting: str, firsts: NDArray[np.uint64], second: int
) -> Faces:
    """Return the faces that a posting gives for (each of `firsts`, `second`).

    Entries that only share a bucket are told apart by their check bits; a few slip
    through, and score nothing.
    """
    heads, entries = index.arrays[f"{posting}_heads"], index.arrays[posting]
    if not len(entries) or not len(firsts):
        return NO_FACES
    bits = (len(heads) - 1).bit_length() - 1
    rows = row_bits(index.faces)
    checked = min(16, 32 - rows)
    key = mixed(firsts, np.array(second, dtype=np.uint64))
    bucket = (key >> np.uint64(64 - bits)).astype(np.int64)
    check = (key >> np.uint64(64 - bits - checked)).astype(np.int64)
    check &= (1 << checked) - 1
    begin, end = heads[bucket].astype(np.int64), heads[bucket + 1].astype(np.int64)
    sizes = end - begin
    if not sizes.sum():
        return NO_FACES
    # All positions of all buckets, in one array.
    offset = np.repeat(begin - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    found = entries[offset + np.arange(int(sizes.sum()))]
    right = (found >> np.uint32(rows)) == np.repeat(check, sizes)
    mask = np.uint32((1 << rows) - 1)
    return np.asarray(found[right] & mask, dtype=np.uint32)[:MOST_FACES]
