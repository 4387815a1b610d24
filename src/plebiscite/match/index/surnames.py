"""The surnames of a roll read: their form, the parts of double ones, their suffixes.

Most different surnames are two others with a hyphen or a blank between them, and most
of the rest are one word. Where neither is a particle or the like, whole columns of them
are read at once; the odd ones go through `plebiscite.match.written`, as a line's do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.match.written.fold import fold
from plebiscite.match.written.name import STEMS, last_form, last_parts, split_suffix
from plebiscite.match.written.words import forms

DOUBLE = "^([A-Z]{3,50})[ -]([A-Z]{3,50})$"
ALONE = "^[A-Z]{1,50}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surnames:
    """Surnames, read.

    Attributes:
        form: by text, as `written.name.last_form` gives it; suffix: that hid in it.
        many: by text, how many parts it has.
        parts: the parts of all of them, one behind the other.

    """

    form: pl.Series
    suffix: pl.Series
    many: NDArray[np.int64]
    parts: pl.Series


def read_surnames(texts: Sequence[str]) -> Surnames:
    """Read distinct surnames."""
    apart = STEMS.union(*map(forms, ("particle", "suffix", "degree")))
    text, one, other = map(pl.col, ("text", "one", "other"))
    every = (
        pl.DataFrame({"text": texts}, schema={"text": pl.String})
        .with_columns(pl.col("text").str.extract_groups(DOUBLE).alias("halves"))
        .with_columns(
            pl.col("halves").struct.field("1").alias("one"),
            pl.col("halves").struct.field("2").alias("other"),
        )
        .select(
            "text",
            "one",
            "other",
            double=one.is_not_null() & ~one.is_in(apart) & ~other.is_in(apart),
            alone=text.str.contains(ALONE),
        )
        .with_row_index("place")
    )
    plain = every.filter("double").select(
        "place",
        form=_form(one + other),
        suffix=pl.lit(""),
        parts=pl.concat_list(_form(one), _form(other)),
    )
    single = every.filter("alone").select(
        "place", form=_form(text), suffix=pl.lit(""), parts=pl.concat_list(_form(text))
    )
    odd = every.filter(~pl.any_horizontal("double", "alone"))
    read = [_read(each) for each in odd["text"]]
    columns = ("form", "suffix", "parts")
    done = pl.DataFrame(
        {
            "place": odd["place"],
            **{name: [row[at] for row in read] for at, name in enumerate(columns)},
        },
        schema=plain.schema,
    )
    rows = pl.concat([plain, single, done]).sort("place")
    return Surnames(
        form=rows["form"],
        suffix=rows["suffix"],
        many=rows["parts"].list.len().to_numpy().astype(np.int64),
        parts=rows["parts"].explode().drop_nulls(),
    )


def _form(word: pl.Expr) -> pl.Expr:
    """Return `written.name.last_form` of single words."""
    longest_short_name = 6
    mac = word.str.starts_with("MAC") & (word.str.len_bytes() > longest_short_name)
    return (
        pl.when(word == "SAINT")
        .then(pl.lit("ST"))
        .when(mac)
        .then("MC" + word.str.slice(3))
        .otherwise(word)
    )


def _read(text: str) -> tuple[str, str, tuple[str, ...]]:
    bare, suffix = split_suffix(fold(text))
    return last_form(bare), suffix, last_parts(bare)
