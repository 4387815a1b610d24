"""Text made into money. Oracle: what a person reads there, or refuses to guess."""

from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.core.table import Refusals
from plebiscite.money.amount import amounts, currencies, said, to_cent


def read(*cells):
    refusals = Refusals()
    text = pl.Series(list(cells), dtype=pl.String)
    made = amounts(text, pl.Series(range(len(cells))), refusals, column="amount")
    return made.to_list(), [str(each) for each in refusals.found()]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234", "1234"),
        ("1234.5", "1234.50"),
        ("-50.00", "-50"),
        ("+7.25", "7.25"),
        (".5", "0.5"),
        ("0", "0"),
        ("12.340000", "12.34"),
        ("$1,234.56", "1234.56"),
        ("1,234,567.89", "1234567.89"),
        ("$500", "500"),
        ("-$20.00", "-20"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_an_amount_without_doubt_is_exact(text, amount):
    assert read(text) == ([Decimal(amount)], [])


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("1,234", "Write 1234.00"),
        ("1.234,56", "write the cents behind a point"),
        ("(50.00)", "-50.00, not (50.00)"),
        ("1E+06", "the spreadsheet shortened it"),
        ("12.345", "nothing below a cent"),
        ("fifty", "the figure alone"),
        ("EUR 5", "a column 'currency'"),
        ("1234567890123.00", "a column out of place"),
        ("--5", "write it as 1234.56"),
    ],
)
def test_what_could_be_two_amounts_is_refused_with_what_to_write(text, remedy):
    made, refused = read("1.00", text)

    assert made == [Decimal("1.00"), None]
    assert len(refused) == 1
    assert remedy in refused[0]
    assert "row 1" in refused[0]
    assert repr(text) in refused[0]


def test_an_empty_cell_stays_unknown():
    assert read(None) == ([None], [])


@given(st.integers(1 - 10**14, 10**14 - 1))
def test_any_number_of_cents_is_read_back_as_it_was_written(cents):
    amount = Decimal(cents) / 100

    assert read(f"{amount:.2f}") == ([amount], [])


@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=40))
def test_a_sum_is_exact_to_the_cent(cents):
    """Oracle: the same sum of whole cents."""
    made, _ = read(*(f"{Decimal(each) / 100:.2f}" for each in cents))

    assert pl.Series(made, dtype=pl.Decimal(38, 2)).sum() * 100 == sum(cents)


def test_a_currency_is_three_letters():
    refusals = Refusals()
    found = currencies(
        pl.Series(["usd", "EUR", "$"]),
        pl.Series([2, 3, 4]),
        refusals,
        column="currency",
    )

    assert found.to_list()[:2] == ["USD", "EUR"]
    assert [str(each) for each in refusals.found()] == [
        "row 4, column 'currency' ('$'): write a currency as its three letters: "
        "USD, EUR"
    ]


def test_money_is_told_with_its_currency():
    assert said(Decimal("1234567.8"), "USD") == "$1,234,567.80"
    assert said(Decimal(-5), "EUR") == "-EUR 5.00"
    assert said(None, "USD") == "not known"


def test_a_half_cent_goes_away_from_zero():
    assert to_cent(Fraction(5, 1000)) == Decimal("0.01")
    assert to_cent(Fraction(-5, 1000)) == Decimal("-0.01")
