"""How Hypothesis looks for counterexamples: the same every time, or ever new ones.

`make test` gives the same verdict on the same code; ``make prove-long`` looks where
nobody has looked yet, longer. Neither has a deadline: the machine may be busy.

What the tests write lies in memory where that has the room: every file they write
is waited for until a disk has it, and no test cuts the power.
"""

import os
import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

ABOUT_MEMORY = Path("/proc/meminfo")
MEMORY = Path("/dev/shm")  # noqa: S108 - the fixtures make folders of their own in it
ROOM = 4 << 30
"""Bytes that must be free in it: several times what a whole run has written at once."""


def _in_memory():
    """Have all temporary files made in memory, unless somebody said where."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    told = re.search(
        r"^MemAvailable: *(\d+) kB$", ABOUT_MEMORY.read_text(), re.MULTILINE
    )
    spare = min(int(told[1]) << 10 if told else 0, shutil.disk_usage(MEMORY).free)
    if spare >= ROOM and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # as it was asked for before


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
