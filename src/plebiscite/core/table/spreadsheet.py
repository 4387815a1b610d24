"""Cells that no spreadsheet runs as a formula.

A spreadsheet takes a cell that begins with one of these signs for a formula, whoever
wrote it. An apostrophe before it keeps it text, as spreadsheets themselves write it.
"""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(cell: object) -> str:
    """Return a cell no spreadsheet runs as a formula: an apostrophe keeps it text.

    >>> plain_cell("=SUM(A1)"), plain_cell("Alpine"), plain_cell(None)
    ("'=SUM(A1)", 'Alpine', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def written_cell(cell: str) -> str:
    """Return what `plain_cell` was given: its apostrophe goes.

    >>> written_cell("'=SUM(A1)"), written_cell("Alpine"), written_cell("'Aina")
    ('=SUM(A1)', 'Alpine', "'Aina")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
