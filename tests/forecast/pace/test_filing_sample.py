"""The sample simulated. Oracles: `plebiscite.verify`, and lines drawn one by one."""

from datetime import date

import numpy as np
import pytest

from plebiscite.forecast.pace.filing.drawn import Petitions, poisson
from plebiscite.forecast.pace.filing.sample import (
    FORMULAS,
    QUALIFIES,
    Sampling,
    california,
)
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.count import SampleCount
from plebiscite.verify.judgement import PROJECTIONS
from plebiscite.verify.projection import project_california

CALIFORNIA = open_law("us/ca/constitutional_initiative").on_day(date(2017, 1, 26))
WASHINGTON = open_law("us/wa/initiative").on_day(date(2014, 7, 1))


def ints(*numbers):
    return np.array(numbers, dtype=np.int64)


@pytest.mark.parametrize("name", ["california", "proportion", "pair"])
def test_the_formulas_in_arrays_are_those_of_verify_to_the_last_signature(name):
    rng = np.random.default_rng(2)
    for _ in range(400):
        raw = int(np.exp(rng.uniform(0, 13)))
        sampled = raw if rng.random() < 0.2 else int(rng.integers(1, raw + 1))
        valid = int(rng.integers(0, sampled + 1))
        pairs = int(rng.integers(0, min(sampled - valid, sampled - 1, 40) + 1))
        count = SampleCount(
            county="C", raw=raw, sampled=sampled, valid=valid, duplicates=pairs
        )
        ours = FORMULAS[name](ints(raw), ints(sampled), ints(valid), ints(pairs))
        assert int(ours[0]) == PROJECTIONS[name](count).valid, count


def test_a_petition_of_many_millions_is_projected_by_pairs_to_the_last_signature():
    """Oracle: verify's exact fractions, where 64 bits would overflow."""
    rng = np.random.default_rng(3)
    for raw in (13_000_000, 14_000_000, 900_000_000):
        sampled = raw // 20
        valid = int(sampled * rng.uniform(0.6, 0.99))
        count = SampleCount(
            county="C", raw=raw, sampled=sampled, valid=valid, duplicates=40
        )
        ours = FORMULAS["pair"](ints(raw), ints(sampled), ints(valid), ints(40))
        assert int(ours[0]) == PROJECTIONS["pair"](count).valid, count


def test_the_regulations_own_example_comes_out():
    example = california(ints(24_034), ints(722), ints(516), ints(2))
    assert int(example[0]) == 15_028  # 2 CCR 20540


def test_the_lines_of_the_law_are_exact():
    sampling = Sampling.of(CALIFORNIA, 585_407)
    assert sampling.lines[QUALIFIES] == 643_948  # above 110%: 643,947.7
    assert sampling.lines["does not fail"] == 556_137  # 95%: 556,136.65


def test_too_few_lines_filed_fail_before_any_sample():
    sampling = Sampling.of(CALIFORNIA, 1_000)
    sizes = sampling.sizes(ints(999))
    qualified, full = sampling.bands(ints(999), sizes, sizes[None, :], 0 * sizes[None])
    assert not qualified.any()
    assert not full.any()


def test_washington_accepts_what_verify_accepts():
    sampling = Sampling.of(WASHINGTON, 246_372)
    raw, sampled = ints(348_072), ints(10_512)
    rng = np.random.default_rng(3)
    pairs = rng.integers(0, 30, (60, 1))
    valid = rng.integers(7_900, 9_700, (60, 1))
    accepted, ordered = sampling.bands(raw, sampled, valid, pairs)
    assert 10 < accepted.sum() < 55
    assert np.array_equal(ordered, ~accepted)
    sampling.agree(raw, sampled, valid, pairs)  # raises where verify says otherwise
    i_1351, _ = sampling.bands(raw, sampled, ints(9_606)[None], ints(9)[None])
    assert i_1351.all()  # accepted in 2014


def test_a_disagreement_with_verify_is_never_passed_over(monkeypatch):
    sampling = Sampling.of(CALIFORNIA, 10_000)
    monkeypatch.setitem(FORMULAS, "california", lambda raw, *_: raw[None] * 0)
    raw, sampled = ints(24_034), ints(722)
    with pytest.raises(ArithmeticError):
        sampling.agree(raw, sampled, ints(516)[None], ints(2)[None])


def test_michigan_is_judged_by_the_valid_lines_in_the_sample():
    book = open_law("us/mi/constitutional_initiative").on_day(date(2024, 1, 1))
    sampling = Sampling.of(book, 446_198)
    # 446,198 * 1,000 / 600,000 = 743.7: 744 valid lines project to enough.
    assert sampling.least_valid(600_000, 1_000) == 744


