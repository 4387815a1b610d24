"""Numbers and days of a Parquet file are taken as they stand, and only when right.

Oracle: the same cells written out as text, which is how a CSV file would hold them.
"""

from datetime import date

import polars as pl
import pytest

from plebiscite.core.table import Column, ColumnMapping, read_table
from plebiscite.core.table import read as reading
from plebiscite.core.table.column import Origin
from plebiscite.core.table.native import LARGEST, taken
from plebiscite.errors import InputError

COLUMNS = (
    Column(name="county", required=True),
    Column(name="lines", kind="count"),
    Column(name="born", kind="year"),
    Column(name="day", kind="day"),
    Column(name="struck", kind="flag", default=False),
)
DAYS = [date(1850, 1, 1), None, date(2199, 12, 31)]
RIGHT = pl.DataFrame(
    {
        "county": ["Alpine", "Butte", "Colusa"],
        "lines": [0, None, LARGEST],
        "born": pl.Series([1850, None, 2199], dtype=pl.UInt16),
        "day": DAYS,
        "struck": pl.Series([0, 1, None], dtype=pl.Int8),
    }
)
WRONG = {
    "a count of before the first": ("lines", [1, -1, 2]),
    "a count to come behind all others": ("lines", [1, LARGEST + 1, 2]),
    "a year of before": ("born", [1849, 1900, 1900]),
    "a year to come": ("born", [1900, 1900, 2200]),
    "a day of before": ("day", [date(1849, 12, 31), *DAYS[1:]]),
    "a day to come": ("day", [*DAYS[:2], date(2200, 1, 1)]),
    "a flag of before no": ("struck", [0, 1, -1]),
    "a flag to come behind yes": ("struck", [0, 1, 2]),
}


def read(frame, folder, **how):
    frame.write_parquet(folder / "t.parquet")
    return read_table(folder / "t.parquet", COLUMNS, **how)


def as_text(frame):
    return frame.with_columns(pl.all().cast(pl.String))


def refused(frame, folder):
    with pytest.raises(InputError) as said:
        read(frame, folder)
    return str(said.value)


def test_what_is_right_is_read_as_its_text_is_and_never_written_out(
    tmp_path, monkeypatch
):
    by_text = read(as_text(RIGHT), tmp_path)
    written_out = []
    monkeypatch.setattr(
        reading, "_as_text", lambda each, _: written_out.append(each.name) or each
    )

    taken = read(RIGHT, tmp_path)

    assert taken.equals(by_text)
    assert taken.schema == by_text.schema
    assert written_out == ["county"]


@pytest.mark.parametrize(("name", "cells"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_one_cell_is_not_taken(name, cells):
    column = next(each for each in COLUMNS if each.name == name)
    origin = Origin(column=column, headings=(name,))

    assert taken(pl.Series(name, cells), [origin]) is None
    assert taken(RIGHT[name], [origin]) is not None


@pytest.mark.parametrize("end", ["of before", "to come"])
def test_what_is_wrong_is_refused_as_its_text_is(end, tmp_path):
    frame = RIGHT.with_columns(
        pl.Series(name, cells) for case, (name, cells) in WRONG.items() if end in case
    )

    assert refused(frame, tmp_path) == refused(as_text(frame), tmp_path)


@pytest.mark.parametrize("days", [-(2**31), -719_163, 2_932_897, 2**31 - 1])
def test_a_day_of_a_year_that_python_does_not_have_is_refused_by_its_row(
    days, tmp_path
):
    """Oracle: the row, and no traceback; 2,932,897 days are the year 10000."""
    far = pl.Series([0, days, 0], dtype=pl.Int32).cast(pl.Date)

    said = refused(RIGHT.with_columns(day=far), tmp_path)

    assert "not a day as YYYY-MM-DD" in said
    assert "row 3" in said


def test_a_flag_may_be_held_as_one(tmp_path):
    frame = RIGHT.with_columns(struck=pl.Series([True, False, None]))

    assert read(frame, tmp_path)["struck"].to_list() == [True, False, False]


def test_words_that_stand_for_others_are_looked_up_in_the_text(tmp_path):
    """A mapping says that 9 is how this office writes 0."""
    frame = RIGHT.with_columns(struck=pl.Series([9, 1, None]))
    mapping = ColumnMapping(values={"struck": {"9": "0"}})

    found = read(frame, tmp_path, mapping=mapping)

    assert found["struck"].to_list() == [False, True, False]


def test_a_day_that_a_mapping_has_written_otherwise_is_read_as_text(tmp_path):
    mapping = ColumnMapping(date_format="%Y-%d-%m")
    frame = RIGHT.with_columns(day=pl.Series([date(2017, 3, 2), None, None]))

    found = read(frame, tmp_path, mapping=mapping)

    assert found["day"].to_list() == [date(2017, 2, 3), None, None]


def test_one_column_may_fill_two_of_different_kinds(tmp_path):
    """A county called by its number: it fills the number as well, and stays text."""
    mapping = ColumnMapping(columns={"county": "lines", "lines": "lines"})
    columns = [*COLUMNS[:1], Column(name="lines", kind="count")]
    RIGHT.with_columns(lines=pl.Series([1, 2, 3])).write_parquet(tmp_path / "t")

    found = read_table(tmp_path / "t", columns, mapping=mapping)

    assert found["county"].to_list() == ["1", "2", "3"]
    assert found["lines"].to_list() == [1, 2, 3]


def test_a_row_without_anything_is_left_out_whatever_holds_its_cells(tmp_path):
    frame = pl.concat([RIGHT, RIGHT.clear(1)])

    assert len(read(frame, tmp_path)) == len(RIGHT)


def test_a_total_below_the_rows_is_refused_beside_numbers(tmp_path):
    below = RIGHT.head(1).with_columns(county=pl.lit("Grand total"))

    assert "this is a total" in refused(pl.concat([RIGHT, below]), tmp_path)
