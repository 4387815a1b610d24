"""Voters listed for a query: the kernel's way and the table's, written apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import invented_roll, voters
from odd_rolls import VOTER, roll_of

from plebiscite.match import engine
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import NOBODY
from plebiscite.match.look.finder import Finder
from plebiscite.match.look.scored import voter_id
from plebiscite.match.look.typed import typed

kernel = pytest.importorskip(
    "plebiscite.match._kernel", reason="the kernel was not built here"
)
ASKED = ("last", "first", "middle", "house", "street", "city", "zip", "county")
ALIKE = st.fixed_dictionaries(
    {
        "last": st.sampled_from(["GARCIA", "LOPEZ", "GARCIA-LOPEZ"]),
        "first": st.sampled_from(["WILLIAM", "BILL", "MARIA JOSE"]),
        "house": st.sampled_from(["12", "125"]),
        "street": st.sampled_from(["125TH ST", "N OAK AVE", "EL CAMINO REAL"]),
    }
)
PEOPLE = st.lists(VOTER | st.builds(dict.__or__, VOTER, ALIKE), max_size=8)


@st.composite
def asked(draw):
    """A roll of a few people, and a query of words of theirs, whole or begun."""
    people = draw(PEOPLE)
    told = [each[name] for each in people for name in ASKED if each.get(name)]
    texts = st.sampled_from([*told, "BILL", "125TH", "OAK ST", "SAN JOSE", "LOS ANG"])
    words = " ".join(draw(st.lists(texts, min_size=1, max_size=4))).split()[:7]
    cut = [word[: draw(st.integers(1, len(word)))] for word in words]
    return roll_of(people), " ".join(draw(st.sampled_from([words, cut])))


def held_to_the_table(finder, query, *, limit):
    """Return whom the kernel lists, after the table has listed the same."""
    ours = finder.find(query, limit=limit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(engine.ASKED, engine.REFERENCE)
        assert ours == finder.find(query, limit=limit)
    return ours


@settings(max_examples=40, deadline=None)
@given(asked(), st.integers(1, 6))
def test_the_kernel_lists_whom_the_table_lists(made, limit):
    """Oracle: the table of all fields of all faces; no confidential voter in either."""
    roll, query = made
    index = index_for(roll)
    if not typed(query, index):
        return

    found = held_to_the_table(Finder(index), query, limit=limit)

    assert {each["voter_id"] for each in found} <= {
        voter_id(index, row)
        for row, secret in enumerate(index.record["flags"] & 1)
        if not secret
    }


NAMESAKES = voters(
    *(
        {"first": "MARIA", "last": last, "house": str(at % 90), "street": "OAK ST"}
        for at in range(300)
        for last in ("GARCIA", "GARCIA-LOPEZ")
    )
)


CROWD = voters(
    *(
        {"first": "MARIA", "last": "GARCIA", "house": str(at), "street": "OAK ST"}
        for at in range(5_100)
    )
)


@pytest.mark.parametrize("limit", [1, 2, 10, 149, 10_000])
@pytest.mark.parametrize(
    ("query", "many"),
    [("maria garcia", 600), ("garc", 600), ("maria 12 oak", 8), ("lopez", 300)],
)
def test_namesakes_are_listed_in_the_order_of_their_ids(query, many, limit):
    """Oracle: as above, and how many the roll has. Half of them have two faces each."""
    found = held_to_the_table(Finder(index_for(NAMESAKES)), query, limit=limit)

    ids = [(-float(each["score"]), each["voter_id"]) for each in found]
    assert ids == sorted(set(ids))
    # Whoever is called so is listed, however many faces each has.
    assert len(ids) == min(limit, many)


@pytest.mark.parametrize("query", ["garcia maria 5099", "garc mar", "maria", "garcia"])
def test_of_a_name_that_very_many_bear_both_engines_look_at_the_same_ones(query):
    """Oracle: the table. 5,100 of one name: more than are looked at."""
    finder = Finder(index_for(CROWD))

    assert held_to_the_table(finder, query, limit=10)


def test_both_engines_find_the_same_voters(monkeypatch):
    """Oracle: the table; whole look-ups, of what voters of a roll are called."""
    roll = invented_roll(300, 9)
    finder = Finder(index_for(roll))
    people = roll.scan().collect().to_dicts()[::6]
    queries = [
        *(f"{each['last']} {each['first']}" for each in people),
        *(f"{each['last'][:4]} {each['first'][:3]}" for each in people),
        *(f"{each['last']} {each['house']} {each['street']}" for each in people),
        *(each["first"] for each in people[:9]),
        *(f"{each['house']} {each['street'][:6]}" for each in people),
    ]

    by_kernel = [finder.find(query) for query in queries]
    monkeypatch.setenv(engine.ASKED, engine.REFERENCE)

    assert by_kernel == [finder.find(query) for query in queries]


def test_a_voter_of_many_faces_crowds_nobody_out():
    """Each of 12 has five faces that fit alike: all twelve are listed, and once."""
    many = {
        "first": "MARIA",
        "last": "GARCIA-LOPEZ",
        "house": "12",
        "street": "OAK ST",
        "former_last": "GARCIA-ORTEGA",
    }
    finder = Finder(index_for(roll_of([many] * 12)))

    found = held_to_the_table(finder, "maria garcia", limit=12)

    assert len({each["voter_id"] for each in found}) == 12


def test_nobody_has_no_id():
    assert voter_id(index_for(NAMESAKES), NOBODY) is None


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(["short", "full"]))
def test_a_torn_index_is_an_error_or_an_answer_and_never_a_crash(data, how):
    """Oracle: the process lives on, and says ValueError or a list."""
    index = index_for(NAMESAKES)
    buffers = index.buffers()
    name = data.draw(st.sampled_from(sorted(buffers)))
    array = np.array(buffers[name])
    if how == "full":
        array.view(np.uint8)[:] = 255
    buffers[name] = array[: len(array) // 2] if how == "short" else array
    none = np.zeros(0, dtype=np.uint32)
    query = {
        "figures": np.array([0, 1], dtype=np.uint8),
        "whole": np.array([3, 5], dtype=np.uint32),
        "started": np.array([1, 9, 5, 6], dtype=np.uint32),
        "begun": np.array([1, 9, 5, 6], dtype=np.uint32),
        "called_at": np.zeros(3, dtype=np.uint32),
        "called": none,
        "meant_at": np.array([0, 1, 2], dtype=np.uint32),
        "meant": np.array([3, 5], dtype=np.uint32),
        "beside_at": np.zeros(3, dtype=np.uint32),
        "beside": none,
        "counties": np.zeros(2 * len(index.counties), dtype=np.uint8),
        "county_count": len(index.counties),
        "commonest": np.array([1, 2, 3], dtype=np.uint32),
        "zips": np.array([1, 2], dtype=np.uint32),
    }

    try:
        found = kernel.look(buffers, index.meta(), query, 5)
    except ValueError:
        return
    assert len(found) <= 5
