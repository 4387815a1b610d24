"""A calendar's file: what it says, and what it cannot say.

Oracle: files of a few lines, written out by hand.
"""

from datetime import date

import pytest

from plebiscite.errors import LawError
from plebiscite.rules.file.calendar import read_calendar

HEAD = """\
title: Working days of nowhere
place: Nowhere
holidays: US-CA
sources: {gazette: {title: The gazette, checked: no}}
"""
FAIR = (
    "corrections: [{name: Fair Day, day: 05-02, holiday: yes, from: 2010-01-01, "
    "until: 2012-12-31, cite: [gazette]}]\n"
)


@pytest.fixture
def read(tmp_path):
    """Read a calendar from its text."""

    def reading(text):
        path = tmp_path / "calendar.yaml"
        path.write_text(text, encoding="utf-8")
        return read_calendar(path)

    return reading


def test_every_word_of_a_calendar_is_read(read):
    found = read(HEAD + FAIR)
    [fair] = found.calendar.corrections

    assert (found.title, found.calendar.place) == ("Working days of nowhere", "US-CA")
    assert (fair.name, fair.holiday) == ("Fair Day", True)
    assert (fair.month, fair.day_of_month, fair.called, fair.weekday) == (
        *(5, 2),
        None,
        None,
    )
    assert (fair.since, fair.until) == (date(2010, 1, 1), date(2012, 12, 31))
    assert fair.cite == ("gazette",)
    assert found.sources["gazette"].title == "The gazette"


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("place:", "plaec:", "'plaec' is none of the words of a calendar file; did"),
        ("title: Working days of nowhere\n", "", "a calendar file needs a 'title'"),
        ("title: Working days of nowhere", "title: [a]", "'title' "),
        ("holidays: US-CA", "holidays: [US-CA]", "'holidays' "),
        ("name: Fair Day, ", "", "a correction needs a 'name'"),
        ("day: 05-02", "day: 05-32", "write a month and day as 02-12, not '05-32'"),
        ("day: 05-02", "day: 2 May", "write a month and day as 02-12, not '2 May'"),
        ("day: 05-02", "day: 05-02, called: Fair", "write one of the two"),
        ("day: 05-02, ", "", "write one of the two"),
        ("holiday: yes", "holiday: maybe", "'holiday' is yes or no, not 'maybe'"),
        ("05-02", "05-02, on: fri", "'on' is a weekday such as friday, not 'fri'"),
        ("05-02", "05-02, on: [friday]", "'on' "),
        ("holiday: yes", "holiday: [yes]", "'holiday' is a text"),
        ("name: Fair Day", "name: [a]", "'name' is a text"),
        ("day: 05-02", "day: [a]", "'day' is a text"),
        ("day: 05-02", "called: [a]", "'called' is a text"),
        ("until: 2012-12-31", "until: soon", "'until'"),
        ("05-02", "05-02, onn: friday", "'onn' is none of the words of a correction"),
    ],
)
def test_what_no_calendar_can_say_is_refused_by_its_word(read, was, becomes, says):
    text = HEAD + FAIR
    assert was in text
    with pytest.raises(LawError) as caught:
        read(text.replace(was, becomes))

    assert says in str(caught.value)
    assert "XX" not in str(caught.value)


@pytest.mark.parametrize(
    ("word", "number"),
    [("monday", 0), ("wednesday", 2), ("friday", 4), ("sunday", 6)],
)
def test_a_weekday_is_read_by_its_place_in_the_week(read, word, number):
    """Oracle: Python's own numbering, Monday first."""
    text = HEAD + FAIR.replace("05-02", f"05-02, on: {word}")
    [fair] = read(text).calendar.corrections

    assert fair.weekday == number
