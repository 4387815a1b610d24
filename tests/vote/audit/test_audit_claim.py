"""What an audit tests. Oracle: the rule itself, decided by counting."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import CountError, InputError
from plebiscite.vote.audit.claim import Mark, Requirement, Totals, Whole, claim

REQUIRED = ["majority", "55%", "60%", "2/3", "at least 50%", "more than 60%", "1/3"]


@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 20),
    st.sampled_from(REQUIRED),
    st.sampled_from(Whole),
)
def test_the_reported_side_leads_exactly_where_the_rule_says_so(
    yes, no, other, required, whole
):
    """Oracle: the rule decided on the counts, without worths."""
    if not yes + no:
        return
    requirement = Requirement.parse(required, whole)
    base = yes + no + (other if whole is Whole.CAST else 0)
    ahead = Fraction(yes, base) - requirement.share
    totals = Totals(yes=yes, no=no, other=other)
    if not ahead:
        with pytest.raises(InputError, match="exactly on the line"):
            claim(totals, requirement)
        return
    made = claim(totals, requirement)

    assert made.side is (Mark.YES if ahead > 0 else Mark.NO)
    assert made.lead > 0
    assert sum(made.counts) == totals.ballots
    worths = sum(
        made.worth(mark) * many
        for mark, many in ((Mark.YES, yes), (Mark.NO, no), (Mark.BLANK, other))
    )
    assert worths - made.ballots * made.line == made.lead


@pytest.mark.parametrize(
    ("text", "share", "beyond"),
    [
        ("majority", Fraction(1, 2), True),
        ("Simple majority", Fraction(1, 2), True),
        ("55%", Fraction(11, 20), False),
        ("at least 2/3", Fraction(2, 3), False),
        ("More than 60%", Fraction(3, 5), True),
    ],
)
def test_a_required_share_is_read_as_people_write_it(text, share, beyond):
    found = Requirement.parse(text)

    assert (found.share, found.beyond) == (share, beyond)


@pytest.mark.parametrize("text", ["most", "0.55", "100%", "0%", "3/2", ""])
def test_another_share_is_refused_with_what_to_write(text):
    with pytest.raises(InputError, match="required share"):
        Requirement.parse(text)


def test_the_diluted_margin_of_a_majority_is_yes_less_no_over_ballots():
    """Oracle: New Hampshire 2016 as published: (354,040 - 337,589) / 724,863."""
    totals = Totals(yes=354_040, no=337_589, other=33_234)
    made = claim(totals, Requirement.parse("majority"))

    assert made.diluted_margin == Fraction(354_040 - 337_589, 724_863)


def test_a_blank_ballot_counts_against_a_share_of_the_votes_cast():
    requirement = Requirement.parse("60%", Whole.CAST)
    passed = claim(Totals(yes=70, no=20, other=10), requirement)
    failed = claim(Totals(yes=50, no=20, other=30), requirement)

    assert passed.worth(Mark.BLANK) == 0
    assert failed.worth(Mark.BLANK) == failed.unit


def test_a_missing_ballot_speaks_against_either_report():
    for yes, no in ((9, 1), (1, 9)):
        made = claim(Totals(yes=yes, no=no), Requirement.parse("majority"))
        assert made.worth(Mark.MISSING) == 0


def test_figures_nobody_can_have_are_refused():
    for yes, no, other in ((-1, 2, 0), (2, -1, 0), (2, 2, -1)):
        with pytest.raises(CountError, match="0 or more"):
            Totals(yes=yes, no=no, other=other)
    with pytest.raises(CountError, match="nothing to audit"):
        Totals(yes=0, no=0, other=5)
