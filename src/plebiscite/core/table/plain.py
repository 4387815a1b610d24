"""Tables that no spreadsheet runs."""

from __future__ import annotations

import polars as pl

FORMULA = r"^[\s]*[=+\-@\t\r]"
"""What a spreadsheet would run instead of show; some leave out blanks before it."""


def plain_table(frame: pl.DataFrame) -> pl.DataFrame:
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
