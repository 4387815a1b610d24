"""A look-up says of a confidential voter what it says of somebody who is not there.

Oracle: the same roll without such voters, looked up in the same way.
"""

from __future__ import annotations

import shutil
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import Roll as HeldRoll
from invented_roll import invented_roll, voters
from odd_rolls import VOTER, roll_of

from plebiscite.errors import InputError, RecordError
from plebiscite.match.index.build import index_for
from plebiscite.match.look import shown
from plebiscite.match.look.finder import Finder, find_voters, finder_for
from plebiscite.match.look.shown import forget_shown, kept_index, shown_index
from plebiscite.roll.build import build_roll
from plebiscite.roll.store import open_roll

ASKED = ("last", "first", "middle", "house", "street", "city", "zip", "county")
PEOPLE = st.lists(
    st.builds(
        dict.__or__, VOTER, st.fixed_dictionaries({"confidential": st.booleans()})
    ),
    min_size=1,
    max_size=8,
)


def without_them(roll):
    return HeldRoll(roll.voters.filter(~pl.col("confidential").fill_null(value=False)))


@st.composite
def asked(draw):
    """A roll with confidential voters, and words of theirs and of others."""
    people = draw(PEOPLE)
    told = [each[name] for each in people for name in ASKED if each.get(name)]
    words = " ".join(draw(st.lists(st.sampled_from([*told, "X"]), min_size=1)))
    return roll_of(people), words


@settings(max_examples=60, deadline=None)
@given(asked())
def test_the_answer_is_the_one_of_a_roll_without_them(made):
    roll, query = made
    try:
        expected = find_voters(query, without_them(roll))
    except InputError:
        return

    assert find_voters(query, roll) == expected


TOWN = (
    {"first": "ANA", "last": "LOPEZ", "house": "1"},
    {"first": "DAVID", "last": "REYNOLDS", "house": "3"},
    {"first": "MICHAEL", "last": "STONE", "house": "5"},
)
HIDDEN = {"first": "MICHAEL", "last": "REYNOLDS", "house": "9", "confidential": True}
RARE = {"first": "XANTHIPPE", "last": "LOPES", "house": "7", "confidential": True}


@pytest.mark.parametrize(
    "query",
    [
        "michael reynolds",  # a name that only a confidential voter bears
        "michael reynolds 9 oak st",
        "lopes",  # a surname that only one bears, a slip away from another's
        "xanthippe lopez",  # a first name that only one bears
        "xanth",
    ],
)
def test_a_name_that_only_a_confidential_voter_bears_is_nobody_s(query):
    """A roll on which such names were words would search for them otherwise."""
    found = find_voters(query, voters(*TOWN, HIDDEN, RARE))

    assert found == find_voters(query, voters(*TOWN))
    whole = Finder(index_for(voters(*TOWN, HIDDEN, RARE))).find(query)
    if query in {"michael reynolds", "lopes"}:
        assert whole != found  # the question can tell the two apart


@pytest.fixture
def stored(tmp_path):
    """A roll with a folder, of which every fortieth voter is confidential."""
    people = invented_roll(400, seed=5).voters.with_row_index("nth")
    hidden = people.with_columns(confidential=pl.col("nth") % 40 == 0).drop("nth")
    hidden.write_parquet(tmp_path / "voters.parquet")
    build_roll(
        tmp_path / "voters.parquet", out=tmp_path / "roll", as_of=date(2017, 7, 1)
    )
    return open_roll(tmp_path / "roll")


def test_the_index_stays_beside_the_roll_s_own(stored):
    first = shown_index(stored)
    stamp = (first.path / "index.json").stat().st_mtime_ns
    again = shown_index(stored)

    assert again.path == first.path == stored.path / "look-up" / "index"
    assert (again.path / "index.json").stat().st_mtime_ns == stamp
    assert (first.voters, index_for(stored).voters) == (390, 400)
    assert first.path.parent.stat().st_mode & 0o777 == 0o700
    forget_shown(stored)
    assert not first.path.exists()
    index_for(stored).verify()


def test_nobody_confidential_can_be_found_by_name_or_door(stored):
    finder = finder_for(stored)
    hidden = stored.scan().filter(pl.col("confidential")).collect()
    assert hidden.height == 10
    for row in hidden.iter_rows(named=True):
        query = f"{row['last']} {row['first']} {row['house']} {row['street']}"
        found = [each["voter_id"] for each in finder.find(query, limit=100)]
        assert row["voter_id"] not in found


def test_the_whole_roll_s_index_does_not_pass_for_it(stored):
    shown_index(stored)
    kept = stored.path / "look-up" / "index"
    shutil.rmtree(kept)
    shutil.copytree(index_for(stored).path, kept)

    with pytest.raises(RecordError, match=r"of another roll.*roll index \S*roll --rep"):
        kept_index(stored)


def test_where_nobody_is_confidential_one_index_does_for_both(tmp_path):
    invented_roll(50, seed=3).voters.with_columns(confidential=False).write_parquet(
        tmp_path / "voters.parquet"
    )
    build_roll(tmp_path / "voters.parquet", out=tmp_path / "roll")
    roll = open_roll(tmp_path / "roll")

    assert shown_index(roll).path == roll.path / "index"
    assert not (roll.path / "look-up").exists()


def test_where_nothing_can_be_written_the_index_is_a_passing_one(stored, monkeypatch):
    """Root may write anywhere, so the refusal is played."""

    def refused(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shown, "private_folder", refused)
    first = shown_index(stored)

    assert first.voters == 390
    assert not (stored.path / "look-up").exists()
    assert shown_index(stored).path == first.path
