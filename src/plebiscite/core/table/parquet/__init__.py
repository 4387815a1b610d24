"""Parquet files that people hand in, read by a process of its own.

One page damaged, or made to do harm, can end the library that reads it, and the whole
program with it, without a word. So nothing of such a file is read here: a process that
holds nothing else (`apart.py`) reads it, and hands over what it read. If that process
ends, the file is named, and whoever asked goes on.
"""

from __future__ import annotations

import errno
import fcntl
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

from plebiscite.core.table.parquet.apart import END, FRAME, HEAD, SAID, WORDS
from plebiscite.errors import InputError

PROGRAM = Path(__file__).with_name("apart.py")
TORN = "this Parquet file is torn or damaged; copy it or write it again"
ROOM = 1024 * 1024
"""Bytes that wait between the two processes, where the system lets us say."""
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
        self._tasks = cast("io.FileIO", child.stdin)
        self._answers = io.BufferedReader(cast("io.FileIO", child.stdout), ROOM)
        kind, raw = self._answer()
        head: dict[str, Any] = json.loads(raw) if kind == HEAD else self._refuse()
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
            self._tasks.write(task.encode())
        while (answer := self._answer())[0] == FRAME:
            yield pl.read_ipc_stream(io.BytesIO(answer[1]))
        if answer[0] != END:
            self._refuse()

    def _answer(self) -> tuple[bytes, bytes]:
        """Return the next answer: its kind and its bytes."""
        start = self._answers.read(SAID.size)
        if len(start) == SAID.size:
            kind, size = SAID.unpack(start)
            raw = self._answers.read(size)
            if len(raw) == size:
                return (kind, raw) if kind != WORDS else self._refuse(json.loads(raw))
        return self._ended()

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
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 # our own program
        words, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
    ) as child:
        try:
            with suppress(OSError, AttributeError):  # Linux's own
                fcntl.fcntl(cast("IO[bytes]", child.stdout), fcntl.F_SETPIPE_SZ, ROOM)
            yield Parquet(path, child)
        finally:
            child.kill()
