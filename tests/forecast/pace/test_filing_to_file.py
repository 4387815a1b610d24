"""How many lines to file. Oracles: arithmetic where nothing is unsure, and monotony."""

from datetime import date
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.pace import Spread, Validity
from plebiscite.forecast.pace.filing import EITHER, FULL, SAMPLE, Check, to_file
from plebiscite.rules.rulebook import open_law

CALIFORNIA = open_law("us/ca/constitutional_initiative").on_day(date(2017, 1, 26))
OREGON = open_law("us/or/statute_initiative").on_day(date(2026, 2, 15))
SWISS = open_law("ch/popular_initiative").on_day(date(2017, 1, 1))
REQUIRED = 585_407
STEP = REQUIRED // 2_000
SURE = Validity(mean=0.8, spread=0.0, duplicates=0.0)


@pytest.fixture(scope="module")
def prior():
    return to_file(CALIFORNIA, required=REQUIRED, seed=1)


def test_where_validity_is_sure_a_full_count_is_arithmetic():
    """Each line is valid with chance .8: quantiles of a normal number."""
    told = to_file(CALIFORNIA, required=REQUIRED, seed=1, validity=SURE)
    least = ceil(REQUIRED / 0.8)
    for chance in (0.5, 0.8, 0.95):
        more = NormalDist().inv_cdf(chance) * sqrt(least * 0.8 * 0.2) / 0.8
        assert told.raw(FULL, chance) == pytest.approx(least + more, abs=STEP + 1)


@pytest.mark.parametrize(
    ("required", "exact"), [(30, (40, 44, 49)), (100, (134, 145, 157))]
)
def test_a_few_lines_are_a_matter_of_chance_besides(required, exact):
    """Oracle: the beta-binomial summed exactly, mean .74, standard deviation .05.

    A small town's 100 signatures: each of 153 lines may be its own exception, so that
    they give 92 in 100, and not the 95 that a share known of all lines would.
    """
    told = to_file(OREGON, required=required, seed=1)
    found = [told.raw(FULL, chance) for chance in (0.5, 0.8, 0.95)]

    assert found == pytest.approx(exact, abs=1)


def test_the_sample_alone_adds_little_where_nobody_signed_twice():
    told = to_file(CALIFORNIA, required=REQUIRED, seed=1, validity=SURE)
    # .8 of 805,000 in a sample of 3%: s.e. .26 points, so 95% takes .42 points more.
    half, most = told.raw(SAMPLE, 0.5), told.raw(SAMPLE, 0.95)
    assert half == pytest.approx(1.1 * REQUIRED / 0.8, rel=0.001)
    assert most / half == pytest.approx(1 + 1.645 * 0.00257 / 0.8, rel=0.001)


def test_at_validity_74_one_needs_about_149_percent_to_qualify_outright(prior):
    # 1.10/.74, as base rates have it.
    assert prior.raw(SAMPLE, 0.5) / REQUIRED == pytest.approx(1.486, abs=0.01)


def test_more_chance_takes_more_lines_and_a_sample_more_than_a_full_count(prior):
    for what in (SAMPLE, FULL, EITHER):
        raw = [prior.raw(what, chance) for chance in (0.5, 0.8, 0.95)]
        assert raw == sorted(raw)
        assert len(set(raw)) == 3
    for chance in (0.5, 0.8, 0.95):
        assert prior.raw(SAMPLE, chance) > prior.raw(FULL, chance)
        assert prior.raw(EITHER, chance) <= prior.raw(SAMPLE, chance)


def test_the_same_seed_gives_the_same_answer_and_another_one_nearly(prior):
    again = to_file(CALIFORNIA, required=REQUIRED, seed=1)
    other = to_file(CALIFORNIA, required=REQUIRED, seed=2)
    assert again.needs == prior.needs
    assert other.raw(SAMPLE, 0.8) == pytest.approx(prior.raw(SAMPLE, 0.8), rel=0.01)


def test_copies_make_the_sample_dearer_than_the_full_count():
    def gap(duplicates):
        held = Validity(mean=0.75, spread=0.0, duplicates=duplicates)
        told = to_file(CALIFORNIA, required=REQUIRED, seed=1, validity=held)
        return told.raw(SAMPLE, 0.95) - told.raw(SAMPLE, 0.5)

    assert gap(0.06) > 1.5 * gap(0.0)


def test_a_law_without_a_sample_answers_for_a_full_count_and_says_so():
    told = to_file(SWISS, required=100_000, seed=1, validity=SURE)
    assert {need.what for need in told.needs} == {FULL}
    more = NormalDist().inv_cdf(0.8) * sqrt(125_000 * 0.8 * 0.2) / 0.8
    assert told.raw(FULL, 0.8) == pytest.approx(125_000 + more, abs=60)
    assert any("full count" in remark for remark in told.remarks)


