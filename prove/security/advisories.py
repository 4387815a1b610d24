"""Known holes read from files of advisories, where there is no network to ask.

A file is a ZIP of records in the OSV format (https://ossf.github.io/osv-schema/), one
JSON each, of Python packages or of crates: fetched elsewhere, and carried here. Of a
record count the versions it lists and the ranges it gives; one withdrawn says nothing.
Each language has rules of its own for which version comes first; where a version cannot
be read by them, ours counts as affected, and the figure says why.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from packaging.version import Version

from prove.frame.figure import Figure
from prove.security import semver

FILE = "ADVISORIES"
"""Names the files, in the environment or to make; a colon stands between two."""
# What the OSV format calls each; no registry is asked.
PYTHON, CRATES = "PyPI", "crates" + ".io"
"""Languages, as records name them."""
TOLD = {PYTHON: "Python", CRATES: "Rust"}
"""The same in words, for a page: which registry a language has, no file here names."""
RANGES = frozenset({"ECOSYSTEM", "SEMVER"})
TURNS = frozenset({"introduced", "fixed", "last_affected"})
ANY = "0"
"""Introduced before every version there is."""
Pins: TypeAlias = Mapping[str, Sequence[str]]
"""The versions that are pinned, by the package's plain name."""


def given() -> list[Path]:
    """Return the files that the environment names."""
    return [Path(each) for each in os.environ.get(FILE, "").split(os.pathsep) if each]


def asked_of(paths: Sequence[Path], pins: Pins, language: str = PYTHON) -> Figure:
    """Return the figure for what is pinned in a language, by the records of files.

    Crates of which no file holds any record were not asked after; Python's packages
    have to be.
    """
    count, latest = 0, ""
    holes: set[str] = set()
    known: set[str] = set()
    languages: set[str] = set()
    for record in records_of(paths):
        count += 1
        latest = max(latest, str(record.get("modified") or ""))
        spoken_of = list(packages_of(record))
        languages |= {each or "a language not named" for _, each in spoken_of}
        known |= {name for name, of in spoken_of if of in {language, ""}} & pins.keys()
        holes |= set(found_in(record, pins, language))
    what = f"dependencies with a known hole, by files of advisories ({TOLD[language]})"
    oracle = "records in the OSV format, read here without a network"
    if language == CRATES and language not in languages:
        note = f"No record of a crate was given: {FILE}=pypi.zip:crates.zip has them."
        return Figure(what=what, value="not known", oracle=oracle, held=None, note=note)
    spoken = sorted(TOLD.get(each, each) for each in languages)
    note = "; ".join(sorted(holes))
    if not known:
        note = "No record speaks of any of them: is it the file of another language?"
    return Figure(
        what=what,
        value=f"{len(holes)} in {len(pins)} packages, by {count:,} records of "
        f"{' and '.join(spoken) or 'nothing'}, the latest of "
        f"{latest[:10] or 'no day'}; {len(known)} of the packages stand in them",
        oracle=oracle,
        held=bool(known) and not holes,
        note=note,
    )


def records_of(paths: Sequence[Path]) -> Iterator[Mapping[str, Any]]:
    """Yield every record of the files."""
    for path in paths:
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.endswith(".json"):
                    yield json.loads(packed.read(name))


def pins_of(entries: Sequence[str]) -> Pins:
    """Return what the entries of locks of Python pin, each version once."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        name, version = pin(entry)
        if version not in found.setdefault(name, []):
            found[name].append(version)
    return found


def pin(entry: str) -> tuple[str, str]:
    """Return the name and the version of an entry of a lock."""
    name, version = re.split(r"==", entry.split(maxsplit=1)[0].rstrip(";"), maxsplit=1)
    return plain(name.partition("[")[0]), version


def plain(name: str) -> str:
    """Return a package's name as all its spellings are."""
    return re.sub(r"[-_.]+", "-", name).lower()


def found_in(record: Mapping[str, Any], pins: Pins, language: str) -> Iterator[str]:
    """Yield each pinned package that a record speaks of, with the record's name."""
    if record.get("withdrawn"):
        return
    for affected in record.get("affected") or ():
        name, of = _named(affected)
        for version in pins.get(name, ()):
            if of in {language, ""} and is_affected(version, affected, language):
                odd = ", ".join(unread(version, affected, language))
                why = f" (not read as a version: {odd})" if odd else ""
                yield f"{name} {version}: {record['id']}{why}"


def packages_of(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each package that a record speaks of, and its language as it is named."""
    for affected in record.get("affected") or ():
        name, language = _named(affected)
        if name:
            yield name, language


def _named(affected: Mapping[str, Any]) -> tuple[str, str]:
    package = affected.get("package") or {}
    return plain(package.get("name") or ""), str(package.get("ecosystem") or "")


def is_affected(
    version: str, affected: Mapping[str, Any], language: str = PYTHON
) -> bool:
    """Tell whether a version is among those that a record lists, or in its ranges.

    It is, too, where it or the end of a range cannot be read: nobody knows better.
    """
    if unread(version, affected, language):
        return True
    ours = _read(version, language)
    # One that is listed stands for itself: what cannot be read is none that can be.
    if ours in [_read(each, language) for each in affected.get("versions") or ()]:
        return True
    return any(_is_within(ours, turns, language) for turns in _ranges(affected))


def unread(version: str, affected: Mapping[str, Any], language: str) -> list[str]:
    """Return which of a version and the ends of a record's ranges cannot be read."""
    ends = [text for turns in _ranges(affected) for _, text in turns]
    return [each for each in (version, *ends) if _read(each, language) is None]


def _ranges(affected: Mapping[str, Any]) -> Iterator[list[tuple[str, str]]]:
    """Yield the ends of each range of versions: what happens there, and where."""
    for each in affected.get("ranges") or ():
        if each.get("type") in RANGES:
            yield [
                (kind, text)
                for event in each.get("events") or ()
                for kind, text in event.items()
                if kind in TURNS
            ]


def _is_within(ours: Any, turns: Sequence[tuple[str, str]], language: str) -> bool:
    """Follow the turns from the lowest up; each has the hole begin or end."""
    within = ("introduced", ANY) in turns
    inner = [
        (_read(text, language), kind == "last_affected", kind == "introduced")
        for kind, text in turns
        if (kind, text) != ("introduced", ANY)
    ]
    for at, after, begins in sorted(inner):
        if at < ours or (at == ours and not after):
            within = begins
    return within


def _read(text: str, language: str) -> Any:
    """Return what a version is compared by in its language; None if it is none."""
    try:
        return semver.key(text) if language == CRATES else Version(text)
    except ValueError:
        return None
