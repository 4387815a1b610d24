"""Handing in what was filed: a measure's folder of reports, and who put what there.

A file comes in only if the whole folder can be read with it, so that a ledger never
breaks because of one report. What was replaced or taken out is still named in the
campaign's register, with its hash: the figures of a day can be asked about later.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plebiscite.core.canonical import Json, file_digest
from plebiscite.core.files import write_whole
from plebiscite.errors import InputError
from plebiscite.money.intake.read import TABLES
from plebiscite.money.ledger import Ledger
from plebiscite.petition.campaign.register import (
    Booking,
    book,
    held,
    read_entries,
)

MONEY, CAMPAIGN, FILE = "money", "campaign", "money.jsonl"
IN, OUT = "handed_in", "taken_out"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,79}\.(csv|tsv|parquet)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One file of the folder.

    Attributes:
        name: of the file.
        size: in bytes.
        sha256: of what it holds.
        day, by: when it was handed in, and by whom; None and "" where the register
            does not tell of these very bytes.

    """

    name: str
    size: int
    sha256: str
    day: date | None = None
    by: str = ""


def files(folder: Path) -> list[Path]:
    """Return the reports in a measure's folder, by name."""
    inside = folder / MONEY
    if not inside.is_dir():
        return []
    return sorted(p for p in inside.iterdir() if p.suffix.lower() in TABLES)


def filed(folder: Path) -> list[Filed]:
    """Return the reports with who handed them in.

    Raises:
        RecordError: the register cannot be read.

    """
    told = {
        (entry.body["file"], entry.body["sha256"]): entry.booking
        for entry in read_entries(folder / CAMPAIGN, FILE)
        if entry.kind == IN
    }
    found = []
    for path in files(folder):
        sha256 = file_digest(path)
        booking = told.get((path.name, sha256))
        found.append(
            Filed(
                name=path.name,
                size=path.stat().st_size,
                sha256=sha256,
                day=booking.day if booking else None,
                by=booking.by if booking else "",
            )
        )
    return found


def gone(folder: Path) -> frozenset[str]:
    """Return the names of reports that were taken out and not handed in again.

    Raises:
        RecordError: the register cannot be read.

    """
    entries = read_entries(folder / CAMPAIGN, FILE)
    last = {entry.body["file"]: entry.kind for entry in entries}
    return frozenset(name for name, kind in last.items() if kind == OUT)


def hand_in(folder: Path, booking: Booking, source: Path, name: str) -> Ledger:
    """Put a report into a measure's folder, in place of one of that name.

    Returns the ledger as it is now.

    Raises:
        InputError: the name is none for a table, or the folder cannot be read with it;
            nothing has changed then.
        RecordError: the register cannot be read.

    """
    if not NAME.fullmatch(name):
        raise InputError(
            f"{name!r}: name a table with a plain name that ends in .csv, .tsv or "
            ".parquet"
        )
    with held(folder / CAMPAIGN):
        others = [path for path in files(folder) if path.name != name]
        with tempfile.TemporaryDirectory() as room:
            draft = Path(room) / name
            shutil.copyfile(source, draft)
            ledger = _read([*others, draft])
            (folder / MONEY).mkdir(exist_ok=True)
            write_whole(folder / MONEY / name, draft.read_bytes())
        _note(folder, booking, IN, folder / MONEY / name)
    return ledger


def take_out(folder: Path, booking: Booking, name: str) -> None:
    """Take a report out of the folder; the register says that it was there.

    Raises:
        InputError: there is no such report, or the others cannot be read without it.
        RecordError: the register cannot be read.

    """
    with held(folder / CAMPAIGN):
        here = {path.name: path for path in files(folder)}
        if name not in here:
            raise InputError(f"there is no report {name!r}")
        rest = [path for path in here.values() if path.name != name]
        if rest:
            _read(rest)
        _note(folder, booking, OUT, here[name])
        here[name].unlink()
        if not rest:
            _clear(folder / MONEY)


def read(folder: Path) -> Ledger:
    """Return the ledger of a measure's folder; an empty one where nothing was filed.

    Raises:
        InputError: a report cannot be read; all that is wrong in one message.

    """
    found = files(folder)
    return _read(found) if found else Ledger.empty()


def _read(paths: Sequence[Path]) -> Ledger:
    """Read reports; a refusal names files without saying where they lie."""
    try:
        return Ledger.read(paths)
    except InputError as problem:
        words = str(problem).partition("\n  ")[0]
        for path in paths:
            words = words.replace(str(path), path.name)
        raise InputError(words, refusals=problem.refusals) from problem


def _clear(inside: Path) -> None:
    """Remove the folder after its last report; what somebody laid there stays."""
    if all(path.name.startswith(".") for path in inside.iterdir()):
        shutil.rmtree(inside)  # at most drafts of reports that never came in


def _note(folder: Path, booking: Booking, kind: str, path: Path) -> None:
    """Say in the register what comes in or goes out; once, if it was cut off since."""
    body: dict[str, Json] = {"file": path.name, "sha256": file_digest(path)}
    said = read_entries(folder / CAMPAIGN, FILE)
    same = [each for each in said if each.body["file"] == path.name][-1:]
    if not [each for each in same if (each.kind, each.body) == (kind, body)]:
        book(folder / CAMPAIGN, FILE, booking, kind, body)
