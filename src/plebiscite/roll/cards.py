"""A voter's particulars by number, found in microseconds however large the roll is.

A clerk who compares a line with the roll needs the name, the address and the dates of a
few voters at a time, many times a second. A column store answers such a question by
reading a county. So the particulars are written once, a line of text for each voter,
with the numbers in order and the place of each line beside them; looking one up is a
search in files mapped from disk, whose pages all processes share.

A confidential voter has a number here and no particulars: asking for one answers as if
there were no such voter.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.core.canonical import parsed
from plebiscite.core.files import PRIVATE, whole_folder
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import RecordError
from plebiscite.roll.store import Roll

FOLDER, TOLD = "cards", "cards.json"
FORMAT = "plebiscite cards 1"
BATCH = 250_000
PARTED = "\x1f"
SHOWN = (
    "first",
    "middle",
    "last",
    "suffix",
    "former_last",
    "house",
    "unit",
    "street",
    "city",
    "zip",
    "county",
    "precinct",
    "status",
    "registered_on",
    "birth_year",
    "former_house",
    "former_unit",
    "former_street",
    "former_city",
    "former_zip",
    "changed_on",
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Card:
    """What an office may show of one voter: never of a confidential one.

    Every part is text as the roll has it, "" where it has nothing. Its own text form
    shows nothing, so that no voter enters a log by accident.
    """

    voter_id: str
    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    former_last: str = ""
    house: str = ""
    unit: str = ""
    street: str = ""
    city: str = ""
    zip: str = ""
    county: str = ""
    precinct: str = ""
    status: str = ""
    registered_on: str = ""
    birth_year: str = ""
    former_house: str = ""
    former_unit: str = ""
    former_street: str = ""
    former_city: str = ""
    former_zip: str = ""
    changed_on: str = ""

    def __repr__(self) -> str:
        return f"Card(county={self.county!r})"

    @property
    def name(self) -> str:
        """First name, middle name, surname and suffix, in that order."""
        return " ".join(filter(None, (self.first, self.middle, self.last, self.suffix)))

    @property
    def address(self) -> str:
        """House, street, unit, city and ZIP in one piece."""
        return _address(self.house, self.street, self.unit, self.city, self.zip)

    @property
    def former_address(self) -> str:
        """The address before `changed_on`, or ""."""
        return _address(
            self.former_house,
            self.former_street,
            self.former_unit,
            self.former_city,
            self.former_zip,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """The particulars of one roll's voters, mapped from disk."""

    ids: NDArray[np.bytes_]
    at: NDArray[np.uint64]
    text: mmap.mmap | bytes

    def card(self, voter_id: str) -> Card | None:
        """Return a voter's particulars.

        None for a number nobody bears, and for a confidential voter's.
        """
        wanted = voter_id.encode()
        if len(wanted) > self.ids.dtype.itemsize:
            return None
        place = int(np.searchsorted(self.ids, np.bytes_(wanted)))
        if place == len(self.ids) or bytes(self.ids[place]) != wanted:
            return None
        start = int(self.at[place])
        line = self.text[start : self.text.find(b"\n", start)].decode()
        if not line:
            return None
        parts = line.split(PARTED)
        return Card(voter_id=voter_id, **dict(zip(SHOWN, parts, strict=True)))


def cards_for(roll: Roll, *, progress: Progress = silent) -> Cards:
    """Open the cards of a roll; the first time, write them.

    Raises:
        RecordError: cards are there, but torn, or of another roll.

    """
    if not (roll.path / FOLDER / TOLD).is_file():
        _write(roll, progress)
    return open_cards(roll)


def open_cards(roll: Roll) -> Cards:
    """Open the cards that lie in a roll's folder.

    Raises:
        RecordError: there are none, or they are torn, or of another roll.

    """
    folder = roll.path / FOLDER
    try:
        told = parsed((folder / TOLD).read_bytes())
        if (told["format"], told["roll"]) != (FORMAT, roll.digest):
            raise RecordError(
                f"{folder}: these cards are of another roll, or of an older one; "
                "delete the folder, and they are written again"
            )
        voters, stride, size = told["voters"], told["stride"], told["bytes"]
        with (folder / "text").open("rb") as file:
            text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        ids = _mapped(folder / "ids", np.dtype(f"S{stride}"))
        at = _mapped(folder / "at", np.dtype("<u8"))
    except (KeyError, TypeError, ValueError, OSError, RecursionError) as problem:
        raise RecordError(
            f"{folder} is torn; delete the folder, and the cards are written again"
        ) from problem
    if (len(ids), len(at), len(text)) != (voters, voters, size):
        raise RecordError(
            f"{folder} is torn; delete the folder, and the cards are written again"
        )
    return Cards(ids=ids, at=at, text=text)


def _mapped(path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    if not path.stat().st_size:
        return np.zeros(0, dtype=kind)
    return np.asarray(np.memmap(path, dtype=kind, mode="r"))


def _write(roll: Roll, progress: Progress) -> None:
    """Write the cards into the roll's folder, whole or not at all."""
    with whole_folder(roll.path / FOLDER, replace=True, mode=PRIVATE) as draft:
        ids: list[NDArray[np.bytes_]] = []
        lengths: list[NDArray[np.uint64]] = []
        with (draft / "text").open("wb") as text:
            for part in _parts(roll, progress):
                ids.append(np.array([each.encode() for each in part["voter_id"]]))
                lengths.append(part["line"].str.len_bytes().to_numpy().astype("u8"))
                text.write("".join(part["line"]).encode())
            size = text.tell()
        every = np.concatenate(ids) if ids else np.zeros(0, dtype="S1")
        length = np.concatenate(lengths) if lengths else np.zeros(0, dtype="u8")
        order = np.argsort(every, kind="stable")
        every[order].tofile(draft / "ids")
        (np.cumsum(length) - length)[order].astype("<u8").tofile(draft / "at")
        told = {
            "format": FORMAT,
            "roll": roll.digest,
            "voters": len(every),
            "stride": every.dtype.itemsize,
            "bytes": size,
        }
        (draft / TOLD).write_text(json.dumps(told) + "\n", encoding="utf-8")


def _parts(roll: Roll, progress: Progress) -> Iterator[pl.DataFrame]:
    """Yield voter_id and the line of text, some voters at a time."""
    total, done = sum(roll.counties.values()), 0
    cells = [
        pl.col(name).cast(pl.String).fill_null("").str.replace_all(r"[\x00-\x1f]+", " ")
        for name in SHOWN
    ]
    line = pl.when(~pl.col("confidential")).then(pl.concat_str(cells, separator=PARTED))
    for county, voters in roll.counties.items():
        for start in range(0, voters, BATCH):
            frame = roll.scan([county]).slice(start, BATCH)
            part = frame.select("voter_id", line=line.fill_null("") + "\n").collect()
            done += part.height
            progress("writing the voters' cards", done, total)
            yield part


def _address(house: str, street: str, unit: str, city: str, code: str) -> str:
    door = " ".join(filter(None, (house, street)))
    place = " ".join(filter(None, (city, code)))
    flat = f"unit {unit}" if unit else ""
    return ", ".join(filter(None, (door, flat, place)))
