"""`plebiscite match`, as a person at a terminal meets it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from plebiscite.cli import main

ROLL = """voter_id,last,first,house,street,city,zip,county,status
V1,GARCIA,MARIA,12,OAK ST,OAKLAND,94601,Alameda,active
V2,SMITH,JOHN,14,ELM ST,OAKLAND,94601,Alameda,active
V3,NGUYEN,LINDA,7,PINE AVE,FRESNO,93701,Fresno,active
"""
LINES = """section,row,county,name,address,city,zip,signed_on
1,1,Alameda,Maria Garcia,12 Oak Street,Oakland,94601,2017-03-01
1,2,Alameda,Ernesto Garcia,12 Oak Street,Oakland,94601,2017-03-01
"""
TRUTH = """line_id,voter_id,kind,noise,duplicate_of
Alameda/1/1,V1,registered,,
Alameda/1/2,,unregistered_relative,,
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    for name, text in (("roll", ROLL), ("lines", LINES), ("truth", TRUTH)):
        (tmp_path / f"{name}.csv").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plebiscite(*words):
    return CliRunner().invoke(main, ["match", *words])


def test_names_with_brackets_are_read_as_any_other(files):
    """Oracle: the same files under plain names."""
    (files / "s[1]").mkdir()
    for path in list(files.glob("*.csv")):
        (files / "s[1]" / f"{path.stem}[1].csv").write_text(path.read_text())
    scores = []
    for name in ("{}", "s[1]/{}[1]"):
        roll, lines, truth, out = map(name.format, ("roll", "lines", "truth", "m"))
        words = ["--lines", f"{lines}.csv", "--out", f"{out}.parquet"]
        ran = plebiscite("run", "--roll", f"{roll}.csv", *words)
        assert ran.exit_code == 0, ran.output
        words = ["--matches", f"{out}.parquet", "--json"]
        scores.append(plebiscite("score", "--truth", f"{truth}.csv", *words))

    assert [each.exit_code for each in scores] == [0, 0], scores[1].output
    assert scores[0].output == scores[1].output


@pytest.mark.usefixtures("files")
def test_run_then_score_then_explain():
    ran = plebiscite(
        *[
            "run",
            "--roll",
            "roll.csv",
            "--lines",
            "lines.csv",
            "--out",
            "m.parquet",
            "--json",
        ]
    )
    scored = plebiscite(
        *["score", "--truth", "truth.csv", "--matches", "m.parquet", "--json"]
    )
    why = plebiscite(
        *[
            "explain",
            "Alameda/1/1",
            "--lines",
            "lines.csv",
            "--roll",
            "roll.csv",
            "--json",
        ]
    )

    assert (ran.exit_code, scored.exit_code, why.exit_code) == (0, 0, 0)
    assert json.loads(ran.stdout)["voter"] == 1
    assert json.loads(scored.stdout)["f1"] == "1.0000"
    assert json.loads(why.stdout)["voter_id"] == "V1"
    found = pl.read_parquet("m.parquet")
    assert found["line_id"].to_list() == ["Alameda/1/1", "Alameda/1/2"]
    assert found["reason"].to_list() == [None, "NOT_REGISTERED"]
    assert Path("m.parquet").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("files")
def test_score_reads_for_a_person():
    plebiscite(
        *["run", "--roll", "roll.csv", "--lines", "lines.csv", "--out", "m.parquet"]
    )

    said = plebiscite(
        *["score", "--truth", "truth.csv", "--matches", "m.parquet"]
    ).stdout

    assert "100.00% (1 of 1 lines a voter signed)" in said
    assert "0.00% (0 of 1 lines of unregistered relatives)" in said


@pytest.mark.usefixtures("files")
def test_what_is_called_csv_is_csv_and_can_be_scored():
    """It was Parquet whatever its name."""
    plebiscite("run", "--roll", "roll.csv", "--lines", "lines.csv", "--out", "m.csv")

    scored = plebiscite("score", "--truth", "truth.csv", "--matches", "m.csv")

    assert Path("m.csv").read_text().startswith("line_id,outcome,voter_id,")
    assert scored.exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            "run --roll roll.csv --lines lines.csv --out m.parquet --memory lots",
            "write memory as 2GB or 500MB",
        ),
        ("score --truth truth.csv --matches truth.csv", "looks like a truth file"),
        (
            "explain nobody --lines lines.csv --roll roll.csv",
            "there is no line 'nobody'",
        ),
        ("fit --truth truth.csv --lines lines.csv --roll roll.csv --out f.json", "200"),
    ],
)
def test_wrong_input_is_one_message_and_exit_2(files, words, says):
    ran = plebiscite(*words.split())

    assert ran.exit_code == 2
    assert says in ran.stderr.replace("\n", " ")
    assert not list(files.glob("*.parquet")) + list(files.glob("f.json"))


@pytest.mark.parametrize("verb", ["run", "score", "fit", "explain", "remember"])
def test_help_ends_with_an_example(verb):
    assert f"plebiscite match {verb}" in plebiscite(verb, "--help").stdout


def test_a_built_roll_and_its_flat_source_give_the_same_answers(files):
    from plebiscite.roll.store import build_roll

    build_roll(
        files / "roll.csv", mapping=None, as_of=date(2017, 7, 25), out=files / "r"
    )
    for roll, out in (("roll.csv", "flat.parquet"), ("r", "built.parquet")):
        plebiscite(*f"run --roll {roll} --lines lines.csv --out {out}".split())

    assert pl.read_parquet("flat.parquet").equals(pl.read_parquet("built.parquet"))


@pytest.mark.usefixtures("files")
def test_pairs_and_findings_go_round():
    """Two lines of one stranger; a person's finding on one case, used on the next."""
    line = "1,{},Alameda,Zoe Quirke,9 Elm Street,Oakland,94601,2017-03-01\n"
    Path("more.csv").write_text(LINES + line.format(3) + line.format(4))
    Path("repeats.csv").write_text(
        TRUTH + "Alameda/1/3,,unregistered,,\nAlameda/1/4,,unregistered,,Alameda/1/3\n"
    )
    Path("d.csv").write_text(
        "line_id,decision,reason,voter_id,by,at\n"
        "Alameda/1/3,invalid,NOT_REGISTERED,,anna,2017-08-01T10:00\n"
    )
    base = "run --roll roll.csv --lines more.csv --out m.parquet --json"

    ran = plebiscite(*base.split(), "--pairs", "p.csv")
    score = "score --truth repeats.csv --matches m.parquet --pairs p.csv --json"
    scored = plebiscite(*score.split())
    keep = "remember --lines more.csv --matches m.parquet --decisions d.csv "
    keep += "--roll roll.csv --out known.csv --json"
    kept = plebiscite(*keep.split())
    again = plebiscite(*base.split(), "--resolutions", "known.csv")

    assert (ran.exit_code, scored.exit_code) == (0, 0)
    assert json.loads(ran.stdout)["pairs"] == 1
    assert (
        Path("p.csv").read_text().splitlines()[1].startswith("Alameda/1/4,Alameda/1/3")
    )
    assert json.loads(scored.stdout)["pair_recall"] == "1.0000"
    assert json.loads(kept.stdout)["remembered"] == 1
    assert json.loads(again.stdout)["resolved"] == 2
    assert all(
        Path(name).stat().st_mode & 0o077 == 0 for name in ("p.csv", "known.csv")
    )
