"""A voter roll like California's, of any size, in which everybody is invented.

The roll is made a county at a time and within it in chunks, each with its own stream of
random numbers: the same seed gives the same roll in whatever order the chunks are made,
and memory holds a few chunks, never the roll.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from plebiscite.core.files import whole_folder
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.simulate.frequency import apportioned
from plebiscite.simulate.population.chunk import SCHEMA, Chunk, make_chunk
from plebiscite.simulate.population.place import gazetteer
from plebiscite.simulate.store import write_frames

CHUNK = 1 << 17
LARGEST = 200_000_000
"""Voter ids have nine digits; a roll stays well below their number."""
AS_OF = date(2017, 7, 25)
"""The day on which circulation of initiative 16-0011 would have closed."""
VOTER_ID = re.compile(r"V\d{9}")
PART = re.compile(r"part-\d{5,}\.parquet")
WHAT = "Simulating the roll"


def county_sizes(voters: int) -> dict[str, int]:
    """Return how many voters each county has, in proportion to real registration."""
    places = gazetteer()
    sizes = apportioned(voters, places.registered)
    return dict(zip(places.counties, sizes, strict=True))


def chunks(voters: int, *, seed: int, as_of: date) -> list[Chunk]:
    """Return the plan of a roll: which chunk holds how many voters of which county."""
    plan = []
    first = 0
    for county, size in enumerate(county_sizes(voters).values()):
        for number, start in enumerate(range(0, size, CHUNK)):
            plan.append(
                Chunk(
                    county=county,
                    number=number,
                    first=first + start,
                    voters=min(CHUNK, size - start),
                    seed=seed,
                    as_of=as_of,
                )
            )
        first += size
    return plan


def roll_frames(
    voters: int, *, seed: int, as_of: date = AS_OF, progress: Progress = silent
) -> Iterator[pl.DataFrame]:
    """Yield the roll chunk by chunk, by county."""
    done = 0
    for chunk in chunks(voters, seed=seed, as_of=as_of):
        yield make_chunk(chunk)
        done += chunk.voters
        progress(WHAT, done, voters)


def write_roll(
    out: Path,
    *,
    voters: int,
    seed: int,
    as_of: date = AS_OF,
    progress: Progress = silent,
) -> dict[str, int]:
    """Write a simulated roll and return the number of voters of each county.

    `out` ending in .parquet or .csv becomes one file, anything else a folder of Parquet
    parts. The same arguments give the same bytes.

    Args:
        out: where the roll goes; an existing roll there is replaced.
        voters: how many, 1 to 200,000,000.
        seed: any whole number from 0.
        as_of: the day of the roll; nobody on it was registered later.
        progress: told the number of voters written.

    Raises:
        InputError: a number of voters or a seed that cannot be.

    """
    if not 1 <= voters <= LARGEST:
        raise InputError(
            f"a simulated roll has 1 to {LARGEST:,} voters, not {voters:,}"
        )
    if seed < 0:
        raise InputError(f"a seed is a whole number from 0, not {seed}")
    frames = roll_frames(voters, seed=seed, as_of=as_of, progress=progress)
    if out.suffix in {".parquet", ".csv"}:
        _only_simulated(out)
        write_frames(frames, out, schema=SCHEMA)
    else:
        _only_parts(out)
        with whole_folder(out, replace=True) as folder:
            for number, frame in enumerate(frames):
                write_frames(
                    iter([frame]), folder / f"part-{number:05}.parquet", schema=SCHEMA
                )
    return county_sizes(voters)


def _only_simulated(out: Path) -> None:
    """Refuse to replace a file that is anything but a simulated roll."""
    if not out.exists():
        return
    try:
        found = (
            pl.read_csv(out, n_rows=1, infer_schema=False, glob=False)
            if (out.suffix == ".csv")
            else pl.read_parquet(out, n_rows=1, glob=False)
        )
        ours = found.columns == list(SCHEMA) and bool(
            VOTER_ID.fullmatch(str(found["voter_id"][0]))
        )
    except (OSError, IndexError, pl.exceptions.PolarsError):
        ours = False
    if not ours:
        raise InputError(
            "is not a simulated roll and is left alone; give another place", path=out
        )


def _only_parts(out: Path) -> None:
    """Refuse to replace a folder that holds anything but a simulated roll."""
    if out.exists() and not (
        out.is_dir() and all(PART.fullmatch(file.name) for file in out.iterdir())
    ):
        raise InputError(
            "is not a folder of a simulated roll and is left alone; give another place",
            path=out,
        )
