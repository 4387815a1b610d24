"""Run tests by a target of make; ask what failed once more, alone.

    .venv/bin/python tools/asked_again.py test "not long"

Tests kill real servers and databases on a machine that others use too. What fails is
asked once more by itself; a fault in the code fails again, and a test that only the
machine's load upset is named, to be mended. Only a run that came to its own end is
asked again: not one in which a worker died, a file could not be read or pytest itself
failed (``tools/ended.py`` tells), for nobody knows what such a run left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TESTS_FAILED = 1
AGAIN = ["-n", "0", "--last-failed", "--last-failed-no-failures", "none"]


def ended(folder: Path) -> dict[str, Any]:
    """Return how the last run in `folder` ended: exit, failed and passed tests.

    A run that did not even begin ends 3, with nothing told.
    """
    path = folder / ".pytest_cache" / "v" / "ended" / "run"
    told = json.loads(path.read_text()) if path.exists() else None
    return told or {"exit": 3, "failed": [], "passed": []}


def tried(first: list[str], again: list[str], folder: Path = ROOT) -> int:
    """Run `first` in `folder`, and `again` if tests failed and nothing else did.

    Returns:
        0 if all passed, at once or once asked again; else what the failed run returned.

    """
    path = folder / ".pytest_cache" / "v" / "ended" / "run"
    path.unlink(missing_ok=True)
    if not (status := _run(first, folder)):
        return 0
    before = ended(folder)
    if before["exit"] != TESTS_FAILED or not before["failed"]:
        _say("The run did not come to its own end; it is not asked again.")
        return status
    _say(f"Failed in '{' '.join(first)}'; the same tests again, one at a time:")
    status = _run(again, folder)
    now = ended(folder)
    if not status and (left := {*before["failed"]} - {*now["passed"]}):
        _say(f"Not asked again: {', '.join(sorted(left))}.")
        return TESTS_FAILED
    if not status:
        _say("They pass by themselves: they depend on the machine's load; mend them:")
        _say("".join(f"  {each}\n" for each in before["failed"]))
    return status


def _run(command: list[str], folder: Path) -> int:
    return subprocess.run(command, cwd=folder, check=False).returncode  # noqa: S603 - ours


def _say(words: str) -> None:
    sys.stdout.write(words.rstrip("\n") + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    target, marked = sys.argv[1:]
    pytest = str(Path(sys.executable).with_name("pytest"))
    sys.exit(tried(["make", target], [pytest, "-q", "-m", marked, *AGAIN]))
