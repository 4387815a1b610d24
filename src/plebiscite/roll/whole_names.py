"""Whole names in one cell: "O'BRIEN, MARY-KATE ANN JR", as many rolls are exported.

A comma after the surname, and no first name in a cell of its own, say that the rest
stands behind the comma. Without a comma nothing tells surname from first name, so
nothing is parted: "Van Dyke" may be a surname.
"""

from __future__ import annotations

import polars as pl

# "V" alone is a middle initial far more often than the fifth of a name.
SUFFIX = r"(?i)(?:^|\s)(JR|SR|II|III|IV)\.?$"
SURNAME_SUFFIX = r"(?i)\s+(JR|SR|II|III|IV)\.?$"
NAMES = ("last", "first", "middle", "suffix")


def parted_names(batch: pl.DataFrame) -> pl.DataFrame:
    """Return voters with "Last, First Middle Suffix" in four cells instead of one.

    Only rows whose `first` and `middle` are empty are parted. A suffix in its own cell
    stays, and so does a cell with nothing before its comma.
    """
    # In a roll with first names, the slow look at each surname is spared.
    if not batch["first"].null_count():
        return batch
    whole = (
        pl.col("first").is_null()
        & pl.col("middle").is_null()
        & pl.col("last").str.contains(r"^\s*[^,\s][^,]*,")
    )
    return batch.with_columns(
        pl.when(whole).then(parted).otherwise(pl.col(name)).alias(name)
        for name, parted in zip(NAMES, _parted(pl.col("last")), strict=True)
    )


def _parted(cell: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Return surname, first name, middle names and suffix of a whole name."""
    surname = cell.str.extract(r"^([^,]*),").str.strip_chars()
    behind = cell.str.extract(r"(?s),(.*)$").str.replace_all(",", " ").str.strip_chars()
    given = behind.str.replace(SUFFIX, "").str.strip_chars()
    suffix = pl.coalesce(
        pl.col("suffix"),
        behind.str.extract(SUFFIX),
        surname.str.extract(SURNAME_SUFFIX),
    )
    return (
        surname.str.replace(SURNAME_SUFFIX, ""),
        given.str.extract(r"^(\S+)"),
        _or_none(given.str.extract(r"(?s)^\S+\s+(.*)$")),
        suffix,
    )


def _or_none(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
