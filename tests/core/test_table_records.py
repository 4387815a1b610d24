"""Records found by arithmetic on bytes, held against Python's own CSV reader."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.core.table import Column, Refusals, read_batches
from plebiscite.errors import InputError

COLUMNS = tuple(Column(name=name) for name in "abc")
CELLS = st.text(
    st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8
)


@settings(deadline=None)  # files are written; the machine may be busy
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=30),
    block=st.integers(1, 200),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_survives_being_written_and_read_at_any_block_size(
    rows, block, ending
):
    """Oracle: Python's csv module wrote it. Cells are stripped, blank rows left out."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator=ending)
    sheet.writerows([("a", "b", "c"), *rows])
    refusals = Refusals()
    with TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_bytes(text.getvalue().encode())
        batches = list(
            read_batches(path, COLUMNS, refusals=refusals, block=max(block, 60))
        )

    refusals.raise_any(path)
    found = [row for batch in batches for row in batch.iter_rows()]
    expected = [
        (*cells, number)
        for number, row in enumerate(rows, start=2)
        if any(cells := [stripped(cell) for cell in row])
    ]
    assert [(a or "", b or "", c or "", n) for a, b, c, n in found] == expected


def stripped(cell):
    return pl.Series([cell]).str.strip_chars().item()


def test_a_quotation_mark_without_partner_does_not_swallow_the_file(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,c\n" + 'x,"y,z\n' + "1,2,3\n" * 2_000)

    with pytest.raises(InputError, match="one row goes on"):
        list(read_batches(path, COLUMNS, refusals=Refusals(), block=1_000))


def test_a_file_of_five_gigabytes_is_refused_by_its_first_bytes(tmp_path):
    """The file is sparse; reading it whole would take seconds and show in the time."""
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.write(b"a,b,c\n" + b"1,2,3\n" * 1_000)
        file.truncate(5 * 1024**3)
    needs = (Column(name="voter_id", required=True),)

    with pytest.raises(InputError, match="is the row of headings missing"):
        list(read_batches(path, needs, refusals=Refusals()))
    with pytest.raises(InputError, match="row 1,002: the first NUL byte is here"):
        list(read_batches(path, COLUMNS, refusals=Refusals()))


def test_a_fault_deep_in_a_large_file_is_named_by_its_row(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b,c\n" + b"1,2,3\n" * 50_000 + b"4,\xff,6\n" + b"1,2,3\n" * 9)

    with pytest.raises(InputError, match="row 50,002: the first byte that is not UTF"):
        list(read_batches(path, COLUMNS, refusals=Refusals(), block=10_000))
