"""Running a command and saying what it cost: wall, processor, peak memory."""

from __future__ import annotations

import json
import subprocess
import sys
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
    out, err, told = (scratch / name for name in ("stdout", "stderr", "told.json"))
    small = [sys.executable, "-S", "-E", str(Path(__file__).with_name("spawn.py"))]
    with out.open("wb") as to_out, err.open("wb") as to_err:
        subprocess.run(  # noqa: S603 - what the bench asks for
            [*small, str(told), *command], stdout=to_out, stderr=to_err, check=True
        )
    taken = json.loads(told.read_text(encoding="utf-8"))
    if taken.pop("code") not in (0, 3):
        words = err.read_text(encoding="utf-8")[-800:]
        raise RuntimeError(f"{' '.join(command)} failed: {words}")
    return Cost(**taken, printed=out.read_text(encoding="utf-8"))
