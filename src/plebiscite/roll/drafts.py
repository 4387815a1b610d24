"""Drafts of a roll's counties: what a source holds, split by county as it comes.

Each batch of voters leaves a small file in the folder of each of its counties. In
memory stays the hash of each voter's id, to find the ids that stand twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from plebiscite.roll.manifest import folder


@dataclass(slots=True)
class Drafts:
    """Drafts of the counties' files, as batches come in."""

    folder: Path
    files: dict[str, list[Path]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    ids: list[pl.Series] = field(default_factory=list)
    zips: int = 0

    def add(self, batch: pl.DataFrame) -> None:
        """Write some voters, of any counties."""
        self.ids.append(batch["voter_id"].hash(seed=0))
        for county, voters in _by_county(batch):
            files = self.files.setdefault(county, [])
            path = self.folder / folder(county) / f"{len(files):06}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            voters.write_parquet(path, compression="lz4", statistics=False)
            files.append(path)
            self.counts[county] = self.counts.get(county, 0) + len(voters)

    def repeated(self) -> pl.DataFrame:
        """Return the row and file of each voter id that stands more than once.

        Equal hashes are looked up by the ids themselves, so that two ids that happen to
        share a hash are not refused.
        """
        if not self.ids:
            return pl.DataFrame()
        hashes = np.sort(pl.concat(self.ids).to_numpy())
        twice = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
        every = [path for files in self.files.values() for path in files]
        if not len(twice):
            return pl.DataFrame()
        wanted = ["voter_id", "_row", "_file"]
        found = pl.concat(
            frame.filter(frame["voter_id"].hash(seed=0).is_in(pl.Series(twice)))
            for path in every
            for frame in [pl.read_parquet(path, columns=wanted, glob=False)]
        )
        return (
            found.filter(pl.col("voter_id").is_duplicated())
            .sort("_file", "_row")
            .with_columns(
                first=pl.col("_row").first().over("voter_id"),
                first_file=pl.col("_file").first().over("voter_id"),
                nth=pl.int_range(pl.len()).over("voter_id"),
            )
            .filter(pl.col("nth") > 0)
        )


def _by_county(batch: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Part a batch; most exports are in order of county, and then it has just one."""
    if batch.is_empty():
        return
    first = str(batch["county"][0])
    if (batch["county"] == first).all():
        yield first, batch
        return
    parted = batch.partition_by("county", as_dict=True, maintain_order=True)
    yield from ((str(county), voters) for (county,), voters in parted.items())
