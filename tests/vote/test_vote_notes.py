"""What a reader of an outcome is told beside it.

Oracle: Florida's constitution asks 60% of votes on the question, and of a new tax two
thirds of all who voted in the election (Fla. Const. art. XI, §§ 5, 7).
"""

from datetime import date

import pytest

from plebiscite.errors import FactMissingError
from plebiscite.rules.algebra import AllOf, AnyOf, Compare, Not, Relation, Routes
from plebiscite.rules.amounts.phrase import Quantity
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.vote.outcome.facts import Given, law_parts, walk
from plebiscite.vote.outcome.judge import judge
from plebiscite.vote.outcome.told import margin_words, outcome_data

FLORIDA = open_law("us/fl/constitutional_initiative").on_day(date(2018, 11, 6))
STANDS_IN = "those cast on this question stand in for them"
NONE_OF = "judged as a measure that is none of: new tax or fee"


@pytest.mark.parametrize(
    ("given", "standing", "said", "unsaid"),
    [
        (Given(), Standing.MET, [NONE_OF], [STANDS_IN]),
        (
            Given(properties={"new_tax_or_fee": False}),
            Standing.MET,
            [],
            [NONE_OF, STANDS_IN],
        ),
        (
            Given(properties={"new_tax_or_fee": True}),
            Standing.UNMET,
            [STANDS_IN],
            [NONE_OF],
        ),
        (
            Given(properties={"new_tax_or_fee": True}, counts={"ballots": 90}),
            Standing.MET,
            [],
            [NONE_OF, STANDS_IN],
        ),
    ],
)
def test_what_was_taken_for_granted_is_said(make, given, standing, said, unsaid):
    """Oracle: 62 of 98 votes; two thirds of 100 ballots are not reached, of 90 are."""
    results = make({"all": {"cast": 100, "valid": 98, "yes": 62, "no": 36}})
    found = judge(results, FLORIDA, given=given)
    notes = "\n".join(found.notes)

    assert found.standing is standing
    for each in said:
        assert each in notes
    for each in unsaid:
        assert each not in notes


BORDER = """\
title: T
governed_by: election
sources: {s: {title: S, checked: no}}
passing: [{from: 2000-01-01, cite: [s], test: {yes: {RELATION}}}]
"""


@pytest.mark.parametrize(
    ("relation", "asked", "met"),
    [
        ("more_than: 55% of valid", "more than 55%", False),
        ("at_least: 55% of valid", "55%", True),
        ("more_than: no", "more than 50%", True),
    ],
)
def test_a_share_is_named_with_its_border_and_held_against_every_whole(
    make, tmp_path, relation, asked, met
):
    """Oracle: 55 of 100 valid votes and of 110 cast: just reached, or not passed."""
    path = tmp_path / "law.yaml"
    path.write_text(BORDER.replace("RELATION", relation), encoding="utf-8")
    results = make({"all": {"cast": 110, "valid": 100, "yes": 55, "no": 45}})
    found = judge(results, open_law(path).on_day(date(2018, 11, 6)))

    assert [(each.whole, each.meets) for each in found.denominators] == [
        (100, {asked: met}),
        (110, {asked: False}),
    ]


def test_each_part_stands_with_its_own_answer_where_the_rule_counts_parts(
    make, federation
):
    """Oracle: the federation's cantons: two say yes, one says no, one is even."""
    votes = {"A": (6, 4), "B": (7, 3), "C": (1, 9), "D": (5, 5)}
    rows = {
        name: {"valid": 10, "yes": yes, "no": no} for name, (yes, no) in votes.items()
    }
    found = judge(make(rows), open_law(federation).on_day(date(2020, 1, 1)))
    data = outcome_data(found)
    bare = outcome_data(found, with_parts=False)

    assert {row["part"]: row["standing"] for row in data["parts"]} == {
        "A": "met",
        "B": "met",
        "C": "not_met",
        "D": "not_met",
    }
    assert all(row["counted"] for row in data["parts"])
    assert bare["parts"] == 4


@pytest.mark.parametrize(
    ("rule", "parts"), [("passing", ["A", "B", "C", "D"]), (None, ["A", "B", "C", "D"])]
)
def test_the_parts_that_a_rule_counts_are_those_the_law_lists(federation, rule, parts):
    """Oracle: the federation's table of cantons; its rules count nothing else."""
    book = open_law(federation).on_day(date(2020, 1, 1))

    assert law_parts(book, rule) == parts


