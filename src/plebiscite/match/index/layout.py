"""What the index of a roll is made of: its files, their numbers, its limits.

The index is a folder of flat little-endian arrays, one file each, named after what it
holds and how its numbers are written (``door.u32``). Nothing in it is parsed when it is
opened: every process maps the same pages.

A *word* is a text in its comparable form (GARCIA, OAK, 94601), a *reading* what one
text of the roll means (a surname with its parts, a street with its type), a *face* one
way in which a voter may be met: as registered, by half of a double surname, under a
former surname, at a former address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.match.written.words import forms

FORMAT = "plebiscite index 1"
FOLDER = "index"
LOOK_UP = "look-up"
"""The folder in a roll's in which the index for look-ups is."""
MANIFEST = "index.json"
FACE_BYTES = 32
RECORD = np.dtype(
    [("registered", "<i4"), ("born", "<u2"), ("status", "u1"), ("flags", "u1")]
)
STATUSES = ("active", "inactive", "cancelled", "pending")
LIMIT = 1 << 24
"""Words, and readings of each sort, are numbered in 24 bits."""
LONGEST_ID = 64
NO_DAY = -(2**31)
EXTRA, FORMER, CONFIDENTIAL = 1, 2, 4
"""Flags of a face; of the record, bit 1 alone is used (confidential)."""
NOBODY = 0xFFFFFFFF
NO_COUNTY = 65_534
"""From here on, codes of counties are none of the roll: none written, or unknown."""

NUMBERS: Mapping[str, type[np.generic]] = {
    "bin": np.uint8,
    "u32": np.uint32,
    "i32": np.int32,
    "u64": np.uint64,
}
ARRANGED: Mapping[str, str] = {
    "faces": "bin",
    "plain_face": "u32",
    "street_at": "u32",
    "place_zip": "u32",
    "place_at": "u32",
    "door_heads": "u32",
    "door": "u32",
    "number_heads": "u32",
    "number": "u32",
    "name_at": "u32",
    "pair_first": "u32",
    "pair_at": "u32",
    "named": "u32",
    "named_county": "bin",
}
"""What arranging the faces writes, whichever engine does it."""
ARRAYS: Mapping[str, str] = {
    "words": "bin",
    "word_at": "u32",
    "bears_last": "u32",
    "bears_first": "u32",
    "surname_form": "u32",
    "surname_parts_at": "u32",
    "surname_parts": "u32",
    "given_first": "u32",
    "given_forename": "u32",
    "street_core": "u32",
    "street_kind": "u32",
    "street_direction": "u32",
    "city_name": "u32",
    "city_initials": "u32",
    "near_surname_key": "u64",
    "near_surname_word": "u32",
    "near_street_key": "u64",
    "near_street_word": "u32",
    "city_zip_at": "u32",
    "city_zip": "u32",
    "former_face": "u32",
    "former_surname": "u32",
    "former_street": "u32",
    "former_house": "u32",
    "former_zip": "u32",
    "former_city": "u32",
    "former_changed": "i32",
    "nick_from": "u32",
    "nick_to": "u32",
    "ids": "bin",
    "record": "bin",
    **ARRANGED,
}
"""Every array of the index, and how its numbers are written."""

Numbers = NDArray[np.uint32]


@runtime_checkable
class Roll(Protocol):
    """What an index is made of (`plebiscite.roll.store.Roll` gives it)."""

    @property
    def as_of(self) -> date | None:
        """The day the roll speaks of."""

    @property
    def counties(self) -> Mapping[str, int]:
        """Voters by county."""

    def scan(self, counties: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return voters lazily, of some counties or of all."""


@runtime_checkable
class StoredRoll(Roll, Protocol):
    """A roll with a folder of its own, in which the index can stay."""

    @property
    def path(self) -> Path:
        """Its folder."""

    @property
    def digest(self) -> str:
        """What tells it from any other roll."""


def file_name(array: str) -> str:
    """Return the file an array is in.

    >>> file_name("door"), file_name("faces")
    ('door.u32', 'faces.bin')
    """
    return f"{array}.{ARRAYS[array]}"


def write(folder: Path, array: str, values: NDArray[Any]) -> None:
    """Write an array into its file.

    A full disk is an error here, and not a crash, since nothing is mapped for writing.

    Raises:
        OSError: it cannot be written.

    """
    kind = ARRAYS[array]
    wanted = values.dtype if kind == "bin" else np.dtype(NUMBERS[kind])
    values = np.ascontiguousarray(values, dtype=wanted.newbyteorder("<"))
    with (folder / file_name(array)).open("wb") as file:
        file.write(values.view(np.uint8).data)


def suffix_codes() -> dict[str, int]:
    """Return suffix -> its code in a face; no suffix is 0."""
    known = sorted(set(forms("suffix").values()))
    return {"": 0, **{suffix: code for code, suffix in enumerate(known, start=1)}}


def row_bits(faces: int) -> int:
    """Return how many bits of a posting are the face; up to 16 of the rest check it."""
    return max(1, faces.bit_length())
