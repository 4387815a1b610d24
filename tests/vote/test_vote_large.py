"""25,000 precincts of 17 questions. Oracle: the totals the simulator says it made.

What it takes in time and memory is measured by `make bench`.
"""

import json

from click.testing import CliRunner

from plebiscite.cli import main


def said(*words):
    done = CliRunner().invoke(main, [*map(str, words), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["questions"]


def test_a_state_of_precincts_is_judged_as_it_was_made(tmp_path):
    path = tmp_path / "results.csv"
    size = ["--precincts", "25000", "--questions", "17", "--seed", "1"]

    truth = said("simulate", "results", *size, "--out", path)
    law = ["--law", "us/ca/statute_initiative", "--on", "2016-11-08"]
    found = said("vote", "judge", *law, "--results", path)

    assert [
        {name: each["totals"].get(name, each["question"]) for name in truth[0]}
        for each in found
    ] == truth
    assert all((each["standing"] == "met") == (each["margin"] >= 0) for each in found)
