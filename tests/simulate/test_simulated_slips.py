"""Slips change what they name, and say so when they cannot."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.simulate.drive.noise import SLIPS, Dice, Written, edited, miscounted
from plebiscite.simulate.mix import NOISE
from plebiscite.simulate.population.streets import pool


def a_line(**changes):
    fields = {
        "first": "WILLIAM",
        "middle": "H",
        "last": "GARCIA-LOPEZ",
        "suffix": "",
        "house": "1408",
        "unit": "APT 12",
        "street": "N ALDER AVE",
        "city": "LOS ANGELES",
        "zip": "90012",
        "roll_middle": "HENRY",
        "former_last": "SMITH",
        "former": ("12", "", "OAK ST", "CHICO", "95926"),
        "other_first": "ANA",
    }
    return Written(**{**fields, **changes})


def dice(seed=1):
    return Dice(np.random.default_rng(seed))


def test_every_kind_of_noise_is_a_slip():
    assert set(SLIPS) == set(NOISE)


@pytest.mark.parametrize("kind", NOISE)
def test_a_slip_that_says_it_happened_did(kind):
    for seed in range(60):
        line, before = a_line(), a_line()
        if SLIPS[kind](line, dice(seed)):
            assert line != before
    assert SLIPS[kind](a_line(middle=""), dice(3)) or kind in {"ocr", "middle_added"}


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("nickname", {"first": "XQ"}),
        ("part_of_double_surname", {"last": "DE LA CRUZ"}),
        ("maiden_name", {"former_last": ""}),
        ("former_address", {"former": None}),
        ("goes_by_middle", {"roll_middle": "H"}),
        ("unit_missing", {"unit": ""}),
        ("unit_wrong", {"unit": ""}),
        ("first_initial", {"first": "W"}),
        ("house_typo", {"house": ""}),
        ("zip_typo", {"zip": ""}),
        ("street_typo", {"street": ""}),
    ],
)
def test_a_slip_that_cannot_happen_changes_nothing(kind, changes):
    line = a_line(**changes)

    assert not SLIPS[kind](line, dice())
    assert line == a_line(**changes)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ -'", max_size=14), st.integers(0, 999))
def test_a_typo_changes_a_word_by_a_letter_or_two(word, seed):
    wrong = edited(word, dice(seed))
    assert abs(len(wrong) - len(word)) <= 1
    assert bool(wrong) == bool(word)


@given(st.integers(1, 99_999), st.integers(0, 999))
def test_a_wrong_number_is_another_number_of_as_many_digits(number, seed):
    wrong = miscounted(str(number), dice(seed))
    assert wrong != str(number)
    assert str(int(wrong)) == wrong
    assert len(wrong) == len(str(number))


def test_street_names_are_many_and_none_twice():
    names = pool()
    assert len(names) == len(set(names)) > 5_000
    assert names[:2] == ("MAIN ST", "OAK ST")
    assert {"CAMINO DEL SOL", "2ND ST", "QUIET MEADOW WAY"} & set(names)
