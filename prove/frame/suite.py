"""Tests of ours, run as a part of the proof and counted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET  # written by pytest, a moment ago

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a set of tests came out; `faults` names those that failed."""

    passed: int
    skipped: int
    faults: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return it in a reader's words."""
        said = f"{self.passed:,} tests passed, {len(self.faults)} failed"
        return f"{said}, {self.skipped} skipped" if self.skipped else said

    @property
    def note(self) -> str:
        """Return which failed, for a figure that does not hold."""
        return f"Failed: {'; '.join(self.faults)}." if self.faults else ""


def suite(paths: Sequence[str], folder: Path, *, chosen: str = "") -> Ran:
    """Run the tests at `paths` (under the root), those `chosen` by pytest's -k.

    Raises:
        RuntimeError: nothing was run at all.

    """
    told = folder / "suite.xml"
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    words += [f"--junitxml={told}", *(["-k", chosen] if chosen else []), *paths]
    ended = subprocess.run(  # noqa: S603 # our own words
        words, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if not told.exists():
        raise RuntimeError(f"pytest said: {ended.stdout[-400:]}{ended.stderr[-400:]}")
    return ran(told.read_text(encoding="utf-8"))


def ran(told: str) -> Ran:
    """Return what pytest's XML report tells.

    Raises:
        RuntimeError: it tells of no test.

    """
    cases = list(ET.fromstring(told).iter("testcase"))  # noqa: S314 # pytest's own
    faults = tuple(
        f"{case.get('classname')}.{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    )
    skipped = sum(case.find("skipped") is not None for case in cases)
    if not cases:
        raise RuntimeError("no test was run")
    passed = len(cases) - skipped - len(faults)
    return Ran(passed=passed, skipped=skipped, faults=faults)
