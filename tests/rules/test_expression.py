"""Verdicts as lines, rows and data. Oracle: a small verdict, written out by hand."""

from fractions import Fraction

from plebiscite.rules.expression import Asked, Standing, Verdict


def asked(left, relation, right):
    return Asked(
        left=left, have=Fraction(3), relation=relation, right=right, need=Fraction(2)
    )


YES = Verdict(
    Standing.MET, "yes is more", cite=("a", "b"), asked=asked("yes", "more than", "no")
)
TURNOUT = Verdict(
    Standing.UNMET, "too few", cite=("c",), asked=asked("cast", "at least", "half")
)
ROUTE = Verdict(Standing.OPEN, "both", parts=(TURNOUT,), about="second")
WHOLE = Verdict(Standing.OPEN, "it depends", parts=(YES, ROUTE), about="first")
"""A verdict of two parts, the second of one part of its own."""


def test_a_verdict_is_lines_each_part_two_blanks_further_in():
    assert WHOLE.lines() == [
        "open: first: it depends",
        "  met: yes is more  [a, b]",
        "  open: second: both",
        "    not met: too few  [c]",
    ]
    assert YES.lines(3) == ["      met: yes is more  [a, b]"]


def test_a_verdict_is_rows_of_its_single_tests_with_their_route():
    first, second = WHOLE.rows()

    assert first.rule == "yes must be more than no"
    assert (first.standing, first.cite, first.route) == (
        Standing.MET,
        ("a", "b"),
        "",
    )
    assert second.rule == "cast must be at least half"
    assert (second.standing, second.cite) == (Standing.UNMET, ("c",))
    assert second.route == "second"
    assert (second.asked.have, second.asked.need) == (3, 2)


def test_a_route_within_a_route_is_named_by_both():
    outer = Verdict(
        Standing.OPEN,
        "w",
        parts=(Verdict(Standing.OPEN, "o", parts=(ROUTE,), about="outer"),),
    )

    assert [row.route for row in outer.rows()] == ["outer: second"]


def test_a_test_with_figures_is_one_row_whatever_it_was_made_from():
    """Oracle: a count of parts is one row; each part stands in `parts` alone."""
    counted = Verdict(
        Standing.MET,
        "12 of 23",
        parts=(YES, TURNOUT),
        asked=asked("n", "at least", "m"),
    )

    assert [row.rule for row in counted.rows()] == ["n must be at least m"]


def test_a_verdict_as_data_is_the_same_tree():
    assert WHOLE.as_data() == {
        "standing": "open",
        "words": "it depends",
        "cite": [],
        "parts": [
            {
                "standing": "met",
                "words": "yes is more",
                "cite": ["a", "b"],
                "parts": [],
            },
            {
                "standing": "open",
                "words": "both",
                "cite": [],
                "parts": [
                    {
                        "standing": "not_met",
                        "words": "too few",
                        "cite": ["c"],
                        "parts": [],
                    }
                ],
            },
        ],
    }
