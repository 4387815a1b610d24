"""What is known of a line and of its best candidate, as arrays with an entry a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.layout import FACE_BYTES, LIMIT, NO_DAY, NOBODY, RECORD
from plebiscite.match.index.opened import Index
from plebiscite.match.levels import ADDRESS_WHOLE, ADDRESSES, NAME_WHOLE, NAMES, marked

Found: TypeAlias = Mapping[str, NDArray[Any]]
"""What the engine says is best for each line (`engine.BEST`)."""
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint8]
Days = NDArray[np.int32]
Numbers = NDArray[np.int64]

FACE = np.dtype([("words", "<u8", FACE_BYTES // 8)])
LAST_PART = [*NAMES].index("last_part")
NAME_IS_WHOLE = marked(NAMES, NAME_WHOLE)
HOME_IS_WHOLE = marked(ADDRESSES, ADDRESS_WHOLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What of a line itself bears on its outcome.

    Attributes:
        nameless: neither a first name nor a surname.
        homeless: neither a house number nor a street.
        initial: no first name, or a letter of it or of the surname alone.
        bearers: voters of the roll who bear its first name.
        half: its surname is one of the two that the best candidate bears.
        signed: the day, in days since 1970; `layout.NO_DAY` where none is written.

    """

    nameless: Flags
    homeless: Flags
    initial: Flags
    bearers: Numbers
    half: Flags
    signed: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the roll records of the best candidates.

    Attributes:
        there: whether there is one; nothing else counts where there is none.
        registered, changed: days since 1970, `layout.NO_DAY` where unknown.
        born: year, 0 where unknown.
        status: place among `layout.STATUSES`.

    """

    there: Flags
    registered: Days
    changed: Days
    born: NDArray[np.int32]
    status: Codes


def recorded(found: Found, index: Index) -> Recorded:
    """Return what the roll records of the best candidates."""
    there = found["row"] != NOBODY
    row = np.where(there, found["row"], 0)
    record = (
        index.entries("record", RECORD, row)
        if index.voters
        else np.zeros(len(row), RECORD)
    )
    changed = np.full(len(row), NO_DAY, dtype=np.int32)
    former = index.arrays["former_face"]
    if len(former):
        # In order, a search begins where the one before it ended.
        order = np.argsort(found["face"])
        at = np.empty(len(row), dtype=np.intp)
        at[order] = np.searchsorted(former, found["face"][order])
        at[at == len(former)] = 0
        hit = former[at] == found["face"]
        changed[hit] = index.arrays["former_changed"][at[hit]]
    return Recorded(
        there=there,
        registered=record["registered"],
        changed=changed,
        born=record["born"].astype(np.int32),
        status=record["status"],
    )


def bearers(forenames: NDArray[np.uint32], index: Index) -> Numbers:
    """Return how many voters bear each of some first names, given as words."""
    bears = index.arrays["bears_first"]
    known = forenames < len(bears)
    return np.where(known, bears[np.where(known, forenames, 0)], 0).astype(np.int64)


def halves(
    surnames: NDArray[np.uint32], faces: NDArray[np.uint32], index: Index
) -> Flags:
    """Whether each surname, given as a word, is a part of that of a voter's face."""
    arrays, there = index.arrays, faces < index.faces
    packed = index.entries("faces", FACE, faces[there])["words"]
    # The number of the surname is in the first 24 bits.
    bears = (packed[:, 0] & np.uint64(LIMIT - 1)).astype(np.intp)
    at, parts = arrays["surname_parts_at"], arrays["surname_parts"]
    first, end = (at[bears + n].astype(np.intp) for n in (0, 1))
    own = np.zeros(len(bears), dtype=np.bool_)
    for n in range(int((end - first).max(initial=0))):
        inside = first + n < end
        own[inside] |= parts[first[inside] + n] == surnames[there][inside]
    out = np.zeros(len(faces), dtype=np.bool_)
    out[there] = own
    return out
