"""Ditto marks: a mark takes the value of the line above it, or of none.

The line above is that of the same section, the row before. In a sample it is mostly not
there, and then nothing is guessed: the place counts as not written.
"""

from __future__ import annotations

import polars as pl

from plebiscite.match.written.fold import is_ditto

PLACE = ("county", "section", "row", "signed_on")
PLAIN = r"^[ .,#/&()-]*[A-Za-z0-9][A-Za-z0-9 .,#/&()-]*$"
WORDS = "(?i)same|ditto|above|saa|idem"
"""A text that is `PLAIN` and holds none of the `WORDS` is no ditto mark."""


def without_dittos(frame: pl.DataFrame) -> pl.DataFrame:
    """Replace ditto marks by the line above, or by nothing where that is not there."""
    texts = [name for name in frame.columns if name not in PLACE]
    marks = {name: marked for name in texts if (marked := _marks(frame[name])).any()}
    if not marks:
        return frame
    texts = [*marks]
    bare = frame.with_columns(
        pl.when(marks[name]).then(None).otherwise(pl.col(name)).alias(name)
        for name in texts
    )
    if not {"section", "row"} <= set(frame.columns):
        return bare
    ordered = (
        bare.with_columns(
            *(marks[name].alias(f"_{name}") for name in texts),
            _at=pl.int_range(pl.len()),
        )
        .sort(PLACE[:3])
        .with_columns(
            _run=(
                (pl.col("row").diff() != 1)
                | (pl.col("section") != pl.col("section").shift())
                | (pl.col("county") != pl.col("county").shift())
            )
            .fill_null(value=True)
            .cum_sum()
        )
    )
    above = [
        pl.when(pl.col(f"_{name}"))
        .then(
            # Only over marks: a cell left empty above stays empty below its mark.
            pl.when(pl.col(f"_{name}"))
            .then(None)
            .otherwise(pl.col(name).fill_null(""))
            .forward_fill()
            .over("_run")
        )
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    ]
    return ordered.with_columns(above).sort("_at").select(frame.columns)


def _marks(texts: pl.Series) -> pl.Series:
    """Return which texts only point at the line above."""
    text = pl.col(texts.name)
    suspect = ~text.str.contains(PLAIN) | text.str.contains(WORDS)
    frame = texts.to_frame().select(text, suspect=suspect.fill_null(value=False))
    if not frame["suspect"].any():
        return pl.repeat(value=False, n=texts.len(), eager=True)
    distinct = frame.filter("suspect")[texts.name].unique()
    marks = [each for each in distinct if is_ditto(each)]
    return frame.select(text.is_in(marks).fill_null(value=False)).to_series()
