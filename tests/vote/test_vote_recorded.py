"""Recorded outcomes held against their figures. Oracle: rows made wrong by hand."""

from fractions import Fraction

from recorded import Recorded, contradictions

from plebiscite.core.share import Share

HALF = Share.parse("50%")


def vote(yes, no, *, passed, percent=None):
    return list(
        contradictions(
            Recorded(
                name="A", yes=yes, no=no, more_than=HALF, passed=passed, percent=percent
            )
        )
    )


def test_an_outcome_that_follows_from_its_figures_is_accepted():
    assert vote(51, 49, passed=True, percent=Fraction(51, 100)) == []
    assert vote(50, 50, passed=False) == []


def test_an_outcome_against_its_figures_is_flagged():
    assert (
        "recorded as passed, and its figures fail" in vote(84, 42_508, passed=True)[0]
    )
    assert "recorded as failed, and its figures pass" in vote(52, 48, passed=False)[0]
    assert "fail" in vote(50, 50, passed=True)[0]


def test_a_percentage_that_is_not_the_votes_is_flagged_beyond_rounding():
    assert vote(5_119, 4_881, passed=True, percent=Fraction(512, 1000)) == []
    assert (
        "recorded with 66.6%"
        in vote(60, 40, passed=True, percent=Fraction(666, 1000))[0]
    )


def test_a_vote_nobody_cast_decides_nothing():
    assert "nobody" in vote(0, 0, passed=False)[0]
