"""Lines and sections: what a clerk's file becomes, and what it is refused for."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from petition_strategies import line_frames

from plebiscite.errors import InputError
from plebiscite.petition.intake import each_section, read_lines, read_sections
from plebiscite.petition.section import Declaration

HEAD = "county,section,row,name,address"


def lines(tmp_path, content, **options):
    path = tmp_path / "lines.csv"
    path.write_text(content, encoding="utf-8")
    return read_lines(path, **options)


def refusal(tmp_path, content, **options):
    with pytest.raises(InputError) as caught:
        lines(tmp_path, content, **options)
    return str(caught.value).split(": ", 1)[1]


def test_a_line_needs_little_and_the_rest_is_empty(tmp_path):
    found = lines(tmp_path, f"{HEAD}\nAlpine,0001,3,=Ana Díaz,\n")

    assert found.row(0, named=True) == {
        "line_id": "Alpine/0001/3",
        "section": "0001",
        "row": 3,
        "county": "Alpine",
        "circulator_id": None,
        "name": "=Ana Díaz",
        "first": None,
        "middle": None,
        "last": None,
        "suffix": None,
        "address": None,
        "house": None,
        "unit": None,
        "street": None,
        "city": None,
        "zip": None,
        "signed_on": None,
        "signature_present": "unknown",
        "struck": False,
        "withdrawn_on": None,
    }


@given(line_frames())
def test_lines_survive_csv(frame):
    """parse(print(x)) = x."""
    with TemporaryDirectory() as folder:
        sheet = Path(folder, "lines.csv")
        frame.with_columns(pl.col("struck").cast(pl.Int8)).write_csv(sheet)

        assert read_lines(sheet).equals(frame)


@settings(max_examples=25)  # each is opened by a process of its own, as Parquet is
@given(line_frames())
def test_lines_survive_parquet(frame):
    """parse(print(x)) = x."""
    with TemporaryDirectory() as folder:
        table = Path(folder, "lines.parquet")
        frame.write_parquet(table)

        assert read_lines(table).equals(frame)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "county,section,row,address\nAlpine,1,1,x\n",
            "there is no column 'name' or 'last'; add one of them, or give a mapping "
            "that holds:  columns: {name: THEIR_HEADING}",
        ),
        (
            "county,section,row,last\nAlpine,1,1,x\n",
            "there is no column 'address' or 'street'; add one of them, or give a "
            "mapping that holds:  columns: {address: THEIR_HEADING}",
        ),
        (
            f"{HEAD}\nAlpine,1,1,a,b\nAlpine,1,1,c,d\n",
            "row 3, column 'row': county Alpine, section 1, row 1 stands in row 2 "
            "already; each is given once",
        ),
        (
            f"line_id,{HEAD}\nx,Alpine,1,1,a,b\nx,Alpine,1,2,c,d\n",
            "row 3, column 'line_id': line_id x stands in row 2 already; each is given "
            "once",
        ),
        (
            f"{HEAD}\nAlpine,1,0,a,b\n",
            "row 2, column 'row' ('0'): the lines of a section are numbered from 1",
        ),
        (
            f"{HEAD}\nAlpine,1,1,a,b\nALPINE,2,1,a,b\n",
            "row 3, column 'county' ('ALPINE'): this county is written 'Alpine' "
            "elsewhere in the file; write it one way",
        ),
        (
            f"{HEAD},zip\nAlpine,1,1,a,b,94110.0\n",
            "row 2, column 'zip' ('94110.0'): a spreadsheet turned this into a decimal "
            "or a day; format the column as Text in the original, and save again",
        ),
        (
            f"{HEAD},house\nAlpine,1,1,a,b,2-Jan\n",
            "row 2, column 'house' ('2-Jan'): a spreadsheet turned this into a decimal "
            "or a day; format the column as Text in the original, and save again",
        ),
        (
            f"{HEAD},signature_present\nAlpine,1,1,a,b,maybe\n",
            "row 2, column 'signature_present' ('maybe'): write one of: yes, no, "
            "unknown",
        ),
    ],
)
def test_a_refusal_says_where_and_what_to_do(tmp_path, content, says):
    assert refusal(tmp_path, content) == (
        f"one thing to put right; nothing of this file was taken over\n  {says}"
    )


def test_a_county_is_one_of_those_there_are(tmp_path):
    counties = ["Alpine", "San Luis Obispo"]
    content = f"{HEAD}\nALPINE,1,1,a,b\nsan luis  obispo county,1,1,a,b\n"

    assert lines(tmp_path, content, counties=counties)["county"].to_list() == counties
    assert (
        "row 2, column 'county' ('Alpin'): there is no such county; is it Alpine?"
        in (refusal(tmp_path, f"{HEAD}\nAlpin,1,1,a,b\n", counties=counties))
    )


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("voter_id,last,first,county,status,registered_on", "a voter roll"),
        ("line_id,voter_id,kind,noise,duplicate_of", "a truth file"),
        ("section,county,circulator_id,from,to,declaration,paid", "a list of sections"),
    ],
)
def test_another_file_given_as_lines_is_named(tmp_path, headings, kind):
    content = f"{headings}\n{'x,' * headings.count(',')}x\n"

    assert f"this looks like {kind}" in refusal(tmp_path, content)


def test_sections_carry_their_declarations(tmp_path):
    path = tmp_path / "sections.csv"
    path.write_text(
        "section,county,circulator_id,from,to,declaration,paid\n"
        "1,Alpine,c1,2017-02-01,2017-02-09,complete,1\n"
        "2,Alpine,,,,UNSIGNED,\n"
    )

    first, second = each_section(read_sections(path))

    assert first.declaration is Declaration.COMPLETE
    assert first.paid is True
    assert first.covers(date(2017, 2, 9))
    assert not first.covers(date(2017, 1, 31))
    assert second.declaration is Declaration.UNSIGNED
    assert second.covers(date(2017, 1, 31))


def test_a_section_is_refused_for_its_days_code_or_repetition(tmp_path):
    path = tmp_path / "sections.csv"
    path.write_text(
        "section,county,from,to,declaration\n"
        "1,Alpine,2017-02-09,2017-02-01,complete\n"
        "1,Alpine,,,complete\n"
    )
    with pytest.raises(InputError) as caught:
        read_sections(path)
    assert "row 2, column 'to' ('2017-02-01'): the last day is before" in str(
        caught.value
    )
    assert "row 3, column 'section': county Alpine, section 1 stands in row 2" in str(
        caught.value
    )

    path.write_text("section,county,declaration\n1,Alpine,torn\n")
    with pytest.raises(InputError, match="write one of: complete, missing"):
        read_sections(path)


def test_every_declaration_code_has_words():
    assert all(code.words for code in Declaration)
