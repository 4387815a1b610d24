"""Static checks and the search for secrets, each finding read by a person.

`reviewed.csv` names every finding that was read and left, with the reason. A finding
not named there fails the chapter, and so does a line there that finds nothing now.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from prove.frame.figure import Figure

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("reviewed.csv")
ENTROPY = ("Base64HighEntropyString", "HexHighEntropyString")
"""Detectors that take every hash for a secret; locks and dockets are full of hashes."""

Finding = tuple[str, str, str]
"""By whom (bandit, detect-secrets), in which file, of which kind."""


def static_checks(folder: Path) -> Iterator[Figure]:
    """Yield what bandit and detect-secrets find, held to what was reviewed."""
    weights, holes = bandit(folder)
    known = reviewed(LIST.read_text(encoding="utf-8"))
    yield held(
        "static checks (bandit), of medium weight and above",
        f"{weights['HIGH']} high, {weights['MEDIUM']} medium, each read; "
        f"{weights['LOW']} low",
        holes,
        known["bandit"],
    )
    leaks = secrets()
    value = f"{sum(leaks.values())} places that look like one, each read"
    yield held("secrets in the repository", value, leaks, known["detect-secrets"])


def held(
    what: str, value: str, found: Counter[Finding], known: Counter[Finding]
) -> Figure:
    """Return a figure that holds if `found` is exactly what was reviewed."""
    new = [f"new: {finding}" for finding in (found - known).elements()]
    gone = [f"gone: {finding}" for finding in (known - found).elements()]
    return Figure(
        what=what,
        value=value,
        oracle="the findings listed with their reasons in prove/security/reviewed.csv",
        held=not new and not gone,
        note="; ".join([*new, *gone]),
    )


def reviewed(text: str) -> dict[str, Counter[Finding]]:
    """Return what was read and left, by who found it.

    Raises:
        ValueError: a line gives no reason, or no number.

    """
    known: dict[str, Counter[Finding]] = {
        "bandit": Counter(),
        "detect-secrets": Counter(),
    }
    for row in csv.DictReader(text.splitlines()):
        if not row["why"].strip():
            raise ValueError(f"{row['file']}: {row['kind']} is left without a reason")
        finding = (row["by"], row["file"], row["kind"])
        known[row["by"]][finding] += int(row["number"])
    return known


def bandit(folder: Path) -> tuple[Counter[str], Counter[Finding]]:
    """Return how many findings of each weight there are, and those above low."""
    told = folder / "bandit.json"
    subprocess.run(  # noqa: S603 # our own words
        [program("bandit"), "-q", "-r", "src", "-f", "json", "-o", told],
        cwd=ROOT,
        check=False,  # it exits 1 where it finds anything
        capture_output=True,
    )
    found = json.loads(told.read_text(encoding="utf-8"))["results"]
    weights = Counter(each["issue_severity"] for each in found)
    heavy = Counter(
        ("bandit", each["filename"], each["test_id"])
        for each in found
        if each["issue_severity"] != "LOW"
    )
    return weights, heavy


def secrets() -> Counter[Finding]:
    """Return what looks like a secret in any tracked file."""
    words = [str(program("detect-secrets")), "scan"]
    words += [f"--disable-plugin={each}" for each in ENTROPY]
    told = subprocess.run(  # noqa: S603 # our own words
        words, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return Counter(
        ("detect-secrets", file, each["type"])
        for file, rows in json.loads(told)["results"].items()
        for each in rows
    )


def program(name: str) -> Path:
    """Return a program installed beside this Python."""
    return Path(sys.executable).with_name(name)
