"""The long proof feeds every reader for the same time, round after round.

Oracle: reports made by hand, and the number of inputs that is promised.
"""

from __future__ import annotations

import pytest

from prove.input.act import (
    LONG,
    LONGEST_ROUND,
    NOTHING,
    SHORTEST,
    still,
    together,
)
from prove.input.fed.known import packed


def report(tries, seconds=10.0, faults=(), codes=None):
    held = [{"kind": "slow", "place": each, "words": ""} for each in faults]
    given = {"tries": tries, "seconds": seconds, "faults": held, "codes": codes or {}}
    return {**NOTHING, **given}


@pytest.mark.parametrize(
    ("done", "paces", "seconds"),
    [
        (LONG - 30_000, [900, 100], 300),  # 100 a second are left for all together
        (LONG - 10, [900, 100], SHORTEST),
        (0, [900, 100], LONGEST_ROUND),
        (LONG, [900, 100], 0),
        (0, [0, 0], 0),  # nothing comes of it: no round more
    ],
)
def test_another_round_takes_what_is_left_at_the_pace_of_the_last(done, paces, seconds):
    assert still([report(done), report(0)], list(map(report, paces))) == seconds


def test_ten_million_are_reached_though_one_reader_is_slow():
    """The slow one was given as many inputs as the rest, and took days for them."""
    paces, done, spent = (2000, 1), [report(0), report(0)], 0.0
    fresh, seconds = [report(20_000), report(10)], 10.0
    while seconds:
        done, spent = list(map(together, done, fresh)), spent + seconds
        seconds = still(done, fresh)
        fresh = [report(int(pace * seconds), seconds) for pace in paces]

    assert sum(each["tries"] for each in done) >= LONG
    assert spent < 2 * LONG / sum(paces)


def test_two_rounds_tell_each_fault_once():
    one = report(5, faults=["a.py:1 f"], codes={"0": 3, "2": 2})
    other = report(7, faults=["a.py:1 f", "b.py:2 g"], codes={"2": 7})

    both = together(one, other)

    assert both["tries"] == 12
    assert both["codes"] == {"0": 3, "2": 9}
    assert [each["place"] for each in both["faults"]] == ["a.py:1 f", "b.py:2 g"]


def test_a_key_is_made_but_once_and_is_the_right_one():
    """Oracle: the key that the backup itself makes; a wrong salt, another key."""
    from plebiscite.web.keep.sealed import key_of

    words, salt = packed.PASSPHRASE, bytes(16)

    assert packed.remembered()(words, salt) == key_of(words, salt)
    assert packed.remembered()(words, bytes(15) + b"1") != key_of(words, salt)
    assert packed.remembered() is packed.remembered()
