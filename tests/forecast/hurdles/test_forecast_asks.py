"""What a law asks of a vote, found by asking it. Oracle: the texts of the laws."""

from datetime import date

import numpy as np
import pytest

from plebiscite.forecast.hurdles.asks import asks
from plebiscite.rules.rulebook import open_law

DAY = date(2025, 6, 1)


def asked(law, rule=None):
    return asks(open_law(law).on_day(DAY), rule)


def test_calexit_asks_for_half_the_registered_and_55_percent():
    """Oracle: title and summary of 16-0011."""
    found = asked("us/ca/calexit_second_question")

    assert found.quorum == pytest.approx(0.5, abs=1e-5)
    assert found.flat == pytest.approx(0.55, abs=1e-5)
    assert found.assumes == ()


@pytest.mark.parametrize(
    ("law", "share"),
    [
        ("us/ca/constitutional_initiative", 0.5),
        ("us/fl/constitutional_initiative", 0.6),
        ("us/nv/constitutional_initiative", 0.5),
    ],
)
def test_a_rule_on_the_share_alone_is_flat_and_has_no_quorum(law, share):
    found = asked(law)

    assert found.quorum == 0
    assert found.flat == pytest.approx(share, abs=1e-4)


def test_two_elections_in_a_row_are_counted():
    assert asked("us/nv/constitutional_initiative").elections == 2


def test_a_share_of_the_registered_needs_more_yes_where_fewer_vote():
    """Oracle: Denmark's 40% of the registered, by hand: .4 / turnout, at least half."""
    found = asked("dk/constitutional_referendum")
    turnouts = np.array([0.45, 0.5, 0.7, 0.9])

    assert found.flat is None
    assert found.quorum == pytest.approx(0.4, abs=1e-5)
    expected = np.maximum(0.4 / turnouts, 0.5)
    assert found.needed(turnouts) == pytest.approx(expected, abs=0.01)


def test_where_few_vote_no_a_slovenian_law_stands():
    """Oracle: it is refused only if no leads and has a fifth of the registered."""
    found = asked("si/legislative_referendum")

    assert found.needed(np.array([0.15])) == pytest.approx(0.0, abs=0.01)
    assert found.needed(np.array([0.9])) == pytest.approx(0.5, abs=0.01)


def test_a_double_majority_asks_the_parts_too():
    found = asked("ch/popular_initiative")

    assert found.parts
    assert any("tilt" in each for each in found.assumes)


def test_a_rule_that_cannot_be_told_becomes_a_majority_that_says_so():
    """Bulgaria measures turnout against the last parliament's, which nobody gave."""
    found = asked("bg/referendum")

    assert found.flat == 0.5
    assert "voters_at_last_parliament" in found.assumes[0]
