"""Looking voters up, and the confidential ones staying out of sight."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import voters

from plebiscite.errors import InputError
from plebiscite.match.index.build import index_for
from plebiscite.match.look.finder import Finder, find_voters

ROLL = voters(
    {"first": "MARIA", "last": "GARCIA"},
    {"first": "MARTA", "last": "GARCÍA", "house": "14"},
    {"first": "WILLIAM", "last": "OAKES", "street": "ELM ST", "house": "12"},
    {"first": "SECRET", "last": "GARCIA", "confidential": True},
)


def ids(query, **limits):
    return [row["voter_id"] for row in find_voters(query, ROLL, **limits)]


def test_every_word_counts():
    assert ids("garcia maria 12 oak")[0] == "V1"
    assert ids("garcia 14")[0] == "V2"


def test_an_address_alone_finds_who_lives_there():
    assert ids("12 oak")[0] == "V1"


def test_a_nickname_and_the_beginning_of_a_name_find_it():
    assert ids("bill oak")[0] == "V3"


def test_a_confidential_voter_never_appears():
    assert "V4" not in ids("secret garcia 12 oak st")
    assert ids("secret") == []


def test_the_limit_holds_and_is_checked():
    assert len(ids("garcia", limit=1)) == 1
    with pytest.raises(InputError, match="at least one voter, not 0"):
        ids("garcia", limit=0)


@pytest.mark.parametrize("query", ["", "  ", "!?", "\x00"])
def test_a_query_without_words_is_refused(query):
    with pytest.raises(InputError, match="write a name or an address"):
        ids(query)


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=80))
def test_no_query_is_a_fault(query):
    try:
        found = find_voters(query, ROLL)
    except InputError:
        return
    assert all(set(row) == {"voter_id", "score", "why"} for row in found)


TOWN = voters(
    *(
        {"first": first, "last": last, "house": str(7 * n + 1), "street": street}
        for n, (first, last) in enumerate(
            product(("ANA", "JOSÉ", "MARY ANN"), ("LI", "DE LA CRUZ", "SMITH-JONES"))
        )
        for street in ("5TH ST", "EL CAMINO REAL")
    )
)
FINDER = Finder(index_for(TOWN))


@pytest.mark.parametrize("row", TOWN.scan().collect().to_dicts())
def test_everybody_is_found_first_by_name_and_address(row):
    """The roll itself is the oracle."""
    query = f"{row['last']} {row['first']} {row['house']} {row['street']}"
    assert FINDER.find(query, limit=1)[0]["voter_id"] == row["voter_id"]


@pytest.mark.parametrize("row", TOWN.scan().collect().to_dicts())
def test_everybody_is_found_by_the_beginnings_of_the_name(row):
    query = f"{row['last'][:4]} {row['first'][:2]} {row['house']}"
    found = [each["voter_id"] for each in FINDER.find(query)]
    assert row["voter_id"] in found


def test_a_slip_in_a_surname_nobody_bears_still_finds():
    assert ids("garzia maria 12")[0] == "V1"


def test_a_number_means_no_street_by_itself():
    """A house number is no anchor: half the roll has one."""
    assert ids("12") == []


@pytest.mark.parametrize("query", ["mary ann", "mary ann li", "ann mary"])
def test_a_first_name_of_two_words_is_found_by_both(query):
    found = [each["voter_id"] for each in FINDER.find(query)]

    names = dict(TOWN.scan().select("voter_id", "first").collect().iter_rows())
    assert found
    assert {names[each] for each in found} == {"MARY ANN"}


def test_a_slip_is_mended_though_the_rest_of_the_query_fits_somebody():
    """MARTA alone fits somebody; Garcia, which was meant, fits her better."""
    found = find_voters("gaqcia marta", ROLL)[0]

    assert (found["voter_id"], found["score"]) == ("V2", "1.00")
    assert found["why"].startswith("gaqcia (read as garcia) = last")
