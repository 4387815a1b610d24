"""A table of a page as a file: CSV that no spreadsheet runs, and JSON.

A word that begins as a formula does gets an apostrophe before it, as spreadsheets
themselves write such words; a number keeps its sign.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from plebiscite.core.table.spreadsheet import plain_cell

Cell: TypeAlias = "str | int | date | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table.

    Attributes:
        name: as its address has it, such as ``events``.
        title: what it holds, in a few words.
        heads: the names of its columns, as a program reads them.
        rows: a row each; an empty cell is not known, which is not zero.
        note: what the columns mean, or what is left out.

    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def csv(self) -> str:
        """Return the table as CSV: commas, CR LF, quotes where needed (RFC 4180)."""
        text = io.StringIO()
        sheet = csv.writer(text)
        sheet.writerow(self.heads)
        sheet.writerows([_safe(cell) for cell in row] for row in self.rows)
        return text.getvalue()

    def data(self) -> dict[str, object]:
        """Return the table as JSON data, a mapping a row."""
        return {
            "name": self.name,
            "title": self.title,
            "note": self.note or None,
            "rows": [
                dict(zip(self.heads, map(_plain, row), strict=True))
                for row in self.rows
            ],
        }


def _safe(cell: Cell) -> str | int:
    return cell if isinstance(cell, int) else plain_cell(_plain(cell))


def _plain(cell: Cell) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def sheet_of(
    name: str, title: str, rows: Sequence[Mapping[str, Cell]], note: str = ""
) -> Sheet:
    """Return a table from rows that all have the same names in the same order."""
    heads = tuple(rows[0]) if rows else ()
    return Sheet(
        name=name,
        title=title,
        heads=heads,
        rows=tuple(tuple(row[head] for head in heads) for row in rows),
        note=note,
    )
