"""Lines in many files. Oracle: the local engine on the same lines in one file."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from spark_here import needs_spark

from plebiscite.core.table import read_mapping
from plebiscite.errors import InputError
from plebiscite.match.find import match_lines
from plebiscite.match.spark.folder import match_folder
from plebiscite.petition.intake import read_lines

pytestmark = [pytest.mark.long, needs_spark, pytest.mark.usefixtures("session")]
HEADINGS = "line_id,section,row,county,last,first,house,street,city,zip\n"
MARIA = "Garcia,Maria,12,Oak St,Oakland,94601\n"


@pytest.fixture
def parts(simulated, tmp_path):
    """The simulated petition in four files, each section in one."""
    lines = pl.read_csv(simulated / "petition" / "lines.csv", infer_schema=False)
    sections = lines["section"].unique(maintain_order=True)
    folder = tmp_path / "parts"
    (folder / "more").mkdir(parents=True)
    for at in range(4):
        mine = lines.filter(
            pl.col("section").is_in(sections.gather_every(4, at).to_list())
        )
        if at == 3:
            mine.write_parquet(folder / "more" / "3.parquet")
        else:
            mine.write_csv(folder / f"{at} é.csv")
    (folder / "README.txt").write_text("no lines", encoding="utf-8")
    return folder


def test_a_folder_of_files_gives_the_rows_of_one_file(simulated, parts, roll, tmp_path):
    out = tmp_path / "found"

    counts = match_folder(str(parts), str(out), roll)

    here = match_lines(read_lines(simulated / "petition" / "lines.csv"), roll)
    there = pl.read_parquet(out)
    assert_frame_equal(there.sort("line_id"), here.sort("line_id"))
    assert counts["lines"] == here.height
    assert counts["review"] == (here["decision"] == "review").sum()
    assert {each.suffix for each in out.iterdir()} == {".parquet"}
    assert out.stat().st_mode & 0o777 == 0o700


def test_headings_of_their_own_are_mapped(roll, tmp_path):
    (tmp_path / "lines").mkdir()
    (tmp_path / "lines" / "a.csv").write_text(
        HEADINGS.replace("last", "SURNAME").replace("county", "CTY")
        + "a,1,1,Alameda,"
        + MARIA,
        encoding="utf-8",
    )
    mapping = tmp_path / "m.yaml"
    mapping.write_text("columns: {last: SURNAME, county: CTY}\n", encoding="utf-8")

    counts = match_folder(
        str(tmp_path / "lines"),
        str(tmp_path / "found"),
        roll,
        mapping=read_mapping(mapping),
    )

    assert counts["lines"] == 1
    assert pl.read_parquet(tmp_path / "found")["line_id"].to_list() == ["a"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("a,1,1,Alameda,", "a,2,1,Alameda,", "2 lines have this name"),
        ("a,1,1,Alameda,", "b,1,2,Alameda,", "lies in 2 files"),
        ("a,1,1,Alameda,", "b,2,two,Alameda,", "row 2"),
    ],
)
def test_what_does_not_go_together_is_refused_whole(
    roll, tmp_path, first, second, told
):
    """A line twice, a section in two files, a row that is no number."""
    folder, out = tmp_path / "lines", tmp_path / "found"
    folder.mkdir()
    for name, line in (("a.csv", first), ("b.csv", second)):
        (folder / name).write_text(HEADINGS + line + MARIA, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        match_folder(str(folder), str(out), roll)

    assert told in str(refused.value)
    assert str(folder) in str(refused.value)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["lines"]


def test_a_folder_without_lines_is_refused(roll, tmp_path):
    (tmp_path / "lines").mkdir()

    with pytest.raises(InputError, match="there is no CSV or Parquet file in it"):
        match_folder(str(tmp_path / "lines"), str(tmp_path / "found"), roll)


def test_what_is_there_is_never_written_over(roll, tmp_path):
    with pytest.raises(InputError, match="name a new place"):
        match_folder(str(tmp_path), str(tmp_path), roll)
