"""Looking voters up, and the confidential ones staying out of sight."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import voters

from plebiscite.errors import InputError
from plebiscite.match.lookup import find_voters

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
