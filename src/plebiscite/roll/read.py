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
    Trial,
    read_batches,
    read_mapping,
)
from plebiscite.errors import InputError
from plebiscite.roll.voter import ROLL_COLUMNS
from plebiscite.roll.whole_names import parted_names

FORMATS = Path(__file__).parent / "formats"
ZIPS = ("zip", "former_zip")
NUMBERS = ("voter_id", "house", "unit", "zip")
# A five-digit ZIP code of which a spreadsheet dropped the leading zeros.
CUT_ZIP = r"^[0-9]{3,4}(-[0-9]{4})?$"
CUT_BYTES = (3, 4, 8, 9)
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
    trial: Trial | None = None,
) -> Iterator[pl.DataFrame]:
    """Yield the voters of one file in batches, typed, with ``_row``.

    A whole name in the cell of the surname is parted (`whole_names`).
    One `trial` may be given for all files of a folder.

    Raises:
        InputError: the file as a whole cannot be read.

    """
    for batch in read_batches(
        path,
        ROLL_COLUMNS,
        mapping=mapping,
        refusals=refusals,
        progress=progress,
        trial=trial,
    ):
        for name in NUMBERS:
            damaged = batch.filter(_decimal(batch[name]))
            refusals.add_rows(
                "a program turned this number into a decimal; format the column as "
                "Text in the original, and export it again",
                damaged["_row"],
                column=(mapping or PLAIN).shown(name),
                values=None,
            )
        yield parted_names(batch)


def whole_zips(batch: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return a batch in which ZIP codes of three or four digits have five again.

    A spreadsheet dropped their leading zeros; no ZIP code is so short. And how many.
    """
    cut = sum(_cut(batch[name]) for name in ZIPS)
    return batch.with_columns(map(_whole_zip, ZIPS)) if cut else batch, cut


def _cut(codes: pl.Series) -> int:
    """Return how many ZIP codes lack leading zeros."""
    short = codes.filter(codes.str.len_bytes().is_in(CUT_BYTES))
    return len(short.filter(short.str.contains(CUT_ZIP)))


def _decimal(numbers: pl.Series) -> pl.Series:
    """Tell which numbers were turned into decimals."""
    # In a sound file none ends so, and the slow look at each is spared.
    ended = numbers.str.ends_with(".0").fill_null(value=False)
    return ended & numbers.str.contains(DECIMAL) if ended.any() else ended


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
