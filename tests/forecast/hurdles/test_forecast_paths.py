"""The common futures. Oracles: closed forms, and the same story told with coins."""

import sys
from dataclasses import replace
from math import erfc, exp, sqrt

import numpy as np
import pytest

from plebiscite.forecast.hurdles.ladder import Settled
from plebiscite.forecast.hurdles.normal import below
from plebiscite.forecast.hurdles.paths import (
    COURTS_HEED,
    OTHERS_HEED,
    OWN,
    TURNOUT_HEEDS,
    common_unit,
)
from plebiscite.forecast.hurdles.simulate import simulate


def test_the_normal_table_is_right_far_into_the_tail():
    """Oracle: math.erfc."""
    at = np.linspace(-8.9, 8.9, 2001)
    exact = np.array([erfc(-x / sqrt(2)) / 2 for x in at])

    assert below(at) == pytest.approx(exact, rel=1.5e-4)


def test_certain_chances_multiply(of_chances):
    run = simulate(of_chances(courts=0.3, consents=0.02), seed=1, draws=50, paths=20)

    assert run.p_through(-1) == pytest.approx(0.006, rel=1e-9)
    assert run.product() == pytest.approx(0.006, rel=1e-9)


def test_the_same_seed_gives_the_same_futures(calexit):
    first, second, other = (
        simulate(calexit, seed=seed, draws=100, paths=50) for seed in (7, 7, 8)
    )

    assert np.array_equal(first.through, second.through)
    assert not np.array_equal(first.through, other.through)


def test_sharing_a_mood_makes_all_likelier_than_the_product(calexit):
    run = simulate(calexit, seed=1, with_sets=False)

    assert run.p_through(-1) > 20 * run.product()


def test_a_hurdle_that_lies_behind_is_certain_and_a_failed_one_ends_it(calexit):
    first, *rest = calexit.hurdles
    for passed in (True, False):
        settled = replace(first, settled=Settled(passed=passed, because="counted"))
        run = simulate(
            replace(calexit, hurdles=(settled, *rest)), seed=1, draws=100, paths=50
        )
        assert run.p(0) == passed
        assert (run.p_through(-1) > 0) == passed


def test_a_chance_of_one_in_ten_thousand_holds_still_over_seeds(calexit):
    """Coins would need a hundred million paths; here two million do."""
    found = [simulate(calexit, seed=s, with_sets=False).p_through(-1) for s in range(5)]

    assert max(found) < 1.6 * min(found)
    assert min(found) > 1e-6
    assert max(found) < 3e-4


def test_no_path_is_walked_by_itself(calexit):
    """A million paths in half a second: one by one they would take a minute.

    Oracle: the interpreter's own count of the functions called, the same everywhere.
    """
    made = 0

    def counted(_frame, event, _given):
        nonlocal made
        made += event == "call"

    sys.setprofile(counted)
    try:
        simulate(calexit, seed=1, draws=500, paths=2000, with_sets=False)
    finally:
        sys.setprofile(None)

    assert made < 1_000_000 / 20


def _expit(x):
    return 1 / (1 + np.exp(-x))


def coins(ladder, many, rng):
    """Play the story once a row with coins; return whether each hurdle was passed."""
    of = {
        name: prior.located() + prior.spread * rng.standard_normal(many)
        for name, prior in ladder.priors.items()
    }
    weight = _expit(of["mood"])
    mood = np.sqrt(weight) * rng.standard_normal(many)
    rest = np.sqrt(1 - weight)

    def normal():
        return rng.standard_normal(many)

    prior = ladder.priors
    cost = np.exp(of["cost"] + prior["cost"].within * normal())
    money = np.exp(of["money"] + prior["money"].within * (mood + rest * normal()))
    valid = of["validity"] + prior["validity"].within * normal()
    lines = money / cost + np.exp(of["volunteers"])
    passed = {"signatures": lines * valid >= ladder.gathering.required}
    passed["courts"] = rng.random(many) < _expit(of["courts"] + COURTS_HEED * mood)
    tails = np.sqrt(5 / rng.chisquare(5, many))
    badly = ladder.votes[0].opinion.known_badly
    common = sqrt(1 - badly) * (mood + rest * normal()) + sqrt(badly) * normal()
    reach = common_unit(ladder)
    first, second = ladder.votes
    middle = first.opinion.mean + reach * tails * common
    passed["vote"] = middle + OWN * tails * normal() > 50
    later = second.opinion.mean + reach * tails * common - of["overstated"]
    own = sqrt(second.opinion.unit**2 - reach**2)
    yes = later + own * tails * normal()
    odds = second.turnout.centre + of["headline"]
    calm = np.sqrt(1 - TURNOUT_HEEDS**2 * weight)
    odds = odds + second.turnout.deviation * (TURNOUT_HEEDS * mood + calm * normal())
    home = rng.random(many) < _expit(of["boycott"])
    stay = 1 - home * prior["stay_home"].centre
    passed["turnout_2"] = _expit(odds) * stay >= 0.5
    passed["yes_2"] = yes / stay >= 55
    given = of["consents"] + prior["rising"].centre * (later - 55) / 10
    passed["consents"] = rng.random(many) < _expit(given + OTHERS_HEED * mood)
    return passed


def test_it_tells_the_same_story_as_coins(calexit):
    """Oracle: the model told once more, path by path and with coins, no shortcut."""
    many = 1_500_000
    played = coins(calexit, many, np.random.default_rng(11))
    run = simulate(calexit, seed=3)
    so_far = np.ones(many, dtype=bool)
    for number, hurdle in enumerate(calexit.hurdles):
        so_far &= played[hurdle.name]
        alone, through = played[hurdle.name].mean(), so_far.mean()
        assert run.p(number) == pytest.approx(alone, rel=0.06), hurdle.name
        error = 4 * sqrt(through / many) + 0.1 * through
        assert run.p_through(number) == pytest.approx(through, abs=error), hurdle.name


def test_money_is_what_a_lognormal_says(calexit):
    """Oracle: with one thing unknown the chance is the normal tail of its logarithm."""
    known = {
        name: replace(prior, spread=0.0, within=0.0)
        for name, prior in calexit.priors.items()
    }
    known["money"] = replace(known["money"], spread=1.0)
    ladder = replace(calexit, priors=known, hurdles=calexit.hurdles[:1])
    run = simulate(ladder, seed=1, draws=4000, paths=20)
    need = (585_407 / 0.74 - 70_000) * 4.6
    expected = erfc(np.log(need / 350_000) / sqrt(2)) / 2

    assert run.p(0) == pytest.approx(expected, abs=0.002)
    assert exp(known["money"].located()) == pytest.approx(350_000)
