"""When an outcome is settled, against counting every way the rest may come out."""

import itertools
import random
from datetime import date

import pytest
from test_vote_margin import GIVEN, passing_rules

from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.vote.outcome.facts import question
from plebiscite.vote.outcome.judge import judge
from plebiscite.vote.outcome.settled import CORNERS, corner


def every_count(registered):
    """Yield every way in which so many registered voters may vote."""
    for cast in range(registered + 1):
        for valid in range(cast + 1):
            for yes in range(valid + 1):
                for no in range(valid - yes + 1):
                    yield {
                        "registered": registered,
                        "cast": cast,
                        "valid": valid,
                        "yes": yes,
                        "no": no,
                    }


def out(registered):
    names = ("cast", "valid", "yes", "no")
    return {"registered": registered, **dict.fromkeys(names)}


def by_counting(results, out_parts, book, rule, make):
    """Return the standing every completion agrees on, or OPEN."""
    found = set()
    rows = results.rows()
    for ways in itertools.product(*(list(every_count(n)) for n in out_parts.values())):
        whole = {**rows, **dict(zip(out_parts, ways, strict=True))}
        found.add(question(make(whole), book, rule, GIVEN).judge().standing)
        if len(found) > 1:
            return Standing.OPEN
    return found.pop()


NAMES = ("cast", "valid", "blank", "yes", "no")


@pytest.mark.parametrize("hidden", range(1, 2 ** len(NAMES)))
def test_whatever_is_known_of_a_part_every_count_lies_between_its_corners(hidden):
    """Oracle: all ways in which three voters may vote, less what is not yet known.

    Each corner is itself a count that could be: what is known stands, yes and no are
    among the valid votes, those and the blank ones among the ballots of the registered.
    """
    told = [name for place, name in enumerate(NAMES) if not hidden >> place & 1]
    for whole in every_count(3):
        true = {**whole, "blank": whole["cast"] - whole["valid"]}
        row = {name: true[name] if name in told else None for name in NAMES}
        at = [corner({"registered": 3, **row}, number) for number in range(CORNERS)]
        for each in at:
            assert {name: each[name] for name in told} == {n: true[n] for n in told}
            assert each["yes"] + each["no"] <= each["valid"]
            assert each["valid"] + (each["blank"] or 0) <= each["cast"]
            assert each["cast"] <= each["registered"] == 3
        for name in ("cast", "valid", "yes", "no"):
            found = [each[name] for each in at]
            assert min(found) <= true[name] <= max(found)


def test_each_corner_of_a_part_wholly_out_is_the_one_it_is_named_for():
    """Oracle: ten voters: nobody, all invalid, all neither, all yes, all no, nobody."""
    found = [corner(out(10), number) for number in range(CORNERS)]

    names = ("cast", "valid", "yes", "no")
    assert [tuple(each[name] for name in names) for each in found] == [
        (0, 0, 0, 0),
        (10, 0, 0, 0),
        (10, 10, 0, 0),
        (10, 10, 10, 0),
        (10, 10, 0, 10),
        (0, 0, 0, 0),
    ]


@pytest.mark.parametrize(("law", "rule", "since"), passing_rules(parts=False))
def test_every_shipped_rule_is_settled_just_when_no_count_can_change_it(
    make, law, rule, since
):
    """Oracle: all 70 ways in which four voters may still vote."""
    book = open_law(law).on_day(since)
    chance = random.Random(f"{law}{rule}")  # noqa: S311 - the same each time
    for _ in range(5):
        registered = chance.randint(12, 30)
        cast = chance.randint(4, registered)
        valid = chance.randint(4, cast)
        yes = chance.randint(0, valid)
        counted = {"registered": registered, "cast": cast, "valid": valid}
        counted |= {"yes": yes, "no": valid - yes}
        results = make({"in": counted, "out": out(4)})

        found = judge(results, book, rule=rule, given=GIVEN)

        assert found.standing is by_counting(results, {"out": 4}, book, rule, make)
        assert found.margin is None