def test_tests_are_found_however_deep_they_stand():
    """Oracle: a rule of every kind of joint, its five tests counted by hand."""
    asked = [Compare(Quantity("yes"), Relation.MORE_THAN, Quantity("no"))] * 2
    routes = Routes((("a", AllOf(tuple(asked))), ("b", Not(asked[0]))))
    rule = AnyOf((routes, asked[1], AllOf((asked[0],))))

    kinds = [type(each).__name__ for each in walk(rule)]
    assert kinds.count("Compare") == 5
    assert len(kinds) == 5 + len(("any", "routes", "all", "not", "all"))
    assert kinds[:3] == ["AnyOf", "Routes", "AllOf"]


def test_a_rule_that_counts_no_parts_names_none():
    assert law_parts(FLORIDA, None) == []


def test_a_part_of_the_law_that_nobody_told_of_is_not_yet_counted(federation):
    """Oracle: four cantons in the law, facts of three: the fourth's may yet turn it."""
    book = open_law(federation).on_day(date(2020, 1, 1))
    told = {name: {"yes": 6, "no": 4} for name in "BCD"}
    facts = {"yes": 18, "no": 12, "cantons": told}
    with pytest.raises(FactMissingError, match="yes of A"):
        book.judge("passing", facts)
    spread = {**facts, "cantons": {**told, "others": {"yes": 4, "no": 6}}}
    assert book.judge("passing", spread).standing is Standing.MET


QUORUM = """\
quorum: [{from: 2000-01-01, cite: [s], test: {cast: {at_least: 50% of registered}}}]
"""
BOTH = """\
passing:
  - from: 2000-01-01
    cite: [s]
    test: {all: [{yes: {more_than: no}}, {cast: {at_least: 50% of registered}}]}
"""


@pytest.mark.parametrize(("cast", "came"), [(60, "met"), (40, "not met")])
def test_a_quorum_that_the_rule_does_not_ask_is_told_beside_it(
    make, tmp_path, cast, came
):
    """Oracle: half of 100 voters; the rule itself asks for more yes than no only."""
    path = tmp_path / "law.yaml"
    text = BORDER.replace("RELATION", "more_than: no") + QUORUM
    path.write_text(text, encoding="utf-8")
    book = open_law(path).on_day(date(2018, 11, 6))
    votes = {"registered": 100, "cast": cast, "valid": cast, "yes": 21, "no": cast - 21}
    found = judge(make({"all": votes}), book)
    [note] = found.notes

    assert found.standing.value == ("met" if cast == 40 else "not met")
    assert note.startswith("the law names a quorum apart, which this rule does not ask")
    assert note.endswith(f": {came}")


@pytest.mark.parametrize("registered", [100, None])
def test_a_quorum_asked_by_the_rule_or_that_nobody_can_tell_is_not_told(
    make, tmp_path, registered
):
    """Oracle: the rule's own test of it is among its rows; one of nobody is none."""
    path = tmp_path / "law.yaml"
    head = BORDER.partition("passing")[0]
    rule = (
        BOTH if registered else BORDER.replace("RELATION", "more_than: no")[len(head) :]
    )
    path.write_text(head + rule + QUORUM, encoding="utf-8")
    votes = {"cast": 60, "valid": 60, "yes": 40, "no": 20}
    votes |= {"registered": registered} if registered else {}

    found = judge(make({"all": votes}), open_law(path).on_day(date(2018, 11, 6)))
    assert found.notes == ()


@pytest.mark.parametrize(
    ("names", "rest"), [("B", "the 1 part still"), ("BC", "the 2 parts still")]
)
def test_what_is_settled_early_says_how_much_is_out(make, tmp_path, names, rest):
    """Oracle: 60 ahead, and five voters in each part that is out."""
    path = tmp_path / "law.yaml"
    path.write_text(BORDER.replace("RELATION", "more_than: no"), encoding="utf-8")
    rows = {"A": {"registered": 100, "cast": 80, "valid": 80, "yes": 70, "no": 10}}
    out = {"registered": 5, "cast": None, "valid": None, "yes": None, "no": None}
    found = judge(
        make(rows | dict.fromkeys(names, out)),
        open_law(path).on_day(date(2018, 11, 6)),
    )

    said = f"passes: settled, whatever {rest} out may bring"
    assert margin_words(found) == said
