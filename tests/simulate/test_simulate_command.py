"""`plebiscite simulate` as a person types it."""

from __future__ import annotations

import json

from click.testing import CliRunner

from plebiscite.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["simulate", *map(str, arguments)])


def test_a_roll_and_a_petition_in_two_commands(tmp_path):
    roll, folder = tmp_path / "roll.csv", tmp_path / "petition"

    made = run("roll", "--voters", 4000, "--seed", 1, "--out", roll, "--json")
    told = json.loads(made.stdout)
    assert told["voters"] == sum(told["counties"].values()) == 4000

    signed = run(
        *("petition", "--roll", roll, "--lines", 200, "--seed", 2, "--out", folder),
        *("--preset", "california", "--mix", "struck=0.1,moved=0.1"),
        *("--noise", "ocr=0.3", "--json"),
    )
    told = json.loads(signed.stdout)
    assert told["raw"] == 200
    assert told["struck"] == 20
    assert 15 <= told["kinds"]["moved"] <= 25
    assert {file.name for file in folder.iterdir()} == {
        "lines.csv",
        "truth.csv",
        "sections.csv",
        "manifest.csv",
        "decisions.csv",
        "counts.csv",
        "README.txt",
    }


def test_wrong_input_is_explained_and_exits_2(tmp_path):
    roll = tmp_path / "roll.csv"
    run("roll", "--voters", 100, "--seed", 1, "--out", roll)
    place = ["--roll", roll, "--lines", 20, "--seed", 1, "--out", tmp_path / "p"]

    wrong = run("petition", *place, "--mix", "moved=lots")
    assert wrong.exit_code == 2
    assert "--mix takes NAME=NUMBER, as moved=0.05" in wrong.stderr
    assert run("petition", *place, "--noise", "ink=0.1").exit_code == 2
    assert run("roll", "--voters", 0, "--seed", 1, "--out", roll).exit_code == 2


def test_each_verb_ends_its_help_in_an_example():
    for verb in ("roll", "petition"):
        assert f"plebiscite simulate {verb} --" in run(verb, "--help").stdout
