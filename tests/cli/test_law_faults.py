"""What `law check` finds in a file that reads. Oracle: the fault that was put there."""

import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main

LAW = """\
title: Town
governed_by: d
sources:
  charter: {title: Charter, checked: 2026-01-02}
required_signatures:
  - {from: 2020-01-01, amount: 10% of votes_for_governor, cite: [charter]}
qualification:
  - from: 2020-01-01
    bands:
      - {when: {projected_valid: {less_than: 95% of required_signatures}}, then: failed}
      - {when: {projected_valid: {at_most: 110% of required_signatures}}, then: full}
      - {otherwise: qualified}
    cite: [charter]
"""
CASES = """\
- {case: a, day: 2020-01-01, rule: qualification, facts: {projected_valid: 95, votes_for_governor: 1000}, gives: full}
"""  # noqa: E501  a case stands on one line


def check(folder, law=LAW, cases=CASES):
    (folder / "town.yaml").write_text(law, encoding="utf-8")
    (folder / "town.cases.yaml").write_text(cases, encoding="utf-8")
    return CliRunner().invoke(main, ["law", "check", str(folder / "town.yaml")])


def test_a_sound_file_has_no_fault(tmp_path):
    ended = check(tmp_path)

    assert ended.exit_code == 0
    assert ended.stdout == f"{tmp_path / 'town.yaml'}: 1 of 1 worked cases hold\n"


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (
            "less_than: 95%",
            "at_most: 110%",
            "town.yaml:8: 'qualification': no count can reach 'full' (if projected "
            "valid is at most 110% of required signatures); the bands above it take",
        ),
        (
            "at_most: 110% of required_signatures",
            "at_least: 95% of required_signatures",
            "no count can reach 'qualified' (the otherwise)",
        ),
        (
            "governed_by: d\nsources:\n",
            "governed_by: d\nsources:\n  idle: {title: Idle, checked: no}\n",
            "the source 'idle' is cited by no value and no case; cite it where",
        ),
        (
            "10% of votes_for_governor",
            "10% of votes_for_govenor",
            "town.yaml:6: 'required_signatures' needs 'votes_for_govenor', which is no "
            "rule here and given by no case; did you mean 'votes_for_governor'?",
        ),
        (
            "qualification:\n",
            "qualifications:\n",
            "town.yaml:8: the rule 'qualifications' is asked for by nobody; did you "
            "mean 'qualification'?",
        ),
    ],
)
def test_a_fault_is_named_with_its_place_and_its_remedy(tmp_path, was, becomes, says):
    assert was in LAW
    cases = CASES.replace("votes_for_governor: 1000", "required_signatures: 100")
    cases = cases.replace("projected_valid: 95", "projected_valid: 1")
    if was.startswith("qualification"):
        cases = cases.replace("rule: qualification", "rule: qualifications")

    ended = check(
        tmp_path,
        LAW.replace(was, becomes),
        cases.replace("gives: full", "gives: failed"),
    )

    assert ended.exit_code == 1
    assert "1 of 1 worked cases hold" in ended.stdout
    assert says in ended.stdout


def test_a_share_of_more_than_all_votes_is_named(tmp_path):
    """Nobody can have 600% of all ballots; 110% of a requirement one can."""
    test = "test: {yes: {at_least: 600% of ballots}}, cite: [charter]"
    passing = f"passing: [{{from: 2020-01-01, {test}}}]\n"

    ended = check(tmp_path, LAW + passing)

    assert ended.exit_code == 1
    assert "'passing': no vote can reach it (the yes vote is at least 600% of" in (
        ended.stdout
    )
    assert "write a share of at most 100%" in ended.stdout


