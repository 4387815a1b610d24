"""A rule whose versions say things of different kinds, each on its own days.

Oracle: a law of one's own, read by hand, and the days of Colorado's Amendment 71.
"""

from datetime import date

import pytest

from plebiscite.errors import InputError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.rules.spread import asks_where
from plebiscite.rules.worked.check import check_file

LAW = """\
title: A law of one's own
governed_by: received
sources: {charter: {title: Charter, checked: no}}
distribution:
  - {from: 2000-01-01, text: "none: from anywhere", cite: [charter]}
  - {from: 2010-01-01, test: {signatures: {at_least: 5}}, cite: [charter]}
  - {from: 2020-01-01, text: "none: from anywhere again", cite: [charter]}
last_filing_day:
  - {from: 2000-01-01, text: whenever it is full, cite: [charter]}
  - {from: 2010-01-01, deadline: 90 days after received, cite: [charter]}
wards:
  - {from: 2000-01-01, text: twelve, cite: [charter]}
  - {from: 2010-01-01, amount: 14, cite: [charter]}
"""
CASES = """\
- {case: before, day: 2009-12-31, rule: distribution, gives: "none: from anywhere"}
- {case: 5, day: 2010-01-01, rule: distribution, facts: {signatures: 5}, gives: met}
- {case: 4, day: 2019-12-31, rule: distribution, facts: {signatures: 4}, gives: not met}
- {case: after, day: 2020-01-01, rule: distribution, gives: "none: from anywhere again"}
- {case: words, day: 2009-12-31, rule: last_filing_day, gives: whenever it is full}
- {case: a day, dates: {received: 2010-01-01}, rule: last_filing_day, gives: 2010-04-01}
- {case: no number, day: 2009-12-31, rule: wards, gives: twelve}
- {case: a number, day: 2010-01-01, rule: wards, gives: 14}
"""


@pytest.fixture
def path(tmp_path):
    (tmp_path / "own.cases.yaml").write_text(CASES, encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(LAW, encoding="utf-8")
    return path


def test_cases_ask_each_version_in_its_own_kind(path):
    checked = check_file(path)

    assert checked.failures == []
    assert len(checked.held) == 8
    assert checked.untried == ()


def test_a_change_no_case_tries_is_told_of_such_a_rule_too(path):
    few = CASES.replace("2019-12-31, rule: dist", "2015-01-01, rule: dist")
    path.with_name("own.cases.yaml").write_text(
        few.replace("2020-01-01, rule", "2021-01-01, rule"), encoding="utf-8"
    )

    assert check_file(path).untried == ("no case asks for distribution on 2020-01-01",)


def test_what_is_in_words_on_a_day_is_not_judged_or_reckoned_then(path):
    law = open_law(path)
    before, after = (law.on_day(date(year, 1, 1)) for year in (2009, 2010))

    with pytest.raises(InputError, match="it says 'none: from anywhere'"):
        before.judge("distribution", {"signatures": 5})
    with pytest.raises(InputError, match="no amount"):
        before.count("wards", {})
    assert after.judge("distribution", {"signatures": 5}).standing is Standing.MET
    assert after.count("wards", {}) == 14
    assert [asks_where(each) for each in (before, after)] == [False, True]


def test_a_last_day_said_in_words_is_no_day(path):
    """Oracle: 90 days after 1 January 2010 are 1 April."""
    law = open_law(path)
    clock = "last_filing_day"

    assert law.on_day(date(2009, 1, 1)).unknown_clocks({}).keys() == {clock}
    found = law.on({"received": date(2010, 1, 1)})
    assert found.deadline(clock, {}).day == date(2010, 4, 1)


def test_colorado_asked_no_district_until_amendment_71():
    """Oracle: the vote on it, on 8 November 2016, and the law as read in 2018."""
    law = open_law("us/co/constitutional_initiative")
    days = [date(2012, 8, 27), date(2016, 11, 8), date(2016, 11, 9), date(2018, 2, 14)]

    assert [asks_where(law.on_day(day)) for day in days] == [False, False, True, True]
