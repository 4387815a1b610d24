"""Ditto marks: a mark takes the value of the line above it, or of none.

The line above is that of the same section, the row before. In a sample it is mostly not
there, and then nothing is guessed: the place counts as not written.
"""

from __future__ import annotations

import re

import polars as pl

from plebiscite.match.written.fold import is_ditto

PLACE = ("county", "section", "row", "signed_on")
PLAIN = r"^[ .,#/&()-]*[A-Za-z0-9][A-Za-z0-9 .,#/&()-]*$"
WORDS = "(?i)same|ditto|above|saa|idem"
"""A text that is `PLAIN` and holds none of the `WORDS` is no ditto mark."""
_PLAIN, _WORDS = re.compile(PLAIN), re.compile(WORDS)


def without_dittos(frame: pl.DataFrame) -> pl.DataFrame:
    """Replace ditto marks by the line above, or by nothing where that is not there."""
    texts = [name for name in frame.columns if name not in PLACE]
    if not texts or frame.is_empty():
        return frame
    seen = frame.select(_suspect(name).any() for name in texts).row(0, named=True)
    marks = {
        name: marked
        for name, suspect in seen.items()
        if suspect and (marked := _marks(frame.select(name))).any()
    }
    if not marks:
        return frame
    texts = [*marks]
    bare = frame.with_columns(
        pl.when(marks[name]).then(None).otherwise(pl.col(name)).alias(name)
        for name in texts
    )
    if not {"section", "row"} <= set(frame.columns):
        return bare
    place = [name for name in PLACE[:3] if name in frame.columns]
    ordered = (
        bare.with_columns(
            *(marks[name].alias(f"_{name}") for name in texts),
            _at=pl.int_range(pl.len()),
        )
        .sort(place)
        .with_columns(
            _run=(
                (pl.col("row").diff() != 1)
                | (pl.col("section") != pl.col("section").shift())
                | (pl.col(place[0]) != pl.col(place[0]).shift())
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


def is_mark(text: str) -> bool:
    """Tell of one text what `is_ditto` tells, sooner of the texts that are none."""
    suspect = not _PLAIN.match(text) or _WORDS.search(text)
    return bool(suspect) and is_ditto(text)


def _suspect(name: str) -> pl.Expr:
    """Whether a text may be a mark; false for most, and true for every mark."""
    text = pl.col(name)
    suspect = ~text.str.contains(PLAIN) | text.str.contains(WORDS)
    return suspect.fill_null(value=False)


def _marks(texts: pl.DataFrame) -> pl.Series:
    """Return which texts of a column only point at the line above."""
    (name,) = texts.columns
    distinct = texts.filter(_suspect(name))[name].unique()
    marks = [each for each in distinct if is_ditto(each)]
    return texts.select(pl.col(name).is_in(marks).fill_null(value=False)).to_series()
