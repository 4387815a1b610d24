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
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if not name.endswith(".json"):
                continue
            record = json.loads(packed.read(name))
            records += 1
            latest = max(latest, str(record.get("modified", "")))
            holes += found_in(record, pinned)
    note = "; ".join(sorted(set(holes)))
    return Figure(
        what="dependencies with a known hole, by a file of advisories",
        value=f"{len(set(holes))} in {len(pinned)} packages, by {records:,} records, "
        f"the latest of {latest[:10] or 'no day'}",
        oracle="records in the OSV format, read here without a network",
        held=not holes and bool(records),
        note=note if records else "There is no record in the file.",
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
    for affected in record.get("affected", ()):
        name = plain(affected.get("package", {}).get("name", ""))
        if name in pinned and is_affected(pinned[name], affected):
            yield f"{name} {pinned[name]}: {record['id']}"


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Tell whether a version is among those that a record lists, or in its ranges."""
    ours = Version(version)
    if any(_read(each) == ours for each in affected.get("versions", ())):
        return True
    return any(
        _is_within(ours, each.get("events", ()))
        for each in affected.get("ranges", ())
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
