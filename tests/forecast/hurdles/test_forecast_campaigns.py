"""Campaigns whose truth is known: are the forecasts honest?

Each synthetic campaign has its own law, money, polls and days; what came of it is
played with coins, by the story as the explanation tells it. Over all of them what was
given a chance of one in three must happen one time in three, and the counts that came
must lie evenly in the distributions forecast. `make prove-long` plays a thousand.
"""

import os
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from plebiscite.forecast.hurdles.asks import Asks
from plebiscite.forecast.hurdles.ladder import (
    Gathering,
    Hurdle,
    Ladder,
    Opinion,
    Turnout,
    Vote,
)
from plebiscite.forecast.hurdles.paths import OWN, TURNOUT_HEEDS
from plebiscite.forecast.hurdles.prior import shipped
from plebiscite.forecast.hurdles.simulate import simulate
from plebiscite.forecast.polls.drift import T_SCALE, drifted, spread
from plebiscite.forecast.record.numbers import numbers_of
from plebiscite.forecast.record.reliability import (
    coverage_band,
    evenness,
    reliability,
)
from plebiscite.forecast.record.score import inside, pit

MANY = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 200
NAMES = ("signatures", "turnout", "yes")


def campaign(rng):
    """Return a campaign as it looks some day before its vote."""
    priors = shipped()
    priors["money"] = replace(
        priors["money"], centre=float(np.exp(rng.normal(14.5, 1)))
    )
    priors["courts"] = replace(priors["courts"], centre=float(rng.uniform(0.3, 0.95)))
    support, days = rng.uniform(35, 70), rng.integers(1, 600)
    share = float(rng.choice([0.5, 0.55, 0.6]))
    vote = Vote(
        key="vote",
        on=None,
        asks=Asks(
            words="yes",
            quorum=0.4,
            turnouts=np.array([0.4, 1.0]),
            yes=np.array([share, share]),
        ),
        opinion=Opinion(
            mean=drifted(support, days), unit=T_SCALE * spread(days), known_badly=0.3
        ),
        turnout=Turnout(centre=float(rng.normal(0, 0.4)), deviation=0.5),
    )
    hurdles = tuple(
        Hurdle(
            name=name,
            kind=name,
            words=name,
            vote="" if name == "signatures" else "vote",
        )
        for name in NAMES
    )
    required = int(rng.integers(100_000, 700_000))
    return Ladder(
        hurdles=hurdles,
        votes=(vote,),
        priors=priors,
        gathering=Gathering(required=required),
    )


def played(ladder, rng):
    """Play a campaign once; return the hurdles passed and the counts that came."""
    prior = ladder.priors
    of = {n: p.located() + p.spread * rng.standard_normal() for n, p in prior.items()}
    weight = 1 / (1 + np.exp(-of["mood"]))
    mood, rest = sqrt(weight) * rng.standard_normal(), sqrt(1 - weight)
    money = of["money"] + prior["money"].within * (mood + rest * rng.standard_normal())
    cost = of["cost"] + prior["cost"].within * rng.standard_normal()
    valid = of["validity"] + prior["validity"].within * rng.standard_normal()
    signatures = (np.exp(money - cost) + np.exp(of["volunteers"])) * valid
    vote = ladder.votes[0]
    tails = sqrt(5 / rng.chisquare(5))
    badly = vote.opinion.known_badly
    common = sqrt(1 - badly) * (mood + rest * rng.standard_normal())
    common += sqrt(badly) * rng.standard_normal()
    reach = sqrt(vote.opinion.unit**2 - OWN**2)
    yes = vote.opinion.mean + tails * (reach * common + OWN * rng.standard_normal())
    calm = sqrt(1 - TURNOUT_HEEDS**2 * weight)
    odds = vote.turnout.centre + of["headline"]
    odds += vote.turnout.deviation * (
        TURNOUT_HEEDS * mood + calm * rng.standard_normal()
    )
    home = rng.random() < 1 / (1 + np.exp(-of["boycott"]))
    stay = 1 - home * prior["stay_home"].centre
    turnout = stay / (1 + np.exp(-odds))
    passed = {
        "signatures": signatures >= ladder.gathering.required,
        "turnout": turnout >= vote.asks.quorum,
        "yes": yes / stay >= 100 * vote.asks.flat,
    }
    counts = {
        "valid_signatures": signatures,
        "yes:vote": min(max(yes, 0.0), 100.0),
        "turnout:vote": 100 * turnout,
    }
    return passed, counts


@pytest.fixture(scope="module")
def told():
    """Every campaign forecast and played: chances with outcomes, and PIT values."""
    rng = np.random.default_rng(1912)
    chances, pits, held = [], {}, []
    for number in range(MANY):
        ladder = campaign(rng)
        passed, counts = played(ladder, rng)
        run = simulate(ladder, seed=number, draws=120, paths=60, with_sets=False)
        for place, name in enumerate(NAMES):
            chances.append((name, run.p(place), bool(passed[name])))
        chances.append(("all", run.p_through(-1), all(passed.values())))
        for name, quantiles in numbers_of(ladder, seed=number).items():
            levels = {float(level): value for level, value in quantiles.items()}
            pits.setdefault(name, []).append(pit(levels, counts[name]))
            held.append((name, inside(levels, counts[name], 0.8)))
    return chances, pits, held


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
