"""The faces put in order, and found again: the arrangement in numpy.

This says what the arrangement is; the kernel's own, which is faster, must give the same
bytes. Faces stand by street, ZIP and house, so that a place is a range; two postings
lead from (street, house) and (ZIP, house), a table of names from (surname, forename).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.faces import Packed, field
from plebiscite.match.index.layout import (
    ARRANGED,
    EXTRA,
    NUMBERS,
    Numbers,
    row_bits,
    write,
)

CHECKED = 16
"""Bits of the hash that a posting holds besides the face, where there is room."""
_ODD = tuple(
    np.uint64(each)
    for each in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
LAST_MARK, EXTRA_MARK = 127, 128
"""A name's bearers stand plain before extra, and by county. A byte beside each says so:
its county's code, `LAST_MARK` from there on, and `EXTRA_MARK` more of an extra face."""
Words = NDArray[np.uint64]


def mixed(first: Words, second: Words) -> Words:
    """Return a 64-bit hash of pairs of words."""
    one = np.uint64(1)
    x = (first + one) * _ODD[0]
    x ^= x >> np.uint64(32)
    x = (x ^ (second + one)) * _ODD[1]
    x ^= x >> np.uint64(29)
    x *= _ODD[2]
    return x ^ x >> np.uint64(32)


def arrange(
    folder: Path,
    faces: Packed,
    *,
    street_core: Numbers,
    surname_form: Numbers,
    given_forename: Numbers,
    words: int,
) -> None:
    """Write the arrays of `layout.ARRANGED` into `folder`.

    Args:
        folder: is there already.
        faces: the plain ones in the roll's order, then the others; of each the owner is
            a voter's row.
        street_core: the word of each street's reading.
        surname_form: the word of each surname's.
        given_forename: the word of each given name's.
        words: how many there are.

    """
    core = street_core[field(faces, "street").astype(np.intp)].astype(np.uint64)
    ordered = _in_order(faces, core)
    faces, core = faces[ordered], core[ordered]
    extra = (field(faces, "flags") & EXTRA).astype(np.uint64)
    code, house = field(faces, "zip"), field(faces, "house")
    faces, plain_face = _owned(faces, extra)
    write(folder, "faces", faces)
    write(folder, "plain_face", plain_face)
    for name, array in _places(core, code, words).items():
        write(folder, name, array)
    for name, word in (("door", core), ("number", code)):
        heads, entries = _posting(word, house, len(faces))
        write(folder, f"{name}_heads", heads)
        write(folder, name, entries)
    form = surname_form[field(faces, "surname").astype(np.intp)].astype(np.uint64)
    forename = given_forename[field(faces, "given").astype(np.intp)].astype(np.uint64)
    rest = extra << np.uint64(16) | field(faces, "county")
    for name, array in _names(form, forename, rest, words).items():
        write(folder, name, array)
    assert all((folder / f"{name}.{kind}").exists() for name, kind in ARRANGED.items())
    assert set(ARRANGED.values()) <= set(NUMBERS)


def _in_order(faces: Packed, core: Words) -> NDArray[np.intp]:
    """Return the faces' order: a total one, whatever order they come in."""
    extra = field(faces, "flags") & EXTRA
    place = core << np.uint64(24) | field(faces, "zip")
    within = (field(faces, "house") << np.uint64(33) | extra << np.uint64(32)) | field(
        faces, "owner"
    )
    # Only a voter's further faces can agree in all of that; they are few.
    first = np.arange(len(faces))
    more = np.flatnonzero(extra)
    some = faces[more]
    first[more] = more[
        np.lexsort(
            [field(some, each) for each in ("unit", "city", "street", "surname")]
        )
    ]
    return first[np.lexsort((within[first], place[first]))]


def _owned(faces: Packed, extra: Words) -> tuple[Packed, Numbers]:
    """Return faces of which the extra ones name their owner's face, and row -> face."""
    plain = np.flatnonzero(extra == 0)
    more = np.flatnonzero(extra)
    plain_face = np.zeros(len(plain), dtype=np.uint32)
    plain_face[field(faces[plain], "owner").astype(np.intp)] = plain
    owner = plain_face[field(faces[more], "owner").astype(np.intp)].astype(np.uint64)
    out = faces.copy()
    out[more, 3] = out[more, 3] & np.uint64(0xFFFFFFFF) | owner << np.uint64(32)
    return out, plain_face


def _starts(*columns: Words) -> NDArray[np.intp]:
    """Return where a new combination begins, in columns that are in order."""
    new = np.ones(len(columns[0]), dtype=bool)
    new[1:] = False
    for each in columns:
        new[1:] |= each[1:] != each[:-1]
    return np.flatnonzero(new)


def _places(core: Words, code: Words, words: int) -> dict[str, Numbers]:
    """Return the places: street -> its ZIPs -> their faces."""
    at = _starts(core, code)
    street_at = np.searchsorted(core[at], np.arange(words + 1, dtype=np.uint64))
    return {
        "street_at": street_at.astype(np.uint32),
        "place_zip": code[at].astype(np.uint32),
        "place_at": np.append(at, len(core)).astype(np.uint32),
    }


def _posting(word: Words, house: Words, faces: int) -> tuple[Numbers, Numbers]:
    """Return the heads of the buckets and the entries of a posting."""
    face = np.flatnonzero((word != 0) & (house != 0))
    key = mixed(word[face], house[face])
    order = np.argsort(key, kind="stable")
    face, key = face[order].astype(np.uint64), key[order]
    bits = max(1, (len(face) // 4).bit_length())
    low = row_bits(faces)
    check = min(CHECKED, 32 - low)
    mark = key >> np.uint64(64 - bits - check) & np.uint64((1 << check) - 1)
    buckets = np.arange((1 << bits) + 1, dtype=np.uint64)
    heads = np.searchsorted(key >> np.uint64(64 - bits), buckets)
    entries = mark << np.uint64(low) | face
    return heads.astype(np.uint32), entries.astype(np.uint32)


def _names(
    form: Words, forename: Words, rest: Words, words: int
) -> dict[str, NDArray[Any]]:
    """Return the names: surname -> its forenames -> their faces."""
    face = np.flatnonzero((form != 0) & (forename != 0))
    key = form[face] << np.uint64(24) | forename[face]
    order = np.lexsort((rest[face], key))
    face, key = face[order], key[order]
    at = _starts(key)
    pair = key[at]
    every = np.arange(words + 1, dtype=np.uint64)
    return {
        "name_at": np.searchsorted(pair >> np.uint64(24), every).astype(np.uint32),
        "pair_first": (pair & np.uint64(0xFFFFFF)).astype(np.uint32),
        "pair_at": np.append(at, len(face)).astype(np.uint32),
        "named": face.astype(np.uint32),
        "named_county": _marks(rest[face]),
    }


def _marks(rest: Words) -> NDArray[np.uint8]:
    """Return the bytes of bearers, given what they are ordered by within a name."""
    county = np.minimum(rest & np.uint64(0xFFFF), np.uint64(LAST_MARK))
    marks: NDArray[np.uint8] = (
        (rest >> np.uint64(16)) * np.uint64(EXTRA_MARK) + county
    ).astype(np.uint8)
    return marks
