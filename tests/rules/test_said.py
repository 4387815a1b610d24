"""What a test says and asks, word by word. Oracle: the sentences, written by hand."""

from fractions import Fraction

import pytest

from plebiscite.rules.algebra import (
    AllOf,
    AnyOf,
    Band,
    Bands,
    Choose,
    Compare,
    Judgment,
    Not,
    Relation,
    Routes,
    Step,
    Steps,
)
from plebiscite.rules.amounts.phrase import (
    Number,
    Quantity,
    read_amount,
)
from plebiscite.rules.amounts.span import Span
from plebiscite.rules.expression import Standing

MET, UNMET, OPEN = Standing.MET, Standing.UNMET, Standing.OPEN
HALF = read_amount("50% of registered")
TURNOUT = Compare(Quantity("cast"), Relation.AT_LEAST, HALF)
FIVE = Compare(Quantity("votes_in_all"), Relation.MORE_THAN, Number(Fraction(5)))


@pytest.mark.parametrize(
    ("test", "facts", "standing", "words"),
    [
        (
            TURNOUT,
            {"cast": 60, "registered": 100},
            MET,
            "the vote cast must be at least 50% of registered voters (50): 60",
        ),
        (
            TURNOUT,
            {"cast": None, "registered": 100},
            OPEN,
            "the vote cast must be at least 50% of registered voters (50); not yet "
            "counted",
        ),
        (
            TURNOUT,
            {"cast": None, "registered": 0},
            MET,
            "the vote cast must be at least 50% of registered voters (0); not yet "
            "counted, and settled all the same",
        ),
        (
            TURNOUT,
            {"cast": 60, "registered": None},
            OPEN,
            "the vote cast must be at least 50% of registered voters; not yet counted",
        ),
        (FIVE, {"votes_in_all": 5}, UNMET, "votes in all must be more than 5: 5"),
    ],
)
def test_a_comparison_says_what_it_needs_and_what_it_has(test, facts, standing, words):
    found = test.judge(facts)

    assert (found.standing, found.words) == (standing, words)
    asked = found.asked
    assert (asked.left, asked.relation, asked.right) == (
        str(test.left),
        test.relation.value,
        str(test.right),
    )
    assert (asked.have, asked.need) == (
        test.left.amount(facts),
        test.right.amount(facts),
    )


@pytest.mark.parametrize(
    ("test", "facts", "words"),
    [
        (
            TURNOUT,
            {"cast": 60, "registered": 100},
            "the vote cast (60) is at least 50% of registered voters (50)",
        ),
        (
            TURNOUT,
            {"cast": 49, "registered": 100},
            "the vote cast (49) is less than 50% of registered voters (50)",
        ),
        (FIVE, {"votes_in_all": 5}, "votes in all (5) is at most 5"),
        (FIVE, {"votes_in_all": None}, "votes in all or 5 is not yet counted"),
        (
            TURNOUT,
            {"cast": 1, "registered": None},
            "the vote cast or 50% of registered voters is not yet counted",
        ),
    ],
)
def test_what_holds_is_stated_as_it_is(test, facts, words):
    assert test.stated(facts) == words
    assert Not(test).stated(facts) == words
    assert AllOf((test, test)).stated(facts) == f"{words}; {words}"


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("have", [4, 5, 6, None])
def test_a_relation_is_settled_where_every_count_agrees(relation, have):
    """Oracle: five against the count itself, or against every count from nought on."""
    least, most = (0, None) if have is None else (have, have)
    five = Span.of(5)
    counts = range(12) if have is None else [have]
    ways = {relation.holds(Fraction(n), Fraction(5)) for n in counts}
    expected = OPEN if len(ways) > 1 else MET if ways == {True} else UNMET

    found = relation.settled(
        Span(Fraction(least), None if most is None else Fraction(most)), five
    )
    assert found is expected
    turned = {relation.holds(Fraction(5), Fraction(n)) for n in counts}
    assert relation.settled(five, Span.of(have)) is (
        OPEN if len(turned) > 1 else MET if turned == {True} else UNMET
    )
    assert relation.opposite.opposite is relation


def test_several_tests_print_in_brackets_where_they_stand_within_others():
    either = AnyOf((TURNOUT, FIVE))
    turnout = "the vote cast is at least 50% of registered voters"
    five = "votes in all is more than 5"

    assert str(either) == f"{turnout} or {five}"
    assert str(AllOf((FIVE, either))) == f"{five} and ({turnout} or {five})"
    assert str(AnyOf((AllOf((FIVE, FIVE)), FIVE))) == (f"({five} and {five}) or {five}")
    assert str(Not(FIVE)) == f"not ({five})"
    routes = Routes((("by_people", FIVE), ("by_house", TURNOUT)))
    assert str(routes) == f"by people: {five}; or by house: {turnout}"
    for test in (either, AllOf((TURNOUT, FIVE)), Routes((("a", TURNOUT), ("b", FIVE)))):
        assert list(test.names()) == ["cast", "registered", "votes_in_all"]
    assert list(Not(TURNOUT).names()) == ["cast", "registered"]


