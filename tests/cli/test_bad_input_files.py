"""Files a new user hands in by mistake: exit 2, one message, nothing changed.

The oracle is the folder before and after, hidden files too, and what must be said.
"""

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.cli.faults import explained

LAW = "us/ca/constitutional_initiative"
MEASURE = """\
id: us/ca/test
title: A test measure
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 3}
"""
ROLL = "voter_id,last,first,house,street,zip,county,status\n"
LINES = "section,row,county,last,first,house,street,zip,signed_on\n"


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder with a measure, a roll, lines and a manifest that are right."""
    monkeypatch.chdir(tmp_path)
    people = [("Alpine", f"V{n}", f"NAME{n}", "ANN", n) for n in range(1, 9)]
    (tmp_path / "measure.yaml").write_text(MEASURE)
    (tmp_path / "roll.csv").write_text(
        ROLL
        + "".join(
            f"{v},{last},{first},{n},OAK ST,95020,{county},active\n"
            for county, v, last, first, n in people
        )
    )
    (tmp_path / "lines.csv").write_text(
        LINES
        + "".join(
            f"01,{n},{county},{last},{first},{n},OAK ST,95020,2017-03-01\n"
            for county, _, last, first, n in people
        )
    )
    (tmp_path / "manifest.csv").write_text(
        "county,section,lines_claimed,lines_struck\nAlpine,01,8,0\n"
    )
    return tmp_path


def listing(folder):
    return {
        path.relative_to(folder): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def refused(office, *arguments):
    """Run a command that must be refused; return what it says."""
    before = listing(office)
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert listing(office) == before
    return done.stderr


def accepted(*arguments):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code in {0, 1, 3}, done.output
    return done


def commit(*more):
    return (
        *("petition", "commit", "--manifest", "manifest.csv"),
        *("--measure", "measure.yaml", "--out", "commitment.json", *more),
    )


def draw(out="drawn.csv", seed="123456"):
    return (
        *("petition", "draw", "--commitment", "commitment.json"),
        *("--seed", seed, "--out", out),
    )


def find(drawn="drawn.csv", lines="lines.csv"):
    return (
        *("petition", "find", "--drawn", drawn, "--lines", lines),
        *("--roll", "roll.csv", "--out", "found"),
    )


def verify(lines="lines.csv", roll="roll.csv"):
    return (
        *("petition", "verify", "--law", LAW, "--measure", "measure.yaml"),
        *("--roll", roll, "--lines", lines, "--seed", "123456", "--out", "found"),
    )


@pytest.mark.parametrize(
    ("was", "written", "says"),
    [
        ("law:", "\tlaw:", "row 4: here"),
        ("id: us/ca/test", "id: [a, b]", "write it as text"),
        ("title: A test measure", "title: {a: b}", "write it as text"),
        ("law: us", "law: [us]\nid: us", "'id' stands here a second time"),
        ("required: 3", "required: 0", "write a number above zero"),
        ("required: 3", "requried: 3", "did you mean 'required'?"),
        ("required: 3", "required: -3", "write a whole number"),
        ("2017-01-26", "2017-02-30", "write a day as 2017-01-26"),
        ("2017-01-26", "0017-01-26", "write a day as 2017-01-26"),
        ("facts: {required: 3}", "facts: {required: 3}\ncolour: red", "it has id, "),
        ("facts:", "counterfactual: [a]\nfacts:", "write true or false"),
        ("facts:", "text: hello\nfacts:", "text is a list"),
        (MEASURE, "[" * 20_000, "nested too deeply"),
        (MEASURE, "a: &x 1\nid: *x\n", "anchors and aliases are not read"),
        ("law: us/ca/const", "law: us/wa/const", "there is no law"),
    ],
)
def test_a_measure_that_cannot_be_is_refused_with_its_line(office, was, written, says):
    text = (office / "measure.yaml").read_text()
    (office / "measure.yaml").write_text(text.replace(was, written, 1))

    assert says in refused(office, *commit())


def test_a_measure_not_in_utf_8_is_refused_without_jargon(office):
    (office / "measure.yaml").write_bytes(
        MEASURE.replace("A t", "Ñ t").encode("cp1252")
    )

    message = refused(office, *commit())

    assert "not text in UTF-8" in message
    assert "codec" not in message


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("date_format: [1]\n", "date_format is one word"),
        ("columns: {last: {a: b}}\n", "the heading of 'last'"),
        ("constants: {county: [a]}\n", "the constant of 'county'"),
        ("columns: {last: a, last: b}\n", "'last' stands here a second time"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(office, mapping, says):
    (office / "map.yaml").write_text(mapping)

    message = refused(
        office,
        *("roll", "build", "roll.csv", "--mapping", "map.yaml"),
        *("--as-of", "2017-07-25", "--out", "roll"),
    )

    assert says in message


def test_a_law_the_measure_does_not_go_by_is_refused(office):
    message = refused(office, *commit("--law", "us/wa/initiative"))

    assert f"goes by {LAW}, not by us/wa/initiative" in message


def test_a_folder_where_the_commitment_goes_is_refused(office):
    (office / "commitment.json").mkdir()

    assert "is a folder; name a file" in refused(office, *commit())


def test_a_refused_draw_leaves_no_hidden_file(office):
    accepted(*commit())
    accepted(*draw())

    message = refused(office, *draw(out="again.csv"))

    assert "seed 123456 was used" in message
    assert not list(office.glob(".*"))


def test_a_drawn_list_named_like_its_own_record_is_refused(office):
    accepted(*commit())

    assert "write the list to drawn.csv" in refused(office, *draw(out="drawn.json"))


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("roll.csv", "this looks like a voter roll"),
        ("lines.csv", "this looks like petition lines"),
        ("manifest.csv", "this looks like a manifest"),
        ("commitment.json", "is no drawn list"),
    ],
)
def test_another_file_given_as_the_drawn_list_is_named_for_what_it_is(
    office, file, says
):
    accepted(*commit())

    assert says in refused(office, *find(drawn=file))


@pytest.mark.parametrize("file", ["commitment.json", "drawn.json"])
def test_json_nested_without_end_is_refused(office, file):
    accepted(*commit())
    accepted(*draw())
    (office / file).write_text("[" * 100_000)

    assert f"{file} is not" in refused(office, *find())


def test_a_drawn_line_keyed_under_another_county_says_which(office):
    accepted(*commit())
    accepted(*draw())
    with (office / "roll.csv").open("a") as roll:
        roll.write("V9,NAME9,ANN,9,OAK ST,95020,Amador,active\n")
    lines = (office / "lines.csv").read_text()
    (office / "lines.csv").write_text(lines.replace("01,3,Alpine", "01,3,Amador"))

    message = refused(office, *find())

    assert "stands there under the county 'Amador'" in message
    assert "leading zeros" not in message


def test_lines_of_a_county_that_the_roll_does_not_have_are_refused(office):
    lines = (office / "lines.csv").read_text()
    (office / "lines.csv").write_text(lines.replace("01,3,Alpine", "01,3,Alpinne"))

    message = refused(office, *verify())

    assert "column 'county' ('Alpinne')" in message
    assert "is it Alpine?" in message


@pytest.mark.parametrize("row", ["9999999", "99999999999"])
def test_a_slip_in_a_row_number_does_not_make_millions_of_blank_lines(office, row):
    lines = (office / "lines.csv").read_text()
    (office / "lines.csv").write_text(lines.replace("01,3,Alpine", f"01,{row},Alpine"))

    assert row in refused(office, *verify())


def test_a_section_of_a_billion_lines_is_refused(office):
    (office / "manifest.csv").write_text(
        "county,section,lines_claimed\nAlpine,01,1000000000\n"
    )

    assert "no section has over 10,000,000 lines" in refused(office, *commit())


@pytest.mark.parametrize(
    "gone", ["evidence/manifest.csv", "evidence/drawn.csv", "findings.parquet"]
)
def test_findings_whose_evidence_is_gone_are_not_certified(office, gone):
    accepted(*commit())
    accepted(*draw())
    accepted(*find())
    (office / "found" / "confidential" / gone).unlink()

    refused(
        office,
        *("petition", "certify", "found", "--law", LAW),
        *("--measure", "measure.yaml"),
    )


def test_a_name_in_the_wrong_column_of_a_roll_is_not_shown(office):
    roll = (office / "roll.csv").read_text()
    (office / "roll.csv").write_text(roll.replace("active", "SECRETNAME"))

    message = refused(
        office, "roll", "build", "roll.csv", "--as-of", "2017-07-25", "--out", "roll"
    )

    assert "row 2, column 'status': write one of" in message
    assert "SECRETNAME" not in message


@pytest.mark.parametrize("day", ["2017-02-30", "1/26/2017", "0017-01-26", "9999-12-31"])
def test_a_day_that_is_none_or_of_no_century_we_know_is_refused(office, day):
    message = refused(
        office, "petition", "deadlines", "--law", LAW, "--summary-date", day
    )

    assert f"write a day as 2017-01-26, not '{day}'" in message


def test_a_real_roll_is_not_replaced_by_a_simulated_one(office):
    message = refused(
        office,
        *("simulate", "roll", "--voters", "10", "--seed", "1", "--out", "roll.csv"),
    )

    assert "is not a simulated roll and is left alone" in message


def test_a_mistyped_noun_is_answered_with_the_one_meant(office):
    assert "Did you mean 'petition'?" in refused(office, "petitions")


def test_a_file_where_a_folder_is_needed_says_so(office):
    message = refused(
        office,
        *("roll", "build", "roll.csv", "--as-of", "2017-07-25"),
        *("--out", "lines.csv/roll"),
    )

    assert "lines.csv" in message
    assert "stands in the way" in message or "not a folder" in message


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "step", ["folder made", "synced", "tree synced", "folder named"]
)
def test_a_roll_stopped_on_the_way_leaves_nothing(office, number, step):
    """Ctrl-C, or a machine that shuts down, while the roll is built.

    The program asks itself to stop at a step, so that nobody comes too late to ask.
    """
    asked = (
        "import os, sys; from plebiscite.core import faultpoints as f\n"
        f"f.step = lambda name: name == {step!r} and os.kill(os.getpid(), {number:d})\n"
        "from plebiscite.cli import main; main()"
    )
    scratch = office / "scratch"
    scratch.mkdir()
    before = set(office.rglob("*"))
    ended = subprocess.run(
        [sys.executable, "-c", asked, "roll", "find", "ann oak", "--roll", "roll.csv"],
        stderr=subprocess.PIPE,
        cwd=office,
        env={**os.environ, "TMPDIR": str(scratch)},
        check=False,
    )

    assert ended.returncode == 130, ended.stderr
    assert b"nothing half-written" in ended.stderr
    assert set(office.rglob("*")) == before


@pytest.mark.usefixtures("office")
def test_the_answer_to_a_machine_is_json_and_nothing_else():
    data = json.loads(accepted(*commit("--json")).stdout)

    assert data["raw"] == {"Alpine": 8}


@pytest.mark.parametrize(
    "fault",
    [
        OSError(28, "No space left on device"),
        OSError("No space left on device (os error 28)"),
        RuntimeError("sink failed: No space left on device (os error 28)"),
    ],
)
def test_a_full_disk_is_no_fault_of_ours_whoever_reports_it(fault, capsys):
    with pytest.raises(SystemExit) as ended, explained():
        raise fault

    assert ended.value.code == 2
    assert "the disk is full; free some space" in capsys.readouterr().err
