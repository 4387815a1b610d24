"""An outcome told to a person, line by line.

Oracle: the lines written out by hand, from two parts of three and a made-up law.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from plebiscite.rules.rulebook import open_law
from plebiscite.vote.canvass.fault import Fault
from plebiscite.vote.outcome.judge import judge
from plebiscite.vote.outcome.shares import Denominator, matters
from plebiscite.vote.outcome.told import outcome_data, outcome_lines
from plebiscite.vote.results import FIGURES, Provenance, nothing_counted

LAW = """\
title: T
governed_by: election
sources: {s: {title: S, checked: no}}
passing: [{from: 2000-01-01, cite: [s], test: {yes: {at_least: 55% of valid}}}]
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_text(LAW, encoding="utf-8")
    return open_law(path).on_day(date(2018, 11, 6))


def flag(n):
    return Fault(
        check="order", part=f"P{n}", figure="yes", value=n, problem="odd", remedy="ask"
    )


def told(results, book, flags=()):
    return outcome_lines(judge(results, book, flags=flags))


def test_an_outcome_is_told_answer_first_and_then_what_it_rests_on(make, book):
    """Oracle: 55 of 100 valid votes, 110 cast; 55% of 110 is 60.5."""
    results = make({"A": {"cast": 110, "valid": 100, "yes": 55, "no": 45}}, "Measure 1")
    source = Provenance(file="a.csv", sha256="ab", form="results")

    lines = told(replace(results, sources=(source,)), book, (flag(1),))
    assert lines == [
        "Measure 1: passes by 0 votes: with one yes vote fewer it would fail",
        "  met: the yes vote must be at least 55% of the valid vote (55): 55  [s]",
        "  1 of 1 parts counted",
        "    ballots cast                      110",
        "    valid votes                       100",
        "    yes votes                          55",
        "    no votes                           45",
        "  Yes, of each whole it may be a share of:",
        "    55.00% of 100 yes and no votes; reaches 55%",
        "    50.00% of 110 ballots cast; misses 55%",
        "    The choice of the whole decides.",
        "  Flag: P1: odd; ask",
        "  Source: a.csv (SHA-256 ab)",
    ]


def test_an_outcome_as_data_says_all_of_it_under_its_own_names(make, book):
    """Oracle: one part counted and one out, its fields as the reference names them."""
    rows = {
        "A": {"registered": 120, "valid": 100, "yes": 60, "no": 40},
        "B": {"registered": 500, "valid": None, "yes": None, "no": None},
    }
    results = make(rows, "Measure 1")
    source = Provenance(file="a.csv", sha256="ab", form="results")
    found = judge(replace(results, sources=(source,)), book, flags=(flag(1),))
    part = {"registered": 500, **dict.fromkeys(("cast", "valid", "blank", "yes", "no"))}

    assert outcome_data(found) == {
        "standing": "open",
        "margin": None,
        "tests": [
            {
                "rule": "the yes vote must be at least 55% of the valid vote",
                "have": None,
                "need": None,
                "standing": "open",
                "cite": ["S (not checked)"],
            }
        ],
        "parts": [
            {
                "part": "A",
                "registered": 120,
                "cast": None,
                "valid": 100,
                "blank": None,
                "yes": 60,
                "no": 40,
                "counted": True,
            },
            {"part": "B", **part, "counted": False},
        ],
        "settled": False,
        "question": "Measure 1",
        "law": "law",
        "law_version": book.version,
        "rule": "passing",
        "totals": {"registered": 620, "valid": None, "yes": None, "no": None},
        "so_far": {"registered": 620, "valid": 100, "yes": 60, "no": 40},
        "parts_out": 1,
        "lacks": [],
        "words": "open: 1 part is out, and they can still change it",
        "denominators": [],
        "denominator_matters": False,
        "flags": [
            {
                "check": "order",
                "weight": "refused",
                "part": "P1",
                "figure": "yes",
                "value": 1,
                "problem": "odd",
                "remedy": "ask",
            }
        ],
        "notes": [],
        "sources": [{"file": "a.csv", "sha256": "ab", "form": "results"}],
    }


