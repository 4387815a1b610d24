"""Lines that come back: one person many times, and many at one address.

Oracle: who signed, known by construction, and the same pairs however many are weighed
together.
"""

from __future__ import annotations

import pytest
from invented_roll import FIRST, LAST, lines, voters

from plebiscite.match.again import same
from plebiscite.match.again.same import ALIKE, same_person
from plebiscite.match.find import match_lines

HOME = {"house": "12", "street": "5th St", "city": "Oakland", "zip": "94601"}
STRANGER = {"first": "Zebulon", "last": "Quirke", **HOME}


def pairs(*rows):
    frame = lines(*rows)
    found = same_person(frame, match_lines(frame, voters({})), voters=1)
    return found.select("line_id", "other_line_id", "ground").rows()


@pytest.mark.parametrize("times", [2, 3, 7, 400])
def test_who_is_not_on_the_roll_is_found_however_often_they_sign(times):
    """Each copy is the same person's; none makes another less likely."""
    assert pairs(*[STRANGER] * times) == [
        (f"L{n}", "L1", ALIKE) for n in range(2, times + 1)
    ]


def test_a_copy_and_a_slip_of_the_pen_are_one_person():
    slipped = STRANGER | {"last": "Quirk"}

    assert pairs(STRANGER, slipped, STRANGER) == [
        ("L2", "L1", ALIKE),
        ("L3", "L1", ALIKE),
    ]


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"first": "Zebulon", "last": "Quirke"},
        HOME,
        {"name": "illegible", "address": "same as above"},
        {"name": "Quirke", "address": "12 5th St, Oakland 94601"},
    ],
)
def test_lines_that_say_too_little_are_no_pairs_however_alike(line):
    """Nothing shows that one person left two lines empty, or without a first name."""
    assert pairs(*[line] * 5) == []


def test_a_crowd_at_one_address_is_weighed_a_few_at_a_time(monkeypatch):
    """Three hundred in one shelter, ten of them twice: parts change no answer."""
    named = [f"{a}{b}" for a in FIRST[:20] for b in LAST[:15]]
    crowd = [HOME | {"first": a[::-1], "last": a} for a in named]
    twice = [*crowd, *crowd[:10]]
    whole = pairs(*twice)
    asked = []
    candidates = same.engine.candidates

    def counted(index, encoded, law):
        found = candidates(index, encoded, law)
        asked.append(len(found["line"]))
        return found

    monkeypatch.setattr(same.engine, "candidates", counted)
    monkeypatch.setattr(same, "FIRST", 5)
    monkeypatch.setattr(same, "PAIRS_TOGETHER", 3_000)

    assert pairs(*twice) == whole
    assert {(f"L{301 + n}", f"L{1 + n}", ALIKE) for n in range(10)} <= set(whole)
    assert max(asked) <= 2 * 3_000