def test_days_of_which_nothing_is_recorded_are_told_and_not_condemned(tmp_path):
    gap = LAW.replace(
        "  - {from: 2020-01-01, amount",
        "  - {from: 1990-01-01, until: 1999-12-31, amount: 50, cite: [charter]}\n"
        "  - {from: 2020-01-01, amount",
    )

    ended = check(tmp_path, gap)

    assert ended.exit_code == 0
    assert "nothing is recorded from 2000-01-01 to 2019-12-31" in ended.stdout
    assert "no case asks for required_signatures before 2020-01-01" in ended.stdout


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (
            "  - {from: 2020-01-01, amount",
            "  - {from: 1990-01-01, until: 2020-06-30, amount: 50, cite: [charter]}\n"
            "  - {from: 2020-01-01, amount",
            "town.yaml:7: the version before this one holds until 2020-06-30, but this "
            "one begins on 2020-01-01; correct one of the two",
        ),
        (
            "10% of votes_for_governor, cite: [charter]}",
            "10% of votes_for_governor}",
            "town.yaml:6: every version needs a 'cite'; name a key under 'sources:'",
        ),
        (
            "      - {otherwise: qualified}\n",
            "",
            "town.yaml:10: end the bands with 'otherwise', so that every count has one",
        ),
    ],
)
def test_overlaps_and_values_without_a_source_cannot_be_read(
    tmp_path, was, becomes, says
):
    assert was in LAW

    ended = check(tmp_path, LAW.replace(was, becomes))

    assert ended.exit_code == 2
    assert says in ended.stdout


def test_a_case_that_does_not_hold_is_named_with_its_line(tmp_path):
    ended = check(tmp_path, cases=CASES.replace("gives: full", "gives: failed"))

    assert ended.exit_code == 1
    assert (
        "town.cases.yaml:1: a: qualification gives 'full'; the case says 'failed'"
        in ended.stdout
    )


def test_what_is_found_is_in_the_data_too(tmp_path):
    check(tmp_path)
    ended = CliRunner().invoke(
        main, ["law", "check", str(tmp_path / "town.yaml"), "--json"]
    )

    (found,) = json.loads(ended.stdout)
    assert (found["gaps"], found["untried"], found["failures"]) == ([], [], [])


def test_a_narrow_band_of_two_conditions_is_found(tmp_path):
    """Oracle: 501 alone is both more than 500 and less than 502."""
    band = "{projected_valid: {less_than: 95% of required_signatures}}"
    valid = "{projected_valid: {%s}}"
    both = f"{{all: [{valid % 'more_than: 500'}, {valid % 'less_than: MOST'}]}}"
    found = {
        most: "no count can reach 'failed'"
        in check(tmp_path, LAW.replace(band, both.replace("MOST", str(most)))).stdout
        for most in (501, 502)
    }

    assert found == {501: True, 502: False}


def test_what_no_case_tries_is_told_behind_a_rule_of_words_too(tmp_path):
    """Oracle: words decide nothing, and the rule after them still wants a case."""
    words = "subject:\n  - {from: 2020-01-01, text: any act, cite: [charter]}\n"
    fee = "fee:\n  - {from: 2020-01-01, amount: 200, cite: [charter]}\n"

    ended = check(tmp_path, LAW + words + fee + fee.replace("fee:", "bond:"))

    assert "no case asks for fee" in ended.stdout
    assert "no case asks for bond" in ended.stdout
    assert "subject" not in ended.stdout


def test_a_change_on_an_unknown_day_hides_no_later_one(tmp_path):
    """Oracle: a day nobody knows cannot be asked for; the known one after it can."""
    changes = (
        "fee:\n  - {from: 2000-01-01, amount: 200, cite: [charter]}\n"
        "  - {from: unknown, seen: 2010-01-01, amount: 300, cite: [charter]}\n"
        "  - {from: 2015-01-01, amount: 400, cite: [charter]}\n"
    )
    asked = "- {case: fee, day: 2005-01-01, rule: fee, gives: 200}\n"

    ended = check(tmp_path, LAW + changes, CASES + asked)

    assert "no case asks for fee on 2015-01-01" in ended.stdout
    assert "no case asks for fee on 2010-01-01" not in ended.stdout
