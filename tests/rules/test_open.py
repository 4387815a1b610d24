"""Open only while unsettled. Oracle: every way the missing counts may come out."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.core.share import Rounding
from plebiscite.rules.algebra import (
    AllOf,
    AnyOf,
    Compare,
    CountOf,
    Elections,
    Not,
    Parts,
    Relation,
    Routes,
)
from plebiscite.rules.amounts.phrase import Number, OneOf, Quantity, Rounded
from plebiscite.rules.amounts.reckon import Reckoned, Reckoning, SumOver
from plebiscite.rules.expression import Standing

# No threshold below lies beyond this count, so it stands for all that are greater.
MOST = 12
COUNTS = range(MOST + 1)
counts = st.one_of(st.none(), st.integers(0, 4))
relations = st.sampled_from(Relation)


def at(name, relation, number):
    return Compare(Quantity(name), relation, Number(Fraction(number)))


def completions(facts):
    """Yield the facts with every missing count filled in, in every way."""
    missing = [name for name, value in facts.items() if value is None]
    for filled in product(COUNTS, repeat=len(missing)):
        yield {**facts, **dict(zip(missing, filled, strict=True))}


def settled(test, tables):
    """Return the one standing all completions lead to, or OPEN."""
    found = {test.judge(facts).standing for facts in tables}
    assert Standing.OPEN not in found
    return found.pop() if len(found) == 1 else Standing.OPEN


def filled_tables(rows):
    """Yield the table of parts with every missing count filled in."""
    cells = [(part, name) for part, row in rows.items() for name in row]
    flat = {cell: rows[cell[0]][cell[1]] for cell in cells}
    for full in completions(flat):
        yield {part: {name: full[part, name] for name in rows[part]} for part in rows}


marks = st.tuples(relations, st.integers(0, 5))


@given(counts, counts, marks, marks)
def test_all_any_and_not_are_open_only_while_unsettled(a, b, one, two):
    facts = {"a": a, "b": b}
    tests = (at("a", *one), at("b", *two))
    for test in (
        AllOf(tests),
        AnyOf(tests),
        Not(AllOf(tests)),
        Routes((("x", tests[0]), ("y", tests[1]))),
    ):
        assert test.judge(facts).standing is settled(test, completions(facts))


two_amounts = (Quantity("a"), Quantity("b"))
number = Number(Fraction(2))


@pytest.mark.parametrize(
    "amount",
    [
        Reckoned(Reckoning.SUM, two_amounts),
        Reckoned(Reckoning.DIFFERENCE, two_amounts),
        Reckoned(Reckoning.PRODUCT, two_amounts),
        OneOf(two_amounts, greater=True),
        OneOf(two_amounts, greater=False),
        OneOf((Quantity("a"), number), greater=False),
        Rounded(
            Reckoned(Reckoning.PRODUCT, (Number(Fraction(1, 3)), Quantity("a"))),
            Rounding.UP,
        ),
    ],
    ids=str,
)
@given(counts, counts, relations, st.integers(0, 3))
def test_a_reckoned_amount_is_open_only_while_unsettled(amount, a, b, relation, limit):
    facts = {"a": a, "b": b}
    test = Compare(amount, relation, Number(Fraction(limit)))

    assert test.judge(facts).standing is settled(test, completions(facts))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(counts, st.sampled_from([1, Fraction(1, 2)])), max_size=3),
    marks,
    relations,
    st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3, 2), 2]),
    st.booleans(),
)
def test_a_count_of_parts_is_open_only_while_unsettled(
    cells, mark, outer, need, weighed
):
    rows = {
        f"part {number}": {"n": count, "w": weight}
        for number, (count, weight) in enumerate(cells)
    }
    count = CountOf(of="parts", meet=at("n", *mark), weight="w" if weighed else None)
    test = Parts(count=count, relation=outer, need=Number(Fraction(need)))

    expected = settled(test, ({"parts": table} for table in filled_tables(rows)))
    assert test.judge({"parts": rows}).standing is expected


@settings(max_examples=60)
@given(st.lists(counts, min_size=1, max_size=3), relations, st.integers(0, 6))
def test_a_capped_sum_over_parts_is_open_only_while_unsettled(cells, relation, need):
    """No county counts for more than two: what is out is bounded on both sides."""
    rows = {f"county {n}": {"n": count} for n, count in enumerate(cells)}
    each = OneOf((Quantity("n"), number), greater=False)
    test = Compare(SumOver("counties", each), relation, Number(Fraction(need)))

    expected = settled(test, ({"counties": table} for table in filled_tables(rows)))
    assert test.judge({"counties": rows}).standing is expected


@settings(max_examples=60)
@given(
    st.lists(counts, min_size=1, max_size=3),
    st.integers(1, 3),
    st.booleans(),
    st.integers(0, 3),
)
def test_elections_are_open_only_while_unsettled(cells, needs, consecutive, mark):
    rows = cells[:needs] if consecutive else cells
    rows = [*rows, *[None] * (needs - len(rows))]
    test = Elections(
        needs=needs, consecutive=consecutive, each=at("n", Relation.AT_LEAST, mark)
    )
    facts = {"elections": [{"n": count} for count in rows]}
    named = {str(number): count for number, count in enumerate(rows)}

    expected = settled(
        test,
        (
            {"elections": [{"n": count} for count in full.values()]}
            for full in completions(named)
        ),
    )
    assert test.judge(facts).standing is expected