@pytest.mark.parametrize("rule", ["passing", "either"])
def test_people_and_cantons_are_settled_just_when_no_count_can_change_it(
    make, federation, rule
):
    """Oracle: every way in which two cantons of two voters may still vote."""
    book = open_law(federation).on_day(date(2001, 1, 1))
    chance = random.Random(2)  # noqa: S311 - the same each time
    seen = set()
    for _ in range(30):
        parts = {}
        for name in "AC":
            valid = chance.randint(1, 9)
            yes = chance.randint(0, valid)
            parts[name] = {"registered": 9, "cast": valid, "valid": valid}
            parts[name] |= {"yes": yes, "no": valid - yes}
        results = make({**parts, "B": out(2), "D": out(2)})
        found = judge(results, book, rule=rule)
        seen.add(found.standing)

        assert found.standing is by_counting(
            results, {"B": 2, "D": 2}, book, rule, make
        )
    assert Standing.OPEN in seen
    assert len(seen) > 1


NESTED = """\
title: Tests within tests
place: Nowhere
governed_by: election
sources: {charter: {title: Invented, checked: no}}
passing:
  - from: 2000-01-01
    test:
      all:
        - any:
            - all:
                - {yes: {more_than: no}}
                - {yes: {at_least: 30% of registered}}
            - {yes: {at_least: 60% of registered}}
        - not: {any: [{no: {at_least: yes}}, {yes: {less_than: 4}}]}
    cite: [charter]
"""


def test_tests_within_tests_are_settled_just_when_no_count_can_change_them(
    make, tmp_path
):
    """Oracle: all 35 ways in which three voters may still vote."""
    path = tmp_path / "nested.yaml"
    path.write_text(NESTED, encoding="utf-8")
    book = open_law(path).on_day(date(2001, 1, 1))
    seen = set()
    for yes, no in itertools.product(range(9), range(4)):
        counted = {"registered": 12, "cast": yes + no, "valid": yes + no}
        results = make({"in": {**counted, "yes": yes, "no": no}, "out": out(3)})
        found = judge(results, book).standing
        seen.add(found)

        assert found is by_counting(results, {"out": 3}, book, "passing", make)
    assert len(seen) == 3


def test_what_is_out_of_an_unknown_electorate_leaves_it_open(make):
    """Oracle: nobody knows how many may still vote."""
    book = open_law("gb/eu_2016").on_day(date(2016, 6, 23))
    results = make({"in": {"yes": 10**7, "no": 1}, "out": {"yes": None, "no": None}})

    assert judge(results, book).standing is Standing.OPEN


def test_a_turnout_of_unknown_voters_leaves_a_quorum_open(make):
    """Oracle: 70 ballots; with 140 voters half took part, with more they did not."""
    book = open_law("me/independence_2006").on_day(date(2006, 5, 21))
    known = {"registered": 100, "cast": 60, "valid": 60, "yes": 60, "no": 0}
    counted = {"registered": None, "cast": 10, "valid": 10, "yes": 10, "no": 0}

    found = judge(make({"A": known, "B": counted}), book)

    assert found.standing is Standing.OPEN
    told = judge(make({"A": known, "B": {**counted, "registered": 40}}), book)
    assert told.standing is Standing.MET


def test_ballots_counted_and_not_yet_sorted_bound_what_may_come(make):
    """Oracle: 30 ballots cannot make up a lead of 31, though 90 are registered."""
    book = open_law("gb/eu_2016").on_day(date(2016, 6, 23))
    counted = {"registered": 100, "cast": 100, "valid": 99, "yes": 65, "no": 34}
    still = {**out(90), "cast": 30}

    assert judge(make({"in": counted, "out": still}), book).is_settled
    assert not judge(
        make({"in": counted, "out": {**still, "cast": 31}}), book
    ).is_settled


def test_two_routes_that_cannot_both_fail_are_settled_together(make, tmp_path):
    """Oracle: a law met by many ballots or by few; one of them is always so.

    No single corner decides both tests, so it is left open, which is not wrong: nothing
    is called settled that is not.
    """
    path = tmp_path / "odd.yaml"
    path.write_text(
        "title: Odd\nplace: Nowhere\ngoverned_by: election\n"
        "sources: {charter: {title: Invented, checked: no}}\n"
        "passing:\n  - from: 2000-01-01\n    test:\n      any:\n"
        "        - {cast: {at_least: 50% of registered}}\n"
        "        - {cast: {less_than: 50% of registered}}\n    cite: [charter]\n",
        encoding="utf-8",
    )
    book = open_law(path).on_day(date(2001, 1, 1))
    results = make(
        {"in": {"registered": 10, "cast": 5, "yes": 3, "no": 2}, "out": out(9)}
    )

    assert judge(results, book).standing is Standing.OPEN