def test_what_is_counted_so_far_is_told_as_such(make, book):
    """Oracle: two of three parts; 30 and 20 yes, and the third may bring any."""
    part = {"valid": 50, "no": 20}
    rows = {"A": {**part, "yes": 30}, "B": {"valid": 40, "yes": 20, "no": 20}}
    out = {"C": {"valid": None, "yes": None, "no": None}}

    lines = told(make(rows | out), book)
    assert lines[0] == "the question: open: 1 part is out, and they can still change it"
    assert [line for line in lines if "parts counted" in line or "so far" in line] == [
        "  2 of 3 parts counted",
        "    valid votes                        90  so far",
        "    yes votes                          50  so far",
        "    no votes                           40  so far",
    ]
    assert not any("of each whole" in line for line in lines)


@pytest.mark.parametrize(("many", "more"), [(12, None), (13, "1"), (1_500, "1,488")])
def test_a_dozen_flags_are_shown_and_the_others_counted(make, book, many, more):
    results = make({"A": {"valid": 100, "yes": 60, "no": 40}})
    lines = told(results, book, tuple(flag(n) for n in range(many)))

    shown = [line for line in lines if line.startswith("  Flag: ")]
    assert len(shown) == 12
    assert [line for line in lines if "more flags" in line] == (
        [f"  … and {more} more flags"] if more else []
    )


@pytest.mark.parametrize(("of_cast", "hangs"), [(True, False), (False, True)])
def test_the_outcome_hangs_on_the_whole_where_shares_of_two_wholes_differ(
    of_cast, hangs
):
    """Oracle: 55% of the valid votes is reached; of the ballots cast it is, or not."""
    wholes = {"valid": True, "cast": of_cast}
    found = [
        Denominator(of=of, whole=100, share=Fraction(3, 5), meets={"55%": reached})
        for of, reached in wholes.items()
    ]

    assert matters(found) is hangs


@pytest.mark.parametrize(
    ("votes", "percent", "told"),
    [
        ((549, 451), "54.9000", "54.90% of 1,000 yes and no votes; misses 55%"),
        ((549_999, 450_001), "54.9999", "54.9999% of 1,000,000 yes"),
        ((550_000, 450_000), "55.0000", "55.00% of 1,000,000 yes"),
        ((550_001, 449_999), "55.0001", "55.0001% of 1,000,000 yes"),
        ((54_999_999, 45_000_001), "54.999999", "54.999999% of 100,000,000 yes"),
    ],
)
def test_a_share_is_not_rounded_across_what_is_asked(make, book, votes, percent, told):
    """Oracle: written out by hand; 55% is asked."""
    yes, no = votes
    outcome = judge(make({"A": {"yes": yes, "no": no}}, "Measure 1"), book)

    assert any(told in line for line in outcome_lines(outcome))
    assert outcome_data(outcome)["denominators"][0]["percent"] == percent


@pytest.mark.parametrize(
    ("yes", "bound", "percent"),
    [
        (20_000_000, Fraction(2, 3), "66.6667"),
        (20_000_001, Fraction(2, 3), "66.6667"),
        (19_999_999, Fraction(2, 3), "66.66666"),
        (10_000_000, Fraction(1, 3), "33.3333"),
        (15_000_000, Fraction(1, 2), "50.0000"),
    ],
)
def test_a_share_that_no_decimals_end_is_shown_with_few(yes, bound, percent):
    """Oracle: by hand; just two thirds are no more than that, with many decimals."""
    share = Fraction(yes, 30_000_000)
    one = Denominator(
        of="valid", whole=30_000_000, share=share, meets={}, bounds=(bound,)
    )

    assert one.as_data()["percent"] == percent


def test_a_share_says_what_it_is_of_and_whether_it_is_enough():
    """Oracle: 55 of 100, as the page and the JSON have it."""
    made = Denominator(
        of="valid",
        whole=100,
        share=Fraction(55, 100),
        meets={"55% of valid": True, "60% of valid": False},
    )

    assert made.as_data() == {
        "of": "valid",
        "whole": 100,
        "percent": "55.0000",
        "meets": {"55% of valid": True, "60% of valid": False},
    }


def test_a_vote_to_come_has_its_parts_and_nought_of_everything():
    found = nothing_counted(("A", "B"))

    assert found.rows() == {part: dict.fromkeys(FIGURES, 0) for part in ("A", "B")}
    assert found.totals == dict.fromkeys(FIGURES, 0)
    assert found.is_complete
