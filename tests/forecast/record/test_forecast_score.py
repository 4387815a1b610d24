"""Scores. Oracles: their definitions, by hand and by brute force."""

from datetime import date
from math import log
from pathlib import Path

import numpy as np
import pytest

from plebiscite.forecast.record.frozen import Frozen
from plebiscite.forecast.record.numbers import LEVELS
from plebiscite.forecast.record.reliability import (
    coverage_band,
    evenness,
    reliability,
)
from plebiscite.forecast.record.score import Came, crps, inside, pit, score
from plebiscite.forecast.student import normal_crps, normal_quantile

SAID, CAME = date(2017, 2, 1), date(2018, 11, 6)


def frozen(**data):
    return Frozen(
        path=Path("forecast.json"),
        published_on=SAID,
        as_of=SAID,
        data={
            "measure": "m",
            "hurdles": [
                {
                    "name": "signatures",
                    "p_given": 0.2,
                    "elicited": True,
                    "settled": False,
                },
                {"name": "vote", "p_given": 0.7, "elicited": False, "settled": False},
                {"name": "courts", "p_given": 1.0, "elicited": False, "settled": True},
            ],
            "joint": {"p": 0.1},
            **data,
        },
    )


def came(hurdles, numbers=None, day=CAME):
    numbers = numbers or {}
    return Came(
        hurdles=hurdles, numbers=numbers, days=dict.fromkeys({*hurdles, *numbers}, day)
    )


def test_brier_and_logarithm_by_hand():
    chances, _, _ = score(
        frozen(), came({"signatures": True, "vote": False, "all": False})
    )
    found = {each.of: each for each in chances}

    assert found["signatures"].brier == pytest.approx(0.64)
    assert found["signatures"].log == pytest.approx(-log(0.2))
    assert found["vote"].brier == pytest.approx(0.49)
    assert found["vote"].log == pytest.approx(-log(0.3))
    assert found["all"].brier == pytest.approx(0.01)


def test_a_hurdle_never_reached_or_settled_before_is_not_scored():
    chances, _, _ = score(
        frozen(), came({"signatures": False, "courts": True, "all": False})
    )

    assert {each.of for each in chances} == {"signatures", "all"}


def test_what_was_settled_before_it_was_published_is_refused():
    chances, _, refused = score(frozen(), came({"signatures": True}, day=SAID))

    assert chances == []
    assert "after the fact" in refused[0]


def test_a_certainty_that_was_wrong_costs_much_and_not_infinitely():
    sure = frozen(
        hurdles=[{"name": "vote", "p_given": 0.0, "elicited": False, "settled": False}]
    )
    [found, *_], _, _ = score(sure, came({"vote": True}))

    assert 20 < found.log < 21


def test_the_crps_of_quantiles_is_near_that_of_the_law():
    """Oracle: the closed form of the normal law."""
    quantiles = {level: 50 + 10 * normal_quantile(level) for level in LEVELS}
    for outcome in (30.0, 50.0, 62.0):
        exact = normal_crps(50, 10, outcome)
        assert crps(quantiles, outcome) == pytest.approx(exact, rel=0.05)


def test_pit_and_intervals():
    quantiles = {level: 50 + 10 * normal_quantile(level) for level in LEVELS}

    assert pit(quantiles, 50) == pytest.approx(0.5)
    assert pit(quantiles, 0) == 0.0
    assert inside(quantiles, 60, 0.8)
    assert not inside(quantiles, 70, 0.9)


def test_counts_are_scored_where_they_came():
    numbers = {"yes:vote": {f"{level:.2f}": 40 + 20 * level for level in LEVELS}}
    _, [found], _ = score(frozen(numbers=numbers), came({}, {"yes:vote": 50.0}))

    assert found.pit == pytest.approx(0.5)
    assert found.inside[0.8]


def test_an_honest_forecaster_holds_and_a_boaster_does_not():
    """Oracle: outcomes drawn from the very chances, and from others."""
    rng = np.random.default_rng(5)
    chances = rng.uniform(0.02, 0.98, 2000)
    honest = rng.random(2000) < chances
    meek = rng.random(2000) < 0.5 + (chances - 0.5) / 3

    assert sum(not each.holds for each in reliability(chances, honest)) <= 1
    assert sum(not each.holds for each in reliability(chances, meek)) >= 6


def test_even_values_hold_and_crowded_ones_do_not():
    rng = np.random.default_rng(6)

    assert evenness(rng.random(300)).holds
    assert not evenness(rng.random(300) ** 2).holds
    assert sum(evenness(rng.random(300)).tenths) == 300
    assert evenness([]).many == 0


def test_few_outcomes_make_a_wide_band():
    """Oracle: .8 plus and minus twice the root of .16/n."""
    low, high = coverage_band(0.8, 16)

    assert (low, high) == pytest.approx((0.6, 1.0))
