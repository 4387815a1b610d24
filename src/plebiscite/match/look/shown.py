"""The voters of a roll who may be shown, as a roll of their own.

A look-up must answer about a confidential voter what it answers about somebody who is
not there: the same voters, in the same order, in the same time. Leaving such voters out
of what was found cannot do that, since their names would still be known words, and a
name that somebody bears is searched otherwise than one nobody bears. So look-ups have
an index in which confidential voters never were. It is built beside the roll's own,
which matching needs whole, the first time somebody looks up; where a roll has no
confidential voter the two are one.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from plebiscite.core.files import private_folder
from plebiscite.core.progress import Progress, silent
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import FOLDER, LOOK_UP, Roll, StoredRoll
from plebiscite.match.index.opened import Index, opened

CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A roll without its confidential voters.

    Attributes:
        roll: the whole roll.
        counties: voters who may be shown, by county.

    """

    roll: Roll
    counties: Mapping[str, int]

    @property
    def as_of(self) -> date | None:
        """The day the roll speaks of."""
        return self.roll.as_of

    def scan(self, counties: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return the voters who may be shown, of some counties or of all."""
        return _shown(self.roll.scan(counties))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredShown(Shown):
    """The same of a roll with a folder.

    Attributes:
        path: a folder within the roll's.
        digest: what tells it from the whole roll, and from any other.

    """

    path: Path
    digest: str


def shown_index(roll: Roll, *, progress: Progress = silent) -> Index:
    """Open the index of the voters of a roll who may be shown; at first, build it.

    Raises:
        RecordError: an index is there, but is torn, foreign, or of another roll.
        OSError: the disk is full.

    """
    stored = roll if isinstance(roll, StoredRoll) else None
    if stored and (stored.path / LOOK_UP / FOLDER).exists():
        return kept_index(stored)
    counties = {name: _count(_shown(roll.scan([name]))) for name in roll.counties}
    if counties == dict(roll.counties):
        return index_for(roll, progress=progress)
    if stored is None:
        return index_for(Shown(roll=roll, counties=counties), progress=progress)
    place = stored.path / LOOK_UP
    with suppress(OSError):  # then the index is a temporary one
        private_folder(place)
    shown = StoredShown(
        roll=roll, counties=counties, path=place, digest=_digest(stored)
    )
    return index_for(shown, progress=progress)


def kept_index(roll: StoredRoll) -> Index:
    """Open the index for look-ups that lies in a roll's folder.

    Raises:
        RecordError: there is none, or it is torn, of another roll, or of a whole one.

    """
    place = roll.path / LOOK_UP / FOLDER
    return opened(place, digest=_digest(roll), as_of=roll.as_of)


def forget_shown(roll: StoredRoll) -> None:
    """Take a roll's index for look-ups away; the next look-up builds it anew."""
    shutil.rmtree(roll.path / LOOK_UP, ignore_errors=True)


def _digest(roll: StoredRoll) -> str:
    """Return another one than the whole roll's: neither passes for the other."""
    return f"{roll.digest} without confidential voters"


def _shown(voters: pl.LazyFrame) -> pl.LazyFrame:
    if CONFIDENTIAL not in voters.collect_schema().names():
        return voters
    hidden = pl.col(CONFIDENTIAL).cast(pl.Boolean()).fill_null(value=False)
    return voters.filter(~hidden)


def _count(voters: pl.LazyFrame) -> int:
    return int(voters.select(pl.len()).collect().item())
