"""What is true of every line and every roll."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import Roll, invented_roll, lines, signed_lines, voters

from plebiscite.match import find
from plebiscite.match.find import match_lines
from plebiscite.match.levels import (
    ADDRESSES,
    MIDDLES,
    NAMES,
    RARITY,
    SUFFIXES,
    UNITS,
)
from plebiscite.match.model import SORTS, STRAIGHT, Model, shipped
from plebiscite.match.room import Room

FIRST = st.sampled_from(
    [
        "Maria",
        "Mario",
        "Jose",
        "Joseph",
        "Jon",
        "John",
        "William",
        "Bill",
        "M",
        "Ana",
        "Anna",
    ]
)
LAST = st.sampled_from(
    [
        "Garcia",
        "Garza",
        "Garcia Lopez",
        "Lopez",
        "Lee",
        "Li",
        "Smith",
        "Smyth",
        "O'Neil",
    ]
)
HOME = st.fixed_dictionaries(
    {
        "house": st.sampled_from(["1", "2", "11", "12", "21", "112"]),
        "street": st.sampled_from(
            ["OAK ST", "OAK AVE", "ELM ST", "N OAK ST", "5TH ST"]
        ),
        "zip": st.sampled_from(["94601", "94610", "94603"]),
        "city": st.sampled_from(["OAKLAND", "BERKELEY"]),
    }
)
VOTER = st.builds(
    lambda first, last, home: {"first": first, "last": last, **home}, FIRST, LAST, HOME
)
PLACE = ("house", "street", "zip", "city")


def gullible() -> Model:
    """Return a model that believes everything: no setting may credit two people."""
    return Model(
        patterns={
            (name, home, rarity): 20.0
            for name in NAMES
            for home in ADDRESSES
            for rarity in range(len(RARITY) + 1)
        },
        extras={
            "middle": dict.fromkeys(MIDDLES, 0.0),
            "suffix": dict.fromkeys(SUFFIXES, 0.0),
            "unit": dict.fromkeys(UNITS, 0.0),
        },
        elsewhere=0.0,
        accept=0.0,
        margin=0.0,
        clear=0.0,
        calibration=dict.fromkeys(SORTS, STRAIGHT),
        made={},
    )


@settings(max_examples=60)
@given(
    st.lists(VOTER, min_size=2, max_size=8), st.sampled_from(["shipped", "gullible"])
)
def test_a_line_of_two_voters_is_never_free_of_objection(people, setting):
    """One voter's name and another's address, every pair of a roll, whatever the model.

    Only where one voter bears that name at that address may such a line stand: all of
    it, or the first name and one of two surnames.
    """
    roll = voters(*people)
    pairs = [(mine, theirs) for mine in people for theirs in people]
    written = [
        {"first": mine["first"], "last": mine["last"]}
        | {name: theirs[name] for name in PLACE}
        for mine, theirs in pairs
    ]
    model = shipped() if setting == "shipped" else gullible()

    answers = match_lines(lines(*written), roll, model=model)

    by_id = {row["voter_id"]: row for row in roll.voters.rows(named=True)}
    free = answers.with_columns(pl.Series("line", written)).filter(
        (pl.col("outcome") == "voter") & pl.col("reason").is_null()
    )
    for answer in free.iter_rows(named=True):
        line, voter = answer["line"], by_id[answer["voter_id"]]
        assert voter["first"] == line["first"]
        assert set(line["last"].split()) <= set(voter["last"].split())
        assert (voter["house"], voter["street"].split()[-2]) == (
            line["house"],
            line["street"].split()[-2],
        )


@pytest.mark.parametrize("single", [False, True])
def test_no_random_pair_of_voters_makes_a_valid_line(single):
    """2,000 pairs on 20,000 voters; half share a surname, as families do."""
    roll = invented_roll(20_000, seed=5)
    chance = np.random.default_rng(11)
    pool = roll.voters.rows(named=True)
    by_last: dict[str, list[dict]] = {}
    for each in pool:
        by_last.setdefault(each["last"], []).append(each)
    written, pairs = [], []
    for n in range(2_000):
        mine = pool[chance.integers(len(pool))]
        near = by_last[mine["last"]] if n % 2 else pool
        theirs = near[chance.integers(len(near))]
        name = {key: mine[key] for key in ("first", "middle", "last", "suffix")}
        home = {key: theirs[key] for key in ("house", "unit", *PLACE)}
        pairs.append((mine, theirs))
        written.append(
            {"county": theirs["county"]}
            | (_joined(name, home) if single else name | home)
        )

    answers = match_lines(lines(*written), roll)

    people = {(v["first"], v["last"], v["house"], v["street"], v["zip"]) for v in pool}
    for answer, (mine, theirs) in zip(
        answers.iter_rows(named=True), pairs, strict=True
    ):
        if answer["outcome"] == "voter" and answer["reason"] is None:
            told = (mine["first"], mine["last"])
            assert (*told, theirs["house"], theirs["street"], theirs["zip"]) in people


def _joined(name, home):
    return {
        "name": " ".join(part for part in name.values() if part),
        "address": "{house} {street}, {city}, CA {zip}".format(**home),
    }


@settings(max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                name: st.one_of(st.none(), st.text(max_size=220))
                for name in [
                    "name",
                    "first",
                    "middle",
                    "last",
                    "suffix",
                    "address",
                    "house",
                    "unit",
                    "street",
                    "city",
                    "zip",
                    "county",
                ]
            },
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_text_on_a_line_is_a_fault(rows):
    """Every line gets one of three outcomes, and one without a voter a reason."""
    answers = match_lines(lines(*rows), voters({}, {"first": "JOSE"}))

    assert set(answers["outcome"]) <= {"voter", "tie", "none"}
    assert answers.filter(pl.col("outcome") == "none")["reason"].null_count() == 0
    assert answers.height == len(rows)


@settings(max_examples=20)
@given(st.text(max_size=220), st.text(max_size=220))
def test_no_text_on_a_roll_is_a_fault(name, street):
    odd = {
        "last": name,
        "first": name,
        "middle": name,
        "street": street,
        "city": street,
    }
    line = {"name": "Maria Garcia", "address": "12 Oak St, Oakland 94601"}

    answers = match_lines(lines(line), voters({}, odd))

    assert answers["voter_id"].to_list() == ["V1"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_neither_the_order_of_lines_nor_of_voters_matters(seed):
    roll = invented_roll(3_000, seed=8)
    signed, _ = signed_lines(roll, 300, seed=9)
    shuffled = Roll(roll.voters.sample(fraction=1.0, shuffle=True, seed=seed))

    one = match_lines(signed, roll).sort("line_id")
    other = match_lines(
        signed.sample(fraction=1.0, shuffle=True, seed=seed + 10), shuffled
    ).sort("line_id")

    assert one.equals(other)


def test_looking_at_few_lines_at_a_time_changes_no_answer(monkeypatch):
    """All at once, or 70 at a time with the index let go in between."""
    roll = invented_roll(3_000, seed=8)
    signed, _ = signed_lines(roll, 300, seed=9)

    whole = match_lines(signed, roll)
    monkeypatch.setattr(
        find, "room", lambda *_, **__: Room(lines=70, together=210, limit=1)
    )
    parted = match_lines(signed, roll, memory=1)

    assert whole.equals(parted)


def test_two_lines_may_name_one_voter():
    """Crediting a voter once is decided where duplicates are, not here."""
    line = {"name": "Maria Garcia", "address": "12 Oak St, Oakland 94601"}

    answers = match_lines(lines(line, line), voters({}))

    assert answers["voter_id"].to_list() == ["V1", "V1"]


def test_signing_day_may_be_missing():
    line = {"name": "Maria Garcia", "address": "12 Oak St, Oakland 94601"}
    line["signed_on"] = None

    answers = match_lines(lines(line), voters({"registered_on": date(2017, 6, 1)}))

    assert answers["reason"].to_list() == [None]
