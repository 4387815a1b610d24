"""A CSV file as batches of whole records.

Spreadsheets number records, not lines of text: a cell in quotation marks may hold a
line break. Here each record is found once, with its number and how many cells it has,
by arithmetic on whole blocks of bytes; the cells themselves are read by Polars.

Source: RFC 4180.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from plebiscite.core.table.refusals import Refusals
from plebiscite.errors import InputError, Refusal

BLOCK = 32 * 1024 * 1024
NEWLINE, QUOTE = 10, 34
ENDLESS = (
    "; is this a table with a row for each line?",
    ', because a quotation mark (") is opened and not closed; find the mark without a '
    "partner and write it twice, or remove it",
)
BOM = b"\xef\xbb\xbf"
Places: TypeAlias = "npt.NDArray[np.int64]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some whole records of a CSV file, all with the right number of cells.

    Attributes:
        text: the records' bytes, each ended by a line feed; valid UTF-8.
        rows: the spreadsheet's number of each record.
        read: bytes of the file read so far.

    """

    text: bytes
    rows: Places
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of a CSV file below its header.

    Attributes:
        path: the file.
        cells: how many cells the header has, and so every record must have.
        separator: one character, standing between two cells.
        refusals: where records with too many or too few cells are noted.

    """

    path: Path
    cells: int
    separator: str
    refusals: Refusals

    def blocks(self, size: int = BLOCK) -> Iterator[Block]:
        """Yield the records, some `size` bytes at a time.

        Records with the wrong number of cells are refused and left out; empty ones are
        skipped, but counted.

        Raises:
            InputError: the bytes are not UTF-8 text in records.

        """
        row, read = 1, 0
        for text in _whole_records(self.path, size):
            read += len(text)
            _refuse_bytes(text, row, self.path)
            raw = np.frombuffer(text, np.uint8)
            ends, counted = self._cut(raw, row)
            good, rows = self._good(ends, counted, row)
            if good.all():
                yield Block(text=text, rows=rows, read=read)
            elif good.any():
                starts = np.concatenate(([0], ends[:-1] + 1))
                kept = zip(starts[good].tolist(), ends[good].tolist(), strict=True)
                whole = b"".join(text[start : end + 1] for start, end in kept)
                yield Block(text=whole, rows=rows[good], read=read)
            row += len(ends)

    def _cut(self, raw: npt.NDArray[np.uint8], first: int) -> tuple[Places, Places]:
        """Return where each record ends, and how many cells it has (0 if empty)."""
        newline, parted = raw == NEWLINE, raw == ord(self.separator)
        marks = np.flatnonzero(raw == QUOTE)
        if len(marks):
            outside = ~_quoted(raw)
            newline &= outside
            parted &= outside
        ends = np.flatnonzero(newline)
        if not len(ends) or ends[-1] != len(raw) - 1:
            raise InputError(
                'a quotation mark (") is opened and not closed, so that the rest of '
                "the file would be one cell; write it twice, or remove it",
                path=self.path,
                refusals=[
                    Refusal(
                        problem="the row it stands in, or before",
                        row=first + len(ends),
                    )
                ],
            )
        if len(marks):
            self._refuse_stray(raw, marks, ends, first)
        before = np.searchsorted(np.flatnonzero(parted), ends)
        cells = np.diff(before, prepend=0) + 1
        cells[np.diff(ends, prepend=-1) == 1] = 0
        return ends, cells

    def _good(
        self, ends: Places, counted: Places, first: int
    ) -> tuple[npt.NDArray[np.bool_], Places]:
        """Tell which records are whole; refuse those that are neither so nor empty."""
        rows = np.arange(first, first + len(ends))
        wrong = (rows > 1) & (counted > 0) & (counted != self.cells)
        for row, many in zip(
            rows[wrong].tolist(), counted[wrong].tolist(), strict=True
        ):
            self.refusals.add(
                f"{many} cell{'s' * (many != 1)} where the header has {self.cells}; "
                "put quotation marks around a cell that holds the separator, or fill "
                "the row",
                row=row,
            )
        return (rows > 1) & (counted == self.cells), rows

    def _refuse_stray(
        self,
        raw: npt.NDArray[np.uint8],
        marks: Places,
        ends: Places,
        first: int,
    ) -> None:
        """Refuse a quotation mark that is neither around a cell nor written twice."""
        opening, closing = marks[0::2], marks[1::2]
        edge = (NEWLINE, ord(self.separator), QUOTE)
        before = raw[np.maximum(opening - 1, 0)]
        after = raw[np.minimum(closing + 1, len(raw) - 1)]
        stray = np.concatenate(
            (
                opening[(opening > 0) & ~np.isin(before, edge)],
                closing[~np.isin(after, edge)],
            )
        )
        if not len(stray):
            return
        raise InputError(
            'a quotation mark (") stands inside a cell; write it twice and put marks '
            'around the whole cell ("5 ""A"" Street"), or remove it',
            path=self.path,
            refusals=[
                Refusal(
                    problem="the first such mark is here",
                    row=int(np.searchsorted(ends, stray.min())) + first,
                )
            ],
        )


def _whole_records(path: Path, size: int) -> Iterator[bytes]:
    """Yield the file's bytes, cut between records, each record ended by a line feed."""
    with path.open("rb") as file:
        start = file.read(len(BOM))
        rest = b"" if start == BOM else start
        while fresh := file.read(size):
            text = rest + fresh
            cut = _last_end(text)
            if not cut and len(text) > 2 * size:
                if b"\0" in text:
                    yield text  # for its first NUL to be found and refused
                raise InputError(
                    f"one row goes on for over {len(text) // 1_000_000} MB"
                    + ENDLESS[b'"' in text],
                    path=path,
                )
            if cut:
                yield text[:cut].replace(b"\r\n", b"\n")
            rest = text[cut:]
    if rest:
        yield rest.replace(b"\r\n", b"\n") + b"\n"


def _last_end(text: bytes) -> int:
    """Return where the last whole record of `text` ends: just behind its line feed."""
    if b'"' not in text:
        return text.rfind(b"\n") + 1
    raw = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero((raw == NEWLINE) & ~_quoted(raw))
    return int(ends[-1]) + 1 if len(ends) else 0


def _quoted(raw: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Tell for each byte whether it stands behind an odd number of quotation marks."""
    return np.bitwise_xor.accumulate(raw == QUOTE)


def _records_before(text: bytes, place: int) -> int:
    raw = np.frombuffer(text[:place], np.uint8)
    return int(np.count_nonzero((raw == NEWLINE) & ~_quoted(raw)))


def _refuse_bytes(text: bytes, row: int, path: Path) -> None:
    """Refuse what is not text; `row` is the number of the first record."""
    if (place := text.find(b"\0")) >= 0:
        at = row + _records_before(text, place)
        raise InputError(
            "a NUL byte stands in this file, which damaged exports and disks leave; "
            "export it again",
            path=path,
            refusals=[Refusal(problem="the first NUL byte is here", row=at)],
        )
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as problem:
        at = row + _records_before(text, problem.start)
        raise InputError(
            "this file is not in UTF-8, so letters such as ñ would be misread; save it "
            "again as 'CSV UTF-8 (comma delimited)' in Excel, or convert it with "
            "'iconv -f WINDOWS-1252 -t UTF-8'",
            path=path,
            refusals=[
                Refusal(
                    problem=f"the first byte that is not UTF-8 is 0x"
                    f"{text[problem.start]:02X}",
                    row=at,
                )
            ],
        ) from problem
