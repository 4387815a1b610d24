"""What counts of parts and amounts say and need. Oracle: sentences written by hand."""

from fractions import Fraction

import pytest

from plebiscite.core.share import Rounding, Share
from plebiscite.errors import FactMissingError, InputError
from plebiscite.rules.algebra import (
    Compare,
    CountOf,
    Elections,
    Parts,
    Relation,
)
from plebiscite.rules.amounts.facts import answers, count, elections, parts_of
from plebiscite.rules.amounts.phrase import (
    Number,
    OneOf,
    Quantity,
    Rounded,
    ShareOf,
    read_amount,
)
from plebiscite.rules.amounts.reckon import SumOver
from plebiscite.rules.amounts.span import Span
from plebiscite.rules.amounts.table import PartTable
from plebiscite.rules.expression import Standing

MET, UNMET, OPEN = Standing.MET, Standing.UNMET, Standing.OPEN
FIVE = Compare(Quantity("votes_in_all"), Relation.MORE_THAN, Number(Fraction(5)))


BY_WEIGHT = CountOf(of="ward_areas", meet=FIVE, weight="ward_votes")
BY_NUMBER = CountOf(of="ward_areas", meet=FIVE)


def parts(count, relation, need):
    return Parts(count=count, relation=relation, need=need)


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (
            parts(BY_NUMBER, Relation.AT_LEAST, read_amount("100% of ward_areas")),
            "in each of the ward areas, votes in all is more than 5",
        ),
        (
            parts(BY_WEIGHT, Relation.AT_LEAST, read_amount("100% of ward_areas")),
            "in each of the ward areas by their ward votes, votes in all is more "
            "than 5",
        ),
        (
            parts(BY_WEIGHT, Relation.MORE_THAN, read_amount("1/2 of ward_areas")),
            "in more than 50% of ward areas by their ward votes, votes in all is more "
            "than 5",
        ),
        (
            parts(BY_NUMBER, Relation.AT_MOST, Number(Fraction(3))),
            "in at most 3 ward areas, votes in all is more than 5",
        ),
        (
            parts(BY_NUMBER, Relation.MORE_THAN, read_amount("100% of ward_areas")),
            "in more than 100% of ward areas, votes in all is more than 5",
        ),
    ],
)
def test_a_rule_on_parts_prints_as_one_says_it(test, words):
    assert str(test) == words


def test_a_count_of_parts_says_what_met_it_and_what_is_open():
    rows = {
        "A": {"votes_in_all": 6, "ward_votes": 2},
        "B": {"votes_in_all": None, "ward_votes": 3},
        "C": {"votes_in_all": 1, "ward_votes": 1},
    }
    half = parts(BY_WEIGHT, Relation.MORE_THAN, read_amount("1/2 of ward_areas"))
    found = half.judge({"ward_areas": rows})

    assert found.standing is OPEN
    assert found.words == (
        "the ward votes of the ward areas where votes in all is more than 5 must be "
        "more than 50% of ward areas (3): 2, 3 still open"
    )
    assert [(p.about, p.standing) for p in found.parts] == [
        ("A", MET),
        ("B", OPEN),
        ("C", UNMET),
    ]
    asked = found.asked
    assert (asked.left, asked.relation, asked.right) == (
        "the ward votes of the ward areas where votes in all is more than 5",
        "more than",
        "50% of ward areas",
    )
    assert (asked.have, asked.need) == (None, 3)
    two = parts(BY_NUMBER, Relation.AT_LEAST, Number(Fraction(2)))
    rows["B"]["votes_in_all"] = 9
    whole = two.judge({"ward_areas": rows})
    assert whole.words == (
        "the number of ward areas where votes in all is more than 5 must be at least "
        "2: 2"
    )
    assert (whole.standing, whole.asked.have, whole.asked.need) == (MET, 2, 2)
    assert BY_WEIGHT.amount({"ward_areas": rows}) == 5
    assert list(half.names()) == ["votes_in_all"]
    own = parts(BY_NUMBER, Relation.AT_LEAST, read_amount("5% of registered"))
    assert list(own.names()) == ["votes_in_all", "registered"]


