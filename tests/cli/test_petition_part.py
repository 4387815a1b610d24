"""A certificate told in the terminal, and one county's part of a statewide petition.

Oracles: the published data, the kit's own recomputation, the roll-up of the parts.
"""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.report.certificate_page import certificate_html
from plebiscite.report.words import STILL_OUT, certificate_lines

LAW = "us/ca/constitutional_initiative"
MEASURE = """\
id: us/ca/part
title: A part of the whole
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 900}
"""


def run(*arguments, code=0):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two counties' lines, all decided, in a file for each county."""
    home = tmp_path_factory.mktemp("part")
    run("simulate", "roll", "--voters", 6000, "--seed", 4, "--out", home / "r.parquet")
    run(
        *("simulate", "petition", "--roll", home / "r.parquet", "--lines", 1200),
        *("--seed", 5, "--counties", "Los Angeles", "--counties", "Orange"),
        *("--out", home / "petition"),
    )
    (home / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    for name in ("lines", "decisions"):
        text = (home / f"petition/{name}.csv").read_text(encoding="utf-8")
        head, *rows = text.splitlines(keepends=True)
        for county in ("Los Angeles", "Orange"):
            of_it = [row for row in rows if row.startswith(f"{county}/")]
            (home / f"{county}-{name}.csv").write_text("".join([head, *of_it]))
    return home


def verify(home, county, out, *more, code):
    return run(
        *("petition", "verify", "--law", LAW, "--measure", home / "measure.yaml"),
        *("--roll", home / "r.parquet", "--lines", home / f"{county}-lines.csv"),
        *("--decisions", home / f"{county}-decisions.csv", "--full-count"),
        *("--out", out, "--day", "2017-09-01", *more),
        code=code,
    )


def certificate(out):
    return json.loads((out / "public/certificate.json").read_text(encoding="utf-8"))


def test_one_countys_part_says_nothing_of_the_whole(made, tmp_path):
    """Oracle: the law asks the state for 900; nobody asked Orange for that."""
    done = verify(made, "Orange", tmp_path / "out", "--part", code=3)
    data = certificate(tmp_path / "out")
    page = certificate_html(data)
    said = f"{done.stdout} {page} {' '.join(certificate_lines(data))}".lower()

    assert (data["band"], data["standing"], data["status"]) == (
        *(None, "open"),
        "preliminary",
    )
    assert data["awaited"] == {"the other counties": None}
    assert f"<h1>{STILL_OUT}</h1>" in page
    for word in ("failed", "not sufficient", "is sufficient", "number line"):
        assert word not in said
    assert "on the part shown here were examined" in page


def test_the_kit_agrees_with_a_part(made, tmp_path):
    verify(made, "Orange", tmp_path / "out", "--part", code=3)
    for script in ("redraw.py", "recompute.py", "check.py"):
        path = tmp_path / "out/public/bundle" / script
        command = [sys.executable, "-I", "-S", str(path)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr


def test_without_part_a_county_is_told_how_to_say_so(made, tmp_path):
    done = verify(made, "Orange", tmp_path / "out", code=1)

    assert "say --part" in done.stderr


def test_a_part_that_suffices_by_itself_is_enough(made, tmp_path):
    text = MEASURE.replace("900", "20")
    (tmp_path / "few.yaml").write_text(text, encoding="utf-8")
    done = run(
        *("petition", "verify", "--law", LAW, "--measure", tmp_path / "few.yaml"),
        *("--roll", made / "r.parquet", "--lines", made / "Orange-lines.csv"),
        *("--decisions", made / "Orange-decisions.csv", "--full-count", "--part"),
        *("--out", tmp_path / "out"),
        code=0,
    )
    assert "The petition is sufficient." in done.stdout


def test_the_parts_rolled_up_are_the_whole(made, tmp_path):
    """Oracle: both counties certified at once."""
    parts = []
    for county in ("Los Angeles", "Orange"):
        verify(made, county, tmp_path / county, "--part", code=3)
        parts.append(tmp_path / county / "public/certificate.json")
    up = run("petition", "rollup", *parts, "--counties", 2, "--json", code=1)
    whole = run(
        *("petition", "verify", "--law", LAW, "--measure", made / "measure.yaml"),
        *("--roll", made / "r.parquet", "--lines", made / "petition/lines.csv"),
        *("--decisions", made / "petition/decisions.csv", "--full-count"),
        *("--out", tmp_path / "whole", "--json"),
        code=1,
    )
    rolled, at_once = json.loads(up.stdout), json.loads(whole.stdout)

    for name in ("raw", "verified", "band", "standing", "required"):
        assert rolled[name] == at_once[name]


@pytest.mark.parametrize("width", [40, 60, 200])
def test_the_terminal_says_what_the_page_says_and_fits(
    made, tmp_path, width, monkeypatch
):
    """Oracle: the published data and the words of the page."""
    monkeypatch.setenv("COLUMNS", str(width))
    done = verify(made, "Los Angeles", tmp_path / "out", "--part", code=3)
    sentences, _, figures = done.stdout.partition("\n\n  ")
    data = certificate(tmp_path / "out")
    told = " ".join(done.stdout.split())

    for line in certificate_lines(data):
        assert " ".join(line.split()) in told
    county = data["counties"][0]
    for name in ("raw", "sampled", "valid", "duplicates", "projected"):
        assert f"{county[name]:,}" in told
    assert f"public: {tmp_path / 'out/public'}" in done.stdout
    head = (tmp_path / "out/public/head.txt").read_text(encoding="utf-8").strip()
    assert done.stdout.rstrip().endswith(head)
    assert max(map(len, sentences.splitlines())) <= min(width, 88)
    assert figures
