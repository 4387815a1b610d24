"""Cells and tables that no spreadsheet runs as a formula.

A spreadsheet takes a cell that begins with one of these signs for a formula, whoever
wrote it; some leave out blanks before it. An apostrophe before it keeps it text, as
spreadsheets themselves write it.
"""

from __future__ import annotations

import re

import polars as pl

FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet might run a cell instead of showing it."""
    return FORMULA.match(cell) is not None


def plain_cell(cell: object) -> str:
    """Return a cell no spreadsheet runs as a formula: an apostrophe keeps it text.

    >>> plain_cell("=SUM(A1)"), plain_cell("Alpine"), plain_cell(None)
    ("'=SUM(A1)", 'Alpine', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if is_formula(text) else text


def written_cell(cell: str) -> str:
    """Return what `plain_cell` was given: its apostrophe goes.

    >>> written_cell("'=SUM(A1)"), written_cell("Alpine"), written_cell("'Aina")
    ('=SUM(A1)', 'Alpine', "'Aina")
    """
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def plain_table(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose text no spreadsheet runs; numbers and days stay as are."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(f"^(?:{FORMULA.pattern})"))
        .then("'" + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
