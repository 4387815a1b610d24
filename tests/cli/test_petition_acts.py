"""The four acts at the command line: one answer, one exit code, one clear refusal."""

import json
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from plebiscite.cli import main

LAW = "us/ca/constitutional_initiative"
MEASURE = """\
id: us/ca/test
title: A test measure
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: REQUIRED}
"""


def run(*arguments, code=0):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == code, done.output
    return done


def petition(*arguments, code=0):
    return run("petition", *arguments, code=code)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """8,000 voters and 1,200 lines with a clerk's decisions, all invented."""
    folder = tmp_path_factory.mktemp("made")
    roll, lines = folder / "roll.parquet", folder / "lines"
    run("simulate", "roll", "--voters", 8_000, "--seed", 1, "--out", roll)
    run(
        *("simulate", "petition", "--roll", roll, "--lines", 1_200, "--seed", 2),
        *("--counties", "Los Angeles", "--counties", "Orange", "--out", lines),
    )
    for name, required in (("few", 100), ("many", 5_000)):
        text = MEASURE.replace("REQUIRED", str(required))
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return SimpleNamespace(
        roll=roll,
        lines=lines / "lines.csv",
        manifest=lines / "manifest.csv",
        sections=lines / "sections.csv",
        decisions=lines / "decisions.csv",
        few=folder / "few.yaml",
        many=folder / "many.yaml",
    )


def committed(made, folder, *arguments):
    path = folder / "commitment.json"
    petition(
        *("commit", "--manifest", made.manifest, "--out", path),
        *("--measure", made.few, *arguments),
    )
    return path


def found(made, folder, *arguments):
    path = committed(made, folder)
    petition("draw", "--commitment", path, "--seed", 314159, "--out", folder / "d.csv")
    petition(
        *("find", "--drawn", folder / "d.csv", "--lines", made.lines),
        *("--sections", made.sections, "--roll", made.roll, "--out", folder / "out"),
        *arguments,
    )
    return folder / "out"


def test_the_four_acts_and_the_one_give_the_same_certificate(made, tmp_path):
    """Oracle: the same lines, seed and law by two roads."""
    out = found(made, tmp_path, "--decisions", made.decisions)
    day = ("--day", "2017-09-01")
    by_acts = json.loads(
        petition(*("certify", out, "--measure", made.few, *day, "--json")).stdout
    )
    at_once = json.loads(
        petition(
            *("verify", "--law", LAW, "--measure", made.few, "--roll", made.roll),
            *("--lines", made.lines, "--sections", made.sections, "--seed", 314159),
            *("--decisions", made.decisions, "--out", tmp_path / "once", *day),
            "--json",
        ).stdout
    )
    # The manifest made from the lines is written otherwise, so its hash differs.
    for each in (by_acts, at_once):
        for name in ("commitment", "bundle_head"):
            assert len(each.pop(name)) == 64
    assert by_acts == at_once
    assert by_acts["status"] == "final"
    assert (out / "public/certificate.pdf").read_bytes().startswith(b"%PDF")


def test_the_measures_law_is_taken_and_another_one_refused_before_any_work(
    made, tmp_path
):
    other = ("--law", "us/wa/initiative", "--measure", made.few)
    done = petition(
        *("verify", *other, "--roll", made.roll, "--lines", made.lines),
        *("--full-count", "--out", tmp_path / "out"),
        code=2,
    )
    assert f"us/ca/test goes by {LAW}, not by us/wa/initiative" in done.stderr
    assert not (tmp_path / "out").exists()

    petition(
        *("verify", "--measure", made.few, "--roll", made.roll, "--full-count"),
        *("--lines", made.lines, "--decisions", made.decisions),
        *("--out", tmp_path / "out", "--day", "2017-09-01"),
    )
    path = tmp_path / "out/public/certificate.json"
    assert json.loads(path.read_bytes())["law"] == LAW
    done = petition("certify", tmp_path / "out", *other, code=2)
    assert f"us/ca/test goes by {LAW}, not by us/wa/initiative" in done.stderr


