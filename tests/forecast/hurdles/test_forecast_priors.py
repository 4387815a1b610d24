"""Priors: whose they are, what they span, and what a reader moves."""

from math import exp

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.hurdles.moved import SETTABLE, moved, read_settings
from plebiscite.forecast.hurdles.prior import Prior, read_priors, shipped
from plebiscite.forecast.hurdles.simulate import simulate


def write(folder, text):
    (folder / "hurdles.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_prior_says_who_holds_it_and_where_it_comes_from():
    for prior in shipped().values():
        assert prior.who, prior.name
        assert prior.source, prior.name
        assert prior.words, prior.name
        assert prior.elicited, prior.name


def test_consents_depend_on_the_kind_of_route():
    assert shipped("article_v_by_congress")["consents"].centre == 0.006
    assert shipped("new_states")["consents"].centre == 0.02
    assert shipped("")["consents"].centre == 0.2


def test_draws_follow_the_shape():
    """Oracle: the quantiles of a lognormal and of a logit-normal."""
    ranks = np.array([0.05, 0.5, 0.95])
    money = Prior(name="money", shape="lognormal", centre=1e6, spread=1.0)
    chance = Prior(name="courts", shape="logit", centre=0.5, spread=1.0)

    assert np.exp(money.draws(ranks)) == pytest.approx(
        [1e6 * exp(-1.6449), 1e6, 1e6 * exp(1.6449)], rel=1e-3
    )
    assert chance.at(0.95) == pytest.approx(1 / (1 + exp(-1.6449)), rel=1e-3)


def test_a_measures_own_prior_wins_and_keeps_what_it_does_not_say(tmp_path):
    folder = write(
        tmp_path,
        "format: 1\n"
        "priors:\n"
        "  money: {centre: 2_000_000, who: the campaign, from: plan}\n",
    )
    found = read_priors(folder)

    assert found["money"].centre == 2_000_000
    assert found["money"].spread == shipped()["money"].spread
    assert found["money"].who == "the campaign"
    assert found["cost"] == shipped()["cost"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format: 2\npriors: {}\n", "format: 1"),
        ("format: 1\npriors:\n  mony: {centre: 1, who: a, from: b}\n", "'money'"),
        ("format: 1\npriors:\n  money: {centre: 1, who: a}\n", "does not say from"),
        ("format: 1\npriors:\n  money: {centre: x, who: a, from: b}\n", "a number"),
        ("format: 1\npriors:\n  money: {centre: -1, who: a, from: b}\n", "above zero"),
        ("format: 1\npriors:\n  courts: {centre: 2, who: a, from: b}\n", "between 0"),
        ("format: 1\nprior: {}\n", "nothing else"),
        ("- a\n", "nothing else"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_write(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        read_priors(write(tmp_path, text))


def test_all_wrong_priors_are_told_at_once(tmp_path):
    text = "format: 1\npriors:\n  money: {centre: x, who: a, from: b}\n  cost: {}\n"
    with pytest.raises(InputError) as refused:
        read_priors(write(tmp_path, text))

    assert len(refused.value.refusals) == 2


def test_settings_are_read_as_people_write_them():
    found = read_settings(["consents=1%", "money=$5,000,000,support=65", "cost=4.5"])

    assert found == {"consents": 0.01, "money": 5e6, "support": 65.0, "cost": 4.5}
    assert read_settings(["money=2.5M"]) == {"money": 2.5e6}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("suport=65", "'support'"),
        ("support", "NAME=VALUE"),
        ("support=0.65", "from 1 to 100"),
        ("support=many", "a number"),
        ("consents=5", "from 0 to 1"),
        ("money=-1", "nought or more"),
    ],
)
def test_a_wrong_setting_is_refused(written, said):
    with pytest.raises(InputError, match=said):
        read_settings([written])


def test_a_chance_that_is_set_is_that_chance(calexit):
    ladder = moved(calexit, {"consents": 0.01, "courts": 0.9})
    run = simulate(ladder, seed=1, draws=200, paths=100)

    assert run.p_given(5) == pytest.approx(0.01, rel=1e-3)
    assert run.p(1) == pytest.approx(0.9, rel=1e-3)


def test_zero_money_leaves_the_volunteers_and_no_fault(calexit):
    found = moved(calexit, read_settings(["money=0"]))
    run = simulate(found, seed=1, draws=200, paths=100)

    assert 0 <= run.p(0) < 1e-3


def test_more_of_anything_good_never_lowers_the_chance(calexit):
    for name, low, high in (
        ("support", 40, 60),
        ("money", 1e6, 4e6),
        ("turnout", 30, 60),
        ("validity", 0.6, 0.8),
        ("consents", 0.01, 0.1),
    ):
        less, more = (
            simulate(moved(calexit, {name: value}), seed=1, draws=200, paths=100)
            for value in (low, high)
        )
        assert more.p_through(-1) > less.p_through(-1), name


def test_everything_that_can_be_set_can_be(calexit):
    for name in SETTABLE:
        run = simulate(
            moved(calexit, {name: 0.5 if name != "support" else 50}),
            seed=1,
            draws=50,
            paths=20,
        )
        assert 0 <= run.p_through(-1) <= 1
