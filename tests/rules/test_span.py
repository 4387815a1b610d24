"""Spans of amounts: bounds by hand, and every pair of numbers within two spans.

Oracles: arithmetic written out; the sums, products and quotients of numbers within.
"""

from fractions import Fraction
from itertools import product

import pytest

from plebiscite.core.share import Share
from plebiscite.rules.amounts.functions import us_sd_sample
from plebiscite.rules.amounts.phrase import Number, Quantity
from plebiscite.rules.amounts.reckon import Bare, Called, Reckoned, Reckoning
from plebiscite.rules.amounts.span import (
    Span,
    greatest,
    inverse,
    least,
    multiplied,
    total,
)

FREE = Span(None, None)
OUT = Span.of(None)


def span(low, high):
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    return Span(*ends)


def test_a_count_is_itself_and_nought_or_more_while_it_is_out():
    assert (Span.of(7), Span.of(7).exact) == (span(7, 7), 7)
    assert (OUT, OUT.exact) == (span(0, None), None)
    assert FREE.exact is None
    assert span(2, 3).exact is None
    assert Span.of(0).exact == 0


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (span(2, 2), span(Fraction(1, 2), Fraction(1, 2))),
        (span(-2, -2), span(Fraction(-1, 2), Fraction(-1, 2))),
        (span(2, 4), span(Fraction(1, 4), Fraction(1, 2))),
        (span(1, 4), span(Fraction(1, 4), 1)),
        (span(Fraction(1, 2), 4), span(Fraction(1, 4), 2)),
        (span(4, None), span(0, Fraction(1, 4))),
        (span(0, 4), OUT),
        (span(0, 0), OUT),
        (OUT, OUT),
        (span(-1, 4), FREE),
        (FREE, FREE),
        (span(None, 4), FREE),
    ],
)
def test_one_divided_by_a_span_is_known_unless_it_may_be_nought(given, found):
    assert inverse(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([], span(1, 1)),
        ([span(3, 3)], span(3, 3)),
        ([span(2, 2), span(-3, -3)], span(-6, -6)),
        ([span(2, 3), span(5, 7)], span(10, 21)),
        ([span(2, 3), span(5, None)], span(10, None)),
        ([span(0, 3), span(5, 7)], span(0, 21)),
        ([span(0, 0), FREE], span(0, 0)),
        ([FREE, span(2, 2)], FREE),
        ([span(-1, 3), span(2, 2)], FREE),
        ([span(None, 3), span(2, 2)], FREE),
    ],
)
def test_a_product_is_bounded_where_no_factor_may_be_negative(given, found):
    assert multiplied(given) == found


def test_whatever_two_spans_hold_their_sum_and_product_hold_too():
    """Oracle: every pair of whole numbers within; both bounds are reached."""
    for low, wide, other, more in product(range(4), repeat=4):
        one, two = span(low, low + wide), span(other, other + more)
        pairs = list(
            product(range(low, low + wide + 1), range(other, other + more + 1))
        )
        sums, products = [a + b for a, b in pairs], [a * b for a, b in pairs]

        assert total([one, two]) == span(min(sums), max(sums))
        assert multiplied([one, two]) == span(min(products), max(products))
        assert greatest([one, two]) == span(
            min(max(pair) for pair in pairs), max(max(pair) for pair in pairs)
        )
        assert least([one, two]) == span(
            min(min(pair) for pair in pairs), max(min(pair) for pair in pairs)
        )


@pytest.mark.parametrize(
    ("given", "most", "fewest"),
    [
        ([span(1, 2), OUT], span(1, None), span(0, 2)),
        ([FREE, span(1, 2)], span(1, None), span(None, 2)),
        ([FREE, FREE], FREE, FREE),
    ],
)
def test_of_several_one_may_be_without_a_bound(given, most, fewest):
    assert (greatest(given), least(given)) == (most, fewest)


def test_a_sum_has_the_bounds_that_all_its_parts_have():
    assert total([]) == span(0, 0)
    assert total([span(1, 2), OUT]) == span(1, None)
    assert total([span(1, 2), span(None, 5)]) == span(None, 7)
    assert total([FREE, span(1, 2)]) == FREE
    assert span(2, 5).negative() == span(-5, -2)
    assert OUT.negative() == span(None, 0)


def test_a_change_is_made_to_each_bound_there_is():
    doubled = [each.each(lambda n: 2 * n) for each in (span(1, 2), OUT, FREE)]

    assert doubled == [span(2, 4), span(0, None), FREE]


@pytest.mark.parametrize(
    ("lines", "drawn"),
    [(-1, 0), (0, 0), (1, 1), (2, 2), (1_000, 424), (17_509, 704), (10**12, 733)],
)
def test_south_dakotas_sample(lines, drawn):
    """By hand: e = 0.9604 / 0.00131044 is 732.88…; N e / (N + e - 1), rounded up."""
    assert us_sd_sample(Fraction(lines)) == drawn


def test_a_named_formula_waits_for_all_its_counts():
    called = Called("us_sd_sample", (Quantity("lines"),))

    assert called.amount({"lines": 17_509}) == 704
    assert called.span({"lines": None}) == OUT
    assert list(called.names()) == ["lines"]
    assert str(called) == "the sample for 95% confidence within 3.62% (lines)"


def reckoned(how, *amounts):
    return Reckoned(how, amounts)


@pytest.mark.parametrize(
    ("how", "value", "words"),
    [
        (Reckoning.SUM, 16, "a plus b plus 1"),
        (Reckoning.DIFFERENCE, 8, "a less b less 1"),
        (Reckoning.PRODUCT, 36, "a times b times 1"),
        (Reckoning.QUOTIENT, 4, "a divided by b divided by 1"),
    ],
)
def test_amounts_are_reckoned_in_their_order(how, value, words):
    """By hand, of twelve, three and one."""
    amounts = (Quantity("a"), Quantity("b"), Number(Fraction(1)))
    found = reckoned(how, *amounts)

    assert found.amount({"a": 12, "b": 3}) == value
    assert list(found.names()) == ["a", "b"]
    assert str(found) == words


def test_an_amount_within_another_stands_in_brackets_and_a_share_is_of_it():
    """Oracle: the sentences, written out."""
    inner = reckoned(Reckoning.SUM, Quantity("a"), Quantity("b"))
    half = Bare(Share.parse("50%"))

    assert str(reckoned(Reckoning.PRODUCT, half, inner)) == "50% of (a plus b)"
    assert str(reckoned(Reckoning.PRODUCT, half, Quantity("a"))) == "50% of a"
    assert " of " not in str(reckoned(Reckoning.SUM, half, Quantity("a")))
    assert " of " not in str(reckoned(Reckoning.PRODUCT, Quantity("a"), half))
    whole = reckoned(Reckoning.PRODUCT, half, inner)
    assert whole.amount({"a": 3, "b": 4}) == Fraction(7, 2)
