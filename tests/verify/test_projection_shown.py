"""Every figure a projection shows, to its last place, and the smallest samples.

Oracle: sums written out by hand, or in Decimal with sixty digits.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

import pytest
from count_strategies import I_1351

from plebiscite.verify.count import SampleCount
from plebiscite.verify.projection import (
    accept_washington,
    pair_estimate,
    project_california,
    project_pairs,
    project_proportion,
)


def sample(raw, sampled, valid, duplicates=0):
    return SampleCount(
        county="C", raw=raw, sampled=sampled, valid=valid, duplicates=duplicates
    )


def accepted(count, required):
    return accept_washington(
        count,
        required=required,
        allowance=Fraction("1.5"),
        chance=Fraction("1.65"),
    )


def test_the_pair_estimators_figures_on_its_worked_example():
    """By hand: 20 lines each; 20,000 · 19,999 / (1,000 · 999) - 20 a pair."""
    found = project_pairs(sample(20_000, 1_000, 757, 3))

    assert found.percent == Fraction("75.7")
    assert found.value == 20
    assert found.weight == Fraction(20_000 * 19_999, 1_000 * 999) - 20
    assert (found.uncorrected, found.deducted) == (15_140, 1_141)
    assert found.valid == found.literal == 13_999


@pytest.mark.parametrize(
    ("sampled", "weight"), [(1, 0), (2, 45 - 5), (3, 15 - Fraction(10, 3))]
)
def test_a_pair_weighs_nothing_where_none_can_be_drawn(sampled, weight):
    """By hand, of ten lines: 10 · 9 / (n (n - 1)) - 10 / n from two drawn on."""
    assert project_pairs(sample(10, sampled, 1)).weight == weight


def test_a_pair_in_the_smallest_sample_takes_off_more_than_there_is():
    """By hand: 5/2 · 1 - (5 · 4 / 2 - 5/2) · 1 = -5, of 3 when rounded."""
    found = project_pairs(sample(5, 2, 1, 1))

    assert pair_estimate(sample(5, 2, 1, 1)) == -5
    assert (found.uncorrected, found.deducted, found.valid) == (3, 8, -5)


def test_half_a_signature_is_rounded_up_once_at_the_end():
    """By hand: three lines filed, two drawn, one valid: one and a half."""
    assert pair_estimate(sample(3, 2, 1)) == Fraction(3, 2)
    for formula in (project_pairs, project_proportion):
        found = formula(sample(3, 2, 1))
        assert (found.uncorrected, found.literal, found.valid) == (2, 2, 2)
        assert (found.percent, found.value) == (50, Fraction("1.5"))


def test_the_figures_of_a_proportion():
    """By hand: 4,436 of 8,180 are 54.2298…%; 163,598 / 8,180 is 19.99975…"""
    found = project_proportion(sample(163_598, 8_180, 4_436))

    assert found.percent == Fraction("54.23")
    assert found.value == Fraction("19.9998")
    assert found.weight == 0
    assert (found.uncorrected, found.deducted, found.literal) == (88_719, 0, 88_719)


def test_where_nothing_was_filed_nothing_is_projected():
    none = sample(0, 0, 0)
    for formula in (project_california, project_pairs, project_proportion):
        found = formula(none)
        assert (found.percent, found.value, found.weight) == (0, 1, 0)
        assert (found.uncorrected, found.deducted, found.literal) == (0, 0, 0)


@pytest.mark.parametrize(
    ("valid", "percent", "uncorrected"), [(1, "0.13", 3), (3, "0.38", 7), (4, "0.5", 8)]
)
def test_californias_percent_is_rounded_half_up_and_its_count_up(
    valid, percent, uncorrected
):
    """By hand: of 800, one is 0.125%, three are 0.375%; 1,600 times that."""
    found = project_california(sample(1_600, 800, valid))

    assert found.percent == Fraction(percent)
    assert found.uncorrected == uncorrected


def test_californias_value_is_rounded_half_up_to_four_places():
    """By hand: 20,001 / 20,000 is 1.00005; 1.0001 · 0.0001 takes off a signature."""
    found = project_california(sample(20_001, 20_000, 10_000, 1))

    assert found.value == Fraction("1.0001")
    assert found.weight == Fraction("1.0001") * Fraction("0.0001")
    assert found.deducted == 1
    assert found.literal == found.valid == found.uncorrected - 1


@pytest.mark.parametrize(
    ("raw", "valid", "literal"), [(700, 500, 500), (701, 501, 501)]
)
def test_one_line_left_out_is_a_sample_and_none_is_a_count(raw, valid, literal):
    """By hand: 500 of 700 are 71.43%; of 700 lines 500.01, of 701 lines 500.72."""
    found = project_california(sample(raw, 700, 500))

    assert found.valid == valid
    assert found.literal == literal + (raw == 700)


QUARTER = sample(4_000, 2_000, 1_629, 367)
"""Half the lines drawn, 4 invalid: 14 invalid at most on the whole petition."""


@pytest.mark.parametrize(
    ("required", "taken", "pairs", "expected", "limit"),
    [
        (2_385, True, "1601.0000", "400.2500", "367.2396"),
        (2_386, True, "1600.0000", "400.0000", "367.0000"),
        (2_387, False, "1599.0000", "399.7500", "366.7603"),
        (3_985, False, "1.0000", "0.2500", "-0.5750"),
        (3_986, False, "0.0000", "0.0000", None),
        (3_987, False, "-1.0000", "-0.2500", None),
    ],
)
def test_washingtons_figures_on_and_beside_the_line(
    required, taken, pairs, expected, limit
):
    """By hand: with 4 invalid the allowance is 3; E = (4,000 - R - 14) / 4 = 20²."""
    found = accepted(QUARTER, required)

    assert found.accepted is taken
    assert (found.invalid, found.duplicates) == (4, 367)
    assert found.allowance == Decimal("3.0000")
    assert found.most_invalid == Decimal("14.0000")
    assert found.most_pairs == Decimal(pairs)
    assert found.expected_pairs == Decimal(expected)
    assert found.limit == (None if limit is None else Decimal(limit))


@pytest.mark.parametrize(("pairs", "taken"), [(366, True), (367, True), (368, False)])
def test_one_pair_more_than_the_limit_is_one_too_many(pairs, taken):
    """By hand: 400 - 1.65 · 20 is 367."""
    count = sample(4_000, 2_000, 1_996 - pairs, pairs)

    assert accepted(count, 2_386).accepted is taken


def test_initiative_1351s_figures_are_rounded_against_acceptance():
    """Oracle: the rule as printed, in Decimal, cut to four places that way."""
    found = accepted(I_1351, 246_372)
    place = Decimal("0.0001")
    with localcontext() as context:
        context.prec = 60
        share = Decimal(10_512) / 348_072
        allowance = Decimal("1.5") * Decimal(897).sqrt()
        most = (897 + allowance) / share
        pairs = 348_072 - 246_372 - most
        expected = pairs * share**2
        limit = expected - Decimal("1.65") * expected.sqrt()

        assert found.allowance == allowance.quantize(place, ROUND_CEILING)
        assert found.most_invalid == most.quantize(place, ROUND_CEILING)
        assert found.most_pairs == pairs.quantize(place, ROUND_FLOOR)
        assert found.expected_pairs == expected.quantize(place, ROUND_FLOOR)
        assert found.limit == limit.quantize(place, ROUND_FLOOR)


@pytest.mark.parametrize("factor", ["allowance", "chance"])
def test_each_factor_of_washingtons_test_is_the_laws(factor):
    """By hand: an allowance of 1 frees 2 lines more; a chance of 1 allows 380 pairs."""
    given = {"allowance": Fraction("1.5"), "chance": Fraction("1.65")}
    found = accept_washington(QUARTER, required=2_386, **{**given, factor: Fraction(1)})

    if factor == "allowance":
        assert (found.allowance, found.most_invalid) == (2, 12)
        assert found.expected_pairs == Decimal("400.5000")
    else:
        assert found.limit == 380
        more = sample(4_000, 2_000, 1_996 - 380, 380)
        beyond = sample(4_000, 2_000, 1_996 - 381, 381)
        least = {**given, "chance": Fraction(1)}
        assert accept_washington(more, required=2_386, **least).accepted
        assert not accept_washington(beyond, required=2_386, **least).accepted


@pytest.mark.parametrize(("required", "taken"), [(2_379, True), (2_380, False)])
def test_every_third_line_drawn_speaks_for_three(required, taken):
    """By hand: 4 invalid, (4 + 3) · 3 = 21; E = (6,000 - R - 21) / 9 = 20²."""
    count = sample(6_000, 2_000, 2_000 - 4 - 367, 367)

    assert accepted(count, required).accepted is taken
