"""`forecast pace` and `forecast to-file`. Oracles: the contract, exact arithmetic."""

import json

import click
import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.cli.forecast.options import MeasuredShare

HEAD = "petition_id,day,count,district,channel,required,deadline\n"
ROWS = "".join(
    f"A,2026-0{month}-01,{count},,online,50000,2026-07-01\n"
    for month, count in ((1, 0), (2, 9_000), (3, 15_000), (4, 20_000))
)


@pytest.fixture
def counts(tmp_path):
    path = tmp_path / "pace.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(main, ["forecast", *map(str, words)])


def data(*words):
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.output)


def test_pace_tells_the_final_count_and_the_chance(counts):
    told = data("pace", "--pace", counts, "--as-of", "2026-04-10")
    assert (told["count"], told["required"]) == (20_000, 50_000)
    assert told["deadline"] == "2026-07-01"
    assert told["final"]["0.100"] < told["final"]["0.500"] < told["final"]["0.900"]
    assert isinstance(told["chance"], str)
    assert 0 < float(told["chance"]) < 0.5


def test_pace_knows_nothing_dated_later(counts):
    told = data("pace", "--pace", counts, "--as-of", "2026-02-20")
    assert (told["count"], told["counted_on"]) == (9_000, "2026-02-01")


def test_pace_in_words_shows_no_false_digits(counts):
    said = run("pace", "--pace", counts, "--as-of", "2026-04-10").output
    assert "in 100" in said
    assert "8 cases of 10" in said


def test_a_deadline_passed_and_a_number_met_is_settled(counts):
    ended = ("--pace", counts, "--as-of", "2026-08-01", "--required", "20000")
    told = data("pace", *ended, "--deadline", "2026-04-01")
    assert (told["chance"], told["basis"]) == ("1.000", "over")
    assert data("pace", *ended)["basis"] == "pace"  # the last count is older


def test_districts_are_told_together(tmp_path):
    path = tmp_path / "pace.csv"
    rows = "".join(
        f"A,2026-0{month}-01,{count},{name},paper,,2026-07-01\n"
        for name in ("North", "South")
        for month, count in ((1, 0), (2, 900), (3, 1_500), (4, 2_000))
    )
    path.write_text(HEAD + rows, encoding="utf-8")
    needed = tmp_path / "needed.csv"
    needed.write_text("district,needed\nNorth,1800\nSouth,1800\n", encoding="utf-8")
    told = data("pace", "--pace", path, "--as-of", "2026-04-10", "--needed", needed)
    assert float(told["chance_of_districts"]) > float(told["chance_if_independent"])
    assert {row["district"] for row in told["districts"]} == {"North", "South"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pace",), "--pace or --measure"),
        (("pace", "--measure", "us/ca/16-0011"), "pace.csv"),
        (("to-file", "--required", "5"), "--law"),
        (("to-file", "--law", "ch/popular_initiative", "--required", "9",
          "--districts", "2"), "--needed"),
        (("to-file", "--law", "ch/popular_initiative", "--required", "9",
          "--share", "x"), "5%"),
        (("to-file", "--law", "ch/popular_initiative", "--required", "9",
          "--chance", "1.5"), "strictly between"),
        (("to-file", "--law", "ch/popular_initiative", "--required", "9",
          "--validity", "0"), "between 0 and 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_exits_2_with_a_remedy(words, said):
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.output
    assert "Traceback" not in found.output


def test_a_wrong_file_of_counts_is_refused_by_row(tmp_path):
    path = tmp_path / "pace.csv"
    path.write_text(HEAD + "A,2026-01-05,-5,,,,\n", encoding="utf-8")
    found = run("pace", "--pace", path)
    assert found.exit_code == 2
    assert "row 2" in found.output
    assert "below zero" in found.output


def test_to_file_takes_law_and_requirement_from_the_measure():
    told = data("to-file", "--measure", "us/ca/16-0011")
    assert told["required"] == 585_407
    assert told["law"] == "us/ca/constitutional_initiative"
    raw = {(row["what"], row["chance"]): row["raw"] for row in told["to_file"]}
    assert raw["on the sample", "0.500"] == pytest.approx(1.485 * 585_407, rel=0.01)
    assert told["lines_of_the_law"]["qualifies without a full count"] == 643_948


def test_to_file_learns_from_a_table_of_checks(tmp_path):
    path = tmp_path / "checks.csv"
    path.write_text(
        "chapter,circulator,checked,valid,duplicates\n"
        "North,Ann,400,340,1\nNorth,Bob,10,4,0\n",
        encoding="utf-8",
    )
    told = data("to-file", "--measure", "us/ca/16-0011", "--checks", path)
    assert [row["circulator"] for row in told["rates"]] == [None, "Ann", "Bob"]
    ann = told["rates"][1]
    assert float(ann["low"]) < 341 / 400 < float(ann["high"])


def test_checks_that_contradict_themselves_are_refused_by_row(tmp_path):
    path = tmp_path / "checks.csv"
    path.write_text(
        "chapter,circulator,checked,valid,duplicates\nNorth,Ann,4,5,0\n",
        encoding="utf-8",
    )
    found = run("to-file", "--measure", "us/ca/16-0011", "--checks", path)
    assert found.exit_code == 2
    assert "row 2" in found.output


def test_the_helps_end_with_an_example():
    for verb in ("pace", "to-file"):
        assert "Example:" in run(verb, "--help").output


@pytest.mark.parametrize(
    ("said", "expected"), [("74%", 0.74), (".74", 0.74), ("1", 1.0), ("0%", 0.0)]
)
def test_a_measured_share_is_written_as_people_write_it(said, expected):
    assert MeasuredShare(0, 1).convert(said, None, None) == expected


@pytest.mark.parametrize("said", ["74", "140%", "-1%", "nan", "inf%", "half", ""])
def test_what_is_no_measured_share_is_refused(said):
    """74 may be 74% or a slip: nobody guesses."""
    with pytest.raises(click.BadParameter):
        MeasuredShare(0, 1).convert(said, None, None)
