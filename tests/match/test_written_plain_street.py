"""Plain streets, held to the reader of addresses.

Oracle: `written.address.read_split`, given the street behind a house number, as a line
has it, and by itself, as a roll's index reads it. Every word that the reader's lists
and programs name is tried at each place of a street's name.
"""

from __future__ import annotations

import re
from importlib.resources import files

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.match.lines.homes import HOUSE
from plebiscite.match.written import address
from plebiscite.match.written.columns.streets import core, is_plain, kind
from plebiscite.match.written.fold import LONGEST
from plebiscite.match.written.words import forms, street_types

SORTS = (
    *("unit", "part", "part_too", "direction", "renamed", "ordinal", "few", "state"),
    "broad",
)
PROGRAMS = ("address", "parting", "habits", "numbers", "street", "fold")


def said_in_programs():
    written = files("plebiscite.match.written")
    text = "".join(
        written.joinpath(f"{name}.py").read_text(encoding="utf-8") for name in PROGRAMS
    )
    return set(re.findall(r"\b[A-Z]{1,12}\b", text))


KNOWN = sorted(
    {
        *said_in_programs(),
        *street_types(),
        *(word for sort in SORTS for each in forms(sort) for word in each.split()),
        *("OAK", "Ridge", "x", "12", "5th", "O'Neil", "Peña", "St.", ""),
    }
)
TYPES = ["ST", "Ave", "rd", "BLVD", "Way", "Valley", "HWY", "Cresent"]


def read(streets):
    """Return plain streets and what is made of them."""
    street = pl.col("street")
    frame = pl.DataFrame({"street": streets}, schema={"street": pl.String})
    return (
        frame.filter(is_plain(street)).with_columns(
            core=core(street), kind=kind(street)
        )
    ).rows()


def held_to_the_reader(streets):
    for street, name, short in read(streets):
        for house in (HOUSE, ""):
            found = address.read_split(house, None, street, None, None)
            wanted = address.WrittenAddress(
                house=house, street=address.WrittenStreet(core=name, kind=short)
            )
            assert found == wanted, (house, street)


@pytest.mark.parametrize("shape", ["{} Oak St", "Oak {} St", "Oak {}", "{} St", "{}"])
def test_each_word_that_the_reader_knows_is_read_as_by_the_reader(shape):
    held_to_the_reader([shape.format(word) for word in KNOWN])


def test_each_word_that_the_reader_knows_may_stand_before_any_type():
    held_to_the_reader(
        [f"{word} {last}" for word in KNOWN for last in street_types()][::53]
    )


WORD = st.sampled_from(KNOWN)


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.lists(WORD, max_size=4), st.sampled_from(TYPES) | WORD).map(
            lambda words: " ".join([*words[0], words[1]])
        )
        | st.text(max_size=20),
        min_size=1,
        max_size=40,
    )
)
def test_streets_of_any_words_are_read_as_by_the_reader(streets):
    held_to_the_reader(streets)


def test_common_streets_need_no_reader():
    """A test that every street is odd would hold the rest to nothing."""
    common = ["Oak St", "Ocean View Blvd", "Forest Valley Ct", "LOS ALTOS AVENUE"]

    assert [(name, short) for _, name, short in read(common)] == [
        ("OAK", "ST"),
        ("OCEANVIEW", "BLVD"),
        ("FORESTVALLEY", "CT"),
        ("LOSALTOS", "AVE"),
    ]


def test_what_is_longer_than_is_looked_at_is_left_to_the_reader():
    assert read([f"{'Oak ' * LONGEST}St"]) == []
