"""How long a petition that fell short may be examined. Oracle: counted by hand.

By the digest of SB 1441 (2024) an examination begins no later than 21 days after the
certification of insufficiency and, since 2025, ends no later than 60 days after that.
"""

from datetime import date

import pytest

from plebiscite.rules.examining import examining
from plebiscite.rules.rulebook import laws, open_law

FOUND = date(2026, 11, 23)
CALIFORNIA = "us/ca/constitutional_initiative"


def test_an_examination_begins_within_21_days_of_the_finding():
    found = examining(open_law(CALIFORNIA), FOUND)

    assert found.begins_by is not None
    assert found.begins_by.day == date(2026, 12, 14)
    assert "7924.110" in found.begins_by.cite[0].title
    # Read, but on which day it began is not recorded: so it counts as not checked.
    assert found.begins_by.checked is None
    assert (found.ends_by, found.why_not) == (None, "")
    assert "why" in found.open_to
    assert "five business days" in found.costs


@pytest.mark.parametrize(
    ("found_on", "ends"),
    [(date(2025, 1, 1), date(2025, 3, 11)), (date(2024, 12, 31), None)],
)
def test_one_that_began_lasts_sixty_days_where_the_act_of_2024_counts(found_on, ends):
    """10 January 2025 and sixty days: 21 of January, 28 of February, 11 of March."""
    found = examining(open_law(CALIFORNIA), found_on, begun_on=date(2025, 1, 10))

    assert (found.ends_by.day if found.ends_by else None) == ends


def test_of_a_finding_before_the_rule_was_seen_no_day_is_made_up():
    found = examining(open_law(CALIFORNIA), date(2018, 6, 28))

    assert found.begins_by is None
    assert "2024-09-22" in found.why_not


def test_every_statewide_petition_of_california_has_the_rule_and_no_other_place_yet():
    """Oracle: § 7924.110 speaks of statewide petitions; no other law was read."""
    told = {each for each in laws() if examining(open_law(each), FOUND).begins_by}

    assert told == {
        "us/ca/constitutional_initiative",
        "us/ca/statute_initiative",
        "us/ca/referendum",
    }
