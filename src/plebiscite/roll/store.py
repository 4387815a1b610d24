"""Opening a roll: a folder that `build_roll` made, or a flat file built on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from plebiscite.core.canonical import file_digest
from plebiscite.core.files import folder_until_exit
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError, RecordError
from plebiscite.roll.build import build_roll
from plebiscite.roll.manifest import PART, RollManifest, folder, read_roll_manifest
from plebiscite.roll.voter import ROLL_COLUMNS

__all__ = ["Roll", "build_roll", "open_roll"]
REMEDY = "build the roll again with 'plebiscite roll build'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Who may sign, by county, as of a day.

    Attributes:
        path: the folder it is in.
        manifest: its counts and hashes.

    """

    path: Path
    manifest: RollManifest

    @property
    def as_of(self) -> date | None:
        """The day the roll shows; None if nobody said."""
        return self.manifest.as_of

    @property
    def counties(self) -> dict[str, int]:
        """Voters by county, in order of name."""
        return self.manifest.counties

    @property
    def digest(self) -> str:
        """SHA-256 over the day and the counties' files, as the manifest has it."""
        return self.manifest.digest

    def scan(self, counties: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return the voters of some counties, or of all, in the order of the roll.

        Columns are those of `ROLL_COLUMNS`, typed. A county in which nobody is
        registered gives no rows; compare with `counties` to tell.
        """
        wanted = self.counties if counties is None else counties
        files = [
            self.path / folder(county) / PART
            for county in wanted
            if county in self.counties
        ]
        if not files:
            return pl.LazyFrame(schema={each.name: each.dtype for each in ROLL_COLUMNS})
        return pl.scan_parquet(files, hive_partitioning=False, glob=False)

    def verify(self, progress: Progress = silent) -> None:
        """Read every file and compare its hash with the manifest.

        Raises:
            RecordError: a file was changed since the roll was built.

        """
        for done, (county, part) in enumerate(self.manifest.parts.items(), start=1):
            path = self.path / folder(county) / PART
            if file_digest(path) != part.sha256:
                raise RecordError(f"{path}: changed since the roll was built; {REMEDY}")
            progress("checking the roll", done, len(self.counties))


def open_roll(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = silent,
) -> Roll:
    """Open the roll at `path`.

    A folder must be whole: every file there, of the size the manifest says
    (`Roll.verify` compares the bytes). A flat CSV or Parquet file with the columns of a
    roll is built into a private temporary folder, which goes when the program ends; its
    day is not known.

    Raises:
        InputError: a flat file was refused.
        RecordError: the folder is no roll, or is torn or changed.

    """
    if not path.exists():
        raise InputError("there is no such roll", path=path)
    if path.is_file():
        return _temporary(path, mapping, progress)
    manifest = read_roll_manifest(path)
    for county, part in manifest.parts.items():
        file = path / folder(county) / PART
        if not file.is_file():
            raise RecordError(f"{file}: missing from the roll; {REMEDY}")
        if file.stat().st_size != part.size:
            raise RecordError(
                f"{file}: {file.stat().st_size:,} bytes, but the roll's manifest says "
                f"{part.size:,}; {REMEDY}"
            )
    known = {folder(county) for county in manifest.parts}
    for each in sorted(path.glob("county=*")):
        if each.name not in known:
            raise RecordError(f"{each}: not in the roll's manifest; {REMEDY}")
    return Roll(path=path, manifest=manifest)


def _temporary(path: Path, mapping: ColumnMapping | None, progress: Progress) -> Roll:
    # Not when the roll is let go: a lazy frame made from it may still need the files.
    with folder_until_exit("plebiscite-roll") as home:
        manifest = build_roll(
            path, out=home / "roll", mapping=mapping, progress=progress
        )
    return Roll(path=home / "roll", manifest=manifest)
