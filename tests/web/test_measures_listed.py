"""The list of measures and the comparison of laws: what stands where, and what not."""

import re
from datetime import date

import pytest

from plebiscite.web.measures.order import filed_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("us/ca/17-0018", "us/ca/18-0001"),
        ("us/ca/18-0002", "us/ca/18-0010"),
        ("us/ca/98-0002", "us/ca/17-0018"),
        ("us/ca/16-0011", "us/ca/16-0011-counterfactual"),
        ("us/ca/2016-3", "us/ca/17-0001"),
        ("us/ca/99-1", "us/ca/1999-2"),
        ("us/ca/16-0011", "me/state_status_2016"),
    ],
)
def test_measures_go_by_year_and_number_as_a_person_counts(first, second):
    """Found on a page: 18-0001 stood before 17-0018, whose first event came later."""
    assert filed_as(first, date(2016, 5, 1)) < filed_as(second, date(2016, 1, 1))


def test_one_without_a_number_goes_by_the_year_it_began_and_last_without_one():
    years = [filed_as("me/status", date(year, 1, 1)) for year in (2006, 2016)]

    assert [*years, filed_as("me/status", None)] == sorted(
        [*years, filed_as("me/status", None)]
    )


def test_the_list_stands_in_that_order_and_says_so(client, home):  # noqa: ARG001
    from plebiscite.web.measures import shelf

    shelf.take_in_shipped()
    text = client.get("/").text
    ids = re.findall(r'<span class="id">(us/ca/\d\d-\d{4})</span>', text)

    assert len(ids) > 6
    assert ids == sorted(ids, key=lambda each: (each[6:8], each[9:]))
    assert "of the year and number under which each was filed" in text
    listed = [row["id"] for row in client.get("/measures.json").json()["rows"]]
    assert [each for each in listed if each in ids] == ids


CA, CH = "us/ca/constitutional_initiative", "ch/popular_initiative"


def rules_of(text):
    return re.findall(r'<th scope="row">([^<]+)</th>', text)


def test_what_one_law_alone_says_under_a_long_question_is_left_out_and_told(client):
    short = client.get("/laws/compare/", {"law": [CA, CH]}).text
    whole = client.get("/laws/compare/", {"law": [CA, CH], "alone": "1"}).text

    some, every = rules_of(short), rules_of(whole)
    assert 5 < len(some) < len(every)
    assert set(some) < set(every)
    left = int(re.search(r"(\d+) rules that only one of these laws has", short)[1])
    assert left == len(every) - len(some)
    assert "rules that only one of these laws has are left out" not in whole
    # Both say how long there is, each by a rule of its own name: short, and all shown.
    assert {"Window", "Last filing day"} <= set(some)


def test_of_one_law_every_main_rule_is_shown(client):
    text = client.get("/laws/compare/", {"law": [CA]}).text

    assert len(rules_of(text)) > 20
    assert "left out" not in text


def test_more_laws_than_fit_are_told_and_the_first_are_shown(client):
    from plebiscite.rules.rulebook import laws

    names = list(laws())[:9]
    text = client.get("/laws/compare/", {"law": names}).text

    assert "Up to 6 laws stand side by side" in text
    ticked = re.findall(r'name="law" value="([^"]+)" checked', text)
    assert sorted(ticked) == sorted(names[:6])
    assert text.count('type="checkbox" name="law"') == len(list(laws()))


def test_the_table_as_csv_still_has_every_row(client):
    asked = {"law": [CA, CH]}

    rows = client.get("/laws/compare.csv", asked).text.splitlines()

    whole = rules_of(client.get("/laws/compare/", {**asked, "alone": "1"}).text)
    assert len(rows) == 1 + len(whole)