@pytest.mark.parametrize(
    "law",
    [
        "us/ca/statute_initiative",
        "us/wa/initiative",
        "us/co/statute_initiative",
        "us/sd/constitutional_initiative",
        "us/or/statute_initiative",
        "us/mi/constitutional_initiative",
    ],
)
def test_laws_with_bands_are_simulated(law):
    book = open_law(law).on_day(date(2026, 1, 1))
    told = to_file(book, required=100_000, seed=1, draws=500)
    assert {need.what for need in told.needs} == {SAMPLE, FULL, EITHER}
    raw = [told.raw(SAMPLE, chance) for chance in (0.5, 0.8, 0.95)]
    assert 120_000 < raw[0] < raw[1] < raw[2] < 190_000


CHECKS = (
    Check(chapter="North", circulator="Ann", checked=400, valid=340, raw=9_000),
    Check(chapter="North", circulator="Bob", checked=10, valid=4, raw=200),
    Check(chapter="South", circulator="Cy", checked=300, valid=200, raw=9_000),
)


def test_own_checks_narrow_the_answer(prior):
    told = to_file(CALIFORNIA, required=REQUIRED, seed=1, checks=CHECKS)

    def width(found):
        return found.raw(SAMPLE, 0.95) / found.raw(SAMPLE, 0.5)

    assert width(told) < width(prior)


def test_ten_lines_of_a_new_circulator_are_drawn_in_to_the_others():
    told = to_file(CALIFORNIA, required=REQUIRED, seed=1, checks=CHECKS)
    rates = {(rate.chapter, rate.circulator): rate for rate in told.rates}
    ann, bob = rates["North", "Ann"], rates["North", "Bob"]
    assert ann.median == pytest.approx(0.85, abs=0.01)
    assert 0.5 < bob.median < 0.8  # 4 of 10 seen
    assert bob.high - bob.low > 3 * (ann.high - ann.low)
    assert rates["South", ""].median < rates["North", ""].median


def test_a_chapter_named_as_a_county_tells_that_countys_validity():
    split = {"North": 500_000, "South": 500_000}
    held = Validity(spread=0.02)
    apart = to_file(
        CALIFORNIA, required=REQUIRED, seed=1, split=split, checks=CHECKS, validity=held
    )
    turned = to_file(
        CALIFORNIA,
        required=REQUIRED,
        seed=1,
        split={"North": 900_000, "South": 100_000},
        checks=CHECKS,
        validity=held,
    )
    assert turned.raw(FULL, 0.5) < apart.raw(FULL, 0.5)  # the North's lines are better


def test_districts_count_in_the_full_count():
    split = {"North": 90_000, "South": 10_000}
    alone = to_file(SWISS, required=100_000, seed=1, split=split, validity=SURE)
    both = to_file(
        SWISS,
        required=100_000,
        seed=1,
        split=split,
        validity=SURE,
        spread=Spread(needed={"North": 50_000, "South": 20_000}),
    )
    assert both.raw(FULL, 0.5) > 1.5 * alone.raw(FULL, 0.5)


def test_a_chance_no_number_of_lines_gives_is_told_as_none():
    hopeless = Validity(mean=0.05, spread=0.0, duplicates=0.0)
    told = to_file(SWISS, required=100_000, seed=1, validity=hopeless)
    assert told.raw(FULL, 0.5) is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"chances": (1.0,)}, "strictly between"),
        ({"split": {"A": 0}}, "at least one"),
        ({"required": 0}, "1 or more"),
        ({"spread": Spread(needed={"Nowhere": 5})}, "Nowhere"),
    ],
)
def test_what_cannot_be_is_refused(more, said):
    with pytest.raises(InputError, match=said):
        to_file(CALIFORNIA, **{"required": REQUIRED, "seed": 1, **more})


def test_validity_learnt_from_known_circulators_is_calibrated():
    """90% intervals hold the truth of circulators drawn from the model's own kind."""
    from plebiscite.forecast.pace.filing.checks import learn

    rng = np.random.default_rng(11)
    held = []
    for _ in range(25):
        common = rng.normal(0.77, 0.05)
        checks, truth = [], []
        for chapter in "ABCD":
            of_chapter = rng.beta(50 * common, 50 * (1 - common))
            for who in "xyz":
                share = rng.beta(40 * of_chapter, 40 * (1 - of_chapter))
                checked = int(rng.choice([10, 60, 300]))
                checks.append(
                    Check(
                        chapter=chapter,
                        circulator=who,
                        checked=checked,
                        valid=int(rng.binomial(checked, share)),
                    )
                )
                truth.append(share)
        found = learn(checks, prior=Validity(), rng=rng, draws=1_000).of_circulator
        low, high = np.quantile(found, [0.05, 0.95], axis=0)
        held += [a <= t <= b for a, t, b in zip(low, truth, high, strict=True)]
    assert 0.85 <= np.mean(held) <= 0.95
