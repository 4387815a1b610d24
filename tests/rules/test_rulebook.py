"""Rulebooks. Oracle: the law file's own words, and hand-made laws."""

from datetime import date
from fractions import Fraction

import pytest

from plebiscite.errors import CountError, FactMissingError, InputError
from plebiscite.rules.rulebook import open_law

AMENDMENT = open_law("us/ca/constitutional_initiative")
CALEXIT = AMENDMENT.on({"official_summary_date": date(2017, 1, 26)})
HEAD = """
title: T
governed_by: d
sources: {s: {title: S, checked: 2020-01-01}}
"""
TWO = (
    HEAD
    + """
base:
- {from: 2020-01-01, amount: 1001, cite: [s]}
required_signatures:
  versions:
  - {from: 2020-01-01, amount: "10% of base, rounded up", cite: [s]}
  published:
  - {from: 2020-01-01, until: 2020-12-31, value: 102, cite: [s]}
"""
)


def written(tmp_path, text):
    path = tmp_path / "town.yaml"
    path.write_text(text, encoding="utf-8")
    return open_law(path)


def test_a_published_figure_wins_and_the_difference_is_told(tmp_path):
    law = written(tmp_path, TWO)

    required, notes = law.on_day(date(2020, 6, 1)).required({})

    assert required == 102
    assert notes[-1] == (
        "published as 102 [S], though it computes to 101; the published figure stands"
    )


def test_the_note_on_a_version_stands_before_what_it_was_computed_from(tmp_path):
    noted = TWO.replace('rounded up", cite', 'rounded up", note: By hand, cite')
    law = written(tmp_path, noted)

    _, notes = law.on_day(date(2021, 1, 1)).required({})

    assert notes == ("By hand", "base as recorded: 1,001 [S]")


def test_a_clock_whose_own_date_is_to_come_goes_by_the_day_that_stands_in(tmp_path):
    """Oracle: ten days after 25 May is 4 June, when five days are given, not three."""
    text = HEAD + (
        "assume: {handed_in: last_day}\n"
        "last_day: [{from: 2020-01-01, deadline: 10 days after d, cite: [s]}]\n"
        "answer_due:\n  governed_by: handed_in\n  versions:\n"
        "  - {from: 2020-01-01, deadline: 3 days after handed_in, cite: [s]}\n"
        "  - {from: 2020-06-01, deadline: 5 days after handed_in, cite: [s]}\n"
    )
    book = written(tmp_path, text).on({"d": date(2020, 5, 25)})

    found = book.deadline("answer_due", {})
    assert found.day == date(2020, 6, 9)
    assert found.assumes == ("handed in on the last day for it, 2020-06-04",)
    assert book.deadline("answer_due", {"handed_in": date(2020, 5, 30)}).day == date(
        2020, 6, 2
    )


def test_without_a_published_figure_the_law_computes(tmp_path):
    assert written(tmp_path, TWO).on_day(date(2021, 1, 1)).required({})[0] == 101


def test_another_base_than_the_recorded_one_is_another_question(tmp_path):
    """One vote more or fewer must reach the answer; the published figure is named."""
    book = written(tmp_path, TWO).on_day(date(2020, 6, 1))

    assert book.required({"base": 1001})[0] == 102
    required, notes = book.required({"base": 2000})
    assert required == 200
    assert "the figure published for the recorded base is 102" in notes[-1]


def test_calexit_needs_its_published_number_and_says_how_it_came_about():
    required, notes = CALEXIT.required({})

    assert required == 585_407
    assert notes == (
        "votes for governor as recorded: 7,317,581 [Votes for all candidates for "
        "Governor in 2014, 2018 and 2022, public copies of the returns; Ballotpedia, "
        "California signature requirements, listed by whole years]",
        "published as 585,407 [Secretary of State, initiatives and referenda cleared "
        "for circulation (captures)], which is what it computes to",
    )


