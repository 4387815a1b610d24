"""Writing and reading rolls and lines as they stream by, in CSV or Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from plebiscite.core.files import whole_file

ROWS = 1 << 17


def write_frames(
    frames: Iterator[pl.DataFrame], out: Path, *, schema: Mapping[str, pl.DataType]
) -> None:
    """Write `frames` one after another into `out`, whole or not at all.

    Only the frame in hand and the one being written are in memory.
    """
    with whole_file(out) as draft:
        if out.suffix == ".csv":
            _write_csv(frames, draft)
        else:
            _write_parquet(frames, draft, schema)


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` as our CSV files spell it: flags as 0 and 1."""
    return frame.with_columns(pl.col(pl.Boolean).cast(pl.Int8))


def _write_csv(frames: Iterator[pl.DataFrame], draft: Path) -> None:
    with draft.open("wb") as file:
        for number, frame in enumerate(frames):
            plain(frame).write_csv(file, include_header=number == 0)


def _write_parquet(
    frames: Iterator[pl.DataFrame], draft: Path, schema: Mapping[str, pl.DataType]
) -> None:
    def source(
        with_columns: list[str] | None,
        predicate: pl.Expr | None,
        n_rows: int | None,
        batch_size: int | None,
    ) -> Iterator[pl.DataFrame]:
        del with_columns, predicate, n_rows, batch_size
        return frames

    lazy = register_io_source(source, schema=pl.Schema(schema))
    lazy.sink_parquet(
        draft,
        compression="zstd",
        compression_level=1,
        statistics=False,
        row_group_size=ROWS,
        maintain_order=True,
    )
