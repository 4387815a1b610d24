"""When the name on a line may be another person's than the voter's at that address.

Oracle: the rule as the page on matching states it, and that of two people of one kind
of name neither is looked at more often because the surname is commoner.
"""

from __future__ import annotations

import pytest
from invented_roll import lines, voters

from plebiscite.match.find import match_lines

HOME = {"house": "12", "street": "OAK ST", "city": "OAKLAND", "zip": "94601"}
AWAY = {"house": "77", "street": "CEDAR ST", "city": "ALBANY", "zip": "94706"}
FIRSTS = ("ANA", "JOHN", "AMIR", "LINDA", "THI", "OLGA", "PAUL")
LASTS = ("TRAN", "SMITH", "HADDAD", "NGUYEN", "OKAFOR", "PETROV", "IVERSEN", "DIAZ")


def answered(line, *people, strangers=0, surname="KOWALSKI", first="ROSA"):
    """Return the answer for one line at `HOME`, on a roll of some people and others.

    Of the strangers every second one bears `surname` and every fourth `first`, none of
    them both.
    """
    crowd = [
        {
            **AWAY,
            "first": first if n % 4 == 1 else FIRSTS[n % len(FIRSTS)],
            "last": LASTS[n % len(LASTS)] if n % 2 else surname,
            "house": str(100 + n),
        }
        for n in range(strangers)
    ]
    return match_lines(lines({**HOME, **line}), voters(*people, *crowd)).row(
        0, named=True
    )


@pytest.mark.parametrize(("bearers", "held"), [(0, False), (2, False), (3, True)])
def test_a_nickname_is_held_if_more_than_one_voter_in_2000_is_called_so(bearers, held):
    """4,000 voters, so the third Bill is one too many; it is no Bill Garcia."""
    others = [
        {**AWAY, "first": "BILL", "last": last} for last in ("TRAN", "DIAZ", "SMITH")
    ]

    answer = answered(
        {"first": "Bill", "last": "Garcia"},
        {"first": "WILLIAM"},
        *others[:bearers],
        strangers=4_000 - 1 - bearers,
    )

    assert answer["voter_id"] == "V1"
    assert (answer["reason"] == "ADDR_DIFFERENT") == held
    assert (answer["decision"] == "review") == held


def test_a_middle_name_written_first_is_held_if_many_are_called_so():
    """Elena at Maria Elena's address may be her daughter."""
    elenas = [{**AWAY, "first": "ELENA", "last": last} for last in LASTS[:3]]
    line = {"first": "Elena", "last": "Garcia"}
    voter = {"middle": "ELENA"}

    few = answered(line, voter, elenas[0], strangers=2_000)
    many = answered(line, voter, *elenas, strangers=2_000)

    assert (few["voter_id"], few["reason"]) == ("V1", None)
    assert (many["voter_id"], many["reason"]) == ("V1", "ADDR_DIFFERENT")


@pytest.mark.parametrize(
    ("first", "last", "voter", "often"),
    [
        ("BILL", "GARCIA", {"first": "WILLIAM"}, "ANA"),
        ("MARIA", "GARCIA", {"last": "GARCIA-LOPEZ"}, "MARIA"),
        ("MARIA", "BROWN", {"last": "LOPEZ", "former_last": "BROWN"}, "MARIA"),
        ("JAMES", "THOMAS", {"first": "THOMAS", "last": "JAMES"}, "JAMES"),
    ],
    ids=["nickname", "half of two surnames", "former surname", "swapped"],
)
def test_a_namesake_far_away_changes_nothing(first, last, voter, often):
    """Or people of common surnames would be looked at more often than others."""
    line = {"first": first, "last": last}
    namesake = {**AWAY, "first": first, "last": last}
    crowd = {"strangers": 4_000, "surname": last, "first": often}

    alone = answered(line, voter, **crowd)
    beside = answered(line, voter, namesake, **crowd)

    for answer in (alone, beside):
        assert (answer["voter_id"], answer["reason"]) == ("V1", None)
        assert answer["decision"] == "clear"


@pytest.mark.parametrize(
    ("line", "voter"),
    [
        ({"first": "Maria", "last": "Garza"}, {"last": "GARZIA"}),
        ({"first": "Maria", "last": "Garza", "house": "13"}, {"last": "GARZA-LOPEZ"}),
    ],
    ids=["a slip in the surname", "half of two surnames, a slip in the house"],
)
def test_a_slip_that_makes_a_namesakes_name_is_held(line, voter):
    """Somebody else's very name, and not every word of it the voter's at this door."""
    without = answered(line, voter)
    beside = answered(line, voter, {**AWAY, "last": "GARZA"})

    assert (without["voter_id"], without["reason"]) == ("V1", None)
    assert (beside["voter_id"], beside["reason"]) == ("V1", "ADDR_DIFFERENT")
    assert beside["decision"] == "review"
