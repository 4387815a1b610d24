"""Chances as people read them. Oracle: how an editor would write each."""

import pytest

from plebiscite.forecast.shown import between, figure, shown


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "none"),
        (6e-5, "below 1 in 1,000"),
        (0.00999, "about 1 in 100"),
        (0.0041, "about 1 in 250"),
        (0.0013, "about 1 in 800"),
        (0.085, "about 1 in 12"),
        (0.26, "about 1 in 4"),
        (0.34, "about 1 in 3"),
        (0.5, "about 5 in 10"),
        (0.74, "about 7 in 10"),
        (0.94, "about 19 in 20"),
        (0.985, "about 98 in 100"),
        (0.9995, "above 999 in 1,000"),
        (1.0, "certain"),
    ],
)
def test_a_chance_is_told_in_words(chance, words):
    assert shown(chance) == words


def test_no_chance_is_told_with_more_than_two_digits_that_mean_something():
    for exponent in range(1, 400):
        chance = 0.97**exponent
        digits = shown(chance).split(" in ")[-1].replace(",", "").rstrip("0")

        assert len(digits) <= 2
        assert len(figure(chance).lstrip("<>.0")) <= 3


def test_a_range_says_nothing_twice():
    assert between(1e-6, 2e-4) == "below 1 in 1,000"
    assert between(0.01, 0.1) == "about 1 in 100 to 1 in 10"
