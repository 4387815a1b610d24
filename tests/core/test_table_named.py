"""A file is read by its very name, whatever stands in it. Oracle: what was written."""

import os

import polars as pl
import pytest

from plebiscite.core.table import Column, read_table
from plebiscite.errors import InputError

COUNTY = (Column(name="county", required=True),)


@pytest.mark.parametrize(
    ("mine", "other"),
    [("voters[1]", "voters1"), ("voters?", "votersX"), ("v*", "voters")],
)
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_sign_in_a_name_stands_for_itself(tmp_path, mine, other, ending):
    """Of 'voters[1].parquet' the voters of 'voters1.parquet' were taken."""
    for name, county in ((mine, "Inyo"), (other, "Mono")):
        frame = pl.DataFrame({"county": [county]})
        write = frame.write_parquet if ending == "parquet" else frame.write_csv
        write(tmp_path / f"{name}.{ending}")

    found = read_table(tmp_path / f"{mine}.{ending}", COUNTY)

    assert found["county"].to_list() == ["Inyo"]


def test_the_headings_too_are_those_of_the_file_itself(tmp_path):
    """Alone in its folder, such a file was called torn or damaged."""
    path = tmp_path / "voters[1].parquet"
    pl.DataFrame({"county": ["Inyo"]}).write_parquet(path)
    alone = read_table(path, COUNTY)["county"].to_list()
    pl.DataFrame({"lines": [1]}).write_parquet(tmp_path / "voters1.parquet")

    assert alone == read_table(path, COUNTY)["county"].to_list() == ["Inyo"]


def test_a_name_that_is_no_text_is_told_in_a_message(tmp_path):
    """It was called a fault of ours, though a copy under another name is read."""
    path = tmp_path / os.fsdecode(b"Jos\xe9.parquet")
    pl.DataFrame({"county": ["Inyo"]}).write_parquet(tmp_path / "copy.parquet")
    (tmp_path / "copy.parquet").rename(path)

    with pytest.raises(InputError, match="not written in UTF-8") as told:
        read_table(path, COUNTY)
    assert str(told.value).encode().startswith(f"{tmp_path}/Jos\ufffd".encode())
