"""The walk in closed form, held to plain algebra and to a sampler."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from plebiscite.forecast.polls import Poll
from plebiscite.forecast.polls.walk import FITTED, Constants, walk
from plebiscite.forecast.student import normal_cdf

ROOT = Path(__file__).parents[3]
VOTE = date(2016, 11, 8)


def poll(days, support=50.0, house="A", n=1000):
    end = VOTE - timedelta(days=days)
    return Poll(
        pollster=house,
        start=end,
        end=end,
        support=support,
        oppose=100 - support,
        unsure=0.0,
        n=n,
    )


def test_one_poll_is_itself_less_its_drift_with_every_error_added():
    found = walk([poll(60, 55.0)], vote_on=VOTE)
    assert found is not None
    assert found.mean == pytest.approx(55 - 0.5 - 2.1 * 2)
    parts = 4.2**2 + 0.74**2 * 60 + 3.5**2 + 1.3**2 + 2500 / 1000
    assert found.error == pytest.approx(parts**0.5)


def test_polls_alike_of_two_houses_weigh_by_their_precision():
    plain = Constants(shared=0, step=0, house=0, within=0, over=0, month=0)
    polls = [poll(1, 40.0, n=1000), poll(1, 50.0, "B", n=4000)]
    found = walk(polls, vote_on=VOTE, constants=plain)
    assert found is not None
    assert found.mean == pytest.approx(48)
    assert found.weights == pytest.approx((0.2, 0.8))


def test_many_polls_never_do_away_with_what_they_share():
    found = walk([poll(1, 50.0, f"H{n}", 10**6) for n in range(200)], vote_on=VOTE)
    assert found is not None
    assert found.error > FITTED.shared


def test_it_is_the_mean_of_the_joint_normal_law():
    """The same answer by conditioning on a wide proper prior, one poll at a time."""
    polls = [poll(80, 54.0), poll(40, 51.0, "B"), poll(12, 49.0), poll(3, 52.0, "C")]
    days = np.array([80.0, 40, 12, 3])
    houses = np.array(["a", "b", "a", "c"])
    states = np.eye(1 + len(polls))
    cov = 1e8 * np.outer(states[0], states[0])
    own = (
        FITTED.shared**2
        + FITTED.step**2 * np.minimum.outer(days, days)
        + FITTED.house**2 * (houses[:, None] == houses[None, :])
        + np.diag(np.full(4, FITTED.within**2 + 2.5))
    )
    full = np.zeros((5, 5))
    full[1:, 1:] = own
    full += 1e8 * np.ones((5, 5))
    mean = np.full(5, 50.0)
    mean[1:] += FITTED.over + FITTED.month * days / 30
    cov = full
    for place, seen in enumerate([54.0, 51.0, 49.0, 52.0], 1):
        gain = cov[:, place] / cov[place, place]
        mean = mean + gain * (seen - mean[place])
        cov = cov - np.outer(gain, cov[place, :])
    found = walk(polls, vote_on=VOTE)
    assert found is not None
    assert found.mean == pytest.approx(mean[0], abs=1e-3)
    assert found.error == pytest.approx(cov[0, 0] ** 0.5, abs=1e-3)


def test_a_thousand_invented_campaigns_are_calibrated():
    """Campaigns drawn from the model's own words: PIT uniform by Kolmogorov's test."""
    rng, many = np.random.default_rng(11), 1_000
    pits = []
    for _ in range(many):
        outcome = rng.normal(50, 12)
        days = np.sort(rng.integers(1, 200, int(rng.integers(1, 12))))
        steps = np.diff(np.concatenate(([0], days)))
        level = (
            outcome
            + rng.normal(0, FITTED.shared)
            + np.cumsum(rng.normal(0, FITTED.step * np.sqrt(steps)))
            + FITTED.over
            + FITTED.month * np.minimum(days, 120) / 30
        )
        leans = rng.normal(0, FITTED.house, 3)
        polls = []
        for day, at in zip(days, level, strict=True):
            house = int(rng.integers(3))
            noise = rng.normal(0, (2.5 + FITTED.within**2) ** 0.5)
            seen = float(at + leans[house] + noise)
            polls.append(poll(int(day), seen, f"H{house}"))
        found = walk(polls, vote_on=VOTE)
        assert found is not None
        pits.append(float(normal_cdf((outcome - found.mean) / found.error)))
    apart = np.max(np.abs(np.sort(pits) - (np.arange(many) + 0.5) / many))
    assert apart < 1.63 / many**0.5  # one time in a hundred


def test_without_polls_there_is_nothing_to_walk_from():
    assert walk([], vote_on=VOTE) is None


def test_the_closed_form_agrees_with_a_sampler():
    """NumPyro's figures (make sampler), within four Monte Carlo errors."""
    folder = ROOT / "bench" / "sampler"
    sys.path.insert(0, str(folder))
    try:
        from agree import CAMPAIGNS
    finally:
        sys.path.remove(str(folder))
    sampled = json.loads((folder / "agreed.json").read_text())
    assert set(sampled) == set(CAMPAIGNS)
    for name, polls in CAMPAIGNS.items():
        found, drawn = walk(polls, vote_on=VOTE), sampled[name]
        assert found is not None
        assert abs(found.mean - drawn["mean"]) < 4 * drawn["mean_mc"], name
        assert abs(found.error - drawn["error"]) < 4 * drawn["error_mc"], name
