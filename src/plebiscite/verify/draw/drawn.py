"""The drawn list and its record, as files.

``drawn.csv`` holds county, section, row and order, and nothing else: it is published.
Beside it, ``drawn.json`` says from which commitment and with which seed it was drawn,
and holds the list's hash, so that a list changed afterwards is refused.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from plebiscite import __version__
from plebiscite.core.canonical import file_digest, parsed
from plebiscite.core.table import Column, read_table
from plebiscite.errors import CommitmentError, InputError, RecordError
from plebiscite.verify.draw.ledger import Draw, draw_from

FORMAT = 1
HEADER = ("county", "section", "row", "order")
COLUMNS = tuple(Column(name=name, required=True) for name in HEADER)
LONGEST = 200
Row: TypeAlias = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRecord:
    """What the record beside a drawn list says.

    Attributes:
        draw: the draw it belongs to.
        commitment: the hash of the commitment drawn from.
        commitment_path: where that commitment lies.

    """

    draw: Draw
    commitment: str
    commitment_path: Path


def record_path(drawn: Path) -> Path:
    """Return where the record of a drawn list lies: beside it, ending in .json."""
    return drawn.with_suffix(".json")


def list_text(rows: Iterable[Row]) -> str:
    """Return the text of ``drawn.csv``."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(HEADER)
    sheet.writerows(rows)
    return text.getvalue()


def record_text(draw: Draw, *, digest: str, commitment: Path, folder: Path) -> str:
    """Return the text of ``drawn.json``, written into `folder`."""
    at = Path(os.path.relpath(commitment.resolve(), folder.resolve())).as_posix()
    data = {
        "format": FORMAT,
        "commitment": {"file": commitment.name, "at": at, "sha256": digest},
        **draw.as_data(),
        "program_version": __version__,
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_record(drawn: Path) -> DrawRecord:
    """Read the record of a drawn list, and hold the list to it.

    Raises:
        RecordError: the record is missing or foreign.
        CommitmentError: the list was changed since it was drawn.

    """
    path = record_path(drawn)
    if path == drawn:
        raise InputError(
            f"{drawn} is no drawn list; give the CSV file 'petition draw' wrote"
        )
    if _headings(drawn) != HEADER:
        # Read as a table, a file of another kind is named for what it is.
        read_table(drawn, COLUMNS)
    if not path.is_file():
        raise RecordError(
            "the record of this draw is missing: 'petition draw' wrote it beside "
            f"{drawn.name}; put it back at {path}"
        )
    try:
        data = parsed(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise RecordError(f"{path}: format {data['format']} is not {FORMAT}")
        draw, named = draw_from(data), data["commitment"]
        places = [drawn.parent / named["at"], drawn.parent / named["file"]]
        record = DrawRecord(
            draw=draw,
            commitment=named["sha256"],
            commitment_path=next((p for p in places if p.is_file()), places[0]),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as problem:
        raise RecordError(f"{path} is not the record of a draw") from problem
    if file_digest(drawn) != draw.sha256:
        raise CommitmentError(
            f"{drawn} was changed since it was drawn; restore the list 'petition draw' "
            "wrote"
        )
    return record


def _headings(drawn: Path) -> tuple[str, ...]:
    with drawn.open("rb") as file:
        first = file.readline(LONGEST)
    return tuple(first.decode("utf-8", "replace").strip().split(","))


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a drawn list, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        sheet = csv.reader(file)
        if tuple(next(sheet, ())) != HEADER:
            raise InputError(f"not a drawn list ({','.join(HEADER)})", path=path)
        return [(c, section, int(row), int(order)) for c, section, row, order in sheet]
