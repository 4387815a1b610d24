"""Cells that no spreadsheet runs: one rule, for a cell and for a whole table."""

import polars as pl
import pytest

from plebiscite.core.table.spreadsheet import plain_cell, plain_table, written_cell

RUN = ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =a", " \t-1", "\u00a0@x")
SHOWN = ("", "Ann", "a=b", " Ann", "'", "'Aina", "O'Neil", "1-2", "(=1)")


@pytest.mark.parametrize("cell", [*RUN, *SHOWN])
def test_a_cell_and_a_table_are_made_plain_alike_and_come_back(cell):
    """Regression: a formula behind blanks was plain in a table and not in a cell."""
    table = pl.DataFrame({"name": [cell]})

    assert plain_table(table)["name"].to_list() == [plain_cell(cell)]
    assert plain_cell(cell) == (f"'{cell}" if cell in RUN else cell)
    assert written_cell(plain_cell(cell)) == cell
