"""Routes, steps, elections, judgments, choices, and none. Oracle: the law in words."""

from datetime import date

import pytest

from plebiscite.errors import FactMissingError, InputError, NoInstitutionError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.rules.worked.cases import hold, read_cases
from plebiscite.rules.worked.check import check_file

MET, UNMET, OPEN = Standing.MET, Standing.UNMET, Standing.OPEN
ASKED = "Is the question clear?"
LAW = f"""
title: T
governed_by: d
sources: {{s: {{title: S, checked: 2026-01-02}}}}
passing: [{{from: 2020-01-01, test: {{yes: {{more_than: no}}}}, cite: [s]}}]
passing_tax:
  - from: 2020-01-01
    test: {{yes: {{at_least: {{product: [60%, {{sum: [yes, no]}}]}}}}}}
    cite: [s]
passing_rule:
  - {{from: 2020-01-01, choose: {{tax: passing_tax, otherwise: passing}}, cite: [s]}}
twice:
  - from: 2020-01-01
    test:
      elections: {{needs: 2, consecutive: yes, each: {{yes: {{more_than: no}}}}}}
    cite: [s]
any_two:
  - from: 2020-01-01
    test: {{elections: {{needs: 2, consecutive: no, each: {{yes: {{more_than: no}}}}}}}}
    cite: [s]
clear:
  - from: 2020-01-01
    test: {{judgment: {{of: House of Commons, question: "{ASKED}"}}}}
    cite: [s]
amendment:
  - from: 2020-01-01
    test:
      routes:
        by_congress:
          steps:
            - step: propose
              by: Congress
              test: {{votes: {{at_least: 2/3 of members}}}}
            - step: ratify
              by: the states
              test: {{ratified: {{at_least: 38}}}}
              deadline: 90 days after proposed
        by_convention: {{states_applying: {{at_least: 34}}}}
    cite: [s]
"""
NONE = """
title: No initiative in Texas
place: Texas
instrument: none
sources: {s: {title: Handbook of Texas, checked: 2026-01-02}}
none:
  - from: unknown
    seen: 2026-01-01
    text: Texas has no statewide initiative.
    cite: [s]
"""


