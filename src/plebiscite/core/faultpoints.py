"""The steps of a durable write, by name, so that a proof can cut the program off there.

`plebiscite.core.files` and `plebiscite.core.appended` say each step they have reached.
Nobody listens, unless ``PLEBISCITE_FAULT_AT`` was set when the program started: to
``note FILE`` (write down every step and who asked for the write), ``kill N`` (SIGKILL
at the Nth step of this program) or ``full N`` (the disk is full from the Nth step on).
A site refuses to start with it (`plebiscite.web.safety`).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

ASKED = "PLEBISCITE_FAULT_AT"
SKIPPED = ("plebiscite.core.files", "plebiscite.core.appended", "contextlib", __name__)
"""Whose frames are not those of whoever asked for a write."""


class Plan:
    """What is to happen at the steps of durable writes, and how many were reached.

    Attributes:
        deed: ``note``, ``kill`` or ``full``.
        note: where each step is written down, or None.
        at: the step at which it happens, from 1; 0 for none.
        reached: steps so far.

    """

    def __init__(self, words: str) -> None:
        self.deed, _, told = words.partition(" ")
        if self.deed not in {"note", "kill", "full"}:
            raise ValueError(f"{ASKED}={words!r}: write note FILE, kill N or full N")
        self.note = Path(told) if self.deed == "note" else None
        self.at = 0 if self.note else int(told)
        self.reached = 0

    def step(self, name: str) -> None:
        """Do what was asked for at this step."""
        self.reached += 1
        if self.note:
            with self.note.open("a", encoding="utf-8") as file:
                file.write(f"{name}\t{_asker()}\n")
        elif self.deed == "kill" and self.reached == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.deed == "full" and self.reached >= self.at and name in FILLING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


FILLING = frozenset({"draft made", "half written", "written", "folder made"})
"""The steps at which a disk can turn out to be full."""

_plan: Plan | None = None


def listen(words: str | None) -> None:
    """Take a plan as the environment words it; None for none."""
    global _plan  # noqa: PLW0603 # one for the program, like the environment
    _plan = Plan(words) if words else None


def is_armed() -> bool:
    """Return whether anybody listens."""
    return _plan is not None


def step(name: str) -> None:
    """Say that the step `name` of a durable write was reached."""
    if _plan is not None:
        _plan.step(name)


def pieces(raw: bytes) -> Iterator[bytes]:
    """Yield what is to be written, in one piece; with a step between two, if armed."""
    if _plan is None:
        yield raw
        return
    half = len(raw) // 2
    yield raw[:half]
    step("half written")
    yield raw[half:]


def _asker() -> str:
    """Return the module and function that asked for the write."""
    frame = sys._getframe(1)  # noqa: SLF001 # the only way to the caller's name
    while frame.f_back and frame.f_globals.get("__name__") in SKIPPED:
        frame = frame.f_back
    return f"{frame.f_globals.get('__name__')}:{frame.f_code.co_name}"


listen(os.environ.get(ASKED))
