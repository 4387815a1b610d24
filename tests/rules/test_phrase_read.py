"""Amounts: which phrases are numbers, what they need, and how they are spoken.

Oracle: phrases and sums written out by hand, at and beyond what is read.
"""

from fractions import Fraction

import pytest

from plebiscite.core.share import Rounding
from plebiscite.rules.amounts.phrase import (
    Number,
    OneOf,
    PhraseError,
    Quantity,
    Rounded,
    ShareOf,
    read_amount,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("999", 999),
        ("1000", 1_000),
        ("1,000", 1_000),
        ("12,345", 12_345),
        ("123,456,789,012,345", 123_456_789_012_345),
        ("9" * 15, 999_999_999_999_999),
        ("1.5", Fraction(3, 2)),
        ("0." + "0" * 14 + "1", Fraction(1, 10**15)),
    ],
)
def test_a_number_is_read_exactly(text, value):
    assert read_amount(text) == Number(Fraction(value))
    assert read_amount(text).amount({}) == value


@pytest.mark.parametrize(
    "text",
    [
        "9" * 16,
        "1,00",
        ",000",
        "1,000,",
        "1234,567",
        "1,234,567,890,123,456",
        "1.",
        ".5",
        "1." + "0" * 16,
        "1,000.5",
        "Votes",
        "_votes",
        "2votes",
        "votes-cast",
    ],
)
def test_what_is_nearly_a_number_or_a_name_is_refused(text):
    with pytest.raises(PhraseError, match="cannot read the amount"):
        read_amount(text)


@pytest.mark.parametrize(
    ("words", "rounding", "whole"),
    [
        ("rounded up", Rounding.UP, 26),
        ("rounded down", Rounding.DOWN, 25),
        ("rounded half up", Rounding.HALF_UP, 25),
    ],
)
def test_a_share_is_rounded_as_the_law_says(words, rounding, whole):
    """Oracle: a quarter of 101 is 25.25."""
    found = read_amount(f"25% of votes, {words}")

    assert isinstance(found, Rounded)
    assert found.rounding is rounding
    assert found.amount({"votes": 101}) == whole
    assert str(found) == f"25% of votes, {words}"
    assert read_amount("25% of votes").amount({"votes": 101}) == Fraction(101, 4)


def test_half_a_signature_is_rounded_up_where_the_law_rounds_half_up():
    assert read_amount("50% of votes, rounded half up").amount({"votes": 5}) == 3


@pytest.mark.parametrize("greater", [True, False])
def test_of_several_amounts_the_law_takes_one(greater):
    """Oracle: 500, and three hundredths of the lines: equal at 16,667 lines."""
    share = read_amount("3% of lines, rounded up")
    either = OneOf((read_amount("500"), share), greater=greater)
    few, many = {"lines": 16_000}, {"lines": 20_000}

    assert either.amount(few) == (500 if greater else 480)
    assert either.amount(many) == (600 if greater else 500)
    assert list(either.names()) == ["lines"]
    word = "greater" if greater else "lesser"
    assert str(either) == f"the {word} of (500) and (3% of lines, rounded up)"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("500", []),
        ("votes", ["votes"]),
        ("8% of votes_for_governor", ["votes_for_governor"]),
        ("8% of votes_for_governor, rounded up", ["votes_for_governor"]),
    ],
)
def test_an_amount_names_the_facts_it_needs(text, names):
    assert list(read_amount(text).names()) == names


def test_every_amount_of_several_names_its_facts():
    several = OneOf((Quantity("a"), Number(Fraction(1)), Quantity("b")), greater=True)

    assert list(several.names()) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("signatures", "the number of signatures"),
        ("yes", "the yes vote"),
        ("no", "the no vote"),
        ("valid", "the valid vote"),
        ("cast", "the vote cast"),
        ("ballots", "all ballots in the election"),
        ("registered", "registered voters"),
        ("votes_for_governor", "votes for governor"),
        ("55% of valid", "55% of the valid vote"),
        ("10000", "10,000"),
    ],
)
def test_an_amount_is_spoken_as_a_voter_reads_it(text, spoken):
    assert str(read_amount(text)) == spoken


def test_blanks_before_of_and_after_it_may_be_several():
    assert read_amount("8%  of  votes") == read_amount("8% of votes")
    assert isinstance(read_amount("8% of votes"), ShareOf)
