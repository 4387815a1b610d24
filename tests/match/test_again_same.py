"""Lines that one person signed.

Oracle: who signed, known by construction, with lines of nobody on the roll among them.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from invented_roll import _slip, invented_roll, lines, signed_lines, voters

from plebiscite.match.again.same import ALIKE, ONE_VOTER, same_person
from plebiscite.match.find import match_lines

HOME = {"house": "12", "street": "Oak St", "city": "Oakland", "zip": "94601"}
STRANGER = {"first": "Zebulon", "last": "Quirke", **HOME, "street": "5th St"}


def pairs(*rows, roll=None):
    frame = lines(*rows)
    found = same_person(frame, match_lines(frame, roll or voters({})), voters=1)
    return found.select("line_id", "other_line_id", "ground").rows()


def test_two_lines_of_one_voter_are_a_pair_with_the_first():
    line = {"first": "Maria", "last": "Garcia", **HOME}

    assert pairs(line, {**line, "first": "M"}, {**line, "zip": None}) == [
        ("L2", "L1", ONE_VOTER),
        ("L3", "L1", ONE_VOTER),
    ]


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"last": "Quirk"},
        {"first": "Quirke", "last": "Zebulon"},
        {"house": "13", "zip": None},
        {"name": "Zebulon Quirke", "first": None, "last": None},
        {"address": "12 Fifth Street, Oakland", "house": None, "street": None},
    ],
)
def test_who_is_not_on_the_roll_can_sign_twice(again):
    assert pairs(STRANGER, {**STRANGER, **again}) == [("L2", "L1", ALIKE)]


@pytest.mark.parametrize(
    "other",
    [
        {"first": "Ernest"},
        {"house": "98"},
        {"suffix": "Jr"},
        {"street": "Elm St"},
        {"first": "Zoe", "last": "Marsh"},
    ],
)
def test_relatives_neighbours_and_sons_are_no_pair(other):
    assert pairs(STRANGER, {**STRANGER, **other}) == []


def test_struck_lines_are_no_pair():
    frame = lines(STRANGER, STRANGER).with_columns(struck=pl.Series([False, True]))

    assert same_person(frame, match_lines(frame, voters({})), voters=1).is_empty()


def test_no_lines_have_no_pairs():
    frame = lines(STRANGER).clear()

    assert same_person(frame, match_lines(frame, voters({})), voters=1).height == 0


def test_signers_on_and_off_the_roll_are_paired_rightly():
    """600 lines once more, some with a slip: at least .995 right, .95 found.

    A third of this small roll signed, from 44 first names: of two namesakes in one
    household both may have. On a roll of millions .97 are found (docs/benchmarks.md).
    """
    roll = invented_roll(8_000, seed=21)
    once, truth = signed_lines(roll, 3_000, seed=22)
    chance = np.random.default_rng(23)
    chosen = chance.choice(3_000, 600, replace=False)
    again = once[chosen].with_columns(line_id=pl.format("{}-again", "line_id"))
    slips = [
        _slip(last, chance) if chance.random() < 0.1 else last for last in again["last"]
    ]
    both = pl.concat([once, again.with_columns(pl.Series("last", slips))])

    found = same_person(both, match_lines(both, roll), voters=8_000)

    person = dict(truth.select("line_id", "voter_id").rows())

    def who(line):
        own = line.removesuffix("-again")
        return person[own] or own

    right = [
        who(one) == who(two)
        for one, two in found.select("line_id", "other_line_id").rows()
    ]
    signers = [who(line) for line in both["line_id"]]
    true = len(signers) - len(set(signers))
    assert sum(right) >= 0.995 * len(right)
    assert sum(right) >= 0.95 * true