def written(folder, text, cases=None):
    path = folder / "law.yaml"
    path.write_text(text, encoding="utf-8")
    if cases:
        (folder / "law.cases.yaml").write_text(cases, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = written(tmp_path_factory.mktemp("bodies"), LAW)
    return open_law(path).on_day(date(2021, 1, 1))


WON, LOST = {"yes": 2, "no": 1}, {"yes": 1, "no": 1}


@pytest.mark.parametrize(
    ("held", "standing"),
    [
        ([WON], OPEN),
        ([WON, None], OPEN),
        ([None], OPEN),
        ([], OPEN),
        ([LOST], UNMET),
        ([LOST, None], UNMET),
        ([WON, LOST], UNMET),
        ([WON, WON], MET),
        ([WON, {"yes": 5, "no": None}], OPEN),
    ],
)
def test_a_measure_must_win_two_elections_in_a_row(book, held, standing):
    verdict = book.judge("twice", {"elections": held})

    assert verdict.standing is standing
    assert verdict.parts[0].about == "election 1"


def test_a_third_election_is_refused_where_the_first_two_decide(book):
    with pytest.raises(InputError, match="3 elections were given, and the first 2"):
        book.judge("twice", {"elections": [LOST, WON, WON]})
    assert book.judge("any_two", {"elections": [LOST, WON, WON]}).standing is MET
    assert book.judge("any_two", {"elections": [LOST, LOST, WON]}).standing is UNMET


def test_elections_that_were_not_given_are_missed(book):
    with pytest.raises(FactMissingError, match="a list of elections"):
        book.judge("twice", WON)


@pytest.mark.parametrize(
    ("answer", "standing"), [(True, MET), (False, UNMET), (None, OPEN)]
)
@pytest.mark.parametrize("key", [ASKED, "House of Commons"])
def test_a_judgment_is_the_answer_of_its_body(book, key, answer, standing):
    verdict = book.judge("clear", {"judgments": {key: answer}})

    assert verdict.standing is standing
    assert verdict.words.startswith(f"House of Commons must say yes to “{ASKED}”")
    (row,) = verdict.rows()
    assert (row.asked.have, row.asked.relation) == (None, "answered")


def test_a_judgment_nobody_asked_for_is_not_taken_for_one(book):
    with pytest.raises(InputError, match=r"of House of Commons to .* was not given"):
        book.judge("clear", {"judgments": {"Senate": True}})
    with pytest.raises(InputError, match="answered yes, no, or not yet"):
        book.judge("clear", {"judgments": {"House of Commons": 1}})


def test_what_the_measure_is_chooses_the_rule(book):
    """58 of 100 is a majority and no three fifths."""
    facts = {"yes": 58, "no": 42}

    def standing(facts, **properties):
        return book.judge("passing_rule", {**facts, "properties": properties}).standing

    assert standing(facts) is MET
    assert standing(facts, tax=False) is MET
    assert standing(facts, tax=True) is UNMET
    assert standing(facts, tax=None) is OPEN
    assert standing({"yes": 60, "no": 40}, tax=None) is MET
    with pytest.raises(FactMissingError, match="properties"):
        book.judge("passing_rule", facts)


def test_one_route_is_enough_and_each_is_named(book):
    facts = {"votes": 200, "members": 290, "ratified": 38, "states_applying": 10}

    verdict = book.judge("amendment", facts)

    assert verdict.standing is MET
    assert [part.about for part in verdict.parts] == ["by congress", "by convention"]
    assert [part.standing for part in verdict.parts] == [MET, UNMET]
    assert {row.route for row in verdict.rows()} == {
        "by congress: propose, by Congress",
        "by congress: ratify, by the states",
        "by convention",
    }
    assert all(row.cite == ("s",) for row in verdict.rows())


@pytest.mark.parametrize(
    ("votes", "ratified", "standings"),
    [
        (193, 38, (UNMET, OPEN)),
        (194, 38, (MET, MET)),
        (194, 37, (MET, UNMET)),
        (None, 37, (OPEN, OPEN)),
    ],
)
def test_a_step_waits_for_the_one_before_it(book, votes, ratified, standings):
    """Two thirds of 290 are 193 and a third."""
    facts = {"votes": votes, "members": 290, "ratified": ratified}

    steps = book.judge("amendment", {**facts, "states_applying": 0}).parts[0]

    assert tuple(step.standing for step in steps.parts) == standings


def test_the_facts_of_a_step_that_waits_need_not_be_given(book):
    facts = {"votes": 1, "members": 290, "states_applying": 34}

    assert book.judge("amendment", facts).standing is MET


def test_a_place_without_the_institution_answers_with_its_law(tmp_path):
    law = open_law(written(tmp_path, NONE))

    for ask in ("judge", "count"):
        with pytest.raises(NoInstitutionError, match="Texas has no statewide") as said:
            getattr(law.on_day(date(2026, 6, 1)), ask)("required_signatures", {})
        assert "[Handbook of Texas]" in str(said.value)
    assert not law.on_day(date(2026, 6, 1)).has("required_signatures")


def test_cases_can_put_every_kind_of_question(tmp_path):
    cases = f"""
- {{case: a, day: 2021-01-01, rule: twice, elections: [{{yes: 2, no: 1}}, null], gives: open}}
- {{case: b, day: 2021-01-01, rule: clear, judgments: {{House of Commons: no}}, gives: not met}}
- {{case: c, day: 2021-01-01, rule: clear, facts: {{judgments: {{"{ASKED}": yes}}}}, gives: met}}
- {{case: d, day: 2021-01-01, rule: passing_rule, properties: [tax], facts: {{yes: 59, no: 41}}, gives: not met}}
- {{case: e, day: 2021-01-01, rule: passing_rule, properties: {{tax: no}}, facts: {{yes: 59, no: 41}}, gives: met}}
"""  # noqa: E501  a case stands on one line
    path = written(tmp_path, LAW, cases)
    found = [
        hold(open_law(path), case) for case in read_cases(tmp_path / "law.cases.yaml")
    ]

    assert [str(held) for held in found if not held.holds] == []
    assert len(found) == 5


def test_a_case_of_a_place_without_the_institution_gives_none(tmp_path):
    cases = "[{case: a, day: 2026-01-01, rule: passing, gives: none}]"

    assert check_file(written(tmp_path, NONE, cases)).failures == []
