"""`law list` and `law compare`. Oracle: the law files, and the width of a terminal."""

import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.errors import InputError
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.rules.told.compare import chosen

SIDE_BY_SIDE = ("compare", "us/ca", "us/wa", "ch")


def run(*words):
    return CliRunner().invoke(main, ["law", *words])


def test_the_list_is_a_table_with_a_line_a_law_and_the_sums():
    lines = run("list").stdout.splitlines()
    rows = json.loads(run("list", "--json").stdout)

    assert " ".join(lines[0].split()) == "place law versions sourced checked cases"
    assert len(rows) == len(laws())
    for row, line in zip(rows, lines[1:], strict=False):
        assert line.startswith(row["place"])
        cells = line.removeprefix(row["place"]).split()
        assert cells[0] == row["law"]
        assert cells[1].replace(",", "") == str(row["versions"])
        assert cells[3] == f"{100 * row['checked'] // row['versions']}%"
        assert cells[4].replace(",", "") == str(row["cases"])
    total = lines[1 + len(rows)]
    assert f"{len(rows)} laws" in total
    assert f"{sum(row['cases'] for row in rows):,}" in total
    assert max(map(len, lines)) <= 100


def test_rules_stand_side_by_side_in_a_hundred_columns():
    ended = run(*SIDE_BY_SIDE)
    lines = ended.stdout.splitlines()

    assert max(map(len, lines)) <= 100
    assert lines[0].split(":")[0].strip() == "California"
    (needs,) = (line for line in lines if line.startswith("  required"))
    assert "8% of votes for governor" in needs
    assert "100,000" in needs
    assert "How many signatures" in lines
    assert "What it needs to pass" in lines


def test_the_same_as_data():
    data = json.loads(run(*SIDE_BY_SIDE, "--on", "2017-01-26", "--json").stdout)

    assert data["on"] == "2017-01-26"
    assert data["laws"] == [
        "us/ca/constitutional_initiative",
        "us/wa/initiative",
        "ch/popular_initiative",
    ]
    rules = {row["rule"]: row for row in data["rules"]}
    required = rules["required_signatures"]
    assert required["section"] == "How many signatures"
    ours = required["laws"]["us/ca/constitutional_initiative"]
    assert ours["says"].startswith("8% of votes for governor, rounded up; 585,407")
    assert required["laws"]["ch/popular_initiative"]["seen"] == "2003-08-01"
    assert rules["sample_unit"]["laws"]["ch/popular_initiative"] is None


def test_more_is_told_where_all_is_asked_for():
    few, all_ = (
        json.loads(run(*SIDE_BY_SIDE, *more, "--json").stdout)["rules"]
        for more in ((), ("--all",))
    )

    assert len(few) < len(all_)
    assert {row["rule"] for row in all_} == {
        rule
        for law in ("us/ca/constitutional_initiative", "us/wa/initiative")
        for rule in open_law(law).rules
    } | set(open_law("ch/popular_initiative").rules)


@pytest.mark.parametrize(
    ("name", "law"),
    [
        ("us/ca", "us/ca/constitutional_initiative"),
        ("us/ca/", "us/ca/constitutional_initiative"),
        ("us/ca/referendum", "us/ca/referendum"),
        ("us/fl", "us/fl/constitutional_initiative"),
        ("eu", "eu/citizens_initiative"),
    ],
)
def test_a_place_stands_for_its_main_initiative(name, law):
    assert chosen(name) == law


def test_a_place_with_several_laws_and_no_main_one_is_asked_which():
    with pytest.raises(InputError, match=r"'gb' has several laws; say which: gb/"):
        chosen("gb")


def test_more_laws_than_columns_is_one_message_and_exit_2():
    ended = run("compare", *["us/wa"] * 9)

    assert ended.exit_code == 2
    assert (
        "9 laws do not fit side by side; name 5 at most, or take --json" in ended.stderr
    )


def test_the_page_of_laws_is_current():
    import runpy
    from pathlib import Path

    tool = runpy.run_path(
        str(Path(__file__).parent.parent.parent / "tools" / "write_laws.py")
    )
    page = tool["PAGE"].read_text(encoding="utf-8")

    assert tool["page"]() == page, "run: make docs"
    assert all(f"| `{law}` |" in page for law in laws())
