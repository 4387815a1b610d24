"""Exact roots, calendar months and canonical JSON.

Oracle: squares of whole numbers; the calendar; JSON text written out by hand.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.core.calendar import _months
from plebiscite.core.canonical import canonical
from plebiscite.core.root import root
from plebiscite.core.share import Rounding

NUMBERS = st.fractions(min_value=0, max_value=10**12, max_denominator=10**6)


@given(number=NUMBERS, places=st.integers(0, 12))
def test_a_root_lies_between_its_two_roundings_one_step_apart(number, places):
    """Oracle: both squared, which is exact."""
    down = Fraction(root(number, places, Rounding.DOWN))
    up = Fraction(root(number, places, Rounding.UP))

    assert down**2 <= number <= up**2
    assert up - down in {0, Fraction(1, 10**places)}
    assert (up == down) is (down**2 == number)


@pytest.mark.parametrize(
    ("number", "rounding"),
    [
        (-1, Rounding.UP),
        (Fraction(-1, 10**9), Rounding.DOWN),
        (4, Rounding.HALF_UP),
        (-4, Rounding.HALF_UP),
    ],
)
def test_a_root_that_cannot_be_told_is_refused(number, rounding):
    with pytest.raises(ValueError, match=f"no root of {number} rounded"):
        root(number, 2, rounding)


def test_the_root_of_nought_is_nought():
    assert root(0, 3, Rounding.UP) == root(0, 3, Rounding.DOWN) == Decimal(0)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2017-01-01", 1, "2017-02-01"),  # the first of a month has its first
        ("2017-01-31", 1, "2017-02-28"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2017-03-31", -1, "2017-02-28"),
        ("2017-12-15", 1, "2018-01-15"),
        ("2017-01-15", -1, "2016-12-15"),
        ("2017-05-31", 13, "2018-06-30"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_there_is(start, number, end):
    found = _months(date.fromisoformat(start), number)

    assert found == date.fromisoformat(end)


@pytest.mark.parametrize(
    "value", [0.5, [0.5], (0.5,), {"a": 0.5}, {"a": [{"b": (1, {"c": 2.0})}]}]
)
def test_a_float_is_refused_however_deep_it_stands(value):
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical(value)


def test_canonical_json_has_one_form():
    value = {"b": [1, "2", None, True], "a": {"d": (), "c": "ü \u2028 \n"}}

    text = '{"a":{"c":"ü \u2028 \\n","d":[]},"b":[1,"2",null,true]}'
    assert canonical(value) == text.encode()
