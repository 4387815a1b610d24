"""Numbers and days as texts give them. Oracle: what the words mean in English."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.report.claims.said.days import days_in
from plebiscite.report.claims.said.number import Unit
from plebiscite.report.claims.said.numbers import numbers_in
from plebiscite.report.claims.said.sentences import sentences


def only(text):
    (found,) = numbers_in(text, [])
    return found


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("they need 585,407 names", Unit.COUNT, 585407),
        ("nearly six hundred thousand names", Unit.COUNT, 600000),
        ("five hundred eighty-five thousand, four hundred and seven", "count", 585407),
        ("more than half a million", Unit.COUNT, 500000),
        ("1.1 million signatures", Unit.COUNT, 1100000),
        ("one in three voters", Unit.SHARE, Fraction(1, 3)),
        ("1 out of every 5 of us", Unit.SHARE, Fraction(1, 5)),
        ("a third of the state", Unit.SHARE, Fraction(1, 3)),
        ("two-thirds of Congress", Unit.SHARE, Fraction(2, 3)),
        ("three quarters of the states", Unit.SHARE, Fraction(3, 4)),
        ("at least half of registered voters", Unit.SHARE, Fraction(1, 2)),
        ("fifty-five per cent", Unit.SHARE, Fraction(55, 100)),
        ("49.4 percent", Unit.SHARE, Fraction(494, 1000)),
        ("five percentage points", Unit.SHARE, Fraction(5, 100)),
        ("in 180 days", Unit.DURATION, 180),
        ("six months", Unit.DURATION, Fraction(365, 2)),
        ("half a year", Unit.DURATION, Fraction(365, 2)),
        ("a fee of $2,000", Unit.MONEY, 2000),
        ("some $370 billion a year", Unit.MONEY, 370 * 10**9),
        ("US$370bn", Unit.MONEY, 370 * 10**9),
        ("the sixth-largest economy", Unit.RANK, 6),
        ("the 5th largest economy", Unit.RANK, 5),
        ("support has tripled", Unit.TIMES, 3),
    ],
)
def test_a_number_is_read_as_it_is_meant(text, unit, value):
    found = only(text)

    assert (found.unit, found.value) == (unit, value)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("at least 50 percent", "at_least"),
        ("55 percent or more", "at_least"),
        ("more than 7,000", "over"),
        ("nearly 600,000", "under"),
        ("about 585,000", "about"),
        ("585,407", ""),
    ],
)
def test_the_words_before_a_number_say_how_exactly_it_is_meant(text, hedge):
    found = only(text)

    assert found.hedge == hedge
    assert found.text == text


@pytest.mark.parametrize("text", ["the 10th Amendment", "a 21st-century idea", "9/11"])
def test_what_only_looks_like_a_number_is_none(text):
    assert numbers_in(text, []) == []


@given(st.integers(min_value=1, max_value=10**12))
def test_every_count_with_commas_is_read_to_the_last_digit(count):
    assert only(f"so {count:,} of them").value == count


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by July 25", date(2017, 7, 25)),
        ("on Nov. 6, 2018,", date(2018, 11, 6)),
        ("on 17 April 2017", date(2017, 4, 17)),
        ("the 25th of July", date(2017, 7, 25)),
        ("2017-07-25", date(2017, 7, 25)),
        ("7/25/2017", date(2017, 7, 25)),
        ("in November 2018", date(2018, 11, 6)),
        ("by late July", date(2017, 7, 25)),
        ("the end of July", date(2017, 7, 25)),
        ("in spring 2019", date(2019, 3, 5)),
        ("in the spring of 2019", date(2019, 3, 5)),
        ("in 2018", date(2018, 11, 6)),
    ],
)
def test_a_day_covers_the_day_meant_and_not_the_one_a_year_later(text, day):
    (found,) = days_in(text)

    assert found.covers(day)
    given_year = found.year is not None
    assert found.covers(day.replace(year=day.year + 1)) is not given_year


@pytest.mark.parametrize(
    "text", ["they may vote", "on the march", "2,014 signatures", "in 2014 votes"]
)
def test_what_only_looks_like_a_day_is_none(text):
    assert days_in(text) == []


def test_sentences_keep_their_places_whatever_the_quotes_and_breaks():
    text = "He said “no.” Gov. Brown and the U.S. agreed on Nov. 6.\n\n• one\n• two"
    found = sentences(text)

    assert [text[each.start : each.end] for each in found] == [
        "He said “no.”",
        "Gov. Brown and the U.S. agreed on Nov. 6.",
        "one",
        "two",
    ]
    assert found[-1].heading.startswith("He said")