def test_one_vote_more_changes_the_requirement_when_it_should():
    """The oracle is ceil(8% of v) in integers."""
    for votes in (7_317_575, 7_317_576, 7_317_587, 7_317_588):
        found = CALEXIT.count("required_signatures", {"votes_for_governor": votes})
        assert found == -(-votes * 8 // 100)


def test_bands_find_the_requirement_themselves():
    assert CALEXIT.band("qualification", {"projected_valid": 556_136})[0] == "failed"
    assert (
        CALEXIT.band("qualification", {"projected_valid": 556_137})[0] == "full_count"
    )


def test_a_fraction_of_a_signature_is_refused(tmp_path):
    law = written(
        tmp_path, HEAD + "r: [{from: 2020-01-01, amount: 1/3 of v, cite: [s]}]"
    )
    book = law.on_day(date(2020, 1, 1))

    assert book.amount("r", {"v": 10}) == Fraction(10, 3)
    with pytest.raises(CountError, match="must say how it is rounded"):
        book.count("r", {"v": 10})


def test_what_is_not_yet_counted_has_no_amount(tmp_path):
    law = written(
        tmp_path, HEAD + "r: [{from: 2020-01-01, amount: 1/2 of v, cite: [s]}]"
    )

    with pytest.raises(CountError, match="not yet counted"):
        law.on_day(date(2020, 1, 1)).amount("r", {"v": None})


def test_a_missing_fact_and_a_missing_date_are_named():
    with pytest.raises(FactMissingError, match="'projected_valid'"):
        CALEXIT.band("qualification", {})
    with pytest.raises(InputError, match="the date official_summary_date decides"):
        AMENDMENT.on({}).required({})


def test_a_rule_the_law_does_not_have_is_answered_with_those_it_has():
    with pytest.raises(InputError, match=r"it has: .*votes_for_governor"):
        CALEXIT.count("signatures_required", {})


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: CALEXIT.band("sample_unit", {}), "has no bands"),
        (lambda: CALEXIT.judge("sample_unit", {}), "is no test"),
        (lambda: CALEXIT.text("qualification"), "is no text"),
        (lambda: CALEXIT.amount("sample_unit", {}), "is no amount"),
        (lambda: CALEXIT.deadline("sample_unit", {}), "is no deadline"),
        (lambda: CALEXIT.reason("HAIRCUT"), "knows no reason 'HAIRCUT'"),
    ],
)
def test_a_rule_of_another_kind_is_refused(ask, says):
    with pytest.raises(InputError, match=says):
        ask()


def test_bands_and_tests_are_judged_with_their_sources():
    facts = {"signatures_collected": 146_352}
    verdict = CALEXIT.judge("hearing_notice", facts)

    assert verdict.lines() == [
        "met: signatures collected must be at least 25% of required signatures "
        "(146,351.75): 146,352  [ec-9034, sb-1253, sos-25]"
    ]
    assert CALEXIT.judge("raw_count", {"raw_count": 1}).standing.value == "not met"


def test_the_reasons_in_force_carry_their_sources():
    reasons = CALEXIT.reasons()

    assert len(reasons) == 21
    assert reasons["ADDR_DIFFERENT"][0].title == "Cal. Elec. Code § 105"
    assert CALEXIT.reason("DUPLICATE") == "second or later signature of the same voter"


def test_the_version_names_days_and_file():
    first, _, rest = CALEXIT.version.partition("/")
    latest, _, digest = rest.partition("+")

    assert date.fromisoformat(first) <= date.fromisoformat(latest) <= date(2017, 1, 26)
    assert AMENDMENT.digest.startswith(digest)
    assert len(digest) == 8


def test_a_changed_byte_in_a_shared_file_changes_the_version(tmp_path):
    (tmp_path / "shared.yaml").write_text(HEAD, encoding="utf-8")
    law = written(tmp_path, "title: U\nalso: shared.yaml\n")
    (tmp_path / "shared.yaml").write_text(HEAD + "\n", encoding="utf-8")

    assert open_law(law.path).digest != law.digest


def test_the_names_of_a_measures_dates_are_understood():
    book = AMENDMENT.on({"summary": date(2017, 1, 26), "filed": date(2016, 11, 21)})

    assert book.required({})[0] == 585_407
    assert book.deadline("public_review_ends", {}).day == date(2016, 12, 21)


def test_a_law_without_a_calendar_cannot_count_working_days(tmp_path):
    law = written(
        tmp_path,
        HEAD + "due: [{from: 2020-01-01, deadline: 3 working days after d, cite: [s]}]",
    )

    with pytest.raises(Exception, match="working days need a calendar") as caught:
        law.on({"d": date(2020, 1, 1)}).deadline("due", {})
    assert str(caught.value).startswith(f"{law.path}:5: ")


def test_clocks_that_wait_for_each_other_are_refused(tmp_path):
    text = HEAD + (
        "assume: {one: b, two: a}\n"
        "a: [{from: 2020-01-01, deadline: 3 days after one, cite: [s]}]\n"
        "b: [{from: 2020-01-01, deadline: 3 days after two, cite: [s]}]\n"
    )
    book = written(tmp_path, text).on({"d": date(2020, 1, 1)})

    with pytest.raises(InputError, match="take one of the two out"):
        book.deadline("a", {})
