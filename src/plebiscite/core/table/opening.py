"""The first bytes of a file: what it is, and its headings."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from itertools import islice
from pathlib import Path

from plebiscite.core.table import parquet
from plebiscite.core.table.mapping import SEPARATORS
from plebiscite.core.table.records import BOM
from plebiscite.errors import InputError, Refusal

LOOK = 1024 * 1024
SAVE_AS = "save it as 'CSV UTF-8 (comma delimited)' and give that file"
FOREIGN = {
    b"PK\x03\x04": f"this is a workbook (.xlsx) or a ZIP archive, not a CSV file; "
    f"open it in Excel, {SAVE_AS}",
    b"\xd0\xcf\x11\xe0": f"this is an old Excel workbook (.xls), not a CSV file; "
    f"open it in Excel, {SAVE_AS}",
    b"%PDF": "this is a PDF, not a CSV file; ask for the table behind it",
    b"\x1f\x8b": "this file is compressed; unpack it (gunzip) and give the CSV inside",
    b"{\\rtf": f"this is a word processor's file, not a CSV file; {SAVE_AS}",
    b"SQLite format 3": "this is a database, not a CSV file; export the table as CSV",
}
EXCELS = "sep="
ROWS_TO_TRY = 10
TABLE = 3
"""Filled cells from which on a row below a lone word is taken for the headings."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Form(StrEnum):
    """How a table is stored."""

    CSV = "csv"
    PARQUET = "parquet"


def opening(path: Path, separator: str) -> tuple[Form, list[str]]:
    """Return how a table is stored, and its headings as written.

    Raises:
        InputError: it is no table, or not one that can be read.

    """
    form, start = stored(path)
    if form is Form.PARQUET:
        with parquet.opened(path) as table:
            return form, table.headings
    return form, _csv_headings(start.removeprefix(BOM), separator, path)


def stored(path: Path) -> tuple[Form, bytes]:
    """Return how a table is stored, and its first bytes.

    Raises:
        InputError: it is no table, by its first bytes.

    """
    with path.open("rb") as file:
        start = file.read(LOOK)
    if not start.strip(b"\r\n\t \0") or start == BOM:
        raise InputError(
            "the file is empty; was it saved, and copied to the end?", path=path
        )
    if start.startswith(b"PAR1"):
        return Form.PARQUET, start
    for magic, problem in FOREIGN.items():
        if start.startswith(magic):
            raise InputError(problem, path=path)
    if start.startswith(UTF_16) or _every_other_nul(start[:2_000]):
        raise InputError(
            f"this file is in UTF-16 ('Unicode text'), not UTF-8; in Excel, {SAVE_AS}",
            path=path,
        )
    return Form.CSV, start


def _every_other_nul(start: bytes) -> bool:
    """Tell whether the bytes look like UTF-16 without its mark: half of them NUL."""
    return len(start) < 4 * start.count(0) < 3 * len(start)


def _csv_headings(start: bytes, separator: str, path: Path) -> list[str]:
    line = _first_record(start)
    if b"\r" in line.replace(b"\r\n", b"\n").rstrip(b"\r"):
        raise InputError(
            "the lines of this file end as on an old Macintosh (CR), so that it is one "
            f"long line; open it in a spreadsheet, {SAVE_AS}",
            path=path,
        )
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise InputError(
            f"the headings are not in UTF-8; in Excel, {SAVE_AS}, or convert it with "
            "'iconv -f WINDOWS-1252 -t UTF-8'",
            path=path,
            refusals=[Refusal(problem=f"byte {problem.start + 1} is not UTF-8", row=1)],
        ) from problem
    if not text.strip():
        raise InputError(
            "the first row is blank and must hold the headings; delete the rows above",
            path=path,
        )
    _refuse_excels_line(text, separator, path)
    try:
        headings = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as problem:
        raise InputError(
            f"the first row cannot be the headings ({problem}); is this a table?",
            path=path,
        ) from problem
    if len(headings) == 1:
        _refuse_other_separator(text, separator, path)
    if _filled(headings) <= 1:
        _refuse_title(start, separator, path)
    return [heading.strip() for heading in headings]


def _first_record(start: bytes) -> bytes:
    """Return the first record: a heading in quotation marks may hold line breaks."""
    end = start.find(b"\n")
    while end >= 0 and start.count(b'"', 0, end) % 2:
        end = start.find(b"\n", end + 1)
    return start if end < 0 else start[:end]


def _refuse_other_separator(text: str, separator: str, path: Path) -> None:
    others = [each for each in SEPARATORS if each != separator and each in text]
    if others:
        other = max(others, key=text.count)
        raise InputError(
            f"the cells of this file are separated by a {SEPARATORS[other]}, not a "
            f"{SEPARATORS[separator]}; save it with a {SEPARATORS[separator]}, or "
            f"{_mapped(other)}",
            path=path,
        )


def _mapped(separator: str) -> str:
    written = "\\t" if separator == "\t" else separator
    return f'give a mapping that holds the line:  separator: "{written}"'


def _refuse_excels_line(text: str, separator: str, path: Path) -> None:
    """Refuse `sep=;`, which Excel takes for itself and shows to nobody."""
    line = text.strip('"\r\n ')
    other = line[len(EXCELS) :]
    if line[: len(EXCELS)].lower() != EXCELS or other not in SEPARATORS:
        return
    remedy = "" if other == separator else f", and {_mapped(other)}"
    raise InputError(
        f"row 1 is Excel's own line {line!r}, not the headings; delete it{remedy}",
        path=path,
    )


def _refuse_title(start: bytes, separator: str, path: Path) -> None:
    """Refuse a file whose first row is a title, over headings further down."""
    text = io.StringIO(start.decode("utf-8", errors="replace"), newline="")
    rows = csv.reader(text, delimiter=separator)
    try:
        for number, row in enumerate(islice(rows, ROWS_TO_TRY), start=1):
            if _filled(row) >= TABLE:
                raise InputError(
                    "row 1 must hold the headings, and looks like a title; they seem "
                    f"to stand in row {number}: delete the rows above",
                    path=path,
                )
    except csv.Error:
        return  # what is wrong further down is told with its row


def _filled(row: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)
