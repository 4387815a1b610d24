"""Known holes read from a file of advisories, where there is no network to ask.

The file is a ZIP of records in the OSV format (https://ossf.github.io/osv-schema/), one
JSON each, of Python packages: fetched elsewhere, and carried here. Of a record count
the versions it lists and the ranges it gives; a withdrawn one says nothing.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from prove.frame.figure import Figure

FILE = "ADVISORIES"
"""Names the file, in the environment or to make."""
RANGES = frozenset({"ECOSYSTEM", "SEMVER"})


def asked_of(path: Path, lock: Sequence[str]) -> Figure:
    """Return the figure for the entries of a lock, by the records of a file."""
    pinned, records, latest = dict(map(pin, lock)), 0, ""
    holes: list[str] = []
    languages: set[str] = set()
    known: set[str] = set()
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if not name.endswith(".json"):
                continue
            record = json.loads(packed.read(name))
            records += 1
            latest = max(latest, str(record.get("modified", "")))
            holes += found_in(record, pinned)
            for spoken_of, language in packages_of(record):
                languages.add(language or "an ecosystem that it does not name")
                known |= {spoken_of} & pinned.keys()
    note = "; ".join(sorted(set(holes)))
    if not known:
        note = "No record speaks of any of them: is it the file of another language?"
    return Figure(
        what="dependencies with a known hole, by a file of advisories",
        value=f"{len(set(holes))} in {len(pinned)} packages, by {records:,} records of "
        f"{' and '.join(sorted(languages)) or 'nothing'}, the latest of "
        f"{latest[:10] or 'no day'}; {len(known)} of the packages stand in them",
        oracle="records in the OSV format, read here without a network",
        held=bool(known) and not holes,
        note=note,
    )


def pin(entry: str) -> tuple[str, str]:
    """Return the name and the version of an entry of a lock."""
    name, version = re.split(r"==", entry.split(maxsplit=1)[0].rstrip(";"), maxsplit=1)
    return plain(name.partition("[")[0]), version


def plain(name: str) -> str:
    """Return a package's name as all its spellings are."""
    return re.sub(r"[-_.]+", "-", name).lower()


def found_in(record: Mapping[str, Any], pinned: Mapping[str, str]) -> Iterator[str]:
    """Yield each pinned package that a record speaks of, with the record's name."""
    if record.get("withdrawn"):
        return
    for affected in record.get("affected") or ():
        name = plain((affected.get("package") or {}).get("name") or "")
        if name in pinned and is_affected(pinned[name], affected):
            yield f"{name} {pinned[name]}: {record['id']}"


def packages_of(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each package that a record speaks of, and its ecosystem as it is named."""
    for affected in record.get("affected") or ():
        package = affected.get("package") or {}
        if package.get("name"):
            yield plain(package["name"]), str(package.get("ecosystem") or "")


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Tell whether a version is among those that a record lists, or in its ranges."""
    ours = Version(version)
    if any(_read(each) == ours for each in affected.get("versions") or ()):
        return True
    return any(
        _is_within(ours, each.get("events") or ())
        for each in affected.get("ranges") or ()
        if each.get("type") in RANGES
    )


def _is_within(ours: Version, events: Sequence[Mapping[str, str]]) -> bool:
    """Follow the events from the lowest up; each turns the hole on or off."""
    turns: list[tuple[Version, int, bool]] = []
    for event in events:
        for kind, text in event.items():
            at = _read(text)
            if at is not None and kind in {"introduced", "fixed", "last_affected"}:
                turns.append((at, kind == "last_affected", kind == "introduced"))
    within = False
    for at, after, begins in sorted(turns):
        if at < ours or (at == ours and not after):
            within = begins
    return within


def _read(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None
