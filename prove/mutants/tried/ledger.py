"""What became of each mutant, a line each, so that a run goes on where one stopped.

The lines belong to one state of the code, its tests and this chapter: the file is named
for their digest, and other states begin a new one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / "out" / "mutants"

NOTICED = "noticed"
ENDLESS = "endless"
SURVIVED = "survived"
UNREACHED = "unreached"
LOADING = "loading"
UNDECIDED = "undecided"
STATES = {
    NOTICED: "a test failed, or the program broke",
    ENDLESS: "it used up its time, as an endless loop does",
    SURVIVED: "every test passed",
    UNREACHED: "no test calls the function",
    LOADING: "the function is called only while the code is loaded: not tried",
    UNDECIDED: "it waited until it was killed, or broke what tries it",
}


def digest(places: Iterable[Path]) -> str:
    """Return a digest of the names and bytes of files, and of all files in folders."""
    made = hashlib.sha256()
    for place in places:
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.suffix in {".py", ".yaml", ".csv"} and path.is_file():
                made.update(f"{path.relative_to(place.parent)}\0".encode())
                made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()[:16]


def lines(path: Path) -> dict[str, str]:
    """Return name → state of every mutant the file tells of; a torn line is none."""
    found: dict[str, str] = {}
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        found[row["mutant"]] = row["state"]
    return found


def add(path: Path, mutant: str, state: str, **more: object) -> None:
    """Add a mutant's line, whole, in one write; one torn before it stays by itself."""
    row = json.dumps({"mutant": mutant, "state": state, **more}, ensure_ascii=False)
    with path.open("a+b") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        torn = file.read() not in {b"", b"\n"}
        file.write(b"\n" * torn + f"{row}\n".encode())


def turn(
    names: Mapping[str, Sequence[str]], seed: int, done: Mapping[str, str]
) -> list[str]:
    """Return the names not done yet: a package after the other, each drawn from `seed`.

    However early the work stops, each package had its share, and what was tried of it
    is a random sample.
    """
    rows = [
        [name for name in drawn(names[package], seed) if name not in done]
        for package in names
    ]
    longest = max(map(len, rows), default=0)
    return [row[at] for at in range(longest) for row in rows if at < len(row)]


def drawn(names: Iterable[str], seed: int) -> list[str]:
    """Return `names` in the order of the seed, the same however they came."""
    return sorted(
        names, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest()
    )
