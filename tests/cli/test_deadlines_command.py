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
