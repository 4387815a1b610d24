"""Tests and bands. Oracle: three-valued logic, and the bands as a staircase."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.rules.algebra import (
    AllOf,
    AnyOf,
    Band,
    Bands,
    Compare,
    Relation,
    cited,
)
from plebiscite.rules.amounts.phrase import Number, Quantity, read_amount
from plebiscite.rules.expression import Standing

STAIRS = Bands(
    (
        Band(
            Compare(Quantity("n"), Relation.LESS_THAN, read_amount("95% of r")),
            "failed",
            Standing.UNMET,
        ),
        Band(
            Compare(Quantity("n"), Relation.AT_MOST, read_amount("110% of r")),
            "full_count",
            Standing.OPEN,
        ),
        Band(None, "qualified", Standing.MET),
    )
)
FACTS = {"yes": 2, "no": 0, "open": None}
EXPECTED = {"yes": Standing.MET, "no": Standing.UNMET, "open": Standing.OPEN}


def asked(name):
    return Compare(Quantity(name), Relation.AT_LEAST, Number(Fraction(1)))


@pytest.mark.parametrize("names", list(product(FACTS, repeat=2)))
def test_all_and_any_follow_three_valued_logic(names):
    """Kleene's tables: false settles 'all', true settles 'any', else open spreads."""
    tests = tuple(asked(name) for name in names)
    every, some = AllOf(tests).judge(FACTS), AnyOf(tests).judge(FACTS)

    if "no" in names:
        assert every.standing is Standing.UNMET
    else:
        assert every.standing is (Standing.OPEN if "open" in names else Standing.MET)
    if "yes" in names:
        assert some.standing is Standing.MET
    else:
        assert some.standing is (Standing.OPEN if "open" in names else Standing.UNMET)
    assert [part.standing for part in every.parts] == [EXPECTED[n] for n in names]


@given(st.integers(0, 10**7), st.integers(1, 10**6), st.sampled_from(Relation))
def test_a_relation_and_its_opposite_never_agree(left, right, relation):
    opposite = {
        Relation.AT_LEAST: Relation.LESS_THAN,
        Relation.MORE_THAN: Relation.AT_MOST,
        Relation.AT_MOST: Relation.MORE_THAN,
        Relation.LESS_THAN: Relation.AT_LEAST,
    }[relation]
    one, other = Fraction(left), Fraction(right)

    assert relation.holds(one, other) != opposite.holds(one, other)


@given(st.integers(0, 2000), st.integers(1, 1000))
def test_one_signature_more_never_leads_to_a_lower_band(valid, required):
    order = ["failed", "full_count", "qualified"]
    here, next_ = (
        order.index(STAIRS.place({"n": n, "r": required})[0])
        for n in (valid, valid + 1)
    )

    assert here <= next_
    wanted = (
        0 if valid * 100 < 95 * required else 1 if valid * 100 <= 110 * required else 2
    )
    assert here == wanted


def test_a_band_explains_itself_by_what_holds():
    name, verdict = STAIRS.place({"n": 643_948, "r": 585_407})

    assert name == "qualified"
    assert verdict.words == (
        "qualified: n (643,948) is at least 95% of r (556,136.65), "
        "and n (643,948) is more than 110% of r (643,947.7)"
    )


def test_an_uncounted_fact_leaves_the_band_open():
    name, verdict = STAIRS.place({"n": None, "r": 100})

    assert (name, verdict.standing) == ("open", Standing.OPEN)
    assert verdict.words == "open: failed or full count or qualified; not yet counted"


def test_a_band_is_settled_where_every_way_leads_to_it():
    same = Bands(
        (
            Band(asked("open"), "sample", Standing.OPEN),
            Band(None, "sample", Standing.OPEN),
        )
    )

    assert same.place(FACTS)[0] == "sample"


def test_a_test_settled_by_the_rest_is_not_left_open():
    """A yes below 55% fails whatever the turnout turns out to be."""
    rule = AllOf((asked("open"), asked("no")))

    assert rule.judge(FACTS).standing is Standing.UNMET


def test_sources_reach_every_part_of_a_verdict():
    verdict = cited(AllOf((asked("yes"), asked("no"))).judge(FACTS), ("elec-1",))

    assert all("[elec-1]" in line for line in verdict.lines())
    assert len(verdict.lines()) == 3


def test_of_no_tests_at_all_every_one_is_met_and_not_one():
    assert AllOf(()).judge({}).standing is Standing.MET
    assert AnyOf(()).judge({}).standing is Standing.UNMET


def test_bands_that_are_open_cite_nothing_of_their_own():
    """What their conditions cite stands with the conditions."""
    name, verdict = STAIRS.place({"n": None, "r": 100})

    assert (name, verdict.standing, verdict.cite) == ("open", Standing.OPEN, ())
    assert len(verdict.parts) == 2
    assert all(isinstance(line, str) for line in verdict.lines())
