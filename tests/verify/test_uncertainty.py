"""Bias, coverage and chances, against petitions whose truth is known.

Oracles: simulation with known truth (4,000 draws, seeds fixed), a second
implementation, invariants.
"""

from dataclasses import replace
from decimal import Decimal
from math import erf, sqrt
from pathlib import Path

import numpy as np
import pytest
from count_strategies import SIX, sample_counts
from drawing import (
    COUNTIES,
    DRAWS,
    EXAMPLE,
    LOS_ANGELES,
    RATES,
    STATES,
    YUBA,
    county_coverage,
    county_errors,
    draw_county,
    pair_estimates,
    state_coverage,
    state_errors,
    statutory,
    table,
)
from hypothesis import given

from plebiscite.verify.certificate import Band
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.projection import pair_estimate, project_california
from plebiscite.verify.uncertainty import (
    chance_full_count_differs,
    county_standard_error,
    normal,
    standard_error,
)

DOCS = Path(__file__).parents[2] / "docs"
SIZES = {**COUNTIES, "all of 350": (350, 350)}
FIRST = 40
MANY = 10 * DRAWS


def counts_of(county, name="C", draws=FIRST):
    """Return the first draws as the package's own counts."""
    return [
        SampleCount(
            county=name,
            raw=county.raw,
            sampled=county.sampled,
            valid=int(county.valid[draw]),
            duplicates=int(county.duplicates[draw]),
        )
        for draw in range(draws)
    ]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", COUNTIES)
def test_the_array_formulas_are_the_packages_own(name, rate):
    """The simulations below run on arrays; here they are held to the package."""
    county = draw_county(*COUNTIES[name], rate, np.random.default_rng(1), FIRST)
    counts = counts_of(county)

    projections = [project_california(count).valid for count in counts]
    assert projections == statutory(county).tolist()
    errors = [float(county_standard_error(count)) for count in counts]
    assert errors == pytest.approx(county_errors(county), abs=0.011)
    estimates = [float(pair_estimate(count)) for count in counts]
    assert estimates == pytest.approx(pair_estimates(county))


@pytest.mark.parametrize("rate", RATES)
def test_the_array_formula_of_the_state_is_the_packages_own(rate):
    rng = np.random.default_rng(2)
    counties = [draw_county(*sizes, rate, rng, 5) for sizes in STATES["four sizes"]]
    rows = zip(
        *(counts_of(each, str(place), 5) for place, each in enumerate(counties)),
        strict=True,
    )

    errors = [float(standard_error(row)) for row in rows]
    assert errors == pytest.approx(state_errors(counties), abs=0.011)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", SIZES)
def test_the_projection_is_right_on_average(name, rate):
    """Within three Monte Carlo errors; the statutory formula, and its rounding.

    Over 40,000 draws, so that a bias of a sixtieth of one draw's spread would show. The
    percentage is rounded by up to 0.005 points, two products by up to one signature
    each.
    """
    raw, sampled = SIZES[name]
    county = draw_county(raw, sampled, rate, np.random.default_rng(3), MANY)
    exact, law = pair_estimates(county), statutory(county)
    spread = 3 * exact.std() / sqrt(MANY)

    assert abs(exact.mean() - county.truth) <= spread + 1e-6
    assert abs(law.mean() - county.truth) <= spread + raw * 0.00005 + 2


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", COUNTIES)
def test_a_countys_95_percent_interval_covers_at_least_94_percent(name, rate):
    assert county_coverage(name, rate) >= 0.94


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", STATES)
def test_the_states_95_percent_interval_covers_what_it_says(name, rate):
    assert 0.935 <= state_coverage(name, rate) <= 0.965


@pytest.mark.parametrize(
    ("sizes", "rate", "covers"), [(EXAMPLE, 0.01, 0.926), (EXAMPLE, 0.03, 0.764)]
)
def test_the_plug_in_error_would_cover_too_little(sizes, rate, covers):
    """Why duplicates are borrowed. Oracle: figures measured independently."""
    county = draw_county(*sizes, rate, np.random.default_rng(4))
    q = county.valid / county.sampled
    lines = county.value**2 * county.sampled * q * (1 - q)
    lines *= 1 - county.sampled / county.raw
    plug_in = np.sqrt(lines + county.value**4 * county.duplicates)
    off = np.abs(statutory(county) - county.truth)

    assert np.mean(off <= 1.96 * plug_in) == pytest.approx(covers, abs=0.03)


