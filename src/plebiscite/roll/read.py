"""Rolls as offices export them: one mapping file per format, shipped as data."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import (
    PLAIN,
    ColumnMapping,
    Refusals,
    read_batches,
    read_mapping,
)
from plebiscite.errors import InputError
from plebiscite.roll.voter import ROLL_COLUMNS

FORMATS = Path(__file__).parent / "formats"
ZIPS = ("zip", "former_zip")
NUMBERS = ("voter_id", "house", "unit", "zip")
# A five-digit ZIP code of which a spreadsheet dropped the leading zeros.
CUT_ZIP = r"^[0-9]{3,4}(-[0-9]{4})?$"
DECIMAL = r"^[0-9]+\.0$"


def formats() -> list[str]:
    """Return the names of the roll formats that come with plebiscite."""
    return sorted(path.stem for path in FORMATS.glob("*.yaml"))


def open_mapping(mapping: str | Path) -> ColumnMapping:
    """Return a shipped format by its name, or a mapping file of one's own.

    Raises:
        InputError: there is no such format or file, or the file is wrong.

    """
    if str(mapping) in formats():
        return read_mapping(FORMATS / f"{mapping}.yaml")
    path = Path(mapping)
    if path.is_file():
        return read_mapping(path)
    near = get_close_matches(str(mapping), formats(), n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    raise InputError(
        f"there is no mapping {str(mapping)!r}: {meant}Give the path of a mapping "
        f"file, or one of {', '.join(formats())}"
    )


def sources(source: Path) -> list[Path]:
    """Return the files of a roll's source: itself, or the Parquet parts of a folder.

    Raises:
        InputError: the folder holds no Parquet file, or is a built roll.

    """
    if not source.is_dir():
        return [source]
    if (source / "roll.json").exists():
        raise InputError("this is a built roll already; use it as it is", path=source)
    found = sorted(source.rglob("*.parquet"))
    if not found:
        raise InputError(
            "this folder holds no Parquet file; give a CSV file, a Parquet file, or a "
            "folder of Parquet files",
            path=source,
        )
    return found


def read_voters(
    path: Path,
    *,
    mapping: ColumnMapping | None,
    refusals: Refusals,
    progress: Progress = silent,
) -> Iterator[pl.DataFrame]:
    """Yield the voters of one file in batches, typed, with ``_row``.

    Raises:
        InputError: the file as a whole cannot be read.

    """
    for batch in read_batches(
        path, ROLL_COLUMNS, mapping=mapping, refusals=refusals, progress=progress
    ):
        for name in NUMBERS:
            damaged = batch.filter(pl.col(name).str.contains(DECIMAL))
            refusals.add_rows(
                "a program turned this number into a decimal; format the column as "
                "Text in the original, and export it again",
                damaged["_row"],
                column=(mapping or PLAIN).shown(name),
                values=None,
            )
        yield batch


def cut_zips(batch: pl.DataFrame) -> int:
    """Return how many ZIP codes of a batch lack leading zeros."""
    return sum(len(batch.filter(pl.col(name).str.contains(CUT_ZIP))) for name in ZIPS)


def whole_zips(batch: pl.DataFrame) -> pl.DataFrame:
    """Return a batch in which ZIP codes of three or four digits have five again.

    A spreadsheet dropped their leading zeros; no ZIP code is so short.
    """
    return batch.with_columns(_whole_zip(name) for name in ZIPS)


def _whole_zip(name: str) -> pl.Expr:
    parts = pl.col(name).str.splitn("-", 2)
    first = parts.struct.field("field_0").str.zfill(5)
    rest = pl.format("-{}", parts.struct.field("field_1")).fill_null("")
    return (
        pl.when(pl.col(name).str.contains(CUT_ZIP))
        .then(first + rest)
        .otherwise(pl.col(name))
        .alias(name)
    )
