"""The ledger as a table for others to work with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

from plebiscite.core.table.spreadsheet import plain_table
from plebiscite.money.ledger import Ledger
from plebiscite.money.shown.public import with_names

COLUMNS = (
    "day",
    "kind",
    "committee",
    "amount",
    "currency",
    "name",
    "state",
    "country",
    "purpose",
    "source_committee",
    "filing",
    "amendment",
    "filed",
)


def ledger_table(
    ledger: Ledger,
    itemised_from: Decimal | None,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    every: bool = False,
) -> pl.DataFrame:
    """Return the rows that count (all with `every`), by day, safe for a spreadsheet.

    The order is the same however the files were ordered. ``left_out`` says of a row
    why it does not count, where it does not.
    """
    rows = ledger.judged(known_on=known_on)
    if as_of is not None:
        rows = rows.filter(pl.col("day") <= as_of)
    if not every:
        rows = rows.filter(pl.col("left_out").is_null())
    # Rows that do not count must not lift a giver over the mark.
    counts = with_names(rows.filter(pl.col("left_out").is_null()), itemised_from)
    others = with_names(rows.filter(pl.col("left_out").is_not_null()), None)
    shown = pl.concat([counts, others]).with_columns(name=pl.col("shown"))
    extra = ["left_out"] if every else []
    return plain_table(
        shown.select(*COLUMNS, *extra).sort([*COLUMNS, *extra], nulls_last=True)
    )
