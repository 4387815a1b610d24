"""Voters of a slice of the roll, read for comparison.

Only voters that are paired with some line are read in full; their columns carry the
prefix `v_`.
"""

from __future__ import annotations

import polars as pl

from plebiscite.match.pairs.vocabulary import Vocabulary
from plebiscite.match.written.column import county_form, zip_form
from plebiscite.match.written.fold import fold
from plebiscite.match.written.words import forms

OPTIONAL = {
    "middle": pl.String,
    "suffix": pl.String,
    "former_last": pl.String,
    "unit": pl.String,
    "former_house": pl.String,
    "former_street": pl.String,
    "former_city": pl.String,
    "former_zip": pl.String,
    "changed_on": pl.Date,
    "birth_year": pl.Int64,
    "registered_on": pl.Date,
    "status": pl.String,
    "confidential": pl.Boolean,
}


def read_voters(rows: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """Return `rows` of the roll (with `row`) with every text made comparable."""
    frame = rows.with_columns(
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in OPTIONAL.items()
        if name not in rows.columns
    )
    last = words.last.select("last", "parts", "last_suffix", raw="raw")
    first = words.first.select("first", "forename", "rest", "first_suffix", raw="raw")
    out = frame.select(
        "row",
        v_id=pl.col("voter_id").cast(pl.String),
        v_county=county_form(pl.col("county").cast(pl.String)),
        raw_last=pl.col("last").cast(pl.String),
        raw_first=pl.col("first").cast(pl.String),
        raw_former=pl.col("former_last").cast(pl.String),
        v_middle=_read(frame["middle"], fold),
        v_suffix=_read(frame["suffix"], _suffix),
        v_unit=_read(frame["unit"], _unit),
        v_changed="changed_on",
        v_birth_year=pl.col("birth_year").cast(pl.Int64, strict=False),
        v_registered="registered_on",
        v_status=pl.col("status")
        .cast(pl.String)
        .str.to_lowercase()
        .fill_null("active"),
        v_confidential=pl.col("confidential").cast(pl.Boolean).fill_null(value=False),
    )
    out = (
        out.join(_prefixed(last, "raw_last"), on="raw_last", how="left")
        .join(_prefixed(first, "raw_first"), on="raw_first", how="left")
        .join(
            words.last.select(raw_former="raw", v_former="last"),
            on="raw_former",
            how="left",
        )
        .with_columns(
            v_suffix=pl.coalesce(
                pl.when(pl.col(name) != "").then(pl.col(name))
                for name in ("v_suffix", "v_last_suffix", "v_first_suffix")
            ).fill_null(""),
            v_middle=pl.concat_str(
                pl.col("v_rest").fill_null(""), pl.col("v_middle"), separator=" "
            ).str.strip_chars(),
        )
        .drop("raw_last", "raw_first", "raw_former", "v_rest")
        .drop("v_last_suffix", "v_first_suffix")
    )
    for prefix, marks in (("", "v_"), ("former_", "v_old_")):
        out = out.join(_homes(frame, words, prefix, marks), on="row", how="left")
    texts = [name for name, kind in out.schema.items() if kind == pl.String]
    return out.with_columns(
        *(pl.col(name).fill_null("") for name in texts),
        v_parts=pl.col("v_parts").fill_null([]),
    ).with_columns(
        v_unit=pl.when(pl.col("v_unit") != "")
        .then(pl.col("v_unit"))
        .otherwise(pl.col("v_flat"))
    )


def _homes(
    frame: pl.DataFrame, words: Vocabulary, prefix: str, marks: str
) -> pl.DataFrame:
    """Return row, house, street, kind, direction, city, initials, zip (and flat)."""
    out = frame.select(
        "row",
        *(
            pl.col(f"{prefix}{name}").cast(pl.String).alias(name)
            for name in ("house", "street", "city", "zip")
        ),
    )
    for name, table in (
        ("house", words.house.select("raw", read="house")),
        (
            "street",
            words.street.select(
                "raw", "kind", "direction", "within", "flat", read="street"
            ),
        ),
        ("city", words.city.select("raw", "initials", read="city")),
    ):
        read = table.rename({"raw": name})
        joined = out.join(read, on=name, how="left").drop(name)
        out = joined.rename({"read": name})
    house = pl.when(pl.col("house").fill_null("") == "").then(pl.col("within"))
    return out.select(
        "row",
        house.otherwise(pl.col("house")).alias(f"{marks}house"),
        zip_form(pl.col("zip")).alias(f"{marks}zip"),
        *(
            pl.col(name).alias(f"{marks}{name}")
            for name in ("street", "kind", "direction", "city", "initials", "flat")
        ),
    )


def _prefixed(table: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return `table` with `raw` as `key` and the prefix `v_` on the rest."""
    return table.rename(
        {name: key if name == "raw" else f"v_{name}" for name in table.columns}
    )


def _read(column: pl.Series, read: object) -> pl.Series:
    """Apply `read` to each distinct text of a column."""
    texts = column.cast(pl.String)
    distinct = texts.unique().drop_nulls()
    assert callable(read)
    meaning = pl.Series([read(text) for text in distinct], dtype=pl.String)
    return texts.replace_strict(distinct, meaning, default="", return_dtype=pl.String)


def _suffix(text: str) -> str:
    """Return a suffix in its short form, or nothing."""
    return forms("suffix").get(fold(text), "")


def _unit(text: str) -> str:
    """Return a unit without its word and leading zeros."""
    from plebiscite.match.written.address import read_split

    return read_split(None, text, None, None, None).unit
