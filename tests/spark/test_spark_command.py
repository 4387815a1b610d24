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
    return [each.name for each in (folder / "scratch").glob("*plebiscite-*")]


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
    until = time.monotonic() + 600
    while not (java := sparks_below(started.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=600)

    assert java
    assert started.returncode == 130
    assert said.strip() == "Stopped; nothing half-written was left behind."
    assert not any(is_running(each) for each in java)
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


def sparks_below(parent):
    """Return the Java processes with Spark in them that this one started.

    It also asks a Java for its version, which ends by itself.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, rest = (folder / "stat").read_text().rpartition(")")
            name = (folder / "comm").read_text().strip()
            words = (folder / "cmdline").read_text()
        except OSError:
            continue
        ours = rest.split()[1] == str(parent)
        if ours and name == "java" and "org.apache.spark" in words:
            found.append(folder.name)
    return found


def is_running(number):
    """Return whether a process runs; one that has ended may keep its number."""
    try:
        text = Path("/proc", number, "stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] not in {"Z", "X"}
