"""Calibration. Oracles: drives whose truth is simulated, and the Italian petitions."""

from datetime import timedelta

import numpy as np
import pytest

from plebiscite.forecast.pace import Kind, Series, finish, italy
from prove.chances.drives import fallen, farthest


def test_where_drives_are_alike_the_truth_falls_evenly_into_the_forecasts():
    below = fallen(np.random.default_rng(20170201))

    assert farthest(below) < 1.36 / np.sqrt(len(below))  # Kolmogorov, 5%
    assert 0.74 <= np.mean((below > 0.1) & (below < 0.9)) <= 0.86


@pytest.fixture
def italian(shipped_record):
    """What `make backtest` finds on the shipped petitions."""
    return shipped_record[1]["Signature pace"]["scores"]


OURS, APART = "ours: the pool", "ours, without all that opened in the same days"
LINEAR = "linear from the start + others' residuals"


@pytest.mark.parametrize("who", [OURS, APART])
def test_past_petitions_were_foretold_better_than_by_a_straight_line(italian, who):
    assert italian[who]["crps"] <= 0.88 * italian[LINEAR]["crps"]
    assert italian[who]["brier"] <= 0.082
    assert 0.74 <= italian[who]["cover80"] <= 0.86
    _, low, _ = italian[who]["skill"]
    assert low > 0


def test_every_plain_model_is_worse(italian):
    others = [name for name in italian if not name.startswith("ours")]
    assert len(others) == 10
    for name in others:
        assert italian[name]["crps"] > italian[OURS]["crps"]


def test_counting_noise_alone_is_far_too_sure(italian):
    naive = next(found for name, found in italian.items() if name.startswith("naive"))
    assert naive["cover80"] < 0.3


def test_a_petition_never_learns_from_its_own_future():
    own = next(p for p in italy().petitions if p.petition == "5600002")
    days = tuple(own.opened + timedelta(days=k) for k in range(41))
    counts = tuple(int(n) for n in own.counts[:41])

    def told(name):
        return finish(
            Series(
                petition=name,
                kind=Kind.VERIFIED,
                days=days,
                counts=counts,
                opened=own.opened,
                required=50_000,
            ),
            as_of=days[-1],
            deadline=own.opened + timedelta(days=140),
        ).levels

    assert np.array_equal(told("5600002"), told("the same by another name"))
