"""A table of counts as it is read, and as it is refused.

Oracle: tables of a row or two, written out by hand.
"""

from datetime import date

import pytest

from plebiscite.errors import InputError
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.count_table import read_counts

COUNTIES = open_law("us/ca/constitutional_initiative").on_day(date(2017, 9, 1))
STATE = open_law("us/wa/initiative").on_day(date(2020, 1, 1))


@pytest.fixture
def read(tmp_path):
    def reading(text, book=COUNTIES):
        path = tmp_path / "counts.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_counts(path, book)

    return reading


def test_counties_that_reported_stand_apart_from_those_still_out(read):
    """Oracle: two rows; the second has nothing but its raw count."""
    found = read(
        "county,raw,sampled,valid,duplicates\nAlpine,350,350,300,2\nModoc,90,,,\n"
    )

    assert [each.county for each in found.reported] == ["Alpine"]
    assert (found.reported[0].valid, found.reported[0].duplicates) == (300, 2)
    assert found.awaited == {"Modoc": 90}


@pytest.mark.parametrize("left_out", ["sampled", "valid", "duplicates"])
def test_a_table_without_a_column_of_findings_is_refused_by_its_name(read, left_out):
    row = {"county": "Alpine", "raw": 350, "sampled": 350, "valid": 300}
    row["duplicates"] = 2
    row.pop(left_out)
    text = f"{','.join(row)}\n{','.join(map(str, row.values()))}\n"
    with pytest.raises(InputError, match=left_out):
        read(text)


def test_a_table_of_raw_counts_alone_is_no_table_of_findings(read):
    """Oracle: without its columns each county would seem to be out."""
    with pytest.raises(InputError, match="sampled"):
        read("county,raw\nAlpine,350\n")


def test_a_state_s_table_in_another_encoding_is_refused_as_such(read):
    """Oracle: a heading in Latin-1 is the user's fault, and told as one."""
    heading = "filed,sampled,invalid,duplicates,geprüft\n".encode("latin-1")
    with pytest.raises(InputError):
        read(heading + b"100,10,1,0,x\n", STATE)


def test_a_state_may_tell_the_valid_or_the_invalid(read):
    """Oracle: 100 of 1,000 lines sampled, 80 valid, either way told."""
    one = read("filed,sampled,invalid,duplicates\n1000,100,20,1\n", STATE)
    other = read(
        "county,raw,sampled,valid,duplicates\nWashington,1000,100,79,1\n", STATE
    )

    assert [(each.raw, each.sampled, each.valid) for each in one.reported] == [
        (each.raw, each.sampled, each.valid) for each in other.reported
    ]


def test_a_state_s_sample_without_a_valid_line_is_a_sample_still(read):
    """Oracle: 100 looked at, 98 invalid, one a duplicate, one undecided."""
    found = read("filed,sampled,invalid,duplicates,undecided\n1000,100,98,1,1\n", STATE)

    [count] = found.reported
    assert (count.valid, count.duplicates, count.undecided) == (0, 1, 1)


@pytest.mark.parametrize("empty", ["raw", "sampled", "valid", "duplicates"])
def test_a_state_s_row_with_a_figure_out_is_refused_by_its_column(read, empty):
    """Oracle: one sample for the whole state is in, or there is none to read."""
    row = {"county": "Washington", "raw": 1000, "sampled": 100, "valid": 79}
    row |= {"duplicates": 1, empty: ""}
    with pytest.raises(InputError, match=empty):
        read(f"{','.join(row)}\n{','.join(map(str, row.values()))}\n", STATE)


@pytest.mark.parametrize(
    "text",
    [
        "county,raw,sampled,valid,duplicates\nWashington,1000,100,99,2\n",
        "filed,sampled,invalid,duplicates\n90,100,1,1\n",
    ],
)
def test_a_state_s_row_of_more_lines_than_there_are_is_refused_by_its_row(read, text):
    """Oracle: 99 and 2 of 100 lines looked at; 100 drawn of 90 filed."""
    with pytest.raises(InputError, match="the counts cannot be true") as caught:
        read(text, STATE)

    [refusal] = caught.value.refusals
    assert refusal.row == 2
    assert "Washington" in refusal.problem
    assert caught.value.path.name == "counts.csv"


def test_a_state_s_row_that_cannot_be_true_is_named_with_its_figures(read):
    """Oracle: 90 and 20 of 100 lines; the row is the file's second."""
    with pytest.raises(InputError) as caught:
        read("filed,sampled,invalid,duplicates\n1000,100,90,20\n", STATE)

    [refusal] = caught.value.refusals
    assert refusal.row == 2
    assert "90 invalid, 20 duplicate and 0 undecided" in refusal.problem


@pytest.mark.parametrize(
    ("book", "text"),
    [
        (COUNTIES, "county,raw,sampled,valid,duplicates\nAlpine,350,360,300,2\n"),
        (STATE, "filed,sampled,invalid,duplicates\n100,10,11,0\n"),
        (STATE, "filed,sampled,invalid,duplicates\n100,10,1,0\n90,9,1,0\n"),
    ],
)
def test_a_refusal_names_the_file(read, tmp_path, book, text):
    with pytest.raises(InputError) as refused:
        read(text, book)

    assert str(tmp_path / "counts.csv") in str(refused.value)
