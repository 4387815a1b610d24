"""Turnout: what elections of a kind came to, and no skill where there is none."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.turnout import Past, past_turnouts, turnout_day

DAY = date(2017, 2, 1)


def test_a_special_election_seen_from_2017_is_as_our_note_has_it():
    """Median 43%, 80% in [28, 59], .29 to reach half (our research note)."""
    found = turnout_day("special", as_of=DAY)
    low, high = found.interval()
    assert float(found.quantiles([0.5])[0]) == pytest.approx(0.43, abs=0.005)
    assert (low, high) == pytest.approx((0.28, 0.60), abs=0.01)
    assert found.chance(50.0) == pytest.approx(0.29, abs=0.02)


def test_special_elections_say_that_there_is_no_skill():
    found = turnout_day("special", as_of=DAY)
    assert found.skill == "none"
    assert any("no skill" in note for note in found.notes)


def test_a_headline_event_with_one_boycott_in_five_is_as_our_note_has_it():
    found = turnout_day("special", as_of=DAY, headline=True, boycott=0.2)
    assert found.chance(Fraction(1, 2)) == pytest.approx(0.67, abs=0.03)
    assert any("opinion" in note for note in found.notes)


@pytest.mark.parametrize(
    ("kind", "low", "high"), [("presidential", 0.97, 1.0), ("midterm", 0.52, 0.88)]
)
def test_november_elections_are_as_our_note_has_them(kind, low, high):
    assert low <= turnout_day(kind, as_of=DAY).chance(50.0) <= high


def test_no_election_held_later_is_learned_from():
    before = [each for each in past_turnouts("us/ca") if each.on < DAY]
    assert turnout_day("special", as_of=DAY) == turnout_day(
        "special", as_of=DAY, past=before
    )


def test_a_boycott_never_raises_the_turnout():
    plain = turnout_day("midterm", as_of=DAY)
    some = turnout_day("midterm", as_of=DAY, boycott=0.5)
    for quorum in (30.0, 40.0, 50.0, 60.0):
        assert some.chance(quorum) < plain.chance(quorum)


@pytest.mark.parametrize("boycott", [0.0, 0.4])
def test_draws_and_quantiles_have_the_same_law(boycott):
    found = turnout_day("midterm", as_of=DAY, boycott=boycott)
    drawn = found.draws(np.random.default_rng(2), 60_000)
    told = found.quantiles([0.1, 0.5, 0.9])
    assert np.quantile(drawn, [0.1, 0.5, 0.9]) == pytest.approx(told, abs=0.006)


def test_a_kind_nobody_saw_is_refused_with_those_known():
    with pytest.raises(InputError, match="midterm, presidential"):
        turnout_day("by-election", as_of=DAY)


def test_a_place_without_figures_is_refused():
    with pytest.raises(InputError, match="us/ca"):
        turnout_day("vote", place="fr", as_of=DAY)


def test_figures_of_another_place_can_be_given():
    past = [Past(on=date(2000 + n, 5, 5), kind="vote", turnout=0.6) for n in range(9)]
    past += [Past(on=date(2010, 5, n), kind="vote", turnout=0.4) for n in range(1, 4)]
    found = turnout_day("vote", place="fr", as_of=DAY, past=past)
    assert 0.4 < float(found.quantiles([0.5])[0]) < 0.6