def test_several_tests_say_how_they_stand_together():
    facts = {"cast": 60, "registered": 100, "votes_in_all": 5}
    both = (TURNOUT, FIVE)

    for test, standing, words in (
        (AllOf(both), UNMET, "all of these"),
        (AnyOf(both), MET, "at least one of these"),
        (Routes((("a_b", TURNOUT), ("c", FIVE))), MET, "one of these routes"),
    ):
        found = test.judge(facts)
        assert (found.standing, found.words, found.cite) == (standing, words, ())
        assert [part.standing for part in found.parts] == [MET, UNMET]
    found = Not(FIVE).judge(facts)
    assert (found.standing, found.words) == (MET, "this must not be so")
    assert [part.standing for part in found.parts] == [UNMET]
    assert Not(TURNOUT).judge({"cast": None, "registered": 9}).standing is OPEN
    routes = Routes((("a_b", TURNOUT), ("c", FIVE))).judge(facts)
    assert [part.about for part in routes.parts] == ["a b", "c"]


def test_steps_say_who_takes_them_and_what_waits():
    def step(name, by, test, deadline=None):
        return Step(name=name, by=by, test=test, deadline=deadline, note=None)

    steps = Steps(
        (
            step("to_propose", "Congress", FIVE, "90 days after asked"),
            step("ratify", "the states", TURNOUT),
        )
    )
    assert str(steps) == (
        "to propose by Congress, 90 days after asked: votes in all is more than 5; "
        "then ratify by the states: the vote cast is at least 50% of registered voters"
    )
    assert list(steps.names()) == ["votes_in_all", "cast", "registered"]
    waits = steps.judge({"votes_in_all": 5})
    assert (waits.standing, waits.words) == (
        UNMET,
        "each of these steps in its order",
    )
    assert [(p.about, p.standing) for p in waits.parts] == [
        ("to propose, by Congress", UNMET),
        ("ratify, by the states", OPEN),
    ]
    assert waits.parts[1].words == (
        "waits for the step before it; then the vote cast is at least 50% of "
        "registered voters"
    )
    done = steps.judge({"votes_in_all": 6, "cast": 5, "registered": 10})
    assert (done.standing, [p.standing for p in done.parts]) == (MET, [MET, MET])


@pytest.mark.parametrize(
    ("answer", "said"), [(True, "yes"), (False, "no"), (None, "not yet")]
)
def test_a_judgment_says_who_was_asked_what(answer, said):
    test = Judgment(of="the House", question="Is it clear?")
    found = test.judge({"judgments": {"the House": answer}})

    assert found.words == f"the House must say yes to “Is it clear?”: {said}"
    asked = found.asked
    assert (asked.left, asked.right) == ("the House", "Is it clear?")
    assert (asked.have, asked.need, asked.relation) == (None, None, "answered")
    assert list(test.names()) == []
    both = {"the House": not answer, "Is it clear?": answer}
    assert test.judge({"judgments": both}).words == found.words


def test_a_choice_of_rules_says_where_each_applies():
    test = Choose(
        rules=(("for_tax", "passing_tax"), ("debt", "passing_debt")),
        otherwise="passing",
    )

    assert str(test) == (
        "where “for tax” applies, passing tax; where “debt” applies, passing debt; "
        "otherwise passing"
    )
    assert list(test.names()) == ["passing_tax", "passing_debt", "passing"]
    for properties, chosen in (
        ({}, ["passing"]),
        ({"for_tax": True, "debt": True}, ["passing_tax"]),
        ({"for_tax": None, "debt": True}, ["passing_tax", "passing_debt"]),
        ({"debt": None}, ["passing_debt", "passing"]),
        ({"for_tax": False, "debt": False}, ["passing"]),
    ):
        assert test.chosen({"properties": properties}) == chosen


def test_bands_say_which_conditions_led_to_them():
    bands = Bands(
        (
            Band(FIVE, "a_lot", MET),
            Band(TURNOUT, "enough", OPEN),
            Band(None, "too_few", UNMET),
        )
    )

    assert str(bands) == (
        "a lot if votes in all is more than 5; enough if the vote cast is at least "
        "50% of registered voters; otherwise too few"
    )
    assert list(bands.names()) == ["votes_in_all", "cast", "registered"]
    name, found = bands.place({"votes_in_all": 5, "cast": 4, "registered": 10})
    assert (name, found.standing, found.cite) == ("too_few", UNMET, ())
    assert found.words == (
        "too few: votes in all (5) is at most 5, and the vote cast (4) is less than "
        "50% of registered voters (5)"
    )
    assert [part.words for part in found.parts] == [
        "a lot if votes in all is more than 5: 5",
        "enough if the vote cast is at least 50% of registered voters (5): 4",
    ]
    name, found = bands.place({"votes_in_all": 5, "cast": None, "registered": 10})
    assert (name, found.standing) == ("open", OPEN)
    assert found.words == "open: enough or too few; not yet counted"
    assert len(found.parts) == 2
    first, found = bands.place({"votes_in_all": 6})
    assert (first, found.standing, len(found.parts)) == ("a_lot", MET, 1)
