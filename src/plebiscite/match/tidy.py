"""Lines and rolls made comparable, a distinct text at a time.

A roll of millions has far fewer different surnames, given names, streets and cities, so
each distinct text is read once, and rows carry 64-bit keys of what was read. Lines are
few, and are read whole.

A line's name can be read in more than one way (which word of "Garcia Lopez Maria" is
the surname?). The reading kept is the usual one; the comparison tries the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.match.written import address as written_address
from plebiscite.match.written import name as written_name
from plebiscite.match.written.fold import fold, is_ditto

TEXTS = (
    "name first middle last suffix address house unit street city zip county".split()
)
LINE = pl.Schema(
    {
        **dict.fromkeys(
            "first token middle last tail suffix house unit street kind direction "
            "city zip box".split(),
            pl.String,
        ),
        "parts": pl.List(pl.String),
    }
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
    known = {name: pl.String for name in TEXTS} | {"signed_on": pl.Date}
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
        name.token,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The distinct texts of a roll, each read once.

    Attributes:
        last: raw, last, parts, suffix (also of former surnames).
        first: raw, first, token, rest (further given names), suffix.
        street: raw, core, kind, direction, number and unit hidden in it.
        city: raw, city, initials.
        house: raw, house.
        first_share: token, share of voters and their count.
        last_share: last, share of voters.

    """

    last: pl.DataFrame
    first: pl.DataFrame
    street: pl.DataFrame
    city: pl.DataFrame
    house: pl.DataFrame
    first_share: pl.DataFrame
    last_share: pl.DataFrame


def read_vocabulary(scan: pl.LazyFrame, *, progress: Progress = silent) -> Vocabulary:
    """Read every distinct name, street, city and house number of a roll."""
    names = scan.collect_schema().names()
    counts: dict[str, pl.DataFrame] = {}
    wanted = ("last", "first", "street", "city", "house")
    for done, column in enumerate(wanted):
        progress("reading the roll's words", done, len(wanted))
        parts = [
            scan.select(pl.col(name).cast(pl.String).alias("raw"))
            .group_by("raw")
            .agg(n=pl.len())
            for name in (column, f"former_{column}")
            if name in names
        ]
        counts[column] = (
            pl.concat([part.collect() for part in parts])
            .group_by("raw")
            .agg(pl.col("n").sum())
            .drop_nulls("raw")
            .sort("raw")
        )
    progress("reading the roll's words", len(wanted), len(wanted))
    last = _mapped(counts["last"], _read_last, _LAST)
    first = _mapped(counts["first"], _read_first, _FIRST)
    return Vocabulary(
        last=last,
        first=first,
        street=_mapped(counts["street"], _read_street, _STREET),
        city=_mapped(counts["city"], _read_city, _CITY),
        house=_mapped(counts["house"], _read_house, _HOUSE),
        first_share=_share(first, "token"),
        last_share=_share(last, "last"),
    )


_TEXT = pl.String
_LAST = pl.Schema({"last": _TEXT, "parts": pl.List(_TEXT), "last_suffix": _TEXT})
_FIRST = pl.Schema(
    {"first": _TEXT, "token": _TEXT, "rest": _TEXT, "first_suffix": _TEXT}
)
_STREET = pl.Schema(
    {"street": _TEXT, "kind": _TEXT, "direction": _TEXT, "within": _TEXT, "flat": _TEXT}
)
_CITY = pl.Schema({"city": _TEXT, "initials": _TEXT})
_HOUSE = pl.Schema({"house": _TEXT, "house_unit": _TEXT})


def _read_last(raw: str) -> tuple[object, ...]:
    bare, suffix = written_name.split_suffix(fold(raw))
    return (
        written_name.last_form(bare),
        list(written_name.last_parts(bare)),
        suffix,
    )


def _read_first(raw: str) -> tuple[object, ...]:
    read = written_name.read_split(raw, None, None, None)
    return (read.first, read.token, read.middle, read.suffix)


def _read_street(raw: str) -> tuple[object, ...]:
    read = written_address.read_split(None, None, raw, None, None)
    street = read.street
    return (street.core, street.kind, street.direction, read.house, read.unit)


def _read_city(raw: str) -> tuple[object, ...]:
    words = fold(raw).split()
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    return (written_address.read_city(raw), initials)


def _read_house(raw: str) -> tuple[object, ...]:
    read = written_address.read_split(raw, None, None, None, None)
    return (read.house, read.unit)


def _mapped(
    counts: pl.DataFrame, read: Callable[[str], tuple[object, ...]], schema: pl.Schema
) -> pl.DataFrame:
    """Return raw, n and what `read` makes of each raw text."""
    rows: Iterable[tuple[object, ...]] = [read(raw) for raw in counts["raw"]]
    return counts.hstack(pl.DataFrame(rows, schema=schema, orient="row"))


def _share(words: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return each word's share of the roll, and how many voters bear it."""
    return (
        words.group_by(column)
        .agg(known=pl.col("n").sum())
        .with_columns(share=pl.col("known") / max(1, int(words["n"].sum())))
        .sort(column)
    )
