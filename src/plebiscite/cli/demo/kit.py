"""The kit's scripts, run as a stranger would: each alone, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from plebiscite.core.progress import Progress
from plebiscite.report.demo_page import KitRun

LONGEST_SECONDS = 120


def run_kit(
    bundle: Path, *, head: str, shown: str, progress: Progress
) -> tuple[KitRun, ...]:
    """Run every script of the bundle in the bundle; none may see our packages.

    `shown` is the bundle's folder as the report names it.

    ``-I`` keeps the environment and the user's packages out, ``-S`` the installed ones,
    so that the scripts have what any Python 3 has and nothing else.
    """
    calls = [["redraw.py"], ["recompute.py"], ["check.py", head]]
    runs = []
    for number, call in enumerate(calls):
        progress(f"running the kit in {shown}", number, len(calls))
        ended = subprocess.run(  # noqa: S603 - our own scripts, fixed arguments
            [sys.executable, "-I", "-S", *call],
            cwd=bundle,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_SECONDS,
        )
        runs.append(
            KitRun(
                folder=shown,
                command=f"python3 {' '.join(call)}",
                printed=(ended.stdout + ended.stderr).strip(),
                exit_code=ended.returncode,
            )
        )
    progress(f"running the kit in {shown}", len(calls), len(calls))
    return tuple(runs)
