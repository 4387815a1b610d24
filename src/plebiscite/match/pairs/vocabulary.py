"""The words of a roll, each distinct text read once.

A roll of millions has far fewer different surnames, given names, streets and cities, so
each distinct text is read once, and voters carry 64-bit keys of what was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.match.written import address as written_address
from plebiscite.match.written import name as written_name
from plebiscite.match.written.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The distinct texts of a roll, each read once.

    Attributes:
        last: raw, last, parts, suffix (also of former surnames).
        first: raw, first, forename, rest (further given names), suffix.
        street: raw, core, kind, direction, number and unit hidden in it.
        city: raw, city, initials.
        house: raw, house.
        first_share: forename, share of voters and their count.
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
        first_share=_share(first, "forename"),
        last_share=_share(last, "last"),
    )


_TEXT = pl.String
_LAST = [("last", _TEXT), ("parts", pl.List(_TEXT)), ("last_suffix", _TEXT)]
_FIRST = [
    ("first", _TEXT),
    ("forename", _TEXT),
    ("rest", _TEXT),
    ("first_suffix", _TEXT),
]
_STREET = [(name, _TEXT) for name in ("street", "kind", "direction", "within", "flat")]
_CITY = [("city", _TEXT), ("initials", _TEXT)]
_HOUSE = [("house", _TEXT), ("house_unit", _TEXT)]


def _read_last(raw: str) -> tuple[object, ...]:
    bare, suffix = written_name.split_suffix(fold(raw))
    return (
        written_name.last_form(bare),
        list(written_name.last_parts(bare)),
        suffix,
    )


def _read_first(raw: str) -> tuple[object, ...]:
    read = written_name.read_split(raw, None, None, None)
    return (read.first, read.forename, read.middle, read.suffix)


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
    counts: pl.DataFrame,
    read: Callable[[str], tuple[object, ...]],
    schema: Sequence[tuple[str, Any]],
) -> pl.DataFrame:
    """Return raw, n and what `read` makes of each raw text."""
    rows: Iterable[tuple[object, ...]] = [read(raw) for raw in counts["raw"]]
    return counts.hstack(pl.DataFrame(rows, schema=list(schema), orient="row"))


def _share(words: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return each word's share of the roll, and how many voters bear it."""
    return (
        words.group_by(column)
        .agg(known=pl.col("n").sum())
        .with_columns(share=pl.col("known") / max(1, int(words["n"].sum())))
        .sort(column)
    )
