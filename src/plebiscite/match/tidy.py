"""Lines made comparable, one at a time; a roll's words are in `vocabulary`.

A line's name can be read in more than one way (which word of "Garcia Lopez Maria" is
the surname?). The reading kept is the usual one; the comparison tries the others.
"""

from __future__ import annotations

import polars as pl

from plebiscite.match.written import address as written_address
from plebiscite.match.written import name as written_name
from plebiscite.match.written.fold import is_ditto

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
    "county",
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


def county_form(name: pl.Expr) -> pl.Expr:
    """Return county names so that "Los Angeles County" and "LOS ANGELES" agree."""
    return (
        name.str.strip_chars().str.to_uppercase().str.replace(r"\s+(COUNTY|CO\.?)$", "")
    )


def zip_form(text: pl.Expr) -> pl.Expr:
    """Return the five digits of a roll's ZIP codes."""
    return text.str.replace_all(r"\D", "").str.slice(0, 5)


def tidy_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of `LINE`, with `line` (row number), county and signed_on.

    `lines` has `line_id` and any of the columns of a lines file; absent ones count as
    not written. Ditto marks take the value of the line above, where the line above (the
    same section, the row before) is among `lines`.
    """
    known = dict.fromkeys(TEXTS, pl.String) | {"signed_on": pl.Date}
    frame = lines.with_columns(
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in known.items()
        if name not in lines.columns
    )
    frame = _without_dittos(frame.with_columns(pl.col(TEXTS).cast(pl.String)))
    read = [_read_line(row) for row in frame.select(TEXTS[:-1]).iter_rows()]
    return pl.DataFrame(read, schema=LINE, orient="row").with_columns(
        frame["signed_on"].cast(pl.Date),
        frame.select(county_form(pl.col("county"))).to_series(),
        line=pl.int_range(pl.len(), dtype=pl.UInt32),
    )


def _read_line(row: tuple[str | None, ...]) -> tuple[object, ...]:
    """Read one line's texts (in the order of `TEXTS`) into the columns of `LINE`."""
    whole, first, middle, last, suffix, one, house, unit, street, city, zip_code = row
    name = (
        written_name.read_split(first, middle, last, suffix)
        if first or last
        else written_name.read_whole(whole)
    )
    before = name.middle.split()[-1:]
    home = (
        written_address.read_split(house, unit, street, city, zip_code)
        if street or house
        else written_address.read_whole(one)
    )
    return (
        name.first,
        name.forename,
        name.middle,
        name.last,
        "".join([*before, name.last]),
        name.suffix,
        home.house,
        home.unit,
        home.street.core,
        home.street.kind,
        home.street.direction,
        home.city or written_address.read_city(city),
        home.zip_code or written_address.read_zip(zip_code),
        home.box,
        list(name.parts),
    )


def _without_dittos(frame: pl.DataFrame) -> pl.DataFrame:
    """Replace ditto marks by the line above, or by nothing where that is not there."""
    texts = [name for name in TEXTS if name != "county"]
    marks = frame.select(
        pl.col(name).map_elements(is_ditto, return_dtype=pl.Boolean, skip_nulls=True)
        for name in texts
    )
    if not marks.select(pl.any_horizontal(pl.all().any())).item():
        return frame
    bare = frame.with_columns(
        pl.when(marks[name].fill_null(value=False))
        .then(None)
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
    if not {"section", "row"} <= set(frame.columns):
        return bare
    place = ["county", "section", "row"]
    ordered = (
        bare.with_columns(
            *(marks[name].fill_null(value=False).alias(f"_{name}") for name in texts),
            _at=pl.int_range(pl.len()),
        )
        .sort(place)
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
