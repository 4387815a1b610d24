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
from plebiscite.match.index.layout import CONFIDENTIAL, NOBODY
from plebiscite.match.look.finder import Finder
from plebiscite.match.look.scored import by_table, scored, voter_id
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
    """An index, some of its faces at random, and a query of its people's words."""
    people = draw(PEOPLE)
    told = [each[name] for each in people for name in ASKED if each.get(name)]
    texts = st.sampled_from([*told, "BILL", "125TH", "OAK ST", "SAN JOSE", "LOS ANG"])
    words = " ".join(draw(st.lists(texts, min_size=1, max_size=4))).split()[:7]
    cut = [word[: draw(st.integers(1, len(word)))] for word in words]
    index = index_for(roll_of(people))
    faces = [*range(index.faces)]
    if faces and draw(st.booleans()):
        faces = draw(st.lists(st.sampled_from(faces), max_size=20))
    query = " ".join(draw(st.sampled_from([words, cut])))
    return index, np.array(faces, dtype=np.uint32), typed(query, index)


def hold_to_the_table(index, faces, words, *, begun, limit):
    ours = scored(index, faces, words, begun=begun, limit=limit)
    theirs = by_table(index, faces, words, begun=begun, limit=limit)

    assert ours.faces.tolist() == theirs.faces.tolist()
    assert (ours.best, ours.listed) == (theirs.best, theirs.listed)
    return ours


@settings(max_examples=30, deadline=None)
@given(asked(), st.booleans(), st.integers(1, 6))
def test_the_kernel_lists_whom_the_table_lists(made, begun, limit):
    """Oracle: the table of all fields of all faces; no confidential voter in either."""
    index, faces, words = made
    if not words:
        return

    found = hold_to_the_table(index, faces, words, begun=begun, limit=limit)

    flags = index.arrays["faces"].reshape(-1, 32)[found.faces, 27]
    assert not (flags & CONFIDENTIAL).any()
    assert {each.voter_id for each in found.listed} <= {
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


@pytest.mark.parametrize("limit", [1, 2, 10, 149, 10_000])
@pytest.mark.parametrize("query", ["maria garcia", "garc", "maria 12 oak", "lopez"])
def test_namesakes_are_listed_in_the_order_of_their_ids(query, limit):
    """Oracle: as above. Voters with two faces each, all alike, fill many a list."""
    index = index_for(NAMESAKES)
    every = np.arange(index.faces, dtype=np.uint32)[::-1]

    found = hold_to_the_table(
        index, every, typed(query, index), begun=True, limit=limit
    )

    ids = [(-each.points, each.voter_id) for each in found.listed]
    assert ids == sorted(set(ids))
    assert ids


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
        "figures": np.zeros(1, dtype=np.uint8),
        "started": np.array([1, 9], dtype=np.uint32),
        "begun": np.array([1, 9], dtype=np.uint32),
        "called_at": np.zeros(2, dtype=np.uint32),
        "called": none,
        "meant_at": np.zeros(2, dtype=np.uint32),
        "meant": none,
        "counties": np.zeros(len(index.counties), dtype=np.uint8),
        "county_count": len(index.counties),
    }
    faces = np.arange(index.faces + 1, dtype=np.uint32)[
        : data.draw(st.integers(0, 900))
    ]

    try:
        found = kernel.look(buffers, index.meta(), query, faces, 5)
    except ValueError:
        return
    assert len(found[2]) <= 5
