"""Numbers as people write them. Oracle: what is no number is refused, never a fault."""

import pytest
from county_live import DESK

from plebiscite.web.frame.asked import whole_number

ENDLESS = "9" * 5_000
"""Python refuses to make a number of it, and pages that tried were our fault."""


@pytest.mark.parametrize("said", ["", "-1", "1.5", "1e3", "\u0663", "1_0", ENDLESS])
def test_what_is_no_number_anybody_means_is_none(said):
    assert whole_number(said) is None


def test_a_number_is_read_exactly():
    assert [whole_number(said) for said in ("0", "007", "999999999")] == [
        0,
        7,
        999_999_999,
    ]


def test_an_endless_number_in_an_address_or_a_form_is_no_fault(site):
    clerk = site.sign_in("county")

    asked = [
        *(clerk.get(f"{DESK}/queue/?{name}={ENDLESS}") for name in ("after", "last")),
        clerk.post(f"{DESK}/find/", line=ENDLESS, work="find", query=""),
        clerk.post(f"{DESK}/retention/", act="lift", hold=ENDLESS),
    ]

    assert [answer.status for answer in asked if answer.status >= 500] == []
