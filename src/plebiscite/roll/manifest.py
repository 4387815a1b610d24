"""What a built roll says of itself: its day, its counts, the hashes of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plebiscite.core.canonical import Json, digest, parsed
from plebiscite.errors import RecordError

FORMAT = 1
FILE = "roll.json"
PART = "voters.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One county's file.

    Attributes:
        voters: rows in it.
        size: its bytes.
        sha256: the hash of its bytes.

    """

    voters: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollManifest:
    """The manifest of a built roll (``roll.json``). It names no voter.

    Attributes:
        as_of: the day the roll shows; None if nobody said.
        parts: by county, in order of name.
        source_sha256: the hash of the file it was built from.
        zips_completed: ZIP codes that got lost leading zeros back.
        format: the version of this form.

    """

    as_of: date | None
    parts: Mapping[str, Part]
    source_sha256: str
    zips_completed: int = 0
    format: int = FORMAT

    @property
    def counties(self) -> dict[str, int]:
        """Voters by county, in order of name."""
        return {county: part.voters for county, part in self.parts.items()}

    @property
    def voters(self) -> int:
        """Voters in all counties."""
        return sum(self.counties.values())

    @property
    def digest(self) -> str:
        """SHA-256 over the day and every county's name, count and file hash."""
        return digest(
            {
                "as_of": self.as_of.isoformat() if self.as_of else None,
                "counties": self._counties(),
            }
        )

    def as_data(self) -> dict[str, Any]:
        """Return the manifest as ``roll.json`` holds it."""
        return {
            "format": self.format,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "voters": self.voters,
            "counties": self.counties,
            "files": {
                folder(county): {"bytes": part.size, "sha256": part.sha256}
                for county, part in self.parts.items()
            },
            "sha256": self.digest,
            "source_sha256": self.source_sha256,
            "zips_completed": self.zips_completed,
        }

    def _counties(self) -> Json:
        return {
            county: {"voters": part.voters, "sha256": part.sha256}
            for county, part in self.parts.items()
        }


def folder(county: str) -> str:
    """Return the folder of a county's voters, safe for any county name.

    >>> folder("San Luis Obispo"), folder("../x")
    ('county=San Luis Obispo', 'county=..%2Fx')
    """
    return f"county={quote(county, safe=' ')}"


def read_roll_manifest(path: Path) -> RollManifest:
    """Read the manifest of the roll in folder `path`.

    Raises:
        RecordError: there is none, or it is torn, foreign, or of a later version.

    """
    file = path / FILE
    remedy = "build the roll again with 'plebiscite roll build'"
    try:
        data = parsed(file.read_text(encoding="utf-8"))
        if data["format"] > FORMAT:
            raise RecordError(
                f"{file}: a later plebiscite wrote this roll (format "
                f"{data['format']}); upgrade plebiscite, or {remedy}"
            )
        found = RollManifest(
            as_of=date.fromisoformat(data["as_of"]) if data["as_of"] else None,
            parts={
                county: Part(
                    voters=voters,
                    size=data["files"][folder(county)]["bytes"],
                    sha256=data["files"][folder(county)]["sha256"],
                )
                for county, voters in data["counties"].items()
            },
            source_sha256=data["source_sha256"],
            zips_completed=data["zips_completed"],
            format=data["format"],
        )
    except FileNotFoundError:
        raise RecordError(
            f"{path}: no roll is here ({FILE} is missing); {remedy}"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RecordError(f"{file}: torn or foreign; {remedy}") from None
    if found.digest != data["sha256"]:
        raise RecordError(f"{file}: changed since the roll was built; {remedy}")
    return found
