"""`plebiscite forecast polls`: what a reader and a script see of it."""

import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main

CALEXIT = ("--measure", "us/ca/16-0011", "--as-of", "2017-02-01")


def polls(*arguments, code=0):
    ended = CliRunner().invoke(main, ["forecast", "polls", *map(str, arguments)])
    assert ended.exit_code == code, ended.output
    return ended


def data(*arguments):
    return json.loads(polls(*arguments, "--json").stdout)


def test_the_average_uses_only_what_had_ended_by_the_day():
    found = data(*CALEXIT)
    ends = [each["end"] for each in found["average"]["used"]]
    assert ends == ["2017-01-19", "2017-01-31"]
    earlier = data("--measure", "us/ca/16-0011", "--as-of", "2017-01-20")
    assert [each["end"] for each in earlier["average"]["used"]] == ["2017-01-19"]


def test_up_from_twenty_comes_with_its_error():
    """Reuters' claim of January 2017: 32%, up from 20% in 2014."""
    said = polls(
        *("--measure", "us/ca/16-0011", "--as-of", "2017-01-20"),
        *("--since", "2014-10-01"),
    ).stdout
    assert "32%, up from 20%: a change of +12 points, give or take" in said


def test_uncertain_days_are_flagged_with_their_row():
    flags = data(*CALEXIT)["flags"]
    assert {"row": 3, "value": "2016-11-20?"}.items() <= next(
        flag for flag in flags if flag["row"] == 3 and "end" in flag["problem"]
    ).items()


def test_the_law_s_own_rule_is_asked_with_turnout_and_share_together():
    found = data(
        *CALEXIT,
        *("--vote-on", "2019-03-05", "--law", "us/ca/calexit_second_question"),
        *("--turnout", "special", "--headline", "--boycott", "0.2"),
    )["law"]
    assert 0 < float(found["chance"]) < 0.15
    assert len(found["tests"]) == 2


def test_without_a_poll_the_answer_says_so():
    said = polls("--measure", "us/ca/16-0011", "--as-of", "2013-01-01").stdout
    assert "No poll had ended by 2013-01-01." in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "give --polls"),
        ((*CALEXIT, "--vote-on", "2016-11-08"), "was before 2017-02-01"),
        (("--measure", "us/ca/16-0011-counterfactual"), "has no polls.csv"),
        ((*CALEXIT, "--need", "much"), "--need"),
    ],
)
def test_a_wrong_question_is_told_in_one_message(arguments, words):
    ended = polls(*arguments, code=2)
    assert words in ended.output
    assert "Traceback" not in ended.output
