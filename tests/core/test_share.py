"""Shares and roundings. Oracle: the figures of 2 CCR § 20540, and invariants."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.core.share import Rounding, Share, as_decimal, printed, terminates

fractions = st.fractions(min_value=0, max_value=10**9)


@given(fractions)
def test_the_three_roundings_stand_in_order_and_within_one(number):
    down, half, up = (
        rounding.whole(number)
        for rounding in (Rounding.DOWN, Rounding.HALF_UP, Rounding.UP)
    )

    assert down <= half <= up <= down + 1
    assert abs(half - number) <= Fraction(1, 2)


@given(fractions, st.integers(0, 8))
def test_rounding_to_places_is_exact_at_those_places(number, places):
    found = Rounding.HALF_UP.places(number, places)

    assert (found * 10**places).denominator == 1
    assert Fraction(as_decimal(number, places)) == found


def test_half_goes_up_at_the_last_place():
    assert Rounding.HALF_UP.places(Fraction("0.71465"), 4) == Fraction("0.7147")


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_reads_back_as_it_is_printed(numerator, denominator):
    share = Share(Fraction(numerator, denominator))

    assert Share.parse(str(share).replace(",", "")) == share


@pytest.mark.parametrize("text", ["0.08", "8", "-8%", "8 %%", "1/0", "%", "8,5%", ""])
def test_what_is_no_share_is_refused_with_the_remedy(text):
    with pytest.raises(ValueError, match="write a share as '8%' or '2/3'"):
        Share.parse(text)


@given(fractions)
def test_a_finite_decimal_is_printed_whole(number):
    if terminates(number):
        assert Fraction(printed(number).replace(",", "")) == number
    else:
        assert printed(number).endswith("…")


def test_a_long_decimal_is_printed_to_its_last_digit():
    """Oracle: 29 / 2**38 written out by hand."""
    number = Fraction(29, 274877906944)

    assert printed(number) == "0.00000000010550138540565967559814453125"
    assert as_decimal(Fraction(10**30 + 1), 2) == Decimal(f"{10**30 + 1}.00")
