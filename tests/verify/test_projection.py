"""The statutory formulas, the pair estimator and Washington's test.

Oracles: published figures (2 CCR § 20540; Yuba 2014; a recall handbook; I-1351), an
independent script, invariants.
"""

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from count_strategies import I_1351, SIX, sample_counts
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.core.share import as_decimal
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.full_count import count_every_line
from plebiscite.verify.projection import (
    accept_washington,
    pair_estimate,
    project_california,
    project_pairs,
    project_proportion,
)

EXAMPLE = next(count for count in SIX if count.county == "Example")


def accepted_or_not(count, *, required):
    """Washington's test with the rule's own 1.5 and 1.65."""
    allowance, chance = Fraction("1.5"), Fraction("1.65")
    return accept_washington(
        count, required=required, allowance=allowance, chance=chance
    )


def sample(raw, sampled, valid, duplicates=0):
    return SampleCount(
        county="C", raw=raw, sampled=sampled, valid=valid, duplicates=duplicates
    )


def test_the_regulations_own_example_comes_out_step_by_step():
    """Published: 2 CCR § 20540 prints each of the six figures."""
    projection = project_california(EXAMPLE)

    assert as_decimal(projection.percent, 2) == Decimal("71.47")
    assert projection.uncorrected == 17_178
    assert as_decimal(projection.value, 4) == Decimal("33.2881")
    assert as_decimal(projection.weight, 4) == Decimal("1074.8095")
    assert projection.deducted == 2_150
    assert projection.valid == 15_028


def test_without_the_roundings_the_example_would_come_to_15027_04():
    """Published with the example's analysis; the roundings are law, not noise."""
    value = Fraction(24_034, 722)
    exact = value * 516 - value * (value - 1) * 2

    assert as_decimal(exact, 2) == Decimal("15027.04")


TABLE = {
    "Big": ("73.00", 189_800, "33.3333", 11_856, 177_944),
    "Large": ("75.00", 90_000, "33.3333", 3_234, 86_766),
    "Mid": ("78.04", 33_167, "33.3333", 1_078, 32_089),
    "Example": ("71.47", 17_178, "33.2881", 2_150, 15_028),
    "Small": ("79.00", 2_939, "7.4400", 96, 2_843),
    "Tiny": ("74.86", 262, "1.0000", 0, 263),
}


@pytest.mark.parametrize("count", SIX, ids=lambda count: count.county)
def test_every_cell_of_the_six_county_table(count):
    """Oracle: the worked statewide sum, recomputed by hand from the regulation."""
    percent, uncorrected, value, deducted, literal = TABLE[count.county]

    projection = project_california(count)

    assert as_decimal(projection.percent, 2) == Decimal(percent)
    assert projection.uncorrected == uncorrected
    assert as_decimal(projection.value, 4) == Decimal(value)
    assert projection.deducted == deducted
    assert projection.literal == literal


def test_a_county_that_checked_every_line_gets_no_phantom_signature():
    tiny = project_california(SIX[-1])

    assert (tiny.valid, tiny.literal) == (262, 263)
    assert sum(project_california(count).valid for count in SIX) == 314_932
    assert sum(project_california(count).literal for count in SIX) == 314_933


def test_yuba_2014_falls_from_58_8_to_51_1_percent_with_six_more_duplicates():
    """Published by the Secretary of State; 307 valid is implied by 58.8%.

    The six lines had been found not valid before, for another reason.
    """
    before = project_california(sample(3_720, 500, 307, 2))
    after = project_california(sample(3_720, 500, 307, 8))

    share = [as_decimal(Fraction(100 * p.valid, 3_720), 1) for p in (before, after)]
    assert share == [Decimal("58.8"), Decimal("51.1")]


