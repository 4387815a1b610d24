"""Outcomes at, below and beyond their line, and the words and figures for them.

Oracle: shares and parts counted by hand.
"""

from datetime import date
from fractions import Fraction

import pytest

from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.vote.audit.claim import Requirement, Totals, Whole
from plebiscite.vote.outcome.judge import judge, lacking, number

DAY = date(2001, 1, 1)
LAW = """\
title: A made-up federation
place: Nowhere
governed_by: election
sources:
  charter: {title: "The charter, invented", checked: no}
tables:
  cantons:
    - {from: 2000-01-01, parts: {A: {}, B: {}, C: {}, D: {}}, cite: [charter]}
passing:
  - from: 2000-01-01
    test:
      parts:
        of: cantons
        meet: {yes: {more_than: no}}
        in: {more_than: 1/2 of cantons}
    cite: [charter]
"""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (Fraction(0), 0),
        (Fraction(5), 5),
        (Fraction(-5), -5),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 20), "0.05"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
    ],
)
def test_a_figure_as_data_is_a_count_or_a_decimal_that_ends(value, shown):
    assert number(value) == shown
    assert type(number(value)) is type(shown)


@pytest.mark.parametrize(
    ("text", "whole", "words"),
    [
        ("55%", Whole.VALID, "at least 55% of valid votes"),
        ("more than 60%", Whole.CAST, "more than 60% of votes cast"),
    ],
)
def test_a_requirement_is_spoken_with_its_whole(text, whole, words):
    assert str(Requirement.parse(text, whole)) == words


@pytest.mark.parametrize(
    ("text", "votes", "whole", "met"),
    [
        ("55%", (54, 46, 0), Whole.VALID, False),
        ("55%", (55, 45, 0), Whole.VALID, True),
        ("55%", (56, 44, 0), Whole.VALID, True),
        ("more than 55%", (55, 45, 0), Whole.VALID, False),
        ("more than 55%", (56, 44, 0), Whole.VALID, True),
        ("55%", (55, 45, 9), Whole.VALID, True),
        ("55%", (55, 40, 5), Whole.CAST, True),
        ("55%", (55, 40, 6), Whole.CAST, False),
        ("majority", (50, 50, 0), Whole.VALID, False),
        ("majority", (51, 50, 0), Whole.VALID, True),
        ("majority", (51, 50, 1), Whole.CAST, False),
    ],
)
def test_a_share_is_reached_at_itself_or_only_beyond(text, votes, whole, met):
    yes, no, other = votes
    totals = Totals(yes=yes, no=no, other=other)

    assert Requirement.parse(text, whole).is_met(totals) is met
    assert totals.ballots == yes + no + other


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_text(LAW, encoding="utf-8")
    return open_law(path).on_day(DAY)


def cantons(ayes, yes=6, no=4):
    """Four cantons of ten votes, the first `ayes` of them with `yes` for it."""
    return {
        name: {"valid": 10, "yes": yes, "no": no}
        if place < ayes
        else {"valid": 10, "yes": no, "no": yes}
        for place, name in enumerate("ABCD")
    }


@pytest.mark.parametrize(
    ("ayes", "margin", "lacks"),
    [
        (0, -6, ["lacks 3 cantons"]),
        (1, -4, ["lacks 2 cantons"]),
        (2, -2, ["lacks one canton"]),
        (3, 0, []),
        (4, 1, []),
    ],
)
def test_cantons_that_weigh_the_same_are_counted_one_by_one(
    make, book, ayes, margin, lacks
):
    """By hand: more than two of four; two votes turn 4 to 6, one ties 6 to 4."""
    found = judge(make(cantons(ayes)), book)

    assert found.standing is (Standing.UNMET if lacks else Standing.MET)
    assert found.margin == margin
    assert list(lacking(found)) == lacks
    assert found.is_settled


@pytest.mark.parametrize(("yes", "margin"), [(6, 0), (7, 1), (8, 2)])
def test_the_margin_is_that_of_the_canton_that_turns_first(make, book, yes, margin):
    """By hand: of three cantons, 6 to 4 turns with one vote, 7 to 3 with two."""
    assert judge(make(cantons(3, yes=yes, no=10 - yes)), book).margin == margin


def test_one_vote_turns_a_canton_of_one_vote(make, book):
    """By hand: a canton of one yes ties without it, and three are needed."""
    rows = {name: {"valid": 1, "yes": 1, "no": 0} for name in "ABC"}
    rows["D"] = {"valid": 1, "yes": 0, "no": 1}
    found = judge(make(rows), book)

    assert (found.standing, found.margin) == (Standing.MET, 0)
    rows["C"] = {"valid": 1, "yes": 0, "no": 1}
    lost = judge(make(rows), book)
    assert (lost.standing, lost.margin) == (Standing.UNMET, -1)


def test_the_canton_of_one_vote_is_the_cheapest_wherever_it_stands(make, book):
    """By hand: two votes turn D from 4 to 6, one turns C; one canton is lacking."""
    rows = {"D": {"valid": 10, "yes": 4, "no": 6}}
    rows |= {name: {"valid": 9, "yes": 9, "no": 0} for name in "AB"}
    rows["C"] = {"valid": 1, "yes": 0, "no": 1}

    assert judge(make(rows), book).margin == -1


@pytest.mark.parametrize(
    ("left_out", "margin"), [((), 0), (("valid",), 0), (("yes", "no"), None)]
)
def test_a_margin_is_told_once_every_yes_and_no_is_counted(
    make, book, left_out, margin
):
    """By hand: three of four are for it; the fourth is out, in part or whole."""
    rows = cantons(3)
    for name in left_out:
        rows["D"][name] = None
    found = judge(make(rows), book)

    assert (found.standing, found.is_settled) == (Standing.MET, True)
    assert found.margin == margin
