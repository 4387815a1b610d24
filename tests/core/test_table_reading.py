"""Good tables: what is read is what was written. Oracle: the text itself."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from plebiscite.core.table import Column, ColumnMapping, read_table

COLUMNS = (
    Column(name="county", required=True),
    Column(name="section"),
    Column(name="lines", kind="count", required=True),
    Column(name="day", kind="day"),
    Column(name="struck", kind="flag", default=False),
    Column(name="present", kind="choice", choices=("yes", "no"), default="no"),
)


def read(path: Path, content: str | bytes, **options):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, COLUMNS, **options)


def test_headings_may_differ_in_case_and_blanks(tmp_path):
    table = read(tmp_path / "t.csv", "COUNTY,Lines ,unasked\nAlpine,5,x\n")

    assert table.drop("_row").row(0) == ("Alpine", None, 5, None, False, "no")


def test_the_result_has_exactly_the_columns_asked_for_typed(tmp_path):
    table = read(
        tmp_path / "t.csv",
        "\ufefflines,county,section,day,struck,present,x\n"
        '7, Alpine ,"0001",2017-01-26,1,YES,\n',
    )

    assert table.schema == {
        "county": pl.String,
        "section": pl.String,
        "lines": pl.Int64,
        "day": pl.Date,
        "struck": pl.Boolean,
        "present": pl.String,
        "_row": pl.Int64,
    }
    assert table.row(0) == ("Alpine", "0001", 7, date(2017, 1, 26), True, "yes", 2)


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    """A cell over two lines is one row; blank rows count, though they hold nothing."""
    table = read(
        tmp_path / "t.csv",
        'county,lines\r\nAlpine,1\r\n\r\n"Bu\r\ntte",2\n,\nColusa,3',
    )

    assert table["_row"].to_list() == [2, 4, 6]
    assert table["county"].to_list() == ["Alpine", "Bu\ntte", "Colusa"]


def test_a_heading_may_run_over_two_lines(tmp_path):
    table = read(tmp_path / "t.csv", '"county","lines\r\n"\r\nAlpine,1\r\nButte,2\r\n')

    assert table["lines"].to_list() == [1, 2]
    assert table["_row"].to_list() == [2, 3]


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x", "🙂", "علي", "a\x07b"])
def test_text_is_taken_as_written(tmp_path, name):
    table = read(tmp_path / "t.csv", f"county,lines,section\nA,1,{name}\n")

    assert table["section"].to_list() == [name]


def test_parquet_gives_what_csv_gives(tmp_path):
    text = "county,section,lines,day,struck,present\nA,01,5,2017-01-26,1,yes\nB,,6,,,\n"
    from_csv = read(tmp_path / "t.csv", text)
    typed = from_csv.drop("_row").with_columns(pl.col("lines").cast(pl.Float64))
    typed.write_parquet(tmp_path / "t.parquet")

    assert read_table(tmp_path / "t.parquet", COLUMNS).equals(from_csv)


def test_a_mapping_joins_renames_fills_and_translates(tmp_path):
    mapping = ColumnMapping(
        columns={"section": ("BOOK", "PAGE"), "lines": "N", "day": "SIGNED"},
        constants={"county": "Alpine"},
        values={"lines": {"five": "5"}},
        date_format="%m/%d/%Y",
        separator="|",
    )

    table = read(
        tmp_path / "t.csv", "BOOK|PAGE|N|SIGNED\nA||five|1/26/2017\n", mapping=mapping
    )

    assert table.drop("_row").row(0)[:4] == ("Alpine", "A", 5, date(2017, 1, 26))


def test_a_mapping_can_number_the_rows(tmp_path):
    mapping = ColumnMapping(constants={"section": "1", "lines": "#"})

    table = read(tmp_path / "t.csv", "county\nAlpine\nButte\n", mapping=mapping)

    assert table["lines"].to_list() == [1, 2]
    assert table["section"].to_list() == ["1", "1"]
