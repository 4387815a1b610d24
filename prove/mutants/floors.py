"""How much of each floor the tests reach, in lines and branches."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from prove.frame.figure import Figure, Ground

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    "core",
    "law",
    "rules",
    "petition",
    "roll",
    "simulate",
    "match",
    "verify",
    "vote",
    "money",
    "forecast",
    "docket",
    "report",
)
"""Bottom up; the doors (cli, web) run as programs of their own and are not counted."""
SETTINGS = """[run]
branch = true
parallel = true
source = {source}
data_file = {data}
patch = subprocess
omit = */kit/*
"""


def floors(ground: Ground) -> Iterator[Figure]:
    """Yield the coverage of each floor by the tests of all floors."""
    reached = measured(ground)
    for floor in FLOORS:
        lines, branches, files = reached.get(floor, ((0, 0), (0, 0), 0))
        yield Figure(
            what=f"reached by the floors' tests: {floor}",
            value=f"{share(lines)} of {lines[1]:,} lines, {share(branches)} of "
            f"{branches[1]:,} branches, {files} files",
            oracle="coverage.py; the doors' own tests are left out",
            held=None,
        )


Part = tuple[tuple[int, int], tuple[int, int], int]
"""Lines reached and in all, branches reached and in all, files."""


def measured(ground: Ground) -> dict[str, Part]:
    """Run the floors' tests under coverage and return what each floor's share is."""
    settings = ground.folder / "coverage.ini"
    source = ROOT / "src" / "plebiscite"
    data = ground.folder / "coverage"
    settings.write_text(SETTINGS.format(source=source, data=data), encoding="utf-8")
    tests = [f"tests/{floor}" for floor in FLOORS if (ROOT / "tests" / floor).is_dir()]
    said = coverage(
        "run", settings, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests
    )
    ground.say(f"   {said.strip().splitlines()[-1] if said.strip() else 'no tests'}")
    coverage("combine", settings)
    told = ground.folder / "coverage.json"
    coverage("json", settings, "-o", str(told))
    return by_floor(json.loads(told.read_text(encoding="utf-8"))["files"])


def coverage(verb: str, settings: Path, *words: str) -> str:
    """Run a verb of coverage.py; return what it printed."""
    program = [sys.executable, "-m", "coverage", verb, f"--rcfile={settings}", *words]
    return subprocess.run(  # noqa: S603 # our own words
        program, cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout


def by_floor(files: dict[str, dict[str, dict[str, int]]]) -> dict[str, Part]:
    """Return the sums of coverage.py's files, by floor."""
    found: dict[str, Part] = {}
    for path, told in files.items():
        floor = path.partition("plebiscite/")[2].partition("/")[0]
        sums = told["summary"]
        (lines, of), (branches, of_branches), count = found.get(
            floor, ((0, 0), (0, 0), 0)
        )
        found[floor] = (
            (lines + sums["covered_lines"], of + sums["num_statements"]),
            (
                branches + sums["covered_branches"],
                of_branches + sums["num_branches"],
            ),
            count + 1,
        )
    return found


def share(part: tuple[int, int]) -> str:
    """Return a share in percent."""
    reached, of = part
    return f"{reached / of:.1%}" if of else "none"