@pytest.mark.parametrize(
    ("raw", "sampled", "weight"),
    [(311_924, 9_358, "1077.7"), (12_906, 500, "640"), (616, 500, "0.3")],
)
def test_the_value_of_one_duplicate(raw, sampled, weight):
    """Published in the 2014 log: what one duplicate costs, by size of county."""
    found = project_california(sample(raw, sampled, sampled // 2)).weight
    places = len(weight.partition(".")[2])

    # The log gives 1,077.7 for 1,077.73, and 640 for 640.45.
    assert as_decimal(found, places) == Decimal(weight)


def test_the_recall_handbooks_row():
    """Published: 25,000 lines, 5% drawn, 900 valid, one duplicate → 17,620."""
    assert project_california(sample(25_000, 1_250, 900, 1)).valid == 17_620


def test_more_duplicates_than_valid_signatures_keep_their_sign():
    assert project_california(sample(24_034, 722, 20, 20)).valid < 0


@given(sample_counts())
def test_a_duplicate_never_helps(count):
    clean = replace(count, duplicates=0)

    assert project_california(count).valid <= project_california(clean).valid
    assert pair_estimate(count) <= pair_estimate(clean)


@given(sample_counts())
def test_one_more_invalid_line_never_raises_a_projection(count):
    """A valid line found invalid after all; and a drawn line more that is invalid."""
    if count.valid > count.duplicates:
        worse = replace(count, valid=count.valid - 1)
        assert project_california(worse).valid <= project_california(count).valid
        assert pair_estimate(worse) < pair_estimate(count)
    drawn_more = replace(count, raw=count.raw + 1, sampled=count.sampled + 1)
    if count.sampled == count.raw:
        assert project_california(drawn_more).valid == project_california(count).valid


@given(st.integers(1, 400_000), st.data())
def test_a_sample_of_every_line_projects_to_itself(raw, data):
    valid = data.draw(st.integers(0, raw))
    duplicates = data.draw(st.integers(0, min(raw - valid, valid)))
    count = sample(raw, raw, valid, duplicates)

    assert project_california(count).valid == valid
    assert project_pairs(count).valid == valid


def by_hand(raw, sampled, valid, duplicates):
    """The regulation again, written apart in Decimal; takes no line of ours."""
    if raw == sampled:
        return valid
    with localcontext() as context:
        context.prec = 60
        cent, fine, one = Decimal("0.01"), Decimal("0.0001"), Decimal(1)
        share = 100 * Decimal(valid) / sampled
        percent = share.quantize(cent, rounding=ROUND_HALF_UP)
        uncorrected = (raw * percent / 100).quantize(one, rounding=ROUND_CEILING)
        value = (Decimal(raw) / sampled).quantize(fine, rounding=ROUND_HALF_UP)
        weight = value * (value - 1)
        taken_off = (weight * duplicates).quantize(one, rounding=ROUND_CEILING)
        return int(uncorrected - taken_off)


@given(sample_counts(), st.sampled_from(["raw", "sampled", "valid", "duplicates"]))
def test_an_independent_script_agrees_before_and_after_any_change_by_one(count, name):
    for change in (0, 1, -1):
        figures = {
            "raw": count.raw,
            "sampled": count.sampled,
            "valid": count.valid,
            "duplicates": count.duplicates,
        }
        figures[name] += change
        if not 0 < figures["sampled"] <= figures["raw"]:
            continue
        found = figures["valid"] + figures["duplicates"]
        if found > figures["sampled"] or min(figures.values()) < 0:
            continue
        if 0 < figures["duplicates"] >= figures["sampled"]:
            continue  # one of two copies is no duplicate
        assert project_california(sample(**figures)).valid == by_hand(**figures)


def test_the_pair_estimator_on_its_worked_example():
    """Worked: 20,000 filed, 1,000 drawn, 760 valid with both copies, 3 pairs."""
    found = sample(20_000, 1_000, 757, 3)

    assert as_decimal(pair_estimate(found), 1) == Decimal("13998.9")
    assert project_california(found).valid == 14_000


@pytest.mark.parametrize(
    "formula",
    [
        project_california,
        project_pairs,
        pair_estimate,
        lambda count: accepted_or_not(count, required=1),
    ],
)
def test_a_full_count_cannot_be_projected(formula):
    """Trap: in a full count a duplicate is any repetition, and must weigh one."""
    full = FullCount(county="C", raw=10, sampled=10, valid=8, duplicates=1)

    with pytest.raises(TypeError, match="only a pair inside the sample"):
        formula(full)


def test_a_sample_cannot_be_counted_as_if_every_line_was_looked_at():
    with pytest.raises(TypeError, match="a sample must be projected"):
        count_every_line(EXAMPLE)


def test_initiative_1351_is_accepted_with_the_published_figures():
    """Published: 348,072 filed, 10,512 drawn, 897 invalid, 9 pairs; it qualified."""
    test = accepted_or_not(I_1351, required=246_372)

    assert test.accepted
    assert test.invalid == 897
    assert round(test.allowance, 1) == Decimal("44.9")
    assert round(test.most_invalid) == 31_189
    assert round(test.most_pairs) == 70_511
    assert round(test.expected_pairs, 1) == Decimal("64.3")
    assert round(test.limit, 1) == Decimal("51.1")


def test_washington_decides_exactly_on_the_line():
    """By construction: E = 21.65² and 433 = E - 1.65 · 21.65, without a remainder."""
    on_the_line = sample(10_000, 4_330, 4_330 - 433, 433)
    over_it = sample(10_000, 4_330, 4_330 - 434, 434)

    assert accepted_or_not(on_the_line, required=7_500).accepted
    assert not accepted_or_not(on_the_line, required=7_501).accepted
    assert not accepted_or_not(over_it, required=7_500).accepted


def test_no_pair_at_all_is_accepted_only_from_where_none_is_expected_to_surprise():
    """By construction: E = 1.65² is the least that lets 0 pairs pass."""
    assert accepted_or_not(sample(2_000, 330, 330), required=1_900).accepted
    assert not accepted_or_not(sample(2_000, 330, 330), required=1_901).accepted


def test_without_room_for_any_pair_every_line_must_be_checked():
    test = accepted_or_not(sample(1_000, 100, 90), required=950)

    assert not test.accepted
    assert test.most_pairs <= 0
    assert test.limit is None


@given(sample_counts(), st.integers(1, 400_000))
def test_washington_agrees_with_sixty_digits(count, required):
    """Oracle: the rule as printed, in Decimal with sixty digits."""
    test = accepted_or_not(count, required=required)
    tiny = Decimal(10) ** -45
    with localcontext() as context:
        context.prec = 60
        share = Decimal(count.sampled) / count.raw
        invalid = count.sampled - count.valid - count.duplicates
        most_invalid = (invalid + Decimal("1.5") * Decimal(invalid).sqrt()) / share
        expected = share**2 * (count.raw - required - most_invalid)
        limit = expected - Decimal("1.65") * max(expected, Decimal(0)).sqrt()
        close = abs(limit - count.duplicates) < tiny

        assert close or test.accepted == (expected > 0 and count.duplicates <= limit)
        assert test.limit is None or test.limit <= limit + tiny
        assert test.most_invalid >= most_invalid - tiny


@pytest.mark.parametrize(
    ("filed", "sampled", "valid", "published"),
    [
        (163_598, 8_180, 4_436, 88_719),  # initiative 30 (2012)
        (182_090, 9_105, 4_547, 90_935),  # initiative 82 (2012)
        (183_691, 9_185, 6_353, 127_054),  # initiative 96 (2016)
    ],
)
def test_colorado_projects_the_valid_share_as_it_published(
    filed, sampled, valid, published
):
    """Published: the Secretary of State's releases on the three initiatives."""
    found = project_proportion(sample(filed, sampled, valid))

    assert found.valid == found.literal == published
    assert found.deducted == found.weight == 0


@given(sample_counts())
def test_a_proportion_takes_nothing_off_for_duplicates(count):
    """Invariant: the found copies being invalid, pairs weigh no further."""
    alone = replace(count, duplicates=0)

    assert project_proportion(count).valid == project_proportion(alone).valid
    assert project_proportion(count).valid >= project_pairs(count).valid


def test_a_full_count_is_no_proportion():
    with pytest.raises(TypeError, match="takes a SampleCount"):
        project_proportion(FullCount(county="C", raw=5, sampled=5, valid=5))
