"""A made-up 27th state, by following the how-to. Oracle: the page; arithmetic."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from plebiscite.cli.law import command
from plebiscite.rules import rulebook
from plebiscite.rules.expression import Standing
from plebiscite.rules.worked import check

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "how-to" / "add-a-jurisdiction.md"
FILE = re.compile(r"<!-- file: (\S+) -->\n```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The shipped laws, and among them the state of the page: two files, no Python."""
    folder = tmp_path / "law"
    shutil.copytree(rulebook.FOLDER, folder)
    files = dict(FILE.findall(PAGE.read_text(encoding="utf-8")))
    state = folder / "us" / "ex"
    state.mkdir()
    for name, text in files.items():
        (state / name.replace("example", "statute_initiative")).write_text(
            text, "utf-8"
        )
    monkeypatch.setattr(rulebook, "FOLDER", folder)
    monkeypatch.setattr(check, "FOLDER", folder)
    return state


def run(*words):
    return CliRunner().invoke(command, list(words))


def test_it_takes_one_file_of_law_and_its_cases(shipped):
    assert sorted(path.name for path in shipped.iterdir()) == [
        "statute_initiative.cases.yaml",
        "statute_initiative.yaml",
    ]
    rows = json.loads(run("list", "--json").stdout)
    (row,) = (row for row in rows if row["law"] == "us/ex/statute_initiative")
    assert (row["place"], row["instrument"]) == ("Example", "statute initiative")
    assert row["cases"] == 21


@pytest.mark.usefixtures("shipped")
def test_its_cases_hold_and_it_stands_beside_the_others():
    checked = run("check", "us/ex/statute_initiative")
    compared = run("compare", "us/ex", "us/wa")

    assert checked.exit_code == 0, checked.output
    assert "21 of 21 worked cases hold" in checked.output
    assert "Example: statute initiative" in " ".join(compared.output.split())


@pytest.mark.usefixtures("shipped")
def test_it_judges_a_petition_and_a_vote_with_rules_of_its_own():
    """Four counties, three quarters of them three; a tax needs 60% at two elections."""
    book = rulebook.open_law("us/ex/statute_initiative").on_day(date(2020, 7, 1))
    county = {"signatures": 50, "votes_for_governor": 1000}
    short = {"signatures": 49, "votes_for_governor": 1000}
    spread = {"A": county, "B": county, "C": county, "D": short}

    assert book.judge("distribution", {"counties": spread}).standing is Standing.MET
    lost = {**spread, "C": short}
    assert book.judge("distribution", {"counties": lost}).standing is Standing.UNMET
    tax = {"properties": {"tax": True}, "elections": [{"yes": 60, "no": 40}]}
    assert book.judge("passing_rule", tax).standing is Standing.OPEN


@pytest.mark.usefixtures("shipped")
def test_a_voter_reads_its_special_rules():
    said = run("show", "us/ex/statute_initiative", "--on", "2020-07-01").stdout

    assert (
        "It passes if the yes vote is more than the no vote and the yes vote is" in said
    )
    assert (
        "Where “tax” applies, it passes if at 2 consecutive elections: the yes" in said
    )
    assert "in at least 75% of counties, the number of signatures is at least" in said
