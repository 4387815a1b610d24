"""One piece of work in a process forked from this one, within bounds.

The parent has loaded code and tests and done nothing with them: no thread stands that a
fork would lose, and no cache is filled.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

MEMORY = 6 << 30
"""Bytes of addresses that a mutant may ask for."""
SLACK, PATIENCE = 4.0, 90.0
"""Wall seconds for each second of work, on a machine that does other things too; and
for work that waits and computes nothing."""
BROKEN = 3
"""The exit code of work that could not be done; not one a test gives."""


@dataclass(slots=True, kw_only=True)
class Child:
    """A process at work: its number, its private folder, and when it is stopped."""

    pid: int
    folder: Path
    seconds: float
    began: float = field(default_factory=time.monotonic)
    late: bool = False

    def ended(self) -> int | None:
        """Return the exit code, minus the signal that ended it, or None while it runs.

        A process that used up its seconds is ended by SIGXCPU; one that waits for ever
        is killed, and `late`.
        """
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() - self.began > PATIENCE + SLACK * self.seconds:
            self.late = True
            self.stop()
        return None

    def stop(self) -> None:
        """Kill the process and those it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def kill(self) -> None:
        """Stop the process, wait for its end, and clear up after it."""
        self.stop()
        os.waitpid(self.pid, 0)
        self.clear()

    def clear(self) -> None:
        """End what the process left running, and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def fork(work: Callable[[Path], int], folder: Path, seconds: float) -> Child:
    """Do `work` in a process of its own, silently; it may compute for `seconds`."""
    own = Path(tempfile.mkdtemp(dir=folder))
    pid = os.fork()
    if pid:
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.setpgid(pid, pid)
        return Child(pid=pid, folder=own, seconds=seconds)
    code = BROKEN
    try:
        bounded(own, seconds)
        code = work(own)
    finally:
        os._exit(code)


def bounded(own: Path, seconds: float) -> None:
    """Bind this process: a group and a folder of its own, silence, time and memory."""
    os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(silence, each)
    limit = max(1, round(seconds))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.environ["TMPDIR"] = os.environ["PYTEST_DEBUG_TEMPROOT"] = str(own)
    tempfile.tempdir = None
