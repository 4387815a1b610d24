"""Amounts as phrases. Oracle: exact arithmetic, and that printing reads back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.core.share import Rounding, Share
from plebiscite.errors import FactMissingError
from plebiscite.rules.amounts.phrase import (
    Number,
    OneOf,
    PhraseError,
    Quantity,
    Rounded,
    ShareOf,
    read_amount,
)

counts = st.integers(0, 10**9)
names = st.from_regex(r"[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,5})?", fullmatch=True).filter(
    lambda name: name not in {"of", "rounded"}
)
exact = st.one_of(
    counts.map(lambda n: Number(Fraction(n))),
    names.map(Quantity),
    st.builds(
        lambda n, d, name: ShareOf(Share(Fraction(n, d)), Quantity(name)),
        st.integers(0, 999),
        st.integers(1, 999),
        names,
    ),
)
amounts = st.one_of(exact, st.builds(Rounded, exact, st.sampled_from(Rounding)))


def written(amount):
    """Write an amount as a law file does: names keep their underscores."""
    match amount:
        case Rounded():
            return f"{written(amount.exact)}, rounded {amount.rounding}"
        case ShareOf():
            return f"{amount.share} of {amount.whole.name}".replace(",", "")
        case Quantity():
            return amount.name
    return str(amount)


@given(amounts)
def test_an_amount_reads_back_as_it_is_written(amount):
    assert read_amount(written(amount)) == amount


@given(counts, st.integers(1, 100))
def test_a_rounded_share_is_the_least_count_that_reaches_it(votes, percent):
    """The oracle is integer arithmetic: n is enough, n - 1 is not."""
    amount = read_amount(f"{percent}% of votes, rounded up")
    found = amount.amount({"votes": votes})

    assert found is not None
    assert found * 100 >= percent * votes > (found - 1) * 100 or found == votes == 0


def test_an_uncounted_fact_makes_an_uncounted_amount():
    amount = read_amount("8% of votes, rounded up")

    assert amount.amount({"votes": None}) is None
    either = OneOf((amount, Number(Fraction(5))), greater=True)
    assert either.amount({"votes": None}) is None


def test_a_missing_fact_is_named_with_those_given():
    with pytest.raises(FactMissingError, match=r"needs 'votes'.*given: raw_count"):
        read_amount("8% of votes").amount({"raw_count": 1})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0.08 of votes", "write a share as '8%'"),
        ("votes * 2", "cannot read the amount 'votes \\* 2'"),
        ("8% of votes, rounded", "cannot read the amount"),
        ("8% of votes, rounded nearest", "cannot read the amount"),
        ("8% of Votes", "cannot read the amount"),
        ("-5", "cannot read the amount"),
        ("1e6", "cannot read the amount"),
        ("", "cannot read the amount"),
        ("58,5407", "cannot read the amount"),
        ("9" * 5_000, "cannot read the amount"),
    ],
)
def test_a_phrase_nobody_can_read_is_refused_with_a_remedy(text, says):
    with pytest.raises(PhraseError, match=says):
        read_amount(text)
