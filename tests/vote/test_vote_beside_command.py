"""`compare`, `reconcile`, `what-if` and `map` as commands. Oracle: small files."""

import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def running(*words, files=()):
        for name, text in dict(files).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        ended = CliRunner().invoke(main, ["vote", *words, "--json"])
        return ended.exit_code, json.loads(ended.stdout or "null"), ended.stderr

    return running


def test_two_votes_compared(run):
    files = {"a.csv": "part,yes,no\nA,40,60\n", "b.csv": "part,yes,no\nA,55,45\n"}

    code, data, _ = run("compare", "a.csv", "b.csv", files=files)

    assert code == 0
    assert data["parts"][0]["swing"] == "15.00"
    assert data["turned"] == ["A"]


def test_results_that_cannot_be_true_are_not_compared(run):
    files = {"a.csv": "part,valid,yes,no\nA,9,4,6\n", "b.csv": "part,yes,no\nA,5,4\n"}

    code, _, told = run("compare", "a.csv", "b.csv", files=files)

    assert code == 2
    assert "10 yes votes and no votes are more than 9" in told


def test_a_column_filled_with_something_else_ends_with_1(run):
    """Oracle: D has three times what the other office says, the others agree."""
    rows = "".join(f"{name},100,{day}\n" for name in "ABCDE" for day in (1, 2))
    files = {
        "a.csv": "c,n\nA,100\nB,100\nC,101\nD,300\nE,100\n",
        "b.csv": f"p,m,day\n{rows}",
    }
    asked = ["--part", "c=p", "--figure", "n=m", "--only", "day=1"]

    code, data, _ = run("reconcile", "a.csv", "b.csv", *asked, files=files)

    assert code == 1
    parts = {each["part"]: each["standing"] for each in data["figures"][0]["parts"]}
    assert parts == {
        "D": "out_of_line",
        "C": "differs",
        "A": "agrees",
        "B": "agrees",
        "E": "agrees",
    }


def test_suppositions_follow_one_another_beside_the_real_result(run):
    """Oracle: without B 40 of 100; ten points more are 50, which is no majority."""
    files = {"a.csv": "part,yes,no\nA,40,60\nB,90,10\n"}
    law = ["--law", "gb/eu_2016", "--on", "2016-06-23"]
    supposed = ["--without", "B", "--swing", "10"]

    code, data, _ = run("what-if", *law, "--results", "a.csv", *supposed, files=files)

    assert code == 0
    assert [each["standing"] for each in data["outcomes"]] == [
        "met",
        "not_met",
        "not_met",
    ]
    assert [each["totals"]["yes"] for each in data["outcomes"]] == [130, 40, 50]


def test_the_map_is_a_drawing_or_a_page_and_nothing_else(run, tmp_path):
    files = {"a.csv": "part,yes,no\nA,40,60\nB,90,10\n"}
    law = ["--law", "gb/eu_2016", "--on", "2016-06-23", "--results", "a.csv"]

    assert run("map", *law, "--out", "m.svg", files=files)[0] == 0
    assert run("map", *law, "--out", "m.html")[0] == 0
    assert run("map", *law, "--out", "m.png")[0] == 2
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "passes by 29 votes" in page
    assert "<script" not in page
