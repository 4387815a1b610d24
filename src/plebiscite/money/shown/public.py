"""What of a ledger may be shown: names only where the law itself makes them public.

Reports are public records, and yet a page of small givers' names helps nobody. A name
is shown where its giver's gifts to one committee reach the law's own mark in a calendar
year; below it the sum stays and the name goes. Street addresses are never read at all.
"""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from plebiscite.money.counted import person
from plebiscite.money.entry import SPENT
from plebiscite.money.totals import GIVEN

HIDDEN = "(a small giver)"
FORMULA = r"^[\s]*[=+\-@\t\r]"
"""What a spreadsheet would run instead of show."""


def with_names(rows: pl.DataFrame, itemised_from: Decimal | None) -> pl.DataFrame:
    """Return rows with ``shown``: the name that may be told, or `HIDDEN`.

    Organisations that are committees, and payees, are told always; where the law's
    mark is not known (None), no person is.
    """
    year = pl.col("day").dt.year()
    by_whom = [person(), pl.col("committee"), year, pl.col("currency")]
    given = pl.col("amount").filter(pl.col("kind").is_in(GIVEN)).sum().over(by_whom)
    largest = pl.max_horizontal(
        given,
        pl.col("amount").filter(pl.col("kind").is_in(GIVEN)).max().over(by_whom),
    )
    reached = (
        pl.lit(value=False)
        if itemised_from is None
        else (largest >= itemised_from).fill_null(value=False)
    )
    always = pl.col("source_committee").is_not_null() | pl.col("kind").is_in(
        [str(kind) for kind in SPENT]
    )
    return rows.with_columns(
        shown=pl.when(pl.col("name").is_null())
        .then(pl.lit(""))
        .when(reached | always)
        .then(pl.col("name"))
        .otherwise(pl.lit(HIDDEN))
    )


def neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose text no spreadsheet takes for a formula.

    A cell that begins like one gets an apostrophe before it, as spreadsheets' own
    users write. Numbers and days stay as they are.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA))
        .then("'" + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
