"""A part's program: ended when it is late or on Ctrl-C, with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds in which a part that is late takes down what it set up."""
TOLD = 60.0
"""Seconds between two lines on a part that works in silence."""


def ended_early(words: list[str], bound: float) -> str:
    """Run a program for at most so many seconds; return what ended it early, or "".

    Whoever is late is asked to stop, with all that it started; so it is on Ctrl-C.
    """
    deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    with subprocess.Popen(  # noqa: S603 # our own words
        words,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=_hear if deaf else None,  # noqa: PLW1509 # one thread
    ) as program:
        try:
            code = waited(program, bound)
        except subprocess.TimeoutExpired:
            stop(program)
            return f"it did not end within {bound / 60:.0f} minutes"
        except BaseException:
            stop(program)
            raise
    return f"it ended with exit code {code}" * bool(code)


def _hear() -> None:
    """Heed Ctrl-C where we were started to ignore it, as by ``&`` in a script."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def waited(program: subprocess.Popen[bytes], bound: float) -> int:
    """Wait for a program's end, and say now and then that it works; return its code.

    Raises:
        TimeoutExpired: it did not end within so many seconds.

    """
    began = time.monotonic()
    while True:
        spent = time.monotonic() - began
        try:
            return program.wait(max(0, min(TOLD, bound - spent)))
        except subprocess.TimeoutExpired:
            if time.monotonic() - began >= bound:
                raise
            spent = time.monotonic() - began
            print(f"   at work for {spent / 60:.0f} min", flush=True)


def stop(program: subprocess.Popen[bytes]) -> None:
    """Ask a program and those it started to stop; kill what is left of them."""
    try:
        signal_all(program, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            program.wait(PATIENCE)
    finally:
        signal_all(program, signal.SIGKILL)


def signal_all(program: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to a program and to those it started, if any are left."""
    with suppress(ProcessLookupError):
        os.killpg(program.pid, number)
