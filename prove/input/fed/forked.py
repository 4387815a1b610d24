"""The process that tries Parquet files, as a fork of one that stands by.

What plebiscite starts for a file is a Python that loads a library: a quarter of a
second for every input. Here one process loads the library and does nothing with it, so
that no thread stands which a fork would lose. Each file is tried by a fork of it, which
runs the same program from its first line and ends as it would; a file that breaks it
breaks nothing else.

This file is also the program that stands by, and so imports nothing of ours.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from types import SimpleNamespace
from typing import Self
from unittest.mock import patch

LIBRARY = "polars"
MOST = 4096
"""Bytes of a message: a program's place, a process's number, or how one ended."""


class Standby:
    """A process that has loaded the library, and forks when it is told to.

    It starts with the first fork, and ends with this process, however that ends.
    """

    def __init__(self) -> None:
        self._line: socket.socket | None = None
        self._program: subprocess.Popen[bytes] | None = None
        self._one = Lock()

    def start(
        self, words: Sequence[str], *, env: Mapping[str, str], **_: int
    ) -> Forked:
        """Run a program (the last word) in a fork, in place of `subprocess.Popen`."""
        asked, answers, last_words = (os.pipe() for _ in range(3))
        theirs = [asked[0], answers[1], last_words[1]]
        try:
            pid = self.say(words[-1], words, env, theirs)
        finally:
            for each in theirs:
                os.close(each)
        return Forked(self, pid, (asked[1], answers[0], last_words[0]))

    def say(
        self,
        message: str,
        words: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        handed: Sequence[int] = (),
    ) -> int:
        """Return what the process that stands by answers: a number."""
        with self._one:
            if self._line is None:
                self._line, self._program = _stand_by(words, env)
            socket.send_fds(self._line, [os.fsencode(message)], handed)
            return int(self._line.recv(MOST))

    def end(self) -> None:
        """Let go of the process that stands by, if there is one."""
        if self._line is not None and self._program is not None:
            self._line.close()
            self._program.wait()


class Forked:
    """A fork at work, with what `subprocess.Popen` has of it."""

    def __init__(self, standby: Standby, pid: int, pipes: tuple[int, int, int]) -> None:
        self._standby, self.pid = standby, pid
        self.returncode: int | None = None
        self.stdin = io.FileIO(pipes[0], "wb")
        self.stdout, self.stderr = io.FileIO(pipes[1]), io.FileIO(pipes[2])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self.stdout, self.stderr, self.stdin):
            each.close()
        self.wait()

    def wait(self) -> int:
        """Return how it ended: its exit code, or minus the signal that ended it."""
        if self.returncode is None:
            self.returncode = self._standby.say(str(self.pid))
        return self.returncode

    def kill(self) -> None:
        """End it at once, if nobody has waited for its end yet."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


@contextmanager
def at_once() -> Iterator[None]:
    """Let what tries Parquet files be forked, for as long as the block runs."""
    from plebiscite.core.table import parquet

    standby = Standby()
    begun = SimpleNamespace(Popen=standby.start, PIPE=subprocess.PIPE)
    with patch.object(parquet, "subprocess", begun):
        try:
            yield
        finally:
            standby.end()


def _stand_by(
    words: Sequence[str], env: Mapping[str, str] | None
) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start the process that stands by, of the same Python; return the line to it."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with far:
        number = far.fileno()
        program = subprocess.Popen(  # noqa: S603 # our own words
            [*words[:-1], __file__, str(number)],
            env=env,
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
        )
    return near, program


def main() -> None:
    """Stand by and fork; each fork comes back from there and runs its program."""
    importlib.import_module(LIBRARY)
    gc.collect()
    gc.freeze()  # else each fork's collector would touch, and so copy, all of it
    program = _forked(socket.socket(fileno=int(sys.argv[1])))
    sys.argv = [program]
    runpy.run_path(program, run_name="__main__")


def _forked(line: socket.socket) -> str:
    """Return in each fork, with its program; end when whoever asks is gone."""
    while True:
        message, handed, _, _ = socket.recv_fds(line, MOST, 3)
        if not message:
            sys.exit()
        if not handed:
            _, status = os.waitpid(int(message), 0)
            line.send(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if not pid:
            break
        for each in handed:
            os.close(each)
        line.send(str(pid).encode())
    line.close()
    for number, each in enumerate(handed):
        os.dup2(each, number)
        os.close(each)
    return os.fsdecode(message)


if __name__ == "__main__":
    main()
