"""`plebiscite roll`: what a clerk types, and what comes back."""

import json
import re
import shlex

import pytest
from click.testing import CliRunner

from plebiscite.cli import main

FLAT = "voter_id,last,status\n1,CANARY,active\n2,CANARY,active\n"


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def flat(tmp_path):
    path = tmp_path / "flat.csv"
    path.write_text(FLAT)
    return path


def test_build_and_show_print_counts_day_and_hash_and_nobody(flat, tmp_path):
    out = tmp_path / "roll"

    built = run(
        *("roll", "build", flat, "--county", "Alpine"),
        *("--as-of", "2017-07-25", "--out", out),
    )
    shown = run("roll", "show", out, "--check")
    data = json.loads(run("roll", "show", out, "--json").stdout)

    assert built.exit_code == shown.exit_code == 0
    assert "2 voters in 1 county, as of 2017-07-25" in built.stdout
    assert shown.stdout.splitlines()[0].split() == ["Alpine", "2"]
    assert data["counties"] == {"Alpine": 2}
    assert data["sha256"] in shown.stdout
    assert "CANARY" not in built.output + shown.output


def test_a_refused_roll_leaves_nothing_and_exits_2(flat, tmp_path):
    out = tmp_path / "roll"

    refused = run("roll", "build", flat, "--as-of", "2017-07-25", "--out", out)

    assert refused.exit_code == 2
    assert "there is no column 'county'" in refused.stderr
    assert "CANARY" not in refused.output
    assert not out.exists()


def test_the_formats_are_listed():
    assert run("roll", "formats").stdout.split() == [
        "plebiscite",
        "us-ca-dims",
        "us-wa-vrdb",
    ]


def test_the_remedy_for_a_stale_index_can_be_typed_as_it_stands(flat, tmp_path):
    """Oracle: the message's own command, run, ends what the message is about."""
    out = tmp_path / "a roll"
    run(
        *("roll", "build", flat, "--county", "Alpine"),
        *("--as-of", "2017-07-25", "--out", out),
    )
    assert "2 voters, 0 other names" in run("roll", "index", out).stdout
    manifest = out / "index" / "index.json"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**told, "reading": "of old"}))

    refused = run("roll", "index", out)
    remedy = re.search(r"`plebiscite (.*)`", refused.stderr)[1]

    assert refused.exit_code == 2
    assert run(*shlex.split(remedy)).exit_code == 0
    assert run("roll", "index", out, "--check").exit_code == 0
