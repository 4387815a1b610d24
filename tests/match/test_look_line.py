"""One line by itself, held to the lines of a petition: both are the same judgement."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import invented_roll, signed_lines, voters
from odd_rolls import LINE, VOTER, roll_of, rolls_and_lines

from plebiscite.match.find import match_on
from plebiscite.match.index.build import index_for
from plebiscite.match.lines.alone import read_alone
from plebiscite.match.lines.tidy import TEXTS, WORDS, tidy_lines
from plebiscite.match.look.line import LineFinder

TEXT = st.text(max_size=30) | st.text(
    alphabet=" \"'`,.;-/#()0129AaÉñß\u041cم陳\u2028\x1c\x00\t", max_size=30
)
PIECES = [
    *("12", "1/2", "Oak St", "N 125TH ST", "Apt 4", "# 12", "PO Box 9", "RR 2 Box 15"),
    *("Oakland", "CA", "94601", "94601-1234", "same", '"', "ditto", "Valley Springs"),
    *("34-09", "N6W23001", "Calle Sol 5", "HC 61 Box 8", "Rear", "5 Mile", "400 S"),
    *("igual", "do.", "N/A", "illegible", "same as #3", "Do", "NY", "Highway 9460"),
    *("Maria", "E.", "de la", "Cruz", "Garcia-Lopez", "Jr", "MD", "Mrs", "O'Neil", ","),
]
WRITTEN = st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join) | TEXT
ANYTHING = st.dictionaries(
    st.sampled_from([*TEXTS, "county"]), st.none() | WRITTEN, min_size=1
)
"""Lines of which any column holds anything at all."""
DAYS = st.none() | st.dates(date(2016, 2, 1), date(2016, 4, 1))
SCHEMA = {**dict.fromkeys([*TEXTS, "county"], pl.String), "signed_on": pl.Date}


def by_the_table(line, index):
    """What is found when the line is a petition of one line."""
    shown = {"line_id": "1", **{name: line.get(name) for name in SCHEMA}}
    frame = pl.DataFrame([shown], schema={"line_id": pl.String, **SCHEMA})
    return match_on(frame, index).drop("line_id").row(0, named=True)


def hold_to_the_table(people, lines):
    index = index_for(roll_of(people))
    finder = LineFinder(index)
    for line in lines:
        assert finder.match(line) == by_the_table(line, index)


@settings(max_examples=25, deadline=None)
@given(rolls_and_lines(), DAYS)
def test_a_line_alone_is_decided_as_among_many(made, day):
    """Oracle: the table's way, on lines that resemble voters or are odd."""
    people, lines = made

    hold_to_the_table(people, [{**line, "signed_on": day} for line in lines])


@settings(max_examples=12, deadline=None)
@given(st.lists(VOTER, max_size=4), st.lists(ANYTHING | LINE, min_size=1, max_size=4))
def test_no_text_at_all_makes_the_two_ways_differ(people, lines):
    """Oracle: the table's way, on control signs, scripts, quotes and pieces."""
    hold_to_the_table(people, lines)


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_a_line_alone_is_read_as_a_column_of_lines(line):
    """Oracle: the columns' readers, which take plain texts apart by themselves."""
    shown = {name: line.get(name) for name in SCHEMA}
    table = tidy_lines(pl.DataFrame([shown], schema=SCHEMA)).row(0, named=True)

    read = read_alone(line)

    assert read.words == {name: table[name] for name in WORDS}
    assert [*read.parts] == table["parts"]
    assert (read.county, read.signed_on) == (table["county"], table["signed_on"])


def test_a_whole_invented_petition_is_decided_alike_line_by_line():
    """Oracle: `match_on` over all of them together."""
    roll = invented_roll(400, 5)
    lines, _ = signed_lines(roll, 150, 6)
    index = index_for(roll)
    finder = LineFinder(index)

    alone = [finder.match(line) for line in lines.to_dicts()]

    assert alone == match_on(lines, index).drop("line_id").to_dicts()


@pytest.mark.parametrize("mark", ['"', "same as above", "''"])
def test_a_mark_points_at_no_line_where_there_is_none_above(mark):
    index = index_for(voters({"first": "MARIA", "last": "GARCIA"}))

    found = LineFinder(index).match(
        {"first": "Maria", "last": "Garcia", "house": mark, "street": mark}
    )

    assert (found["decision"], found["reason"]) == ("review", "ADDR_MISSING")


def test_numbers_and_lone_surrogates_are_texts_too():
    """A caller may hand over what no file can hold: it is decided, not a fault."""
    index = index_for(voters({"first": "MARIA", "last": "GARCIA", "house": "12"}))

    found = LineFinder(index).match(
        {"first": "Mar\ud800ia", "last": "Garcia", "house": 12, "county": "\ud800"}
    )

    assert found["outcome"] in {"voter", "none"}
