"""Lines as numbers: each word by its place among the words of the roll.

A word that the roll does not have gets a number beyond the roll's last, and its text is
carried along; so comparing never needs to know where a word came from.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.match.index.layout import Numbers, suffix_codes
from plebiscite.match.index.opened import Index
from plebiscite.match.index.words import packed

UNKNOWN, NONE_WRITTEN = 65_535, 65_534
"""Codes of a county that the roll does not have, and of a line that says none."""
ONE_WORD = (
    "last",
    "tail",
    "first",
    "forename",
    "middle",
    "middle_last",
    "house",
    "unit",
    "street",
    "kind",
    "direction",
    "city",
    "zip",
)
"""What is one word of each line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedLines:
    """Lines as arrays: one entry for each line, words by number, 0 where empty.

    Attributes:
        middle: the first word of the middle name; middle_last: the last one.
        middle_words: how many it has.
        parts, parts_at: the parts of each surname, and where a line's begin.
        suffix: code as in a face of the index.
        county: place among the index's counties, `UNKNOWN` or `NONE_WRITTEN`.
        more, more_at: the words that the roll lacks, sorted, in UTF-8, and where each
            begins; the first has the number of words of the roll.

    """

    last: Numbers
    tail: Numbers
    first: Numbers
    forename: Numbers
    middle: Numbers
    middle_last: Numbers
    house: Numbers
    unit: Numbers
    street: Numbers
    kind: Numbers
    direction: Numbers
    city: Numbers
    zip: Numbers
    middle_words: NDArray[np.uint8]
    suffix: NDArray[np.uint8]
    county: NDArray[np.uint16]
    parts_at: Numbers
    parts: Numbers
    more: NDArray[np.uint8]
    more_at: Numbers

    def __len__(self) -> int:
        return len(self.last)

    def buffers(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, as the kernel takes them."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def encode(tidy: pl.DataFrame, index: Index) -> EncodedLines:
    """Return tidy lines (`tidy.LINE` and county) in the numbers of an index."""
    middle = pl.col("middle")
    frame = tidy.with_columns(
        middle=middle.str.extract(r"^(\S+)").fill_null(""),
        middle_last=middle.str.extract(r"(\S+)$").fill_null(""),
        middle_words=middle.str.count_matches(r"\S+").clip(0, 255).cast(pl.UInt8),
        suffix=pl.col("suffix").replace_strict(
            suffix_codes(), default=0, return_dtype=pl.UInt8
        ),
    )
    counted = frame["parts"].list.len().to_numpy()
    with_parts = frame.filter(pl.col("parts").list.len() > 0)
    parts = with_parts["parts"].explode()
    texts = pl.concat([*(frame[name].rename("text") for name in ONE_WORD), parts])
    numbers, more = _numbered(texts, index)
    size = frame.height
    words = {
        name: np.ascontiguousarray(numbers[at * size : (at + 1) * size])
        for at, name in enumerate(ONE_WORD)
    }
    blob, more_at = packed(more)
    parts_at = np.zeros(size + 1, dtype=np.uint32)
    np.cumsum(counted, out=parts_at[1:])
    return EncodedLines(
        **words,
        middle_words=frame["middle_words"].to_numpy(),
        suffix=frame["suffix"].to_numpy(),
        county=_counties(frame["county"], index),
        parts_at=parts_at,
        parts=np.ascontiguousarray(numbers[len(ONE_WORD) * size :]),
        more=blob,
        more_at=more_at,
    )


def _numbered(texts: pl.Series, index: Index) -> tuple[Numbers, list[str]]:
    """Return the number of each text, and the texts that the roll lacks, in order."""
    distinct = texts.unique()
    place = texts.cast(pl.Enum(distinct)).to_physical().to_numpy()
    known = len(index.words)
    numbers = np.array(index.words.find_all(distinct))
    beyond = np.flatnonzero(numbers == known)
    more = distinct[beyond]
    order = more.arg_sort().to_numpy()
    numbers[beyond[order]] = known + np.arange(len(order), dtype=np.uint32)
    return numbers[place], more[order].to_list()


def _counties(written: pl.Series, index: Index) -> NDArray[np.uint16]:
    """Return the code of each county as written."""
    codes = {name: code for code, name in enumerate(index.counties)}
    return (
        written.fill_null("")
        .replace_strict(
            {**codes, "": NONE_WRITTEN}, default=UNKNOWN, return_dtype=pl.UInt16
        )
        .to_numpy()
    )
