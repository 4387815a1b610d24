"""Whoever stops the building of a roll waits for no process that hangs.

Oracle: the process that hangs writes, when nobody has ended it, that it woke.
"""

import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from plebiscite.core.table import parquet
from plebiscite.roll.store import build_roll

HANGS = """
import os, runpy, signal, sys, time
from pathlib import Path
import polars as pl

def hang():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Path({at!r}, "hangs").write_text(str(os.getpid()))
    time.sleep(60)
    Path({at!r}, "woke").touch()

scan = pl.scan_parquet
pl.scan_parquet = lambda path, **how: hang() if "hang" in path else scan(path, **how)
runpy.run_path({program!r}, run_name="__main__")
"""
COMMAND = """
from pathlib import Path
from plebiscite.core.table import parquet
parquet.PROGRAM = Path("hangs.py")
from plebiscite.cli import main
main()
"""


@pytest.fixture
def place(tmp_path):
    """Make a folder of two parts, and a program that hangs over the second."""
    program = HANGS.format(at=str(tmp_path), program=str(parquet.PROGRAM))
    (tmp_path / "hangs.py").write_text(program)
    parts = tmp_path / "parts"
    parts.mkdir()
    for name in ("a", "hang"):
        part(parts / f"{name}.parquet", name, "Alpine")
    return tmp_path


def part(path, voter, county):
    who = {"voter_id": voter, "last": "Lopez", "first": "Ana", "zip": "96120"}
    row = {**who, "county": county, "registered_on": "2016-01-02", "status": "active"}
    pl.DataFrame([row]).write_parquet(path)


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_a_process_that_hangs(place, number):
    """The command waited for its thread, and that for the process, without end."""
    words = ["roll", "build", "parts", "--as-of", "2026-11-23", "--out", "roll"]
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words], cwd=place, stderr=subprocess.PIPE
    ) as command:
        while not (place / "hangs").exists() or not (place / "hangs").read_text():
            assert command.poll() is None, command.stderr.read()
            time.sleep(0.02)
        command.send_signal(number)
        _, told = command.communicate()

    assert command.returncode == 130, told
    assert b"nothing half-written" in told
    assert not (place / "woke").exists()
    assert not is_alive(int((place / "hangs").read_text()))
    assert sorted(path.name for path in place.iterdir()) == [
        *("hangs", "hangs.py", "parts")
    ]


def test_a_command_that_is_killed_leaves_no_process_that_hangs(place):
    """A killed command ends nothing: what it started looks for it by itself."""
    words = ["roll", "build", "parts", "--as-of", "2026-11-23", "--out", "roll"]
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words], cwd=place
    ) as command:
        while not (place / "hangs").exists() or not (place / "hangs").read_text():
            assert command.poll() is None
            time.sleep(0.02)
        command.kill()
    hangs = int((place / "hangs").read_text())

    while is_alive(hangs) and not (place / "woke").exists():
        time.sleep(0.1)
    assert not (place / "woke").exists()


def test_a_draft_that_cannot_be_written_waits_for_no_process_that_hangs(
    place, monkeypatch
):
    """No folder can be called as the county of the first part is."""
    monkeypatch.setattr(parquet, "PROGRAM", place / "hangs.py")
    part(place / "parts" / "a.parquet", "a", "Alpine " * 60)

    with pytest.raises(OSError, match="name too long"):
        build_roll(place / "parts", out=place / "roll")

    assert not (place / "woke").exists()
    assert not (place / "roll").exists()
