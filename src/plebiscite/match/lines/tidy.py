"""Lines made comparable, column by column; a roll's words are read by the index.

A line's name can be read in more than one way (which word of "Garcia Lopez Maria" is
the surname?). The reading kept is the usual one; the comparison tries the others.
"""

from __future__ import annotations

import polars as pl

from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.homes import read_homes
from plebiscite.match.lines.names import read_names
from plebiscite.match.written.column import county_form

TEXTS = (
    "name",
    "first",
    "middle",
    "last",
    "suffix",
    "address",
    "house",
    "unit",
    "street",
    "city",
    "zip",
)
WORDS = (
    "first",
    "forename",
    "middle",
    "last",
    "tail",
    "suffix",
    "house",
    "unit",
    "street",
    "kind",
    "direction",
    "city",
    "zip",
    "box",
)
LINE = pl.Schema(
    [*((word, pl.String) for word in WORDS), ("parts", pl.List(pl.String))]
)
"""What is read from a line. `tail` is the surname with the word before it, for double
surnames written without a hyphen; all texts are folded, and empty where not written."""


def tidy_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of `LINE`, with `line` (row number), county and signed_on.

    `lines` has `line_id` and any of the columns of a lines file; absent ones count as
    not written. Ditto marks take the value of the line above, where the line above (the
    same section, the row before) is among `lines`.
    """
    return tidy_part(without_dittos(as_written(lines))).with_columns(
        line=pl.int_range(pl.len(), dtype=pl.UInt32)
    )


def as_written(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of lines that are read here, the written ones as text.

    A column in which nothing is written is left out.
    """
    known = dict.fromkeys((*TEXTS, "county"), pl.String) | {"signed_on": pl.Date}
    kept = [
        name
        for name in (*known, "section", "row")
        if name in lines.columns and lines[name].null_count() < lines.height
    ]
    if not kept:
        return lines.select(name=pl.repeat(None, pl.len(), dtype=pl.String))
    return lines.select(
        pl.col(name).cast(known[name]) if name in known else pl.col(name)
        for name in kept
    )


def tidy_part(written: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of `LINE`, county and signed_on, of lines without dittos."""
    there = written.columns
    texts = written.select(
        pl.col(name).fill_null("")
        if name in there
        else pl.repeat("", pl.len(), dtype=pl.String).alias(name)
        for name in TEXTS
    )
    county = (
        county_form(pl.col("county"))
        if "county" in there
        else pl.repeat(None, pl.len(), dtype=pl.String)
    )
    day = (
        pl.col("signed_on")
        if "signed_on" in there
        else pl.repeat(None, pl.len(), dtype=pl.Date)
    )
    found = read_names(texts).hstack(read_homes(texts))
    rest = written.select(signed_on=day, county=county)
    return found.select(pl.col(name) for name in LINE).hstack(rest)
