"""Parquet files that people hand in: a process of its own tries them first.

One page damaged, or made to do harm, can end the library that reads it, and the whole
program with it, without a word. So each batch is first read by a process that holds
nothing else (`apart.py`): if that ends, the file is named, and whoever asked goes on.
It tries the next batches while this one is worked on, so that little time is lost; and
one process tries all files of a folder, for its start takes as long as a small file.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any, NoReturn, Self, cast

import polars as pl

from plebiscite.core.table.parquet.apart import END, READ, batch
from plebiscite.errors import InputError

PROGRAM = Path(__file__).with_name("apart.py")
TORN = "this Parquet file is torn or damaged; copy it or write it again"
CHANGED = (
    "this Parquet file was changed while it was read, or does not hold as many rows as "
    "it says; leave it alone until it is read, or write it again"
)
FOREIGN = (
    "this name is not written in UTF-8, in which Parquet files are opened; rename it"
)
OUTSIDE = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGTERM})
"""How a person or the system ends a process; no damaged file does so."""
ASKED = re.compile(r"memory allocation of (\d+) bytes failed")
"""The last words of a library that was given no memory."""
LIKELY, TIMES = 2**30, 64
"""Bytes at once that a sound file may ask for, and how many times its size."""


class Trial:
    """A process of its own that tries files, one after the other.

    It starts with the first file, and ends with the block that holds it.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._starting, self._stopped = Lock(), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        if self._child is not None:
            with self._child:
                pass  # wait, and close what it was asked and answered through

    def stop(self) -> None:
        """End the process and start none again, while another thread waits for it."""
        with self._starting:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def ask(self, task: object) -> None:
        """Give the process something to do.

        Raises:
            OSError: this trial was stopped.

        """
        with self._starting:
            if self._stopped:
                raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))
            child = self._child or self._start()
        with suppress(BrokenPipeError):  # it has ended, and its answer says so
            cast("IO[bytes]", child.stdin).write(json.dumps(task).encode() + b"\n")

    def _start(self) -> subprocess.Popen[bytes]:
        words, pipe = [sys.executable, "-P", str(PROGRAM)], subprocess.PIPE
        environ = {**os.environ, "POLARS_MAX_THREADS": "1"}
        child = subprocess.Popen(  # noqa: S603 # our own program
            words, env=environ, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
        )
        self._answers = io.BufferedReader(cast("io.FileIO", child.stdout))
        self._child = child
        return child

    def answer(self, path: Path) -> Any:
        """Return the next answer, about the file `path`.

        Raises:
            InputError: the file is torn or damaged, or the process was ended.
            OSError: the system refused it, or this trial was stopped.

        """
        line = self._answers.readline()
        if not line.endswith(b"\n"):
            self._ended(path)
        said = json.loads(line)
        if isinstance(said, dict) and "refused" in said:
            _refuse(path, said["refused"])
        return said

    def _ended(self, path: Path) -> NoReturn:
        """Say why the process that read the file has ended before it was done."""
        child = cast("subprocess.Popen[bytes]", self._child)
        code = child.wait()
        said = cast("IO[bytes]", child.stderr).read().decode("utf-8", "replace")
        asked = ASKED.search(said)
        most = max(LIKELY, TIMES * path.stat().st_size)
        if self._stopped:
            _refuse(path, errno.ECANCELED)
        if -code in OUTSIDE:
            raise InputError(
                "the process that reads this Parquet file was ended from outside "
                f"({signal.Signals(-code).name}); start again",
                path=path,
            )
        if code == -signal.SIGKILL or "MemoryError" in said:
            _refuse(path, errno.ENOMEM)
        if asked and int(asked[1]) <= most:  # more is a page's lie
            _refuse(path, errno.ENOMEM)
        if code > 0:
            raise RuntimeError(f"the reader of Parquet ended with {code}: {said}")
        _refuse(path)


class Parquet:
    """A Parquet file, open in a process of its own.

    Attributes:
        path: the file.
        headings: the names of its columns, in its order.
        height: how many rows it says it has.

    """

    def __init__(self, path: Path, trial: Trial) -> None:
        self.path, self._trial = path, trial
        _refuse_foreign(path)
        trial.ask({"path": str(path)})
        head = trial.answer(path)
        self.headings: list[str] = head["headings"]
        self.height: int = head["height"]

    def batches(self, columns: Sequence[str], rows: int) -> Iterator[pl.DataFrame]:
        """Yield some columns, at most `rows` rows at a time, in the file's order.

        Raises:
            InputError: the file is torn or damaged, wherever that shows.
            OSError: there is not enough memory for it, or the disk refuses.

        """
        self._trial.ask({"columns": list(columns), "rows": rows})
        start = 0
        while (said := self._trial.answer(self.path)) != END:
            if said != READ:
                raise RuntimeError(f"the reader of Parquet said {said!r}")
            yield self._batch(columns, start, rows)
            start += rows

    def _batch(self, columns: Sequence[str], start: int, rows: int) -> pl.DataFrame:
        try:
            frame = batch(self.path, columns, start, rows)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as problem:
            raise InputError(TORN, path=self.path) from problem
        if columns and len(frame) != min(rows, self.height - start):
            raise InputError(CHANGED, path=self.path)
        return frame


def _refuse_foreign(path: Path) -> None:
    """Refuse a name whose bytes are no text: the library takes no others."""
    try:
        str(path).encode()
    except UnicodeEncodeError as problem:
        shown = str(path).encode(errors="surrogateescape").decode(errors="replace")
        raise InputError(FOREIGN, path=Path(shown)) from problem


def _refuse(path: Path, system: int = 0) -> NoReturn:
    """Name the file, or say what the system refused (an error's number)."""
    if system:
        raise OSError(system, os.strerror(system), str(path))
    raise InputError(TORN, path=path)


@contextmanager
def opened(path: Path, trial: Trial | None = None) -> Iterator[Parquet]:
    """Yield a Parquet file, open for as long as the block runs.

    With `trial`, that process tries it, which others may be given afterwards: if a
    batch was asked for, all must have been read by then.

    Raises:
        InputError: it is torn or damaged where it says what it holds.
        OSError: there is not enough memory for it, or the disk refuses.

    """
    with Trial() if trial is None else nullcontext(trial) as own:
        yield Parquet(path, own)
