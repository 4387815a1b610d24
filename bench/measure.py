"""Running a command and saying what it cost: wall, processor, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one command took.

    Attributes:
        wall: seconds on the clock.
        processor: seconds of processor time, over all threads.
        peak: largest resident set in megabytes, mapped pages included.
        printed: what it wrote to standard output.

    """

    wall: float
    processor: float
    peak: float
    printed: str


def cost(command: Sequence[str], scratch: Path) -> Cost:
    """Run `command` to its end and return what it took.

    Raises:
        RuntimeError: the command failed; its last words are in the message.

    """
    out, err = scratch / "stdout", scratch / "stderr"
    begun = time.monotonic()
    with out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(command, stdout=to_out, stderr=to_err)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        words = err.read_text(encoding="utf-8")[-800:]
        raise RuntimeError(f"{' '.join(command)} failed: {words}")
    return Cost(
        wall=wall,
        processor=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss / 1024,
        printed=out.read_text(encoding="utf-8"),
    )
