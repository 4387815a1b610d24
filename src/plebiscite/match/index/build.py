"""Building the index of a roll: once per roll, whole or not at all.

Three steps. The roll is read once, its texts turned into codes that wait on disk
(`gather`). Each distinct text is read once (`vocabulary`). Then the codes become faces
(`faces`), and the faces are put in order (`arrange`, or the kernel).
"""

from __future__ import annotations

import json
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import polars as pl

from plebiscite.core.files import PRIVATE, alone, folder_until_exit, whole_folder
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.match.index.arrange import arrange
from plebiscite.match.index.faces import Faces, pack_faces
from plebiscite.match.index.gathering.roll import BATCH, CODES, Gathered, gather
from plebiscite.match.index.layout import (
    ARRAYS,
    FOLDER,
    FORMAT,
    MANIFEST,
    NOBODY,
    Roll,
    StoredRoll,
    file_name,
    row_bits,
    write,
)
from plebiscite.match.index.near import city_table, near_table, near_table_by
from plebiscite.match.index.opened import Index, open_index, opened
from plebiscite.match.index.sums import file_sum, kernel_for
from plebiscite.match.index.vocabulary import (
    Vocabulary,
    read_vocabulary,
    reading_digest,
)
from plebiscite.match.index.words import packed
from plebiscite.match.written.columns.forms import county_form
from plebiscite.match.written.words import nicknames

BYTES_A_VOTER = 1_000
"""Memory that reading a voter takes, for a moment."""
FEWEST = 16_384
STEPS = {
    "reading the roll": 35,
    "reading the roll's words": 20,
    "packing voters": 10,
    "arranging voters": 25,
    "closing the index": 10,
}
"""The steps, and their usual part of the time in hundredths."""
_TEMPORARY: dict[tuple[Path, str], Path] = {}
"""Indexes of rolls whose folder cannot be written to, by folder and digest."""


def index_for(
    roll: Roll,
    *,
    progress: Progress = silent,
    engine: str | None = None,
    memory: int | None = None,
    whole: bool = False,
) -> Index:
    """Open the index of a roll; the first time, build it.

    With `whole`, one that was there is held to its sums, byte by byte.

    Raises:
        RecordError: an index is there, but is torn, foreign, or of another roll.

    """
    if not isinstance(roll, StoredRoll):
        return _temporary(roll, progress=progress, engine=engine, memory=memory)
    if elsewhere := _TEMPORARY.get((roll.path, roll.digest)):
        return opened(elsewhere, digest=roll.digest, as_of=roll.as_of)
    if not (roll.path / FOLDER).exists():
        return build_index(roll, progress=progress, engine=engine, memory=memory)
    found = open_index(roll)
    if whole:
        found.verify(progress)
    return found


def is_indexed(roll: Roll) -> bool:
    """Tell whether a roll has an index already, so that none needs to be built."""
    if not isinstance(roll, StoredRoll):
        return False
    elsewhere = (roll.path, roll.digest) in _TEMPORARY
    return elsewhere or (roll.path / FOLDER).exists()


