"""What carries the loss, what knowing is worth, and what it would take."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from plebiscite.forecast.hurdles.learn import dollars, lessons
from plebiscite.forecast.hurdles.moved import moved
from plebiscite.forecast.hurdles.needed import needed, needed_each, support_for
from plebiscite.forecast.hurdles.share import drivers
from plebiscite.forecast.hurdles.simulate import simulate
from plebiscite.forecast.student import cdf


@pytest.fixture(scope="module")
def run(calexit):
    return simulate(calexit, seed=1)


def test_independent_drivers_carry_their_own_logarithm(of_chances):
    """Oracle: the Shapley value of an additive game is each player's own part."""
    found = drivers(
        simulate(of_chances(courts=0.3, consents=0.02), seed=1, draws=20, paths=20)
    )
    shares = {each.name: each.share for each in found}

    assert shares["consents"] == pytest.approx(log(0.02) / log(0.006))
    assert shares["courts"] == pytest.approx(log(0.3) / log(0.006))
    assert found[0].if_certain == pytest.approx(50)


def test_the_shares_of_calexit_add_up_and_opinion_is_one_driver(run):
    found = drivers(run)

    assert sum(each.share for each in found) == pytest.approx(1)
    assert found[0].name == "consents"
    assert ("vote", "yes_2") in {each.hurdles for each in found}
    assert all(each.if_certain >= 1 for each in found)


def test_knowing_a_thing_that_moves_nothing_is_worth_nothing(run):
    """Consents come after the second vote: they cannot teach anything about it."""
    found = {each.of: each.worth for each in lessons(run, 4, seed=1)}

    assert found.get("consents", 0.0) < 0.03
    assert found["money"] > 0.2
    assert found["opinion"] > 0.2


def test_a_poll_teaches_no_more_than_knowing_opinion(run):
    found = {each.of: each.worth for each in lessons(run, 4, seed=1)}

    assert found["opinion"] >= found["one_poll_official"] - 0.05
    assert found["one_poll_official"] >= found["one_poll"] - 0.02


def test_nothing_is_to_be_learnt_where_all_is_over(run):
    over = replace(run, through=np.zeros_like(run.through))

    assert lessons(over, 4, seed=1) == []


def test_the_support_needed_is_the_closed_form_turned_round(calexit):
    """Oracle: with that support, Student's t gives the chance that was asked for."""
    vote = calexit.hurdles[2]
    for chance in (0.5, 0.8):
        support = support_for(calexit, vote, chance)
        opinion = moved(calexit, {"support": support}).votes[0].opinion
        reached = cdf((opinion.mean - 50) / opinion.unit)
        assert float(reached) == pytest.approx(chance, abs=1e-3)


def test_calexit_needs_what_was_found_before(calexit):
    """Oracle: our report on forecasting, section 4: 3.2M and 4.3M; 59% and 70%."""
    found = {
        (each.of, each.lever): each.values for each in needed_each(calexit, seed=1)
    }

    assert found["signatures", "money"][0.5] == pytest.approx(3.2e6, rel=0.06)
    assert found["signatures", "money"][0.8] == pytest.approx(4.3e6, rel=0.06)
    assert found["vote", "support"][0.5] == pytest.approx(59, abs=1.5)
    assert found["yes_2", "support"][0.5] == pytest.approx(71, abs=2.5)


def test_what_is_found_gives_the_chance_that_was_asked_for(calexit):
    signatures = replace(calexit, hurdles=calexit.hurdles[:1])
    [found] = needed_each(signatures, seed=1)
    for chance, money in found.values.items():
        reached = simulate(moved(signatures, {"money": money}), seed=2).p(0)
        assert reached == pytest.approx(chance, abs=0.02)


def test_no_money_alone_makes_all_of_calexit_likely(calexit):
    found = [each for each in needed(calexit, seed=1) if each.of == "all"]

    assert found
    assert all(value is None for each in found for value in each.values.values())
    assert all(each.best < 0.01 for each in found)


def test_a_dollar_more_helps_and_helps_signatures_most(calexit):
    """Oracle: the chance with 100,000 more spent, from two runs of the simulation."""
    found = dollars(calexit, 4, seed=1)
    richer = replace(calexit, gathering=replace(calexit.gathering, spent=100_000.0))
    gained = simulate(richer, seed=1).p(0) - simulate(calexit, seed=1).p(0)

    assert found.signatures == pytest.approx(gained, rel=0.15)
    assert found.signatures > found.goal > 0


def test_where_enough_was_filed_money_decides_nothing(calexit):
    filed = replace(calexit.gathering, way="raw", count=900_000.0)

    assert dollars(replace(calexit, gathering=filed), 4, seed=1) is None
