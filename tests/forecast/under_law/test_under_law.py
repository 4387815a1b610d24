"""The chance under a law's own rule, held to closed forms and to plain simulation."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.polls import VoteDay
from plebiscite.forecast.turnout import turnout_day
from plebiscite.forecast.under_law import Leaning, under_law
from plebiscite.rules.rulebook import open_law

DAY = date(2019, 3, 5)
SEEN = date(2017, 2, 1)
QUORUM = "the vote cast at least 50% of registered voters"
CANTONS = [
    *("ZH", "BE", "LU", "UR", "SZ", "OW", "NW", "GL", "ZG", "FR", "SO", "BS", "BL"),
    *("SH", "AR", "AI", "SG", "GR", "AG", "TG", "TI", "VD", "VS", "NE", "GE", "JU"),
]


def vote(mean=52.0, scale=8.0):
    return VoteDay(as_of=SEEN, vote_on=DAY, mean=mean, scale=scale)


@pytest.fixture(scope="module")
def calexit():
    return open_law("us/ca/calexit_second_question").on_day(DAY)


def test_a_simple_majority_is_the_forecast_s_own_chance(calexit):
    found = under_law(vote(), None, calexit, rule="filing_of_2018")
    assert found.chance == pytest.approx(vote().chance(), abs=1e-5)


def test_a_quorum_and_a_share_that_hang_on_nothing_together_multiply(calexit):
    special = turnout_day("special", as_of=SEEN)
    found = under_law(vote(), special, calexit)
    expected = special.chance(Fraction(1, 2)) * vote().chance(Fraction(55, 100))
    assert found.chance == pytest.approx(expected, abs=1e-4)
    assert found.product == pytest.approx(found.chance, abs=1e-5)
    assert found.tests[QUORUM] == pytest.approx(special.chance(50.0), abs=1e-4)


def test_a_small_chance_is_a_small_number_and_not_nought(calexit):
    found = under_law(vote(mean=20, scale=3), None, calexit, rule="filing_of_2018")
    assert 0 < found.chance < 1e-3


def test_all_ballots_as_the_whole_make_it_harder_by_the_blank_ones(calexit):
    november = turnout_day("presidential", as_of=SEEN)
    narrow, wide = (
        under_law(vote(), november, calexit, rule=rule, blank=0.04)
        for rule in ("passing", "other_reading")
    )
    # 55% of all ballots, 4% of which are blank, is 57.29% of yes and no
    assert wide.chance / narrow.chance == pytest.approx(
        vote().chance(100 * 0.55 / 0.96) / vote().chance(55.0), abs=0.005
    )


def test_a_boycott_lowers_the_turnout_and_raises_the_yes_share(calexit):
    plain, stayed = (
        under_law(vote(), turnout_day("special", as_of=SEEN, boycott=b), calexit)
        for b in (0.0, 1.0)
    )
    share = next(words for words in plain.tests if "55%" in words)
    assert stayed.tests[share] > 0.9 > plain.tests[share]
    assert stayed.tests[QUORUM] < plain.tests[QUORUM]
    assert stayed.chance < plain.chance


def test_a_boycott_is_what_a_plain_simulation_of_it_gives(calexit):
    special = turnout_day("special", as_of=SEEN, headline=True, boycott=0.2)
    found = under_law(vote(), special, calexit, blank=0.02)
    rng, many = np.random.default_rng(8), 400_000
    share = vote().draws(rng, many) / 100
    cast = special.unboycotted(rng.random(many))
    stayed = rng.random(many) < 0.2
    yes = share * 0.98 * cast
    no = np.maximum(0, 0.98 * cast - yes - 0.32 * cast * stayed)
    met = (yes + no + 0.02 * cast >= 0.5) & (yes >= 0.55 * (yes + no))
    assert found.chance == pytest.approx(float(met.mean()), abs=0.003)


def test_turnout_and_yes_share_that_go_together_pass_more_often(calexit):
    special = turnout_day("special", as_of=SEEN)
    apart, together = (
        under_law(vote(), special, calexit, correlation=r) for r in (-0.4, 0.4)
    )
    assert apart.chance < apart.product
    assert together.chance > together.product
    for words, chance in apart.tests.items():
        assert together.tests[words] == pytest.approx(chance, abs=0.01)


def test_people_and_cantons_fail_together():
    book = open_law("ch/popular_initiative").on_day(date(2016, 2, 28))
    leaning = Leaning(lean=dict.fromkeys(CANTONS, 0.0), spread=5.0)
    found = under_law(vote(), None, book, parts=leaning)
    assert found.chance <= min(found.tests.values()) + 1e-9
    assert found.chance > found.product
    assert found.chance == pytest.approx(vote().chance(), abs=0.06)


def test_cantons_that_lean_away_cost_the_double_majority():
    book = open_law("ch/popular_initiative").on_day(date(2016, 2, 28))
    small = dict.fromkeys(CANTONS, 9.0) | dict.fromkeys(CANTONS[3:20], -6.0)
    voters = {name: 400_000 if small[name] > 0 else 60_000 for name in CANTONS}
    leaning = Leaning(lean=small, registered=voters, spread=2.0)
    found = under_law(vote(), None, book, parts=leaning)
    assert found.chance < vote().chance() - 0.1


def test_a_rule_that_counts_parts_is_refused_without_them():
    book = open_law("ch/popular_initiative").on_day(date(2016, 2, 28))
    with pytest.raises(InputError, match="how each leans"):
        under_law(vote(), None, book)


def test_numbers_out_of_range_are_refused(calexit):
    with pytest.raises(InputError, match="between -1 and 1"):
        under_law(vote(), None, calexit, correlation=1.5)
