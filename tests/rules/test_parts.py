"""Parts of a whole. Oracle: counting on one's fingers."""

from datetime import date
from fractions import Fraction

import pytest

from plebiscite.errors import FactMissingError, InputError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law

LAW = """
title: T
governed_by: d
sources: {s: {title: S, checked: 2026-01-02}}
distribution:
  - from: 2020-01-01
    test:
      parts:
        of: districts
        meet: {signatures: {at_least: 7% of votes_cast}}
        in: {at_least: 3/4 of districts}
    cite: [s]
double_majority:
  - from: 2020-01-01
    test:
      all:
        - {yes: {more_than: no}}
        - parts:
            of: cantons
            meet: {yes: {more_than: no}}
            weight: canton_vote
            in: {more_than: 1/2 of cantons}
    cite: [s]
no_county_over_a_quarter:
  - from: 2020-01-01
    test:
      parts:
        of: counties
        meet: {signatures: {at_most: 1/4 of required_signatures}}
        in: {at_least: 100% of counties}
    cite: [s]
counted: [{from: 2020-01-01, amount: {sum_over: {of: counties,
  each: {lesser_of: [signatures, 1/4 of required_signatures]}}}, cite: [s]}]
enough:
  - {from: 2020-01-01, test: {counted: {at_least: required_signatures}}, cite: [s]}
required_signatures: [{from: 2020-01-01, amount: 100, cite: [s]}]
seats: [{from: 2020-01-01, amount: {sum_over: {of: states, each: meps}}, cite: [s]}]
state_minimum: [{from: 2020-01-01, amount: {product: [meps, seats]}, cite: [s]}]
states_reached:
  - from: 2020-01-01
    amount: {count_of: {of: states, meet: {signatures: {at_least: state_minimum}}}}
    cite: [s]
tables:
  states:
    - {from: 2020-01-01, parts: {A: {meps: 2}, B: {meps: 3}}, cite: [s]}
    - {from: 2024-01-01, parts: {A: {meps: 2}, B: {meps: 3}, C: {meps: 1}}, cite: [s]}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("parts") / "law.yaml"
    path.write_text(LAW, encoding="utf-8")
    return open_law(path).on_day(date(2021, 1, 1))


def district(signatures, votes=100):
    return {"signatures": signatures, "votes_cast": votes}


def alike(number, row, name="district"):
    return {f"{name} {each}": row for each in range(number)}


@pytest.mark.parametrize(
    ("enough", "standing"),
    [(29, Standing.UNMET), (30, Standing.MET), (31, Standing.MET)],
)
def test_thirty_of_forty_districts_are_three_quarters(book, enough, standing):
    parts = alike(enough, district(7)) | alike(40 - enough, district(6), "short")

    verdict = book.judge("distribution", {"districts": parts})

    assert verdict.standing is standing
    (row,) = verdict.rows()
    assert (row.asked.have, row.asked.need) == (enough, 30)
    assert (row.asked.relation, row.cite) == ("at least", ("s",))
    assert len(verdict.parts) == 40
    assert verdict.parts[0].about == "district 0"


def test_a_table_may_be_called_parts_where_it_is_the_only_one(book):
    parts = alike(4, district(7))

    assert book.judge("distribution", {"parts": parts}).standing is Standing.MET


def test_a_part_not_yet_counted_leaves_it_open_only_where_it_matters(book):
    settled = alike(30, district(7)) | alike(10, None, "out")
    lost = alike(11, district(6)) | alike(29, None, "out")
    unsettled = alike(29, district(7)) | alike(10, district(6), "short") | {"x": None}

    assert [
        book.judge("distribution", {"districts": parts}).standing
        for parts in (settled, lost, unsettled)
    ] == [Standing.MET, Standing.UNMET, Standing.OPEN]


def canton(yes, no, weight=1):
    return {"yes": yes, "no": no, "canton_vote": weight}


def test_half_cantons_count_half(book):
    """Three votes in all: one canton and a half canton are just the half of them."""
    half = Fraction(1, 2)
    cantons = {"A": canton(2, 1), "B": canton(1, 2), "C": canton(2, 1, half)}
    whole = {"yes": 60, "no": 40}

    lost = {**cantons, "D": canton(1, 2, half)}
    assert book.judge("double_majority", {**whole, "cantons": lost}).standing is (
        Standing.UNMET
    )
    won = {**cantons, "D": canton(2, 1, half)}
    assert book.judge("double_majority", {**whole, "cantons": won}).standing is (
        Standing.MET
    )
    people = book.judge("double_majority", {"yes": 4, "no": 5, "cantons": won})
    assert [row.standing for row in people.rows()] == [Standing.UNMET, Standing.MET]


def test_a_canton_that_is_out_does_not_borrow_the_votes_of_the_country(book):
    facts = {
        "yes": 60,
        "no": 40,
        "cantons": {"A": canton(None, None), "B": canton(1, 2)},
    }

    assert book.judge("double_majority", facts).standing is Standing.UNMET
    facts["cantons"] = {"A": canton(None, None), "B": canton(2, 1)}
    assert book.judge("double_majority", facts).standing is Standing.OPEN


def test_a_canton_without_a_count_the_others_have_is_a_missing_fact(book):
    cantons = {"A": canton(2, 1), "B": {"yes": 2, "canton_vote": 1}}

    with pytest.raises(FactMissingError, match="no of B"):
        book.judge("double_majority", {"yes": 60, "no": 40, "cantons": cantons})


def test_a_part_without_its_weight_is_refused(book):
    cantons = {"A": canton(2, 1, None), "B": canton(2, 1)}

    with pytest.raises(InputError, match="A has no canton_vote"):
        book.judge("double_majority", {"yes": 6, "no": 4, "cantons": cantons})


def test_a_surplus_breaks_one_law_and_is_not_counted_by_another(book):
    over = {"a": {"signatures": 26}, "b": {"signatures": 25}, "c": {"signatures": 60}}
    enough = {**over, "d": {"signatures": 25}}

    def judged(rule, counties):
        return book.judge(rule, {"counties": counties}).standing

    assert judged("no_county_over_a_quarter", over) is Standing.UNMET
    assert book.amount("counted", {"counties": over}) == 75
    assert judged("enough", over) is Standing.UNMET
    assert judged("enough", enough) is Standing.MET
    assert judged("enough", {**over, "d": None}) is Standing.OPEN
    assert judged("enough", {"a": {"signatures": 90}, "b": None}) is Standing.UNMET


def test_a_table_of_the_law_is_joined_with_the_counts_by_name(book):
    """Five seats: A needs 10 and B 15; from 2024 six seats, 12, 18 and 6."""
    counts = {"A": {"signatures": 10}, "B": {"signatures": 17}}

    assert book.amount("seats", {}) == 5
    assert book.amount("states", {}) == 2
    assert book.amount("states_reached", {"states": counts}) == 2
    later = book.law.on_day(date(2024, 1, 1))
    assert later.amount("seats", {}) == 6
    more = {**counts, "others": {"signatures": 6}}
    assert later.amount("states_reached", {"states": more}) == 1


def test_a_part_the_law_does_not_list_is_refused(book):
    with pytest.raises(InputError, match=r"Z: none of the states .* they are: A, B"):
        book.amount("states_reached", {"states": {"Z": {"signatures": 1}}})


def test_without_a_table_the_rule_says_which_it_needs(book):
    with pytest.raises(FactMissingError, match="a table of districts"):
        book.judge("distribution", {"votes_cast": 5})