@pytest.mark.parametrize(("measure", "code"), [("few", 0), ("many", 1)])
def test_the_exit_code_is_the_answer(made, tmp_path, measure, code):
    done = petition(
        *("verify", "--law", LAW, "--measure", getattr(made, measure)),
        *("--roll", made.roll, "--lines", made.lines, "--seed", 314159),
        *("--decisions", made.decisions, "--out", tmp_path / "out"),
        code=code,
    )

    assert "Publish this head of the bundle" in done.stdout


def test_washington_draws_one_sample_and_its_kit_agrees(made, tmp_path):
    """Oracle: the stand-alone scripts, on a law with another unit and formula."""
    law = "us/wa/initiative"
    text = MEASURE.replace("REQUIRED", "500").replace(LAW, law).replace("2017", "2014")
    text = text.replace("{summary", "{received: 2014-01-06, summary")
    (tmp_path / "wa.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(
        main,
        [
            *("petition", "verify", "--law", law, "--roll", str(made.roll)),
            *("--measure", str(tmp_path / "wa.yaml"), "--lines", str(made.lines)),
            *("--seed", "271832", "--out", str(tmp_path / "out"), "--json"),
        ],
    )
    data = json.loads(done.stdout)
    bundle = tmp_path / "out/public/bundle"

    assert done.exit_code in {0, 3}, done.output
    assert [county["county"] for county in data["counties"]] == ["Washington"]
    assert data["counties"][0]["sampled"] == 36  # 3% of 1,200
    # No county can be pointed at, so every line has its reason, however rare.
    [row] = data["counties"]
    assert row["reasons_withheld"] == 0
    assert row["valid"] + sum(row["reasons"].values()) + row["undecided"] == 36
    assert min(row["reasons"].values()) < 5
    for script in ("redraw.py", "recompute.py"):
        command = [sys.executable, "-I", "-S", str(bundle / script)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr


def test_a_law_nobody_named_is_said_aloud(made, tmp_path):
    out = tmp_path / "commitment.json"
    done = petition("commit", "--manifest", made.manifest, "--out", out, "--json")

    assert f"taking {LAW}" in done.stderr
    assert "The law as of" in done.stderr
    assert json.loads(done.stdout)["raw_total"] == 1_200


def test_today_is_the_offices_day_and_not_greenwichs(made, tmp_path, monkeypatch):
    """Oracle: 26 hours lie between the two clocks, so it is never the same day."""
    said = []
    for name, zone in (("east", "Etc/GMT-14"), ("west", "Etc/GMT+12")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        out = tmp_path / f"{name}.json"
        done = petition("commit", "--manifest", made.manifest, "--out", out)
        said.append(done.stderr.partition("The law as of ")[2][:10])
    monkeypatch.undo()
    time.tzset()

    assert said[0] > said[1]


def test_the_same_commitment_twice_is_one_and_another_is_refused(made, tmp_path):
    path = committed(made, tmp_path)
    before = path.read_bytes()
    committed(made, tmp_path)
    done = petition(
        *("commit", "--manifest", made.manifest, "--out", path, "--law", LAW),
        *("--day", "2017-01-01"),
        code=2,
    )

    assert path.read_bytes() == before
    assert "--revises" in done.stderr


def test_a_revision_closes_the_old_commitment(made, tmp_path):
    path = committed(made, tmp_path)
    newer = tmp_path / "newer.json"
    petition(
        *("commit", "--manifest", made.manifest, "--measure", made.few),
        *("--out", newer, "--revises", path),
    )
    done = petition(
        *("draw", "--commitment", path, "--seed", 314159, "--out", tmp_path / "d.csv"),
        code=2,
    )

    assert "were revised" in done.stderr


def test_a_revision_cut_short_is_noted_when_it_is_made_again(made, tmp_path):
    """A crash between the file and the ledger would leave two open commitments."""
    path, newer = committed(made, tmp_path), tmp_path / "newer.json"
    again = (
        *("commit", "--manifest", made.manifest, "--measure", made.few),
        *("--out", newer, "--revises", path),
    )
    petition(*again)
    (tmp_path / "commitment.draws.jsonl").unlink()

    petition(*again)
    done = petition(
        *("draw", "--commitment", path, "--seed", 314159),
        *("--out", tmp_path / "d.csv"),
        code=2,
    )
    assert "were revised" in done.stderr
    petition(
        "draw", "--commitment", newer, "--seed", 1234567, "--out", tmp_path / "e.csv"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--seed", "12a456"), "decimal digits"),
        (("--seed", "314159", "--at-least", "Orange"), "write COUNTY=N"),
        (("--seed", "314159", "--at-least", "Orange=²"), "write COUNTY=N"),
        (("--seed", "314159", "--extend", "Orange=5"), "nothing was drawn yet"),
    ],
)
def test_a_wrong_draw_is_one_message_and_no_list(made, tmp_path, arguments, says):
    path = committed(made, tmp_path)
    out = tmp_path / "d.csv"
    done = petition("draw", "--commitment", path, "--out", out, *arguments, code=2)

    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_a_line_that_was_not_keyed_stops_the_work(made, tmp_path):
    keyed = tmp_path / "keyed.csv"
    rows = made.lines.read_text(encoding="utf-8").splitlines(keepends=True)
    keyed.write_text("".join([rows[0], *rows[200:]]), encoding="utf-8")
    path = committed(made, tmp_path)
    petition(
        "draw", "--commitment", path, "--seed", 314159, "--out", tmp_path / "d.csv"
    )
    done = petition(
        *("find", "--drawn", tmp_path / "d.csv", "--lines", keyed),
        *("--roll", made.roll, "--out", tmp_path / "out"),
        code=2,
    )

    assert "were not keyed" in done.stderr
    assert "section" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_in_the_way_is_kept(made, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    done = petition(
        *("verify", "--law", LAW, "--measure", made.few, "--roll", made.roll),
        *("--lines", made.lines, "--full-count", "--out", out),
        code=2,
    )

    assert "name a new folder" in done.stderr
    assert os.listdir(out) == ["mine.txt"]  # noqa: PTH208


def test_a_certificate_is_recorded_once_and_the_docket_is_whole(made, tmp_path):
    folder = tmp_path / "measure"
    folder.mkdir()
    out = found(made, tmp_path, "--decisions", made.decisions)
    petition(
        *("certify", out, "--law", LAW, "--measure", made.few),
        *("--measure-folder", folder, "--by", "Registrar", "--day", "2017-09-01"),
    )
    text = (folder / "docket.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line) for line in text.splitlines()]

    assert [event["kind"] for event in events] == [
        "raw_counts_committed",
        "sample_drawn",
        "lines_found",
        "certified",
    ]
    assert {event["day"] for event in events} == {"2017-09-01"}
    head = events[-1]["hash"]
    answer = json.loads(
        run("measure", "verify", folder, "--head", head, "--json").stdout
    )
    assert answer["soundness"] == "whole"
    assert "voter" not in text.lower().replace("voters", "")

    (folder / "docket.jsonl").write_text(text.replace('"seq":3', '"seq":4'), "utf-8")
    changed = run("measure", "verify", folder, "--head", head, code=1)
    assert "line 3" in changed.stdout


def test_a_broken_docket_stops_the_certificate_before_it_is_written(made, tmp_path):
    folder = tmp_path / "measure"
    folder.mkdir()
    (folder / "docket.jsonl").write_text("torn", encoding="utf-8")
    out = found(made, tmp_path)
    done = petition(
        *("certify", out, "--law", LAW, "--measure", made.few),
        *("--measure-folder", folder),
        code=2,
    )

    assert "line 1" in done.stderr
    assert not (out / "public").exists()


def test_no_signers_name_is_in_any_answer(made, tmp_path):
    """Oracle: the surnames and streets of the lines, each searched for."""
    out = found(made, tmp_path)
    done = petition("certify", out, "--law", LAW, "--measure", made.few)
    rows = made.lines.read_text(encoding="utf-8").splitlines()[1:]
    streets = {row.split(",")[11] for row in rows} - {""}
    said = done.output + "".join(
        path.read_text(encoding="utf-8")
        for path in (out / "public").rglob("*")
        if path.suffix in {".json", ".csv", ".html", ".txt"}
    )

    assert len(streets) > 100
    assert not [street for street in streets if street in said]


def test_every_act_shows_an_example():
    for act in ("commit", "draw", "find", "certify", "verify"):
        assert f"plebiscite petition {act} " in petition(act, "--help").stdout
