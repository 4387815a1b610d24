"""The campaign's commands. Oracle: what was handed to them, counted by hand."""

import json

import polars as pl
import pypdfium2
import pytest
from click.testing import CliRunner

from plebiscite.cli import main

MEASURE = """\
id: us/ca/example
title: An example
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26}
"""
BY = ("--by", "Lee Park", "--day", "2017-02-01")


def run(*arguments, code=0):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def home(tmp_path):
    (tmp_path / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    run("campaign", "chapters", "add", "north", "--measure", tmp_path, *BY)
    run(
        *("campaign", "circulators", "add", "Ana Ruiz", "--chapter", "north"),
        *("--measure", tmp_path, "--paid", *BY),
    )
    run(
        *("campaign", "bundles", "out", "1-10", "--to", "C0001"),
        *("--measure", tmp_path, *BY),
    )
    return tmp_path


def data(*arguments, code=0):
    return json.loads(run("campaign", *arguments, "--json", code=code).stdout)


def test_what_went_out_and_came_back_is_told_as_data(home):
    counts = home / "counts.csv"
    counts.write_text(
        "section,lines\n" + "".join(f"{n:06d},{n}\n" for n in range(1, 9))
    )
    back = data(
        *("bundles", "back", "B0001", "--counts", counts, "--lost", "9"),
        *("--unused", "10", "--measure", home, *BY),
    )

    assert (back["lines"], back["sections"], back["lost"]) == (36, 8, "000009")
    told = data("status", "--measure", home, "--as-of", "2017-02-03")
    whole = told["whole"]
    assert (whole["out"], whole["returned"], whole["unused"]) == (0, 8, 1)
    assert (whole["lines"], whole["days_since_return"]) == (36, 2)
    assert told["circulators"][0]["paid"] is True
    listed = data("bundles", "list", "--measure", home)
    assert [each["receipt"] for each in listed["returns"]] == ["R0001"]


def test_a_receipt_is_printed_again_and_says_the_same(home):
    run(
        *("campaign", "bundles", "back", "B0001", "--lines", 57, "--still-out", "10"),
        *("--receipt", home / "r.pdf", "--measure", home, *BY),
    )
    run(
        *("campaign", "bundles", "receipt", "R0001", "--out", home / "again.pdf"),
        *("--measure", home),
    )

    for name in ("r.pdf", "again.pdf"):
        page = pypdfium2.PdfDocument(home / name)[0]
        text = page.get_textpage().get_text_bounded()
        assert "57 lines received on 9 sections" in text.replace("\r\n", " ")
        assert "still out: 000010" in text.replace("\r\n", " ")


def test_own_checks_credit_each_voter_once_and_keep_no_name(home):
    """Five lines: two of one voter, a tie, a struck one, another voter. So 2 of 4."""
    run(
        *("campaign", "bundles", "back", "B0001", "--lines", 5),
        *("--measure", home, *BY),
    )
    (home / "lines.csv").write_text(
        "section,row,county,name,address,struck\n"
        + "".join(
            f"00000{1 + row // 4},{row},Alpine,Maria Lopez,12 Oak St,{int(row == 4)}\n"
            for row in range(1, 6)
        )
    )
    lines = ["Alpine/000001/1", "Alpine/000001/2", "Alpine/000001/3"]
    lines += ["Alpine/000002/4", "Alpine/000002/5"]
    pl.DataFrame(
        {
            "line_id": lines,
            "outcome": ["voter", "voter", "tie", "voter", "voter"],
            "voter_id": ["V1", "V1", None, "V3", "V2"],
        }
    ).write_parquet(home / "m.parquet")

    said = data(
        *("credit", "--lines", home / "lines.csv", "--matches", home / "m.parquet"),
        *("--measure", home, *BY),
    )

    assert said == {"sections": 2, "checked": 4, "valid": 2}
    row = data("status", "--measure", home, "--as-of", "2017-02-03")["circulators"][0]
    assert (row["valid_share"], row["valid_low"]) == ("0.5000", "0.150")
    kept = "".join(p.read_text() for p in (home / "campaign").glob("*.jsonl"))
    assert "Lopez" not in kept
    assert "V1" not in kept


def test_a_shipped_measure_has_no_records_of_ours():
    done = run("campaign", "status", "--measure", "us/ca/16-0011", code=2)

    assert "--campaign FOLDER" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bundles", "back", "B0001"), "say how many lines"),
        (("bundles", "back", "B0009", "--lines", "3"), "no bundle 'B0009'"),
        (("bundles", "out", "5", "--to", "C0001"), "out with C0001"),
        (("bundles", "out", "11", "--to", "C0007"), "did you mean 'C0001'"),
        (("bundles", "out", "11"), "say who takes"),
        (("bundles", "undo", "7", "--why", "x"), "no entry 7"),
        (("chapters", "add", "north"), "already"),
        (("volunteers", "withdraw", "V0001"), "no volunteer"),
    ],
)
def test_a_slip_is_refused_in_words_with_exit_2(home, arguments, words):
    done = run("campaign", *arguments, "--measure", home, *BY, code=2)

    assert words in done.output
    assert "Traceback" not in done.output


def test_a_mark_of_one_hand_reaches_the_check(home):
    (home / "lines.csv").write_text(
        "section,row,county,name,address,zip\n"
        "000001,1,Alpine,Ana Ruiz,12 Oak St,96120\n"
        "000001,2,Alpine,Zoe Cole,14 Elm Rd,96120\n"
    )
    (home / "sections.csv").write_text(
        "section,county,circulator_id,from,to,declaration\n"
        "000001,Alpine,C0001,2017-02-01,2017-02-05,complete\n"
    )
    mark = ("same-hand", "000001", "--county", "Alpine", "--measure", home, *BY)
    run("campaign", *mark, "--rows", "1,2")

    said = json.loads(
        run("petition", "check", home, "--measure", home, "--json").stdout
    )

    assert [(each["code"], each["rows"]) for each in said["remarks"]] == [
        ("same_hand", [1, 2])
    ]
    assert said["to_fix"] == []