def build_index(
    roll: Roll,
    *,
    progress: Progress = silent,
    engine: str | None = None,
    memory: int | None = None,
) -> Index:
    """Build the index of a roll in its folder, in place of one that is there.

    Where the folder cannot be written to, or the roll is held in memory, the index goes
    into a private temporary folder, which is removed when the program ends.

    Args:
        roll: what to index.
        progress: told how far it is, in hundredths.
        engine: who puts the faces in order, "kernel" or "reference"; both give the same
            bytes. None takes the kernel where there is one.
        memory: bytes to keep within, roughly.

    Raises:
        InputError: the roll cannot be indexed: ids too long, too many words.
        OSError: the disk is full; the index before is there still.

    """
    if not isinstance(roll, StoredRoll):
        return _temporary(roll, progress=progress, engine=engine, memory=memory)
    try:
        with (
            _alone(roll.path),
            whole_folder(roll.path / FOLDER, replace=True, mode=PRIVATE) as draft,
        ):
            _build(roll, draft, progress, engine, memory)
    except OSError as problem:
        if os.access(roll.path, os.W_OK) and not isinstance(problem, PermissionError):
            raise
        return _temporary(roll, progress=progress, engine=engine, memory=memory)
    return open_index(roll)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other builders waiting; clear away what a killed one left behind."""
    with alone(folder):
        for left in folder.glob(f".{FOLDER}.*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _temporary(
    roll: Roll, *, progress: Progress, engine: str | None, memory: int | None
) -> Index:
    """Build an index in a private folder that goes when the program ends."""
    stored = (roll.path, roll.digest) if isinstance(roll, StoredRoll) else None
    with folder_until_exit("plebiscite-index") as home:
        with whole_folder(home / FOLDER, mode=PRIVATE) as draft:
            _build(roll, draft, progress, engine, memory)
        index = opened(home / FOLDER, digest=stored and stored[1], as_of=roll.as_of)
    if stored:
        _TEMPORARY[stored] = home / FOLDER
    return index


def _build(
    roll: Roll, draft: Path, progress: Progress, engine: str | None, memory: int | None
) -> None:
    """Write the whole index into `draft`."""
    step = _in_hundredths(progress)
    batch = BATCH
    if memory is not None:
        batch = min(BATCH, max(FEWEST, memory // BYTES_A_VOTER // 4))
    kernel = kernel_for(engine)
    if kernel is None and engine == "kernel":
        raise InputError("the kernel was asked for, which was not built here")
    gathered = gather(roll, draft, batch=batch, progress=step, kernel=kernel)
    words = read_vocabulary(gathered.texts, progress=step, kernel=kernel)
    gathered.texts.clear()
    # A suffix hidden in a surname is one that the roll records.
    gathered.suffixes |= bool(words.meant["last suffix"].any())
    with ThreadPoolExecutor(max_workers=1) as pool:
        written = pool.submit(_write_words, draft, words, kernel)
        faces = pack_faces(gathered, words, progress=step, kernel=kernel)
        written.result()
    (draft / CODES).unlink()
    if faces.count >= NOBODY:
        raise InputError(
            f"the roll makes {faces.count:,} faces (names and addresses), and "
            f"an index numbers at most {NOBODY - 1:,}; index it in parts"
        )
    for name in ("bears_last", "bears_first"):
        write(draft, name, getattr(faces, name))
    for name, array in city_table(faces.places, len(words.words)).items():
        write(draft, name, array)
    step("arranging voters", 0, 1)
    _arrange(draft, faces, words, gathered.voters)
    step("arranging voters", 1, 1)
    _write_former(draft, faces)
    _close(roll, draft, gathered, faces.count, len(words.words), kernel)
    step("closing the index", 1, 1)


def _in_hundredths(progress: Progress) -> Progress:
    """Return a progress of single steps that tells `progress` of the whole."""
    before = dict(zip(STEPS, np.cumsum([0, *STEPS.values()]).tolist(), strict=False))

    def told(what: str, done: int, total: int) -> None:
        share = STEPS[what] * done // max(1, total)
        progress("indexing the roll", before[what] + share, 100)

    return told


def _write_words(draft: Path, words: Vocabulary, kernel: ModuleType | None) -> None:
    """Write the words, the readings, the nicknames and the near words."""
    blob, at = packed(pl.Series(words.words, dtype=pl.String))
    write(draft, "words", blob)
    write(draft, "word_at", at)
    for name, array in words.arrays.items():
        write(draft, name, array)
    number = partial(bisect_left, words.words)
    pairs = sorted((number(a), number(b)) for a, b in nicknames())
    write(draft, "nick_from", np.array([a for a, _ in pairs], dtype=np.uint32))
    write(draft, "nick_to", np.array([b for _, b in pairs], dtype=np.uint32))
    for name, column in (("surname", "surname_form"), ("street", "street_core")):
        there = np.zeros(len(words.words), dtype=bool)
        there[words.arrays[column]] = True
        wanted = np.flatnonzero(there).tolist()
        key, word = (
            near_table(words.words, wanted)
            if kernel is None
            else near_table_by(kernel, blob, at, wanted)
        )
        write(draft, f"near_{name}_key", key)
        write(draft, f"near_{name}_word", word)


def _arrange(draft: Path, faces: Faces, words: Vocabulary, voters: int) -> None:
    """Put the faces in order, by the kernel where it has them."""
    if faces.packing is not None:
        faces.packing.arrange(os.fspath(draft), voters)
        return
    packed_faces = (
        np.memmap(faces.path, dtype="<u8", mode="r").reshape(-1, 4)
        if faces.count
        else np.zeros((0, 4), dtype="<u8")
    )
    named = ("street_core", "surname_form", "given_forename")
    readings = {name: np.ascontiguousarray(words.arrays[name]) for name in named}
    arrange(draft, packed_faces, **readings, words=len(words.words))
    faces.path.unlink()


def _write_former(draft: Path, faces: Faces) -> None:
    """Write the former names and addresses, in order of the faces."""
    plain_face = np.fromfile(draft / file_name("plain_face"), dtype="<u4")
    face = plain_face[faces.former["row"]]
    order = np.argsort(face)
    write(draft, "former_face", face[order])
    for name in ("surname", "street", "house", "zip", "city", "changed"):
        write(draft, f"former_{name}", faces.former[name][order])


def _close(  # noqa: PLR0917 - all that an index says of itself
    roll: Roll,
    draft: Path,
    gathered: Gathered,
    faces: int,
    words: int,
    kernel: ModuleType | None,
) -> None:
    """Write what the index says of itself, last of all."""
    names = [file_name(array) for array in ARRAYS]
    with ThreadPoolExecutor(max_workers=2) as pool:
        summed = partial(file_sum, kernel=kernel)
        sums = list(pool.map(summed, [draft / name for name in names]))
    files: Mapping[str, Any] = {
        name: {"size": (draft / name).stat().st_size, "sum": found}
        for name, found in zip(names, sums, strict=True)
    }
    counties = pl.DataFrame({"name": list(roll.counties)}, schema={"name": pl.String})
    forms = counties.select(county_form(pl.col("name")))["name"]
    told = {
        "format": FORMAT,
        "roll": roll.digest if isinstance(roll, StoredRoll) else None,
        "as_of": roll.as_of.isoformat() if roll.as_of else None,
        "reading": reading_digest(),
        "voters": gathered.voters,
        "faces": faces,
        "words": words,
        "counties": [
            {"name": name, "voters": voters}
            for name, voters in zip(forms, roll.counties.values(), strict=True)
        ],
        "stride": gathered.stride,
        "row_bits": row_bits(faces),
        "posting_bits": {
            name: (files[file_name(f"{name}_heads")]["size"] // 4 - 1).bit_length() - 1
            for name in ("door", "number")
        },
        "suffixes": gathered.suffixes,
        "files": files,
    }
    (draft / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
