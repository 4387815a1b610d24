"""Parquet files that people hand in: a process of its own tries them first.

One page damaged, or made to do harm, can end the library that reads it, and the whole
program with it, without a word. So each batch is first read by a process that holds
nothing else (`apart.py`): if that ends, the file is named, and whoever asked goes on.
It tries the next batches while this one is worked on, so that little time is lost.
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
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NoReturn, cast

import polars as pl

from plebiscite.core.table.parquet.apart import END, READ, batch
from plebiscite.errors import InputError

PROGRAM = Path(__file__).with_name("apart.py")
TORN = "this Parquet file is torn or damaged; copy it or write it again"
ASKED = re.compile(r"memory allocation of (\d+) bytes failed")
"""The last words of a library that was given no memory."""
LIKELY, TIMES = 2**30, 64
"""Bytes at once that a sound file may ask for, and how many times its size."""


class Parquet:
    """A Parquet file, open in a process of its own.

    Attributes:
        path: the file.
        headings: the names of its columns, in its order.
        height: how many rows it says it has.

    """

    def __init__(self, path: Path, child: subprocess.Popen[bytes]) -> None:
        self.path, self._child = path, child
        self._answers = io.BufferedReader(cast("io.FileIO", child.stdout))
        head = self._answer()
        self.headings: list[str] = head["headings"]
        self.height: int = head["height"]

    def batches(self, columns: Sequence[str], rows: int) -> Iterator[pl.DataFrame]:
        """Yield some columns, at most `rows` rows at a time, in the file's order.

        Raises:
            InputError: the file is torn or damaged, wherever that shows.
            OSError: there is not enough memory for it, or the disk refuses.

        """
        task = json.dumps({"columns": list(columns), "rows": rows}) + "\n"
        with suppress(BrokenPipeError):  # it has ended, and its answer says so
            cast("IO[bytes]", self._child.stdin).write(task.encode())
        start = 0
        while (said := self._answer()) != END:
            if said != READ:
                raise RuntimeError(f"the reader of Parquet said {said!r}")
            yield self._batch(columns, start, rows)
            start += rows

    def _batch(self, columns: Sequence[str], start: int, rows: int) -> pl.DataFrame:
        try:
            return batch(self.path, columns, start, rows)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as problem:
            raise InputError(TORN, path=self.path) from problem

    def _answer(self) -> Any:
        """Return the next answer.

        Raises:
            InputError: the file is torn or damaged.
            OSError: the system refused it.

        """
        line = self._answers.readline()
        if not line.endswith(b"\n"):
            self._ended()
        said = json.loads(line)
        if isinstance(said, dict) and "refused" in said:
            self._refuse(said["refused"])
        return said

    def _refuse(self, system: int = 0) -> NoReturn:
        """Name the file, or say what the system refused (an error's number)."""
        if system:
            raise OSError(system, os.strerror(system), str(self.path))
        raise InputError(TORN, path=self.path)

    def _ended(self) -> NoReturn:
        """Say why the process that read the file has ended before it was done."""
        code = self._child.wait()
        said = cast("IO[bytes]", self._child.stderr).read().decode("utf-8", "replace")
        asked = ASKED.search(said)
        most = max(LIKELY, TIMES * self.path.stat().st_size)
        if code == -signal.SIGKILL or "MemoryError" in said:
            self._refuse(errno.ENOMEM)
        if asked and int(asked[1]) <= most:  # more is a page's lie
            self._refuse(errno.ENOMEM)
        if code > 0:
            raise RuntimeError(f"the reader of Parquet ended with {code}: {said}")
        self._refuse()


@contextmanager
def opened(path: Path) -> Iterator[Parquet]:
    """Yield a Parquet file, open for as long as the block runs.

    Raises:
        InputError: it is torn or damaged where it says what it holds.
        OSError: there is not enough memory for it, or the disk refuses.

    """
    words = [sys.executable, "-P", str(PROGRAM), str(path)]
    environ, pipe = {**os.environ, "POLARS_MAX_THREADS": "1"}, subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 # our own program
        words, env=environ, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
    ) as child:
        try:
            yield Parquet(path, child)
        finally:
            child.kill()
