"""What tries Parquet files for the fuzzer is a fork, and answers as a new process does.

Oracle: the same file read with a process started for it; programs made by hand that end
as a library ends.
"""

from __future__ import annotations

import signal
from pathlib import Path

import polars as pl
import pytest

from plebiscite.core.table import parquet
from plebiscite.core.table.parquet import Trial, opened
from plebiscite.errors import InputError
from prove.input.fed.forked import at_once

FRAME = pl.DataFrame({"county": ["Alpine", "Butte", "Colusa"], "lines": [1, None, 3]})


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.parquet"
    FRAME.write_parquet(path)
    return path


def told(path):
    """Return what is read of a file, or how it is refused."""
    try:
        with opened(path) as table:
            parts = list(table.batches(table.headings, 2))
            return table.headings, table.height, [part.rows() for part in parts]
    except InputError as problem:
        return str(problem)


def test_a_fork_reads_and_refuses_what_a_new_process_does(good):
    raw = good.read_bytes()
    wrong = {
        "cut.parquet": raw[:-9],
        "empty.parquet": b"",
        "turned.parquet": raw[:-12] + bytes([raw[-12] ^ 1]) + raw[-11:],
        "page.parquet": raw[:4] + bytes(len(raw) // 3) + raw[4 + len(raw) // 3 :],
    }
    for name, each in wrong.items():
        good.with_name(name).write_bytes(each)
    paths = [good, *(good.with_name(name) for name in wrong)]

    with at_once():
        forked = [told(path) for path in [*paths, good]]

    assert forked == [told(path) for path in [*paths, good]]
    assert forked[0] == forked[-1] != forked[1]


@pytest.mark.parametrize("words", ["os.abort()", "1 / 0", "os._exit(0)"])
def test_a_file_that_ends_a_fork_ends_nothing_else(good, tmp_path, monkeypatch, words):
    """How it ended is told as of a process started for it, and the next is tried."""
    ends = tmp_path / "ends.py"
    ends.write_text(f"import os, sys\nsys.stdin.readline()\n{words}\n")

    def ended():
        with Trial() as trial:
            trial.ask({"path": str(good)})
            with pytest.raises((InputError, RuntimeError)) as problem:
                trial.answer(good)
        return type(problem.value), str(problem.value).partition('File "')[0]

    with at_once():
        before = told(good)
        with monkeypatch.context() as other:
            other.setattr(parquet, "PROGRAM", ends)
            alone = ended()
        after = told(good)

    assert (before, after) == (told(good), told(good))
    monkeypatch.setattr(parquet, "PROGRAM", ends)
    assert alone == ended()


def test_a_fork_can_be_stopped_and_nothing_stands_by_afterwards(good):
    before = children()
    with at_once():
        with Trial() as trial:
            trial.ask({"path": str(good)})
            child = trial._child  # to see how it ended
            trial.stop()
        assert child.returncode == -signal.SIGKILL
        assert len(told(good)) == 3
        assert len(children() - before) == 1

    assert not children() - before


def children():
    """Return the numbers of the processes that this one has started."""
    of = Path("/proc/self/task")
    return {
        number
        for each in of.iterdir()
        for number in (each / "children").read_text(encoding="ascii").split()
    }
