"""Voters packed into faces of 32 bytes, batch by batch.

A face is eight numbers of three bytes (surname, given name, middle, unit, street,
house, ZIP, city), the county, the suffix, flags and an owner. Seen as four numbers of
eight bytes, it is packed and unpacked by shifting, a column at a time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from plebiscite.core.progress import Progress
from plebiscite.match.index.gathering.roll import BEFORE, SORTS, Gathered
from plebiscite.match.index.gathering.texts import Codes
from plebiscite.match.index.layout import EXTRA, FORMER, NO_DAY, Numbers
from plebiscite.match.index.vocabulary import Vocabulary

UNSORTED = ".faces"
AT = {
    "surname": (0, 0, 0xFFFFFF),
    "given": (0, 24, 0xFFFFFF),
    "unit": (1, 8, 0xFFFFFF),
    "street": (1, 32, 0xFFFFFF),
    "zip": (2, 16, 0xFFFFFF),
    "city": (2, 40, 0xFFFFFF),
    "county": (3, 0, 0xFFFF),
    "suffix": (3, 16, 0xFF),
    "flags": (3, 24, 0xFF),
    "owner": (3, 32, 0xFFFFFFFF),
}
"""Which of the four numbers, how far from its right end, and the bits; but for middle
and house, which lie on two."""
U8, U16, U48, U56 = (np.uint64(bits) for bits in (8, 16, 48, 56))
U24 = np.uint64(0xFFFFFF)
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
Packed = NDArray[np.uint64]
"""Shape (faces, 4)."""
Voters = tuple[int, int, Sequence[Codes]]
"""First row and county of a batch of voters; their codes, by `SORTS`, and flags."""


def pack(fields: Mapping[str, NDArray[Any]]) -> Packed:
    """Return faces of columns: the eight, and county, suffix, flags, owner."""
    wide = {name: np.asarray(each, dtype=np.uint64) for name, each in fields.items()}
    out = np.empty((len(wide["owner"]), 4), dtype="<u8")
    middle, house = wide["middle"], wide["house"]
    out[:, 0] = wide["surname"] | wide["given"] << 24 | (middle & 0xFFFF) << 48
    out[:, 1] = middle >> 16 | wide["unit"] << 8 | wide["street"] << 32 | house << 56
    out[:, 2] = house >> 8 | wide["zip"] << 16 | wide["city"] << 40
    out[:, 3] = (
        wide["county"]
        | wide["suffix"] << 16
        | wide["flags"] << 24
        | wide["owner"] << 32
    )
    return out


def field(faces: Packed, name: str) -> Packed:
    """Return one column of packed faces."""
    if name == "middle":
        return faces[:, 0] >> U48 | (faces[:, 1] & np.uint64(0xFF)) << U16
    if name == "house":
        return faces[:, 1] >> U56 | (faces[:, 2] & np.uint64(0xFFFF)) << U8
    number, shift, mask = AT[name]
    return faces[:, number] >> np.uint64(shift) & np.uint64(mask)


def changed(faces: Packed, **fields: NDArray[Any]) -> Packed:
    """Return faces of which some columns are others."""
    names = ("middle", "house", *AT)
    return pack({name: field(faces, name) for name in names} | fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The faces of a roll, not yet in order.

    Attributes:
        path: the file they wait in: the plain ones in the roll's order, then others.
            Where the kernel holds them, there is no such file.
        packing: the kernel's hold on them; None where they wait in the file.
        count: how many.
        bears_last, bears_first: voters by surname and by first name, as word.
        places: (city word, ZIP word, voters), of plain faces.
        former: the arrays of former names and addresses, `row` in place of the face.

    """

    path: Path
    packing: Any = None
    count: int
    bears_last: Numbers
    bears_first: Numbers
    places: NDArray[np.int64]
    former: Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What a batch of voters makes.

    Attributes:
        halves: a face for each half of each double surname.
        surnames, given: voters by reading.
        places: (city word, ZIP word, voters).

    """

    halves: Packed
    surnames: NDArray[np.integer[Any]]
    given: NDArray[np.integer[Any]]
    places: NDArray[np.int64]


def pack_faces(
    gathered: Gathered,
    words: Vocabulary,
    *,
    progress: Progress,
    kernel: ModuleType | None = None,
) -> Faces:
    """Pack every voter of a gathered roll, and write the faces into its folder.

    With `kernel` it packs, to the same bytes, and keeps the faces in memory.
    """
    if kernel is not None:
        return _packed_by(kernel, gathered, words, progress)
    former = _former(gathered, words)
    moved = former["row"][_moved(former)]
    path = gathered.folder / UNSORTED
    arrays = words.arrays
    surnames = np.zeros(len(arrays["surname_form"]), dtype=np.int64)
    given = np.zeros(len(arrays["given_first"]), dtype=np.int64)
    others: list[Packed] = []
    places = [np.empty((0, 3), dtype=np.int64)]
    packed = partial(_packed, words=words, moved=moved, path=path)
    path.write_bytes(b"")
    done = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = _ahead(pool, packed, gathered.codes())
        for batch, (voters, *_) in zip(made, gathered.batches, strict=True):
            others.append(batch.halves)
            places.append(batch.places)
            surnames += batch.surnames
            given += batch.given
            done += voters
            progress("packing voters", done, gathered.voters)
    every = np.fromfile(path, dtype="<u8").reshape(-1, 4)
    others.append(_earlier(every[former["row"]], former))
    del every
    extra = np.concatenate(others)
    with path.open("ab") as file:
        file.write(extra.data)
    names = len(words.words)
    return Faces(
        path=path,
        count=gathered.voters + len(extra),
        bears_last=_summed(arrays["surname_form"], surnames, names),
        bears_first=_summed(arrays["given_forename"], given, names),
        places=np.concatenate(places),
        former={name: each for name, each in former.items() if name != "reading"},
    )


def _packed(batch: Voters, *, words: Vocabulary, moved: Numbers, path: Path) -> _Batch:
    """Pack a batch in numpy: first row, county and codes of its voters."""
    arrays = words.arrays
    plain = _plain(batch, words, moved)
    with path.open("r+b") as file:
        file.seek(batch[0] * plain.shape[1] * plain.itemsize)
        file.write(plain.data)

    def counted(name: str, readings: int) -> NDArray[np.int64]:
        return np.bincount(field(plain, name).astype(np.intp), minlength=readings)

    return _Batch(
        halves=_halves(plain, words),
        surnames=counted("surname", len(arrays["surname_form"])),
        given=counted("given", len(arrays["given_first"])),
        places=_places(plain, arrays["city_name"]),
    )


def _packed_by(
    kernel: ModuleType, gathered: Gathered, words: Vocabulary, progress: Progress
) -> Faces:
    """Pack all voters by the kernel, which sorts them out by their streets as well."""
    former = _former(gathered, words)
    moved = {name: each[_moved(former)] for name, each in former.items()}
    packing = kernel.Packing(
        {**words.meant, **words.arrays, "halves": words.halves},
        moved["row"],
        np.concatenate([np.zeros(0, dtype=np.uint32), *gathered.streets]),
        gathered.voters,
        len(words.words),
        os.cpu_count() or 1,
    )

    def add(batch: Voters) -> None:
        row, county, codes = batch
        packing.add(codes, row, county)

    done = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = _ahead(pool, add, gathered.codes())
        for _, (voters, *_) in zip(made, gathered.batches, strict=True):
            done += voters
            progress("packing voters", done, gathered.voters)
    counted = packing.counted()
    now = np.frombuffer(counted["moved"], dtype="<u8").reshape(-1, 4)
    packing.further(_earlier(now, moved))
    return Faces(
        path=gathered.folder / UNSORTED,
        packing=packing,
        count=packing.faces(),
        bears_last=np.frombuffer(counted["bears_last"], dtype="<u4"),
        bears_first=np.frombuffer(counted["bears_first"], dtype="<u4"),
        places=np.frombuffer(counted["places"], dtype="<i8").reshape(-1, 3),
        former={name: each for name, each in former.items() if name != "reading"},
    )


def _ahead(
    pool: ThreadPoolExecutor, work: Callable[[_Given], _Made], given: Iterable[_Given]
) -> Iterator[_Made]:
    """Yield what `work` makes of each, in order, with one more on the way."""
    waiting: deque[Future[_Made]] = deque()
    for each in given:
        waiting.append(pool.submit(work, each))
        if len(waiting) > 1:
            yield waiting.popleft().result()
    for last in waiting:
        yield last.result()


def _summed(words: Numbers, counts: NDArray[np.int64], size: int) -> Numbers:
    out = np.zeros(size, dtype=np.int64)
    np.add.at(out, words, counts)
    return out.astype(np.uint32)


def _plain(batch: Voters, words: Vocabulary, moved: Numbers) -> Packed:
    """Return the plain faces of a batch of voters; `moved` have a former record."""
    row, county, codes = batch
    meant, raw = words.meant, dict(zip((*SORTS, "flags"), codes, strict=True))
    flags = raw["flags"].copy()
    low, high = np.searchsorted(moved, [row, row + len(flags)])
    flags[moved[low:high] - row] |= FORMER
    rest = meant["first rest"][raw["first"]]
    unit = meant["unit word"][raw["unit"]]
    house = meant["house word"][raw["house"]]
    suffix = meant["suffix suffix"][raw["suffix"]]
    for sort in ("last", "first"):
        suffix = np.where(suffix != 0, suffix, meant[f"{sort} suffix"][raw[sort]])
    street = raw["street"]
    return pack(
        {
            "surname": meant["last reading"][raw["last"]],
            "given": meant["first reading"][raw["first"]],
            "middle": np.where(rest != 0, rest, meant["middle word"][raw["middle"]]),
            "unit": np.where(unit != 0, unit, meant["street unit"][street]),
            "street": meant["street reading"][street],
            # Rolls that keep the number with the street have none in its column.
            "house": np.where(house != 0, house, meant["street house"][street]),
            "zip": meant["zip word"][raw["zip"]],
            "city": meant["city reading"][raw["city"]],
            "county": np.full(len(flags), county, dtype=np.uint64),
            "suffix": suffix,
            "flags": flags,
            "owner": np.arange(row, row + len(flags), dtype=np.uint64),
        }
    )


def _halves(plain: Packed, words: Vocabulary) -> Packed:
    """Return a face for each half of each double surname."""
    at = words.arrays["surname_parts_at"].astype(np.intp)
    surname = field(plain, "surname").astype(np.intp)
    double = np.flatnonzero(at[surname + 1] - at[surname] > 1)
    first, end = at[surname[double]], at[surname[double] + 1]
    face = np.repeat(double, end - first)
    # The places of a surname's parts: one behind the other from `first` on.
    begun = np.cumsum(end - first) - (end - first)
    part = np.arange(len(face)) - np.repeat(begun - first, end - first)
    half = words.halves[part]
    here = plain[face[half != 0]]
    return changed(here, surname=half[half != 0], flags=_as_extra(here))


def _as_extra(faces: Packed) -> NDArray[np.uint64]:
    """Return the flags of faces as those of further faces of their voters."""
    return field(faces, "flags") & ~np.uint64(FORMER) | np.uint64(EXTRA)


def _moved(former: Mapping[str, NDArray[Any]]) -> NDArray[np.bool_]:
    """Tell of which former records there is a name or an address."""
    there: NDArray[np.bool_] = (former["surname"] != 0) | (former["core"] != 0)
    return there


def _earlier(now: Packed, former: Mapping[str, NDArray[Any]]) -> Packed:
    """Return the faces of former surnames and former addresses, of plain faces."""
    flags = _as_extra(now)
    another = (former["surname"] != 0) & (former["reading"] != field(now, "surname"))
    name = changed(now, surname=former["reading"], flags=flags)[another]
    home = changed(
        now,
        **{each: former[each] for each in ("street", "house", "zip", "city")},
        unit=np.zeros(len(now), dtype=np.uint64),
        flags=flags,
    )[former["core"] != 0]
    return np.concatenate([name, home])


def _former(gathered: Gathered, words: Vocabulary) -> dict[str, NDArray[Any]]:
    """Return the former names and addresses by row, read; a place without street goes.

    Besides the index's own arrays: the surname's reading, and the street's core.
    """
    raw, meant = gathered.former, words.meant
    read = {
        name: meant[f"{sort} {meaning}"][raw[name]]
        for (name, sort), meaning in zip(
            BEFORE.items(),
            ("reading", "word", "reading", "reading", "word"),
            strict=True,
        )
    }
    core = words.arrays["street_core"][read["former_street"]]
    house, hidden = read["former_house"], meant["street house"][raw["former_street"]]
    there = core != 0
    out = {
        "row": raw["row"],
        "surname": words.arrays["surname_form"][read["former_last"]],
        "street": np.where(there, read["former_street"], 0),
        "house": np.where(there, np.where(house != 0, house, hidden), 0),
        "zip": np.where(there, read["former_zip"], 0),
        "city": np.where(there, read["former_city"], 0),
        "changed": gathered.changed,
        "reading": read["former_last"],
        "core": core,
    }
    some = (out["surname"] != 0) | there | (out["changed"] != NO_DAY)
    return {name: each[some] for name, each in out.items()}


def _places(plain: Packed, city_name: Numbers) -> NDArray[np.int64]:
    """Return (city word, ZIP word, voters) of a batch."""
    city = city_name[field(plain, "city").astype(np.intp)].astype(np.uint64)
    code = field(plain, "zip")
    told = (city != 0) & (code != 0)
    key, count = np.unique(city[told] << 24 | code[told], return_counts=True)
    columns: Sequence[NDArray[Any]] = (key >> 24, key & U24, count)
    return np.stack(columns, axis=1).astype(np.int64)
