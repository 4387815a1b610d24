"""Parquet handed in is tried by another process, whose end is one clear message.

Oracle: frames written by Polars; programs made by hand that end as a library ends.
"""

import errno

import polars as pl
import pytest

from plebiscite.core.table import Column, parquet, read_table
from plebiscite.core.table.parquet import TORN, Trial, opened
from plebiscite.core.table.parquet.apart import batch
from plebiscite.errors import InputError

COLUMNS = (Column(name="county", required=True), Column(name="lines", kind="count"))
FRAME = pl.DataFrame({"county": ["Alpine", "Butte", "Colusa"], "lines": [1, None, 3]})
HEAD = (
    "import os, sys, json, signal\n"
    "sys.stdin.readline()\n"
    "head = {'headings': ['county', 'lines'], 'height': 3}\n"
    "print(json.dumps(head), flush=True)\n"
)


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.parquet"
    FRAME.write_parquet(path)
    return path


@pytest.fixture
def ending(monkeypatch, tmp_path):
    """Let the process that reads end as the words given say."""

    def end(words: str) -> None:
        program = tmp_path / "ends.py"
        program.write_text(HEAD + words)
        monkeypatch.setattr(parquet, "PROGRAM", program)

    return end


def test_what_was_written_comes_back_in_batches(good):
    with opened(good) as table:
        assert (table.headings, table.height) == (["county", "lines"], 3)
        parts = list(table.batches(["lines", "county"], 2))

    assert [len(part) for part in parts] == [2, 1]
    assert pl.concat(parts).equals(FRAME.select("lines", "county"))


def test_no_batch_is_read_before_another_process_has_read_it(good, ending, monkeypatch):
    """A library that ends its process must not end this one."""
    starts = []

    def noted(path, columns, start, rows):
        starts.append(start)
        return batch(path, columns, start, rows)

    monkeypatch.setattr(parquet, "batch", noted)
    ending("sys.stdin.readline(); print('\"read\"', flush=True); os.abort()")

    with pytest.raises(InputError, match="torn or damaged"), opened(good) as table:
        list(table.batches(["county"], 2))
    assert starts == [0]


@pytest.mark.parametrize(
    "words",
    [
        "os.abort()",
        "sys.stdin.readline(); os.abort()",
        "sys.stdin.readline(); os.kill(os.getpid(), signal.SIGSEGV)",
        "sys.stdin.readline(); print('\"re', end='', flush=True)",
        f"os.write(2, b'memory allocation of {2**50} bytes failed'); os.abort()",
    ],
)
def test_a_page_that_ends_the_library_is_one_clear_message(good, ending, words):
    """The whole command ended with exit code 134, and said nothing of the file."""
    ending(words)

    with pytest.raises(InputError) as told:
        read_table(good, COLUMNS)
    assert str(told.value) == f"{good}: {TORN}"


@pytest.mark.parametrize(
    "words",
    [
        "os.kill(os.getpid(), signal.SIGKILL)",
        "os.write(2, b'memory allocation of 65536 bytes failed'); os.abort()",
        "raise MemoryError",
    ],
)
def test_too_little_memory_is_not_called_damage(good, ending, words):
    ending(words)

    with pytest.raises(OSError, match="memory") as told:
        read_table(good, COLUMNS)
    assert (told.value.errno, told.value.filename) == (errno.ENOMEM, str(good))


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_process_ended_by_a_person_is_not_called_damage(good, ending, name):
    ending(
        f"sys.stdin.readline(); signal.signal(signal.{name}, signal.SIG_DFL)\n"
        f"os.kill(os.getpid(), signal.{name})"
    )

    with pytest.raises(InputError, match=rf"ended from outside \({name}\)") as told:
        read_table(good, COLUMNS)
    assert "damaged" not in str(told.value)


@pytest.mark.parametrize("rows", [1, 2, 4])
def test_a_file_replaced_between_trial_and_reading_is_refused(good, monkeypatch, rows):
    """The voters that the new file lacked were missing, and nothing was said."""

    def late(path, columns, start, rows_at_once):
        pl.concat([FRAME, FRAME]).head(rows).write_parquet(good)
        return batch(path, columns, start, rows_at_once)

    with opened(good) as table:
        monkeypatch.setattr(parquet, "batch", late)
        with pytest.raises(InputError, match="changed while it was read"):
            list(table.batches(["county"], 5))


def test_a_trial_that_was_stopped_tries_nothing_more(good):
    with Trial() as trial:
        with opened(good, trial):
            trial.stop()
        assert trial._child.wait() < 0
        with pytest.raises(OSError, match="cancel"), opened(good, trial):
            raise AssertionError


def test_a_fault_of_ours_in_the_reader_is_not_called_damage(good, ending):
    ending("sys.exit('a fault of ours')")

    with pytest.raises(RuntimeError, match="a fault of ours"):
        read_table(good, COLUMNS)


def test_whoever_stops_reading_leaves_no_process_behind(good):
    with opened(good) as table:
        child = table._trial._child
        next(table.batches(["county"], 1))

    assert child.poll() is not None


def test_one_process_tries_many_files(tmp_path):
    """Each file of a folder had a process of its own, which took most of the time."""
    paths, children = [tmp_path / f"{nth}.parquet" for nth in range(3)], set()
    for nth, path in enumerate(paths):
        FRAME.head(nth).write_parquet(path)

    with Trial() as trial:
        for nth, path in enumerate(paths):
            with opened(path, trial) as table:
                children.add(trial._child.pid)
                assert table.height == nth
                found = [*table.batches(["county"], 2)]
                assert [part.rows() for part in found] == [
                    [(county,) for county in FRAME.head(nth)["county"]]
                ] * (nth > 0)

    assert len(children) == 1
    assert trial._child.poll() is not None


def test_of_many_files_the_one_that_ends_the_process_is_named(good, tmp_path):
    torn = tmp_path / "torn.parquet"
    torn.write_bytes(good.read_bytes()[:-20])

    with Trial() as trial:
        with opened(good, trial) as table:
            list(table.batches(["county"], 2))
        with pytest.raises(InputError) as told, opened(torn, trial):
            raise AssertionError
    assert str(told.value) == f"{torn}: {TORN}"


def test_a_file_that_cannot_be_opened_is_told_as_such(tmp_path):
    with pytest.raises(FileNotFoundError), opened(tmp_path / "none.parquet"):
        raise AssertionError
