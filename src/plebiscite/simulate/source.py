"""Reading any roll as a lazy table: a file, a folder of parts, a built roll."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from plebiscite.errors import InputError
from plebiscite.simulate.frequency import Whole

NEEDED = ("voter_id", "last", "first", "county", "status", "registered_on")
SHOWN = ("voter_id", "last", "first", "middle", "suffix", "former_last")
PLACED = ("house", "unit", "street", "city", "zip")
FORMER = tuple(f"former_{name}" for name in PLACED)
FIELDS = (*SHOWN, *PLACED, *FORMER, "changed_on")
GIVE = "give what 'simulate roll' or 'roll build' made"
WRITTEN_ON = "%Y-%m-%d"


def open_voters(path: Path) -> pl.LazyFrame:
    """Return the roll at `path`: CSV, Parquet, a folder of parts, or a built roll.

    Columns we know that the roll lacks are null; days are days.

    Raises:
        InputError: it is no roll.

    """
    try:
        roll = _scan(path)
        columns = roll.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as problem:
        raise InputError(
            f"cannot be read as a voter roll; {GIVE}", path=path
        ) from problem
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputError(
            f"is no voter roll: it has no column {', '.join(missing)}; {GIVE}",
            path=path,
        )
    lacking = [
        pl.lit(None, dtype=pl.String).alias(name)
        for name in FIELDS
        if name not in columns
    ]
    days = [
        pl.col(name).str.to_date(WRITTEN_ON, strict=False)
        for name in ("registered_on", "changed_on")
        if columns.get(name) == pl.String()
    ]
    return roll.with_columns(*lacking, *days)


def _scan(path: Path) -> pl.LazyFrame:
    if path.is_dir():
        parts = sorted(path.rglob("*.parquet"))
        if not parts:
            raise InputError(f"holds no Parquet parts of a roll; {GIVE}", path=path)
        return pl.scan_parquet(parts, hive_partitioning=False, glob=False)
    if path.suffix == ".csv":
        return pl.scan_csv(path, infer_schema=False, glob=False)
    return pl.scan_parquet(path, glob=False)


def voters_at(roll: pl.LazyFrame, rows: Whole) -> pl.DataFrame:
    """Return the voters at `rows` of the roll, in that order, "_at" among the columns.

    `rows` are distinct.
    """
    wanted = pl.DataFrame({"_at": rows}, schema={"_at": pl.UInt32})
    numbered = roll.select(FIELDS).with_row_index("_at").cast({"_at": pl.UInt32})
    found = numbered.join(wanted.lazy(), on="_at", how="semi").collect(
        engine="streaming"
    )
    return wanted.join(found, on="_at", how="left", maintain_order="left")
