"""Campaigns whose truth is known: are the forecasts honest?

Each synthetic campaign has its own law, money, polls and days; what came of it is
played with coins, by the story as the explanation tells it. Over all of them what was
given a chance of one in three must happen one time in three, and the counts that came
must lie evenly in the distributions forecast. `make prove-long` plays a thousand.
"""

import os
from math import sqrt

import numpy as np
import pytest

from plebiscite.forecast.record.reliability import (
    coverage_band,
    evenness,
    reliability,
)
from prove.chances.campaigns import NAMES
from prove.chances.campaigns import told as play

MANY = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 200


@pytest.fixture(scope="module")
def told():
    """Every campaign forecast and played: chances with outcomes, and PIT values."""
    found = play(np.random.default_rng(1912), MANY)
    return found.chances, found.pits, found.held


@pytest.mark.parametrize("name", [*NAMES, "all"])
def test_what_was_told_happens_as_often_as_told(told, name):
    """Oracle: the sum of the chances, within three standard deviations."""
    pairs = [(p, came) for of, p, came in told[0] if of == name]
    expected = sum(p for p, _ in pairs)
    error = sqrt(sum(p * (1 - p) for p, _ in pairs))

    assert sum(came for _, came in pairs) == pytest.approx(expected, abs=3 * error)


def test_each_bin_of_the_reliability_table_holds(told):
    bins = reliability([p for _, p, _ in told[0]], [came for *_, came in told[0]])

    assert len(bins) >= 6
    assert sum(not each.holds for each in bins) <= 1


@pytest.mark.parametrize("name", ["valid_signatures", "yes:vote", "turnout:vote"])
def test_the_counts_that_came_lie_evenly_in_their_distributions(told, name):
    found = evenness(told[1][name])

    assert found.many == MANY
    assert found.holds, found


@pytest.mark.parametrize("name", ["valid_signatures", "yes:vote", "turnout:vote"])
def test_eighty_percent_intervals_hold_eight_times_in_ten(told, name):
    inside_ = [held for of, held in told[2] if of == name]
    low, high = coverage_band(0.8, len(inside_))

    assert low <= sum(inside_) / len(inside_) <= high
