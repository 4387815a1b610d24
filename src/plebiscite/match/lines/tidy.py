"""Lines made comparable, column by column; a roll's words are read by the index.

A line's name can be read in more than one way (which word of "Garcia Lopez Maria" is
the surname?). The reading kept is the usual one; the comparison tries the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from plebiscite.match.lines.coded import Coded, coded, none_written
from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.homes import read_homes
from plebiscite.match.lines.names import read_names
from plebiscite.match.written.columns.forms import county_form

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLines:
    """Lines made comparable, each text of them once.

    Attributes:
        words: a column for each of `WORDS`, and `parts`.
        county: in comparable form, empty where none is written.
        signed_on: dates, null where none is written.

    """

    words: Mapping[str, Coded]
    county: Coded
    signed_on: pl.Series

    def __len__(self) -> int:
        return len(self.signed_on)


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
    read = read_part(written)
    said = written["county"].is_not_null() if "county" in written.columns else False
    return pl.DataFrame(
        [read.words[name].column().alias(name) for name in LINE]
    ).with_columns(read.signed_on, county=pl.when(said).then(read.county.column()))


def read_part(written: pl.DataFrame) -> ReadLines:
    """Read lines without dittos (see `as_written`), their texts coded or not."""
    there, lines = written.columns, written.height
    texts = {
        name: coded(written[name]) if name in there else none_written(lines, name)
        for name in (*TEXTS, "county")
    }
    county = texts["county"]
    form = county.texts.to_frame().select(county_form(pl.col("county")))
    return ReadLines(
        words=read_names(texts) | read_homes(texts),
        county=county.read(form.to_series()),
        signed_on=written["signed_on"]
        if "signed_on" in there
        else pl.Series("signed_on", [None], dtype=pl.Date).new_from_index(0, lines),
    )
