"""Keyed rows counted as the manifest counts them, where it names no struck row.

Oracle: a sheet of ten rows written down by hand; rows 3 and 6 are crossed out.
"""

from pathlib import Path

import polars as pl
import pytest

from plebiscite.errors import InputError
from plebiscite.petition.manifest import Manifest, SectionLines
from plebiscite.verify.find.keyed import as_counted

SHEET = Manifest(
    sections=(SectionLines(county="Alpine", section="1", claimed=10, struck=2),)
)


def keyed(rows):
    """Return keyed lines of the sheet: row and whether it is keyed as struck."""
    table = [("Alpine", "1", row, struck) for row, struck in rows.items()]
    return pl.DataFrame(table, ["county", "section", "row", "struck"], orient="row")


def counted(rows):
    """Return the numbers under which keyed rows count, with the fourth asked for."""
    asked = pl.DataFrame({"county": ["Alpine"], "section": ["1"], "row": [4]})
    path = Path("lines.csv")
    return as_counted(keyed(rows), SHEET, asked=asked, path=path)["row"].to_list()


def test_with_every_struck_row_keyed_a_part_of_the_sheet_is_enough():
    """Rows 5 and 8 stand below one and below both of the struck ones."""
    some = {1: False, 3: True, 5: False, 6: True, 8: False}

    assert counted(some) == [1, 4, 6]


def test_with_every_other_row_keyed_a_struck_one_may_be_left_out():
    every = {row: row == 3 for row in range(1, 11) if row != 6}

    assert counted(every) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_with_one_of_two_struck_rows_keyed_a_part_tells_nothing():
    """The other may stand above row 5, or below it."""
    with pytest.raises(InputError, match="which rows are struck"):
        counted({1: False, 3: True, 5: False})