def test_the_interval_holds_between_and_beyond_the_tested_rates():
    """No rate up to 10% slips through between the four that are tabled."""
    for rate in (0.002, 0.005, 0.02, 0.05, 0.1):
        for sizes in (LOS_ANGELES, EXAMPLE, YUBA):
            county = draw_county(*sizes, rate, np.random.default_rng(5))
            off = np.abs(statutory(county) - county.truth)
            assert np.mean(off <= 1.96 * county_errors(county)) >= 0.94


def test_duplicates_of_the_whole_petition_would_move_los_angeles_by_100_000():
    """Trap: a drawn line is no duplicate because its voter signed elsewhere.

    With 1% of the lines second copies, calling every drawn second copy a duplicate,
    its first in the sample or not, takes some 100,000 signatures off; an earlier
    simulation with slightly fewer double signers put it at 97,940. Counted inside the
    sample, the projection is right.
    """
    county = draw_county(*LOS_ANGELES, 0.01, np.random.default_rng(6))
    wrong = replace(
        county,
        valid=county.valid + county.duplicates - county.elsewhere,
        duplicates=county.elsewhere,
    )

    assert -105_000 < np.mean(statutory(wrong) - county.truth) < -93_000
    assert abs(np.mean(statutory(county) - county.truth)) < 150


def test_where_every_line_was_looked_at_nothing_is_in_doubt():
    full = FullCount(county="A", raw=350, sampled=200, valid=100)
    every_line = SIX[-1]

    assert county_standard_error(full) == county_standard_error(every_line) == 0
    assert standard_error([full, every_line]) == 0
    for band in Band:
        chance = chance_full_count_differs(5, Decimal(0), required=6, band=band)
        assert chance == 0


@given(sample_counts())
def test_a_sample_that_leaves_lines_out_is_never_certain(count):
    certain = count.sampled == count.raw

    assert (county_standard_error(count) == 0) is certain
    assert (standard_error([count]) == 0) is certain


@pytest.mark.parametrize("z", ["-7.5", "-3", "-1.96", "-0.01", "0", "0.5", "2.33", "6"])
def test_the_normal_distribution(z):
    """Oracle: the error function of the standard library."""
    expected = (1 + erf(float(z) / sqrt(2))) / 2

    assert float(normal(Decimal(z))) == pytest.approx(expected, rel=1e-9, abs=1e-15)
    assert 0 < normal(Decimal(-50)) < Decimal("1e-14")


def test_the_chance_is_about_the_decision_and_rounded_up():
    error, required = Decimal("1000.00"), 100_000

    failed = chance_full_count_differs(
        98_000, error, required=required, band=Band.FAILED
    )
    qualified = chance_full_count_differs(
        102_000, error, required=required, band=Band.QUALIFIED
    )
    sent_on = chance_full_count_differs(
        98_000, error, required=required, band=Band.FULL_COUNT
    )
    hopeless = chance_full_count_differs(1, error, required=required, band=Band.FAILED)

    # Two standard errors: 0.02275, less half a signature's worth.
    assert failed == Decimal("0.022778")
    assert qualified == Decimal("0.022724")
    assert sent_on > Decimal("0.97")
    assert hopeless == Decimal("0.000001")


def test_stated_chances_come_true():
    """Calibration: requirements spread evenly around the truth of the state.

    Among draws whose stated chance of falling short lies in a band of chances, that
    share does fall short, within four points.
    """
    rng = np.random.default_rng(7)
    state = STATES["58 counties of 2014"]
    counties = [draw_county(*sizes, 0.02, rng, MANY) for sizes in state]
    truth = sum(county.truth for county in counties)
    errors = state_errors(counties)
    required = np.round(truth + rng.uniform(-4, 4, MANY) * errors.mean())
    projected = sum(statutory(county) for county in counties)
    stated = np.array(
        [
            (1 + erf((r - p - 0.5) / e / sqrt(2))) / 2
            for r, p, e in zip(required, projected, errors, strict=True)
        ]
    )
    for low in (0, 0.2, 0.4, 0.6, 0.8):
        these = (stated >= low) & (stated < low + 0.2)
        falls_short = np.mean(truth < required[these])
        assert falls_short == pytest.approx(stated[these].mean(), abs=0.04)


def test_the_documented_coverage_is_the_measured_one():
    """The table in the explanation is what these simulations give, within a point."""
    text = (DOCS / "explanation" / "projection.md").read_text()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    documented = {row.split("|")[1].strip(): row.split("|")[2:-1] for row in rows}

    for row in table().splitlines()[2:]:
        name, *cells = (cell.strip() for cell in row.strip("|").split("|"))
        shown = [float(cell) for cell in documented[name]]
        assert shown == pytest.approx([float(cell) for cell in cells], abs=1)
