"""What a form gives: a slip of the year is refused in words, never written down."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from plebiscite.errors import InputError
from plebiscite.web.campaign.given import LONGEST, day, sections


@pytest.mark.parametrize("said", ["0001-01-01", "0226-11-23", "1926-11-23"])
def test_a_slip_of_the_year_is_refused(said):
    with pytest.raises(InputError, match="year in full"):
        day(RequestFactory().post("/", {"day": said}))


def test_a_day_of_a_drive_is_taken_as_written():
    asked = RequestFactory().post("/", {"day": "2016-11-23"})

    assert str(day(asked)) == "2016-11-23"


def test_sections_for_nobody_are_refused_in_words_and_not_as_a_missing_role(site):
    """Choosing nobody is a slip: 422 as other slips, and nothing handed out."""
    where = reverse("campaign:bundles", args=["simulated/26-0001"])
    answer = site.sign_in("proponent").post(where, to="", serials="901")

    assert answer.status == 422
    assert "choose to whom" in answer.text


def test_a_list_of_sections_is_read_whole_or_refused():
    """Cut off, its last serial would be another one: 12345 is not 12."""
    listed = ", ".join(str(n) for n in range(10_001, 10_001 + 3 * LONGEST // 7, 2))
    fits, longer = listed[:LONGEST].rpartition(",")[0], listed

    read = sections(RequestFactory().post("/", {"serials": fits}), "serials")
    assert read == [int(n) for n in fits.split(", ")]
    with pytest.raises(InputError, match="write them as runs"):
        sections(RequestFactory().post("/", {"serials": longer}), "serials")
