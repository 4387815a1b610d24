"""Measure `plebiscite simulate` at the size of the state.

Run:  python tools/bench_simulate.py [--voters 20000000] [--lines 600000]

Prints wall time and peak memory of both steps, and ends with 1 if either needed more
than 4 GB. It writes about half a gigabyte to a temporary folder, and removes it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_MEGABYTES = 4_096


def measured(*command: str) -> float:
    """Run a command; print and return its peak memory in megabytes."""
    started = time.monotonic()
    running = subprocess.Popen(command)  # noqa: S603 - our own command
    _, status, used = os.wait4(running.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    peak = used.ru_maxrss / 1024
    print(f"  {time.monotonic() - started:.1f} s, {peak:,.0f} MB at most")
    return peak


def main() -> None:
    """Make a roll and a petition over it, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voters", default="20000000")
    parser.add_argument("--lines", default="600000")
    chosen = parser.parse_args()
    program = [str(Path(sys.executable).with_name("plebiscite")), "simulate"]
    with tempfile.TemporaryDirectory() as folder:
        roll = str(Path(folder) / "roll.parquet")
        size, place = ["--voters", chosen.voters], ["--out", str(Path(folder) / "p")]
        peaks = [
            measured(*program, "roll", *size, "--seed", "1", "--out", roll),
            measured(
                *(*program, "petition", "--roll", roll, "--lines", chosen.lines),
                *("--seed", "1", *place, "--preset", "california"),
            ),
        ]
    sys.exit(max(peaks) > MOST_MEGABYTES)


if __name__ == "__main__":
    main()
