"""`match run --engine spark` from outside: words, exit codes, what is left."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from spark_here import needs_spark

pytestmark = pytest.mark.long

PROGRAM = str(Path(sys.executable).parent / "plebiscite")


@pytest.fixture
def asked(simulated, tmp_path):
    """The command, and the environment it runs in: its temporary files in one place."""
    lines = simulated / "petition" / "lines.csv"
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [PROGRAM, "match", "run", "--roll", str(simulated / "roll.parquet")]
    return (
        [*command, "--lines", str(lines), "--out", "m.parquet", "--engine", "spark"],
        {**os.environ, "TMPDIR": str(scratch)},
    )


def run(asked, folder, *more):
    command, environment = asked
    return subprocess.run(
        [*command, *more],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def left(folder):
    """Return what lies in the scratch folder, but for what Java keeps of its own."""
    return [each.name for each in (folder / "scratch").glob("plebiscite-*")]


@needs_spark
def test_it_answers_says_nothing_else_and_leaves_nothing(asked, tmp_path):
    """Oracle: the same command with --engine local."""
    there = run(asked, tmp_path, "--json")
    (tmp_path / "m.parquet").rename(tmp_path / "spark.parquet")
    here = run(asked, tmp_path, "--engine", "local", "--json")

    assert (there.returncode, there.stderr) == (0, "")
    assert json.loads(there.stdout) == json.loads(here.stdout)
    assert pl.read_parquet(tmp_path / "spark.parquet").equals(
        pl.read_parquet(tmp_path / "m.parquet")
    )
    assert left(tmp_path) == []


@needs_spark
def test_a_master_that_is_none_is_refused_in_a_sentence(asked, tmp_path):
    ended = run(asked, tmp_path, "--master", "nowhere[2]")

    assert ended.returncode == 2
    assert "did not start with --master nowhere[2]: Master must" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert left(tmp_path) == []


@needs_spark
def test_ctrl_c_ends_java_too_and_leaves_nothing_half_written(asked, tmp_path):
    """Oracle: the system's list of processes."""
    command, environment = asked
    started = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while not (java := children(started.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=60)

    assert java
    assert started.returncode == 130
    assert said.strip() == "Stopped; nothing half-written was left behind."
    assert not any(Path("/proc", each).exists() for each in java)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["scratch"]
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--engine", "local", "--master", "local[2]"], "add --engine spark"),
        (["--engine", "local", "--lines", "."], "only --engine spark reads those"),
        (["--out", "s3a://store/found"], "lines of one file are answered in one"),
    ],
)
def test_options_that_do_not_go_together_are_refused(asked, tmp_path, more, told):
    ended = run(asked, tmp_path, *more)

    assert ended.returncode == 2
    assert told in " ".join(ended.stderr.split())


def children(parent):
    """Return the processes called java, or its launcher, that this one started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, rest = (folder / "stat").read_text().rpartition(")")
            name = (folder / "comm").read_text().strip()
        except OSError:
            continue
        if name == "java" and rest.split()[1] == str(parent):
            found.append(folder.name)
    return found