def test_laws_without_a_sample_say_why():
    swiss = open_law("ch/popular_initiative").on_day(date(2017, 1, 1))
    assert Sampling.of(swiss, 100_000) == "it checks every line"
    nevada = open_law("us/nv/constitutional_initiative").on_day(date(2026, 1, 1))
    assert "not recorded" in Sampling.of(nevada, 100_000)


def test_inversion_gives_poisson_numbers_that_rise_with_their_mean():
    rng = np.random.default_rng(4)
    uniform = rng.random((20_000, 3))
    for mean in (0.02, 3.0, 60.0, 900.0):
        found = poisson(np.full(uniform.shape, mean), uniform)
        assert found.mean() == pytest.approx(mean, rel=0.05)
        assert found.var() == pytest.approx(mean, rel=0.05)
        more = poisson(np.full(uniform.shape, mean * 1.1), uniform)
        assert (more >= found).all()


def by_lines(rng, raw, valid, copies, sampled):
    """Draw a sample line by line: voters 0.. once or twice, -1 for a bad line."""
    lines = np.full(raw, -1)
    lines[:valid] = np.arange(valid)
    lines[valid : valid + copies] = np.arange(copies)
    drawn = lines[rng.permutation(raw)[:sampled]]
    good = drawn[drawn >= 0]
    first = len(np.unique(good))
    return first, len(good) - first


def test_the_sample_has_the_spread_of_lines_drawn_one_by_one():
    raw, share, repeats, draws = 20_000, 0.70, 0.03, 1_500
    sampled = int(Sampling.of(CALIFORNIA, 10_000).sizes(ints(raw))[0])
    assert sampled == 600
    rng = np.random.default_rng(5)
    true = np.array([by_lines(rng, raw, 14_000, 600, sampled) for _ in range(draws)])
    ones = np.ones((draws, 1))
    petitions = Petitions(
        share=np.ones(1),
        valid=share * ones,
        copies=repeats * ones,
        normal=rng.standard_normal((draws, 1)),
        uniform=rng.random((draws, 1)),
        filed=0 * ones,
    )
    valid, pairs = petitions.sampled(ints(raw), ints(sampled))

    def projected(found):
        return np.array(
            [
                project_california(
                    SampleCount(
                        county="C",
                        raw=raw,
                        sampled=sampled,
                        valid=int(v),
                        duplicates=int(d),
                    )
                ).valid
                for v, d in found
            ]
        )

    ours = projected(np.column_stack([valid[:, 0], pairs[:, 0]]))
    theirs = projected(true)
    error = theirs.std() * np.sqrt(2 / draws)
    assert abs(ours.mean() - theirs.mean()) < 3 * error
    assert ours.std() == pytest.approx(theirs.std(), rel=0.08)


def test_pairs_found_grow_with_the_square_of_the_share_drawn():
    ones = np.ones((40_000, 1))
    rng = np.random.default_rng(6)
    petitions = Petitions(
        share=np.ones(1),
        valid=0.7 * ones,
        copies=0.05 * ones,
        normal=rng.standard_normal(ones.shape),
        uniform=rng.random(ones.shape),
        filed=0 * ones,
    )
    _, few = petitions.sampled(ints(100_000), ints(3_000))
    _, many = petitions.sampled(ints(100_000), ints(6_000))
    assert few.mean() == pytest.approx(5_000 * 0.03**2, rel=0.03)
    assert many.mean() / few.mean() == pytest.approx(4, rel=0.05)
    _, whole = petitions.sampled(ints(100_000), ints(100_000))
    assert (whole == 5_000).all()


def test_all_counties_together_are_the_same_petitions():
    """Oracle: the counties' own valid lines, summed; a line apart for rounding each."""
    rng = np.random.default_rng(4)
    draws, counties = 3_000, 20
    normal = rng.standard_normal((draws, counties))
    each = Petitions(
        share=np.full(counties, 1 / counties),
        valid=np.full((draws, counties), 0.75),
        copies=np.zeros((draws, counties)),
        normal=normal,
        uniform=rng.uniform(size=(draws, counties)),
        filed=rng.standard_normal((draws, counties)),
    )
    summed = each.true(each.lines(40_000))[0].sum(axis=1)
    whole = each.together().true(ints(40_000))[0][:, 0]

    assert np.abs(summed - whole).max() <= counties
    assert whole.std() == pytest.approx(np.sqrt(40_000 * 0.75 * 0.25), rel=0.06)
