"""`petition deadlines`: which days it needs. Oracle: the calendar, counted by hand."""

import json

from click.testing import CliRunner

from plebiscite.cli import main

LAW = "us/ca/constitutional_initiative"


def deadlines(*arguments):
    return CliRunner().invoke(main, ["petition", "deadlines", *arguments])


def test_a_clock_of_the_election_needs_no_other_day():
    """Oracle: 38 days after 3 November 2026; what else is not known is named."""
    done = deadlines("--law", LAW, "--election", "2026-11-03", "--json")

    found = {each["clock"]: each["day"] for each in json.loads(done.stdout)}
    assert found["statement_of_vote_due"] == "2026-12-11"
    assert "not told: last_filing_day: " in done.stderr


def test_without_any_day_it_says_which_to_give():
    done = deadlines("--law", LAW)

    assert done.exit_code == 2
    assert "no day is given to count from" in done.stderr
    assert "--election" in done.stderr


def test_a_day_the_law_does_not_ask_for_is_refused_with_the_one_meant():
    """A slip would otherwise leave the clock untold, or told by an assumption."""
    known = ("--law", "us/ca/referendum", "--summary-date", "2014-10-10")
    done = deadlines(*known, "--date", "enactd", "2014-09-30")

    assert done.exit_code == 2
    assert "did you mean 'enacted'?" in done.stderr
    named = deadlines(*known, "--date", "enacted", "2014-09-30", "--json")
    assert "last_filing_day" in {each["clock"] for each in json.loads(named.stdout)}


def test_either_name_of_a_day_is_taken():
    by_option = deadlines("--law", LAW, "--summary-date", "2017-01-26", "--json")
    by_name = deadlines("--law", LAW, "--date", "summary", "2017-01-26", "--json")

    assert json.loads(by_name.stdout) == json.loads(by_option.stdout)
