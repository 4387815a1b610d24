"""How Hypothesis looks for counterexamples: the same every time, or ever new ones.

`make test` gives the same verdict on the same code; ``make prove-long`` looks where
nobody has looked yet, longer. Neither has a deadline: the machine may be busy.

What the tests write lies in memory where that has the room: every file they write
is waited for until a disk has it, and no test cuts the power. A run has a folder of
its own there; what a killed one left, the next clears away.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

from prove.room import PREFIX, clear, hold, made, room

ROOM = 4 << 30
"""Bytes that must be free in it: a whole run, by two, was seen to hold 548 MB."""


def _in_memory():
    """Have all temporary files made in memory, unless somebody said where."""
    if said := os.environ.get("TMPDIR"):
        if Path(said).name.startswith(PREFIX):
            hold(Path(said))  # a worker may outlive the run that began it
        return
    clear()
    if room() >= ROOM:
        folder, _held = made()
        os.environ["TMPDIR"] = str(folder)
        tempfile.tempdir = None  # as it was asked for before
        atexit.register(_cleared, folder, os.getpid())


def _cleared(folder, run):
    """Clear a run's own folder at its end, unless pytest kept a failed test's files."""
    if os.getpid() == run and not any(folder.glob("pytest-of-*/pytest-[0-9]*")):
        shutil.rmtree(folder, ignore_errors=True)


_in_memory()
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore",
    deadline=None,
    max_examples=500,
    suppress_health_check=[HealthCheck.too_slow],
)
# A site, a browser and people, for tests/web and journeys; and whether all was run.
pytest_plugins = ["sites", "ended"]
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
