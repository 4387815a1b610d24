"""The index of a roll, opened: checked, and mapped from disk.

Opening reads one small file and maps the rest, so it takes milliseconds however large
the roll is; processes that open one index share its pages. What does not belong to the
roll, or is not whole, is refused.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.core.canonical import file_digest
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import RecordError
from plebiscite.match.index.layout import (
    ARRAYS,
    FACE_BYTES,
    FOLDER,
    FORMAT,
    LOOK_UP,
    MANIFEST,
    NOBODY,
    NUMBERS,
    RECORD,
    Numbers,
    StoredRoll,
    file_name,
)
from plebiscite.match.index.sums import file_sum, kernel_for
from plebiscite.match.index.vocabulary import reading_digest
from plebiscite.match.index.words import Words
from plebiscite.match.room import read_in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A roll made ready for matching.

    Attributes:
        path: its folder.
        roll: digest of the roll it was made of; None for a roll held in memory.
        as_of: the day the roll speaks of.
        voters, faces: how many; a voter has one plain face, and perhaps others.
        counties: their names in comparable form; their place is their code.
        county_sizes: voters of each.
        stride: bytes of a voter id.
        suffixes: whether the roll records suffixes at all.
        words: the roll's words.
        arrays: every array of `layout.ARRAYS`, read only.
        sparing: whether what is read here and there is given back at once.

    """

    path: Path
    roll: str | None
    as_of: date | None
    voters: int
    faces: int
    counties: tuple[str, ...]
    county_sizes: Numbers
    stride: int
    suffixes: bool
    words: Words
    arrays: Mapping[str, NDArray[Any]]
    sparing: bool = False

    def buffers(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, as the kernel takes them."""
        return dict(self.arrays)

    def meta(self) -> dict[str, Any]:
        """Return the numbers that the kernel takes besides."""
        return {
            "voters": self.voters,
            "words": len(self.words),
            "faces": self.faces,
            "stride": self.stride,
            "suffixes": self.suffixes,
            "county_sizes": self.county_sizes,
        }

    @property
    def record(self) -> NDArray[Any]:
        """By row of the roll: registered (days), born (year), status, flags."""
        return self.arrays["record"].view(RECORD)

    def entries(
        self, name: str, kind: np.dtype[Any], places: NDArray[Any]
    ) -> NDArray[Any]:
        """Return entries of an array of such entries, by their places."""
        if self.sparing:
            return read_in_order(self.arrays[name], kind, places)
        return np.asarray(self.arrays[name].view(kind)[places])

    def ids(self, rows: NDArray[np.integer[Any]]) -> pl.Series:
        """Return the voter ids of rows of the roll; null for `layout.NOBODY`."""
        there = rows != NOBODY
        if not self.voters:
            return pl.Series("voter_id", [None] * len(rows), dtype=pl.String)
        kind = np.dtype(f"S{self.stride}")
        found = self.entries("ids", kind, np.where(there, rows, 0)).tolist()
        texts = pl.Series("voter_id", found, dtype=pl.Binary).cast(pl.String)
        return texts.set(pl.Series(~there), None)

    def verify(self, progress: Progress = silent) -> None:
        """Read every file and compare its sum with what was written down.

        Raises:
            RecordError: a file was changed since.

        """
        known = _manifest(self.path)["files"]
        # The largest first, or one thread would end long after the others.
        names = sorted(known, key=lambda name: (-known[name]["size"], name))
        told = partial(_told, self.path, known, kernel=kernel_for())
        with ThreadPoolExecutor() as pool:
            for done, (name, holds) in enumerate(
                zip(names, pool.map(told, names), strict=True), start=1
            ):
                if not holds:
                    raise _refused(self.path, f"{name} was changed since it was made")
                progress("checking the index", done, len(known))


def open_index(roll: StoredRoll) -> Index:
    """Open the index that lies in a roll's folder.

    Raises:
        RecordError: there is none, or it is torn, of another roll, or foreign.

    """
    return opened(roll.path / FOLDER, digest=roll.digest, as_of=roll.as_of)


def opened(folder: Path, *, digest: str | None, as_of: date | None) -> Index:
    """Open the index in `folder`, of the roll with this digest and day.

    Raises:
        RecordError: see `open_index`.

    """
    told = _manifest(folder)
    if told["roll"] != digest or told["as_of"] != (as_of and as_of.isoformat()):
        raise _refused(folder, "it is of another roll, or of this one as it was before")
    if told["reading"] != reading_digest():
        raise _refused(
            folder,
            "it was made by a plebiscite that reads names and addresses otherwise",
        )
    arrays: dict[str, NDArray[Any]] = {}
    for name, kind in ARRAYS.items():
        file = file_name(name)
        if file not in told["files"]:
            raise _refused(folder, f"its list of files lacks {file}")
        arrays[name] = _mapped(folder, file, told["files"][file]["size"], kind)
    words = Words(arrays["words"], arrays["word_at"])
    index = Index(
        path=folder,
        roll=told["roll"],
        as_of=as_of,
        voters=told["voters"],
        faces=told["faces"],
        counties=tuple(each["name"] for each in told["counties"]),
        county_sizes=np.array(
            [each["voters"] for each in told["counties"]], dtype=np.uint32
        ),
        stride=told["stride"],
        suffixes=told["suffixes"],
        words=words,
        arrays=arrays,
    )
    sizes = {
        "words": (len(words), told["words"]),
        "faces": (len(arrays["faces"]), index.faces * FACE_BYTES),
        "ids": (len(arrays["ids"]), index.voters * index.stride),
        "record": (len(arrays["record"]), index.voters * RECORD.itemsize),
    }
    for what, (is_so, said) in sizes.items():
        if is_so != said:
            raise _refused(folder, f"its {what} and its list do not agree")
    return index


def _manifest(folder: Path) -> dict[str, Any]:
    """Return what the index says of itself, checked as far as it can be alone."""
    file = folder / MANIFEST
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        written = told["format"]
        kinds = {
            "voters": int,
            "faces": int,
            "words": int,
            "stride": int,
            "suffixes": bool,
            "reading": str,
            "counties": list,
            "files": dict,
        }
        if written == FORMAT and not all(
            isinstance(told[name], kind) for name, kind in kinds.items()
        ):
            raise TypeError("a part is of another kind")  # noqa: TRY301
        if not {"roll", "as_of"} <= set(told):
            raise KeyError("roll")  # noqa: TRY301
    except FileNotFoundError:
        raise _refused(folder, f"{MANIFEST} is missing") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _refused(folder, f"{MANIFEST} is torn or foreign") from None
    if written != FORMAT:
        raise _refused(folder, f"its format is {written!r}, and not {FORMAT!r}")
    return dict(told)


def _told(
    folder: Path, known: Mapping[str, Any], name: str, *, kernel: ModuleType | None
) -> bool:
    """Tell whether a file is what the index's list says of it."""
    said = known[name]
    if "sum" in said:
        return bool(file_sum(folder / name, kernel=kernel) == said["sum"])
    return bool(file_digest(folder / name) == said.get("sha256"))


def _mapped(folder: Path, file: str, size: int, kind: str) -> NDArray[Any]:
    """Return a file as a read-only array."""
    number = np.dtype(NUMBERS[kind])
    try:
        there = (folder / file).stat().st_size
    except FileNotFoundError:
        raise _refused(folder, f"{file} is missing") from None
    if there != size or size % number.itemsize:
        raise _refused(folder, f"{file} has {there:,} bytes in place of {size:,}")
    if not size:
        return np.zeros(0, dtype=number)
    return np.asarray(np.memmap(folder / file, dtype=number, mode="r"))


def _refused(folder: Path, problem: str) -> RecordError:
    beside = folder.parent
    of_roll = beside.parent if beside.name == LOOK_UP else beside
    roll = shlex.quote(os.fspath(of_roll))
    return RecordError(
        f"{folder}: this index cannot be used: {problem}; build it again with "
        f"`plebiscite roll index {roll} --replace`"
    )
