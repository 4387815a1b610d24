"""A rule that is met by one way or another, while votes are still out.

Oracle: every way in which the few votes that are out may come in.
"""

import itertools
from datetime import date

import pytest

from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.vote.outcome.judge import judge

LAW = """\
title: Two ways to pass, made up
governed_by: election
sources: {s: {title: S, checked: no}}
passing:
  - from: 2000-01-01
    cite: [s]
    test:
      routes:
        by_many: {yes: {at_least: 60% of registered}}
        by_lead: {all: [{yes: {at_least: 60% of valid}}, {not: {no: {at_least: 4}}}]}
"""
OUT = {"registered": 3, "cast": None, "valid": None, "yes": None, "no": None}


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_text(LAW, encoding="utf-8")
    return open_law(path).on_day(date(2018, 11, 6))


def counted(yes, no):
    valid = yes + no
    figures = {"registered": 10, "cast": valid, "valid": valid}
    return figures | {"yes": yes, "no": no}


@pytest.mark.parametrize(
    ("yes", "no"), [(yes, no) for yes in range(0, 11, 2) for no in range(11 - yes)]
)
def test_what_is_settled_no_count_of_the_rest_can_change(make, book, yes, no):
    """Oracle: the ten ways in which three voters may say yes, no or nothing."""
    said = judge(make({"A": counted(yes, no), "B": OUT}), book).standing
    ways = set()
    for more, less in itertools.product(range(4), repeat=2):
        if more + less <= 3:
            rest = {"registered": 3, "cast": more + less, "valid": more + less}
            rest |= {"yes": more, "no": less}
            whole = make({"A": counted(yes, no), "B": rest})
            ways.add(judge(whole, book).standing)

    if len(ways) > 1:
        assert said is Standing.OPEN
    else:
        assert said in {Standing.OPEN, *ways}
    if yes >= 8:  # 60% of all 13 that are registered, whatever comes
        assert said is Standing.MET
    if yes <= 4 and no >= 4:  # neither way can be reached any more
        assert said is Standing.UNMET
