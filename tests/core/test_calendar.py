"""Counting legal days. Oracle: a walker of single days, and published dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.core.calendar import Calendar, Correction, Unit
from plebiscite.errors import InputError
from plebiscite.rules.file.calendar import read_calendar
from plebiscite.rules.rulebook import FOLDER

CALIFORNIA = read_calendar(FOLDER / "us/ca/calendar.yaml").calendar
DAY = timedelta(days=1)
FIRST, LAST = date(1996, 1, 1), date(2026, 12, 31)
WORKED_ON = {
    FIRST + DAY * n
    for n in range((LAST - FIRST).days + 200)
    if CALIFORNIA.is_working_day(FIRST + DAY * n)
}


def walked(start, number):
    """Take one day at a time and count those worked on: slow, and plainly right."""
    day, left = start, number
    while left:
        day += DAY
        left -= day in WORKED_ON
    return day


@settings(max_examples=300)
@given(st.dates(FIRST, date(2026, 6, 30)), st.integers(1, 90))
def test_working_days_over_thirty_years_agree_with_a_day_walker(start, number):
    found = CALIFORNIA.after(start, number, Unit.WORKING_DAYS)

    assert found == walked(start, number)


@given(st.dates(FIRST, LAST), st.integers(1, 60))
def test_working_days_before_undo_working_days_after(start, number):
    """From a day that is worked on, forth and back is where one began."""
    start = CALIFORNIA.next_working_day(start)
    end = CALIFORNIA.after(start, number, Unit.WORKING_DAYS)

    assert CALIFORNIA.before(end, number, Unit.WORKING_DAYS) == start


@given(st.dates(FIRST, LAST), st.integers(1, 400), st.sampled_from(list(Unit)[:2]))
def test_counting_the_first_day_never_ends_later(start, number, unit):
    counted = CALIFORNIA.after(start, number, unit, counting_start=True)

    assert counted <= CALIFORNIA.after(start, number, unit)


@given(st.dates(FIRST, LAST))
def test_the_next_working_day_is_the_first_one_not_before(day):
    found = CALIFORNIA.next_working_day(day)

    assert CALIFORNIA.is_working_day(found)
    assert not any(
        CALIFORNIA.is_working_day(day + DAY * n) for n in range((found - day).days)
    )


def test_a_term_counts_the_day_after_its_start_as_its_first():
    """Calexit: summary 26 January, 180 days, 25 July (Secretary of State's list)."""
    assert Calendar().after(date(2017, 1, 26), 180, Unit.DAYS) == date(2017, 7, 25)


def test_a_term_may_count_its_first_day_too():
    """Initiative 617: 150 days from 20 December 1993 ended on 18 May 1994."""
    found = Calendar().after(date(1993, 12, 20), 150, Unit.DAYS, counting_start=True)

    assert found == date(1994, 5, 18)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2016, 12, 31), 2, date(2017, 2, 28)),
        (date(2017, 3, 15), 12, date(2018, 3, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(start, months, end):
    assert Calendar().after(start, months, Unit.MONTHS) == end


def test_months_count_backwards_over_the_turn_of_the_year():
    assert Calendar().before(date(2017, 2, 28), 4, Unit.MONTHS) == date(2016, 10, 28)


def test_a_holiday_taken_away_leaves_the_one_it_fell_on():
    """Susan B. Anthony Day 2021 fell on Presidents' Day, which stays a holiday."""
    assert CALIFORNIA.holiday(date(2021, 2, 15)) == "Presidents' Day"


def test_a_place_without_holidays_rests_at_the_weekend_only():
    assert Calendar().is_working_day(date(2017, 12, 25))
    assert not Calendar().is_working_day(date(2017, 12, 24))


def test_a_correction_holds_only_between_its_days():
    added = Correction(
        name="Fair Day",
        holiday=True,
        month=5,
        day_of_month=2,
        since=date(2010, 1, 1),
        until=date(2012, 12, 31),
    )
    calendar = Calendar(corrections=(added,))

    assert [
        calendar.holiday(date(year, 5, 2)) for year in (2009, 2010, 2012, 2013)
    ] == [
        None,
        "Fair Day",
        "Fair Day",
        None,
    ]


@pytest.mark.parametrize("place", ["XX", "US-XX", "US-", "us-ca"])
def test_a_place_nobody_knows_is_named_with_a_remedy(place):
    if place == "US-":
        assert Calendar(place=place).holiday(date(2017, 7, 4)) == "Independence Day"
        return
    with pytest.raises(InputError, match="write a code such as 'US-CA'"):
        Calendar(place=place).holiday(date(2017, 7, 4))
