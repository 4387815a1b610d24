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

from plebiscite.match.written.columns.forms import halves, is_double, surname_form
from plebiscite.match.written.fold import fold
from plebiscite.match.written.name import last_form, last_parts, split_suffix

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
    text = pl.col("text")
    every = (
        pl.DataFrame({"text": texts}, schema={"text": pl.String})
        .with_columns(double=is_double(text), alone=text.str.contains(ALONE))
        .with_row_index("place")
    )
    plain = every.filter("double").select(
        "place",
        form=surname_form(text.str.replace("[ -]", "")),
        suffix=pl.lit(""),
        parts=pl.concat_list(halves(text)),
    )
    single = every.filter("alone").select(
        "place",
        form=surname_form(text),
        suffix=pl.lit(""),
        parts=pl.concat_list(surname_form(text)),
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


def _read(text: str) -> tuple[str, str, tuple[str, ...]]:
    bare, suffix = split_suffix(fold(text))
    return last_form(bare), suffix, last_parts(bare)
