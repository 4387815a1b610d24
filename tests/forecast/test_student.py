"""Student's t in closed form, held to printed tables and to quadrature."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.forecast import student

# Upper quantiles of t as tables print them (NIST/SEMATECH e-Handbook, 1.3.6.7.2).
PRINTED = {
    (1, 0.95): 6.314,
    (2, 0.95): 2.920,
    (5, 0.90): 1.476,
    (5, 0.95): 2.015,
    (5, 0.975): 2.571,
    (8, 0.90): 1.397,
    (8, 0.975): 2.306,
    (30, 0.99): 2.457,
}


@pytest.mark.parametrize(("df", "chance"), PRINTED)
def test_quantiles_are_those_of_the_printed_table(df, chance):
    assert float(student.quantile(chance, df)) == pytest.approx(
        PRINTED[df, chance], abs=5e-4
    )


@given(st.integers(1, 40), st.floats(1e-4, 1 - 1e-4))
def test_quantile_undoes_the_distribution_function(df, chance):
    assert float(student.cdf(student.quantile(chance, df), df)) == pytest.approx(
        chance, abs=1e-9
    )


@pytest.mark.parametrize("df", [1, 2, 5, 8])
def test_the_density_is_the_slope_of_the_distribution_function(df):
    at = np.linspace(-6, 6, 25)
    step = 1e-5
    slope = (student.cdf(at + step, df) - student.cdf(at - step, df)) / (2 * step)
    assert slope == pytest.approx(student.pdf(at, df), abs=1e-6)


def _by_quadrature(below, outcome, low, high):
    """The CRPS from its definition: the integral of (F(x) - 1{x >= y}) squared."""
    x = np.linspace(low, high, 400_001)
    missed = (below(x) - (x >= outcome)) ** 2
    return float(np.sum((missed[1:] + missed[:-1]) / 2) * (x[1] - x[0]))


@pytest.mark.parametrize("outcome", [31.0, 50.0, 66.6])
def test_the_crps_of_t_is_the_integral_that_defines_it(outcome):
    found = student.crps(48.0, 6.0, outcome)
    told = _by_quadrature(
        lambda x: student.cdf((x - 48.0) / 6.0), outcome, -2_000, 2_100
    )
    assert found == pytest.approx(told, abs=2e-3)


@pytest.mark.parametrize("outcome", [31.0, 50.0, 66.6])
def test_the_crps_of_the_normal_is_the_integral_that_defines_it(outcome):
    found = student.normal_crps(48.0, 6.0, outcome)
    told = _by_quadrature(
        lambda x: student.normal_cdf((x - 48.0) / 6.0), outcome, -100, 200
    )
    assert found == pytest.approx(told, abs=2e-3)


def test_the_ends_of_the_quantile_are_infinite():
    low, high = student.quantile([0.0, 1.0])
    assert (low, high) == (-math.inf, math.inf)


def test_the_normal_distribution_is_the_library_s():
    at = [-3.0, -0.5, 0.0, 1.96]
    assert student.normal_cdf(at) == pytest.approx([NormalDist().cdf(x) for x in at])
