"""The vote forecast: the published recipe, no poll, one poll, polls that contradict."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.forecast.polls import Poll, ballot_draws, fan, vote_day
from plebiscite.forecast.polls.drift import drifted, spread, undrifted
from plebiscite.forecast.student import quantile

VOTE = date(2018, 11, 6)

# The poll average needed for a chance of .5, .8 and .9 with so many days left, and of
# .5 against 55%, in whole points as our research note states them.
NEEDED = {
    0: (51.5, 55, 57, 56.5),
    30: (52.5, 59, 64, 58.3),
    90: (56, 68, 73, 64),
    365: (59, 74, 79, 70),
    643: (59, 75, 81, 70),
}


def poll(days, support=50.0, house="A", **more):
    end = VOTE - timedelta(days=days)
    told = {"oppose": 100 - support, "unsure": 0.0, "n": 1000, **more}
    return Poll(pollster=house, start=end, end=end, support=support, **told)


def forecast(*polls, days=0, **more):
    more.setdefault("on_ballot_text", True)
    return vote_day(polls, as_of=VOTE - timedelta(days=days), vote_on=VOTE, **more)


@pytest.mark.parametrize("days", NEEDED)
def test_the_average_needed_is_that_of_the_published_table(days):
    unit = 0.8 * spread(days)
    told = [
        undrifted(50 + unit * float(quantile(chance)), days)
        for chance in (0.5, 0.8, 0.9)
    ]
    assert [*told, undrifted(55, days)] == pytest.approx(NEEDED[days], abs=0.6)


@pytest.mark.parametrize(("days", "error"), [(0, 5), (30, 8), (90, 9.7), (365, 12)])
def test_the_error_is_that_of_the_published_table(days, error):
    assert spread(days) == pytest.approx(error, abs=0.15)


@given(st.floats(0, 100), st.floats(0, 700))
def test_the_average_needed_undoes_the_drift(average, days):
    assert undrifted(drifted(average, days), days) == pytest.approx(average, abs=1e-6)


def test_those_that_trail_lose_nothing_a_month_those_that_lead_do():
    assert drifted(40, 120) == drifted(40, 0)
    assert drifted(60, 0) - drifted(60, 30) == pytest.approx(1.33 * 1.5)


def test_one_poll_follows_the_recipe_alone():
    found = forecast(poll(30, 60.0))
    assert found.walked is None
    assert found.mean == pytest.approx(60 - 1.5 - 1.33 * 1.5)
    assert found.scale == pytest.approx(spread(30))
    assert "it rests on one poll" in found.notes


def test_several_houses_bring_in_the_walk_by_half():
    polls = [poll(30, 60.0), poll(31, 62.0, "B")]
    found = forecast(*polls)
    assert found.walked is not None
    assert found.mean == pytest.approx((drifted(61, 30) + found.walked) / 2)


def test_without_a_poll_the_forecast_is_what_such_measures_came_to():
    found = forecast(poll(5), days=10)
    assert found.average is None
    # 36% of the initiatives on California's ballots passed (Ballotpedia, 2019)
    assert found.chance() == pytest.approx(0.36, abs=0.02)
    referred = forecast(days=10, kind="referred")
    assert referred.chance() == pytest.approx(0.57, abs=0.02)


def test_polls_that_contradict_one_another_widen_the_forecast():
    apart = forecast(poll(30, 20.0), poll(31, 50.0, "B"))
    alike = forecast(poll(30, 34.0), poll(31, 36.0, "B"))
    assert apart.scale > alike.scale
    assert any("contradict" in note for note in apart.notes)


def test_another_text_than_the_ballot_s_adds_five_points_of_error():
    own, other = (forecast(poll(30), on_ballot_text=text) for text in (True, False))
    assert other.scale**2 - own.scale**2 == pytest.approx(25)


def test_a_share_and_points_say_the_same_need():
    found = forecast(poll(30, 57.0))
    assert found.chance(Fraction(55, 100)) == found.chance(55.0)
    assert found.chance(55.0) < found.chance(50.0)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_intervals_hold_what_they_promise(level):
    found = forecast(poll(30, 57.0))
    low, high = found.interval(level)
    assert found.chance(low) - found.chance(high) == pytest.approx(level)


def test_draws_have_the_law_of_the_forecast():
    found = forecast(poll(30, 57.0))
    drawn = found.draws(np.random.default_rng(3), 40_000)
    assert float(np.mean(drawn > 50)) == pytest.approx(found.chance(), abs=0.01)


def test_yes_shares_stay_between_nought_and_a_hundred():
    drawn = forecast(poll(500, 2.0)).draws(np.random.default_rng(3), 5_000)
    assert drawn.min() >= 0
    assert drawn.max() <= 100


def test_a_vote_that_is_over_is_refused():
    with pytest.raises(InputError, match="was before"):
        vote_day([], as_of=VOTE + timedelta(days=1), vote_on=VOTE)


def test_errors_on_one_ballot_correlate_by_the_measured_amount():
    days = {name: forecast(poll(30, 50.0)) for name in "ab"}
    drawn = ballot_draws(days, np.random.default_rng(5), 40_000)
    ranks = [np.argsort(np.argsort(drawn[name])) for name in "ab"]
    # the rank correlation of a normal pair with correlation r is 6/pi asin(r/2)
    expected = 6 / np.pi * np.arcsin(0.22 / 2)
    assert np.corrcoef(ranks)[0, 1] == pytest.approx(expected, abs=0.02)
    assert float(np.mean(drawn["a"] > 50)) == pytest.approx(
        days["a"].chance(), abs=0.01
    )


def test_votes_on_two_days_are_not_one_ballot():
    later = vote_day([], as_of=VOTE, vote_on=VOTE + timedelta(days=1))
    with pytest.raises(InputError, match="on one day"):
        ballot_draws({"a": forecast(poll(3)), "b": later}, np.random.default_rng(1), 9)


def test_a_fan_goes_from_the_average_to_the_vote():
    polls = [poll(30, 60.0), poll(31, 62.0, "B")]
    bands = fan(
        polls, as_of=VOTE - timedelta(days=30), vote_on=VOTE, on_ballot_text=True
    )
    last = forecast(*polls, days=30)
    wide = [band for band in bands if band.level == 0.8]
    assert wide[0].mean == 61
    assert wide[-1].day == VOTE
    assert (wide[-1].low, wide[-1].high) == pytest.approx(last.interval(0.8))
