"""A place nobody shipped, in YAML alone. Oracle: the arithmetic of its invented law."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from plebiscite.cli.law import command as law_command
from plebiscite.cli.petition.clock import deadlines
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.rules.worked.check import check_file

LAW = """
title: Initiative of the free city of Example
place: Example
instrument: city initiative
governed_by: announced
calendar: days.yaml
assume: {handed_in: last_day}
sources:
  charter: {title: "Charter of Example, art. 12", checked: 2026-01-02}
  custom:  {title: Custom of the town clerk, checked: no}

required_signatures:
  - from: 1990-01-01
    amount: 1/20 of registered_voters, rounded half up
    cite: [charter]
  - from: 2020-07-01
    amount: {greater_of: [100, "3.5% of registered_voters, rounded up"]}
    cite: [charter]

sample_unit: [{from: 1990-01-01, text: state, cite: [charter]}]
projection: [{from: 1990-01-01, text: pair, cite: [custom]}]
county_sample:
  - from: 1990-01-01
    amount:
      lesser_of:
        - signatures_filed
        - greater_of: [50, "10% of signatures_filed, rounded up"]
    cite: [custom]

qualification:
  - from: 1990-01-01
    bands:
      - when:
          any:
            - {projected_valid: {less_than: 90% of required_signatures}}
            - {wards_reached: {less_than: 2/3 of wards}}
        then: failed
      - when: {projected_valid: {less_than: 102% of required_signatures}}
        then: full_count
      - {otherwise: qualified}
    cite: [charter]

last_day:
  - from: 1990-01-01
    deadline: 3 months after announced, or the next working day
    cite: [charter]
answer_due:
  - {from: 1990-01-01, deadline: 5 working days after handed_in, cite: [custom]}

reasons:
  NOT_REGISTERED: [{from: 1990-01-01, text: not registered, cite: [charter]}]
"""
DAYS = """
title: Working days of Example
holidays: CH
sources: {custom: {title: Custom of the town clerk, checked: no}}
corrections:
  - {name: Founding Day, day: 05-09, holiday: yes, from: 1990-01-01, cite: [custom]}
"""
CASES = """
- case: the old share
  day: 2020-06-30
  rule: required_signatures
  facts: {registered_voters: 10010}
  gives: 501
- case: the new share
  day: 2020-07-01
  rule: required_signatures
  facts: {registered_voters: 10010}
  gives: 351
"""


@pytest.fixture
def law_file(tmp_path):
    (tmp_path / "days.yaml").write_text(DAYS, encoding="utf-8")
    (tmp_path / "example.yaml").write_text(LAW, encoding="utf-8")
    (tmp_path / "example.cases.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path / "example.yaml"


def test_required_sample_and_bands_follow_the_file(law_file):
    law = open_law(law_file)
    old, new = (
        law.on({"announced": day}) for day in (date(2020, 6, 30), date(2020, 7, 1))
    )
    facts = {"registered_voters": 10_010, "wards": 6}

    assert old.count("required_signatures", facts) == 501  # 500.5, half up
    assert new.count("required_signatures", facts) == 351  # 350.35, up
    assert new.count("required_signatures", {"registered_voters": 100}) == 100
    assert [
        new.count("county_sample", {"signatures_filed": filed})
        for filed in (20, 50, 400, 501, 1000)
    ] == [20, 50, 50, 51, 100]

    def band(valid, wards):
        counted = {**facts, "projected_valid": valid, "wards_reached": wards}
        return new.band("qualification", counted)

    assert band(315, 4)[0] == "failed"
    assert band(316, 4)[0] == "full_count"
    assert band(358, 4)[0] == "full_count"
    assert band(359, 4)[0] == "qualified"
    assert band(400, 3)[0] == "failed"
    assert band(400, None)[0] == "open"
    assert band(315, None) == ("failed", band(315, None)[1])
    assert band(400, None)[1].standing is Standing.OPEN


def test_deadlines_follow_the_file_and_its_calendar(law_file):
    """Announced 9 February 2022; three months later is Founding Day, a Monday."""
    book = open_law(law_file).on({"announced": date(2022, 2, 9)})

    last, answer = book.deadlines({})

    assert (last.clock, last.day) == ("last_day", date(2022, 5, 10))
    assert last.checked == date(2026, 1, 2)
    assert (answer.day, answer.checked) == (date(2022, 5, 17), None)
    assert answer.assumes == ("handed in on the last day for it, 2022-05-10",)


def test_its_cases_are_held_and_a_wrong_one_is_named(law_file):
    assert check_file(law_file).failures == []
    cases = law_file.with_name("example.cases.yaml")
    cases.write_text(CASES.replace("351", "350"), encoding="utf-8")

    assert check_file(law_file).failures == [
        f"{cases}:7: the new share: required_signatures gives '351'; "
        "the case says '350'"
    ]


def test_the_commands_take_it_by_its_path(law_file):
    run = CliRunner()

    checked = run.invoke(law_command, ["check", str(law_file)])
    listed = run.invoke(
        deadlines,
        [
            *("--law", str(law_file), "--summary-date", "2022-01-01"),
            *("--date", "announced", "2022-02-09", "--json"),
        ],
    )

    assert checked.exit_code == 0
    assert "2 of 2 worked cases hold" in checked.output
    assert [each["day"] for each in json.loads(listed.stdout)] == [
        "2022-05-10",
        "2022-05-17",
    ]