@pytest.mark.parametrize("consecutive", [True, False])
def test_elections_say_how_often_and_in_a_row(consecutive):
    test = Elections(needs=2, consecutive=consecutive, each=FIVE)
    row = "consecutive elections" if consecutive else "elections"
    found = test.judge({"elections": [{"votes_in_all": 6}, {"votes_in_all": None}]})

    assert str(test) == f"at 2 {row}: votes in all is more than 5"
    assert found.words == f"at 2 {row}: votes in all is more than 5: 1"
    assert [part.about for part in found.parts] == ["election 1", "election 2"]
    asked = found.asked
    assert asked.left == f"the number of {row} at which votes in all is more than 5"
    assert (asked.have, asked.relation, asked.right, asked.need) == (
        *(None, "at least", "2", 2),
    )
    won = test.judge({"elections": [{"votes_in_all": 6}, {"votes_in_all": 7}]})
    assert (won.asked.have, won.standing) == (2, MET)
    assert list(test.names()) == ["votes_in_all"]


def test_amounts_print_as_a_statute_says_them_and_name_what_they_need():
    share = ShareOf(Share.parse("8%"), Quantity("registered"))
    up = Rounded(share, Rounding.UP)
    either = OneOf((up, Number(Fraction(1_000))), greater=True)

    assert str(either) == (
        "the greater of (8% of registered voters, rounded up) and (1,000)"
    )
    assert str(OneOf((Quantity("a_b"),), greater=False)) == "the lesser of (a b)"
    assert list(either.names()) == ["registered"]
    table = PartTable({"A": {"seats_held": Fraction(2), "w": Fraction(1, 2)}, "B": {}})
    assert str(table) == "A 2 seats held, 0.5 w; B"
    assert (table.amount({}), list(table.names())) == (2, [])
    over = SumOver("ward_areas", Quantity("n"))
    assert str(over) == "the sum over ward areas of (n)"
    assert list(over.names()) == ["n"]


def test_facts_of_the_wrong_kind_are_refused_by_name():
    assert count({"n": {"A": {}, "B": {}}}, "n") == Span.of(2)
    assert count({"n": Span.of(None)}, "n") == Span.of(None)
    with pytest.raises(InputError, match="n is a list, where the rule needs a count"):
        count({"n": [1]}, "n")
    for wrong in (None, {"A": {}}, 3, Fraction(1), Span.of(1)):
        with pytest.raises(FactMissingError, match="a list of elections"):
            elections({"elections": wrong}, 2)
    with pytest.raises(FactMissingError, match="properties"):
        answers({"properties": 1}, "properties")
    with pytest.raises(InputError, match="wards: A has an answer where it needs"):
        parts_of({"wards": {"A": True}}, "wards")


def test_an_election_that_lacks_a_count_the_others_have_is_named():
    _, second = elections({"elections": [{"n": 1, "m": 2}, {"n": 3}], "k": 5}, 2)
    (name, held) = second

    assert (name, held["n"], held["k"]) == ("election 2", 3, 5)
    with pytest.raises(FactMissingError, match="m of election 2"):
        held["m"]
    to_come = elections({"elections": [{"n": 1}]}, 2)[1][1]
    assert to_come["n"] is None


def test_a_part_sees_its_own_facts_then_those_of_the_whole():
    facts = {"wards": {"A": {"n": 1}, "B": None, "C": {"n": 2}}, "n": 9, "m": 7}
    whole, found = parts_of(facts, "wards")

    assert (whole["wards"], whole["m"], len(whole)) == (3, 7, 3)
    assert [part.name for part in found] == ["A", "B", "C"]
    assert [part.facts["n"] for part in found] == [1, None, 2]
    assert [part.facts["m"] for part in found] == [7, 7, 7]
    assert [part.weight for part in found] == [1, 1, 1]
    assert set(found[0].facts) == {"wards", "n", "m"}
    assert len(found[0].facts) == 3
    assert found[1].facts["wards"] == 3
