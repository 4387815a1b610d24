"""What of a ledger may be shown: names only where the law itself makes them public.

Reports are public records, and yet a page of small givers' names helps nobody. A name
is shown where its giver's gifts to one committee reach the law's own mark in a calendar
year; below it the sum stays and the name goes. Street addresses are never read at all.
"""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from plebiscite.money.counted import with_person
from plebiscite.money.entry import SPENT
from plebiscite.money.totals import GIVEN

HIDDEN = "(a small giver)"


def with_names(rows: pl.DataFrame, itemised_from: Decimal | None) -> pl.DataFrame:
    """Return rows with ``person``, and ``shown``: the name to be told, or `HIDDEN`.

    Organisations that are committees, and payees, are told always; where the law's
    mark is not known (None), no person is.
    """
    rows = with_person(rows).with_columns(_year=pl.col("day").dt.year())
    by_whom = ["person", "committee", "_year", "currency"]
    given = (
        rows.filter(pl.col("kind").is_in(GIVEN))
        .group_by(by_whom)
        .agg(_most=pl.max_horizontal(pl.col("amount").sum(), pl.col("amount").max()))
    )
    rows = rows.join(
        given, on=by_whom, how="left", nulls_equal=True, maintain_order="left"
    )
    reached = (
        pl.lit(value=False)
        if itemised_from is None
        else (pl.col("_most") >= itemised_from).fill_null(value=False)
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
    ).drop("_year", "_most")
