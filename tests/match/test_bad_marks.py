"""Cells that hold no value: they point at the line above, or say nothing is there.

Oracle: what a clerk would make of them. A mark takes the value above it; where nothing
is written, or nothing legible, a person looks, and nobody is turned away.
"""

from __future__ import annotations

import pytest
from invented_roll import lines, voters
from test_match_bad_input import CROWD

from plebiscite.match.find import match_lines

ABOVE = [
    '"',
    '" " "',
    "\N{DITTO MARK}",
    "same as above",
    "Same as abv.",
    "Same address",
    "see above",
    "S/A/A",
    "ditto ditto",
    "do.",
    "mismo",
    "La misma dirección",
    "igual",
    "lo mismo de arriba",
    "cùng địa chỉ",
    "同上",
    "pareho sa itaas",
]
NOTHING = [
    "N/A",
    "n.a.",
    "none",
    "unknown",
    "homeless",
    "sin domicilio",
    "illegible",
    "-",
    "same as line 1",
    "Same as #3",
]
FIRST = {"name": "Jose Lopez", "address": "12 Oak St, Oakland 94601"}


def second(below):
    """Match a line below that of a neighbour; the roll knows her by first name only."""
    written = {"name": "Maria Garcia", "address": below}
    return match_lines(lines(FIRST, written), voters({}, *CROWD)).row(1, named=True)


@pytest.mark.parametrize("mark", ABOVE)
def test_a_mark_takes_the_address_above(mark):
    answer = second(mark)

    assert (answer["voter_id"], answer["reason"]) == ("V1", None)
    assert answer["decision"] == "clear"


@pytest.mark.parametrize("words", NOTHING)
def test_an_address_that_is_not_there_is_missing_and_a_persons(words):
    answer = second(words)

    assert (answer["reason"], answer["decision"]) == ("ADDR_MISSING", "review")


@pytest.mark.parametrize("words", NOTHING)
def test_nobody_is_turned_away_for_an_address_that_is_not_there(words):
    """A name unknown to the roll is clear only where an address is written."""
    line = {"name": "Xenia Quux", "address": words}

    answer = match_lines(lines(line), voters(*CROWD)).row(0, named=True)

    assert (answer["reason"], answer["decision"]) == ("ADDR_MISSING", "review")


@pytest.mark.parametrize("name", ["illegible", "Unreadable", "(not legible)", "???"])
def test_a_name_that_cannot_be_read_is_no_name(name):
    line = {"name": name, "address": "12 Oak St, Oakland 94601"}

    answer = match_lines(lines(line), voters({}, *CROWD)).row(0, named=True)

    assert (answer["reason"], answer["decision"]) == ("NAME_MISSING", "review")


@pytest.mark.parametrize("last", ["Igual", "Do", "Blank", "None"])
def test_a_surname_that_means_something_in_an_address_is_a_surname(last):
    line = {"name": f"Maria {last}", "address": FIRST["address"]}
    parted = {"first": "Maria", "last": last, "house": "12", "street": "Oak St"}
    roll = voters({"last": last.upper()}, *CROWD)

    answers = match_lines(lines(line, parted), roll)

    assert answers["voter_id"].to_list() == ["V1", "V1"]


def test_marks_in_parts_of_an_address_take_each_part():
    parts = ("house", "street", "city", "zip")
    home = dict(zip(parts, ("12", "Oak St", "Oakland", "94601"), strict=True))
    above = {"first": "Jose", "last": "Lopez", **home}
    below = {"first": "Maria", "last": "Garcia"}
    marks = dict(zip(parts, ('"', "same", "igual", "do."), strict=True))

    answers = match_lines(lines(above, below | marks), voters({}, *CROWD))

    assert answers.row(1, named=True)["voter_id"] == "V1"
    assert answers["decision"].to_list()[1] == "clear"
