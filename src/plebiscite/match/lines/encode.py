"""Lines as numbers: each word by its place among the words of the roll.

A word that the roll does not have gets a number beyond the roll's last, and its text is
carried along; so comparing never needs to know where a word came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.match.index.layout import NO_DAY, Numbers, suffix_codes
from plebiscite.match.index.opened import Index
from plebiscite.match.index.words import packed
from plebiscite.match.lines.coded import Coded, Flags, coded
from plebiscite.match.lines.tidy import WORDS, ReadLines

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
OF: Mapping[str, str] = {"middle_last": "middle"}
"""Of which column a word is that has none of its own."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyLines:
    """Lines as arrays, and what besides bears on their outcome.

    Attributes:
        initial: no first name, or a letter of it or of the surname alone.
        boxed: a post office box is written.
        signed: the day, in days since 1970; `layout.NO_DAY` where none is written.

    """

    code: EncodedLines
    initial: Flags
    boxed: Flags
    signed: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedLines:
    """Lines whose texts are looked up, and which of them each line has.

    Attributes:
        read: the lines.
        numbers: of each column of `ONE_WORD` the number of each text; ``parts`` has
            the numbers of the parts of all surnames, one behind the other.
        parts_at: where those of each surname begin.
        counties: the code of each county's text.
        more, more_at: as in `EncodedLines`.

    """

    read: ReadLines
    numbers: Mapping[str, Numbers]
    parts_at: Numbers
    counties: NDArray[np.uint16]
    more: NDArray[np.uint8]
    more_at: Numbers

    def __len__(self) -> int:
        return len(self.read)

    def part(self, start: int, size: int) -> ReadyLines:
        """Return some of the lines, ready to be compared."""
        words = {
            name: column.part(start, size) for name, column in self.read.words.items()
        }
        middle, suffix = words["middle"], words["suffix"]
        surname = words["parts"].at
        counted = np.diff(self.parts_at)[surname]
        parts_at = np.zeros(len(surname) + 1, dtype=np.uint32)
        np.cumsum(counted, out=parts_at[1:])
        # The places of a surname's parts follow one another, in both lists.
        shift = self.parts_at[:-1][surname] - parts_at[:-1]
        each = np.repeat(shift, counted) + np.arange(parts_at[-1], dtype=np.uint32)
        code = EncodedLines(
            **{
                name: self.numbers[name][words[OF.get(name, name)].at]
                for name in ONE_WORD
            },
            middle_words=_words_of(middle.texts)[middle.at],
            suffix=_suffixes(suffix.texts)[suffix.at],
            county=self.counties[self.read.county.part(start, size).at],
            parts_at=parts_at,
            parts=self.numbers["parts"][each],
            more=self.more,
            more_at=self.more_at,
        )
        forename, last, box = words["forename"], words["last"], words["box"]
        day = self.read.signed_on.slice(start, size).to_physical()
        return ReadyLines(
            code=code,
            initial=forename.told(forename.texts.str.len_chars() <= 1)
            | last.told(last.texts.str.len_chars() == 1),
            boxed=box.told(box.texts != ""),
            signed=day.fill_null(NO_DAY).to_numpy(),
        )


def numbered(read: ReadLines, index: Index) -> NumberedLines:
    """Look up the texts of lines in an index, each of them once."""
    middle = read.words["middle"].texts
    texts = {name: read.words[OF.get(name, name)].texts for name in ONE_WORD}
    texts["middle"] = middle.str.extract(r"^(\S+)").fill_null("")
    texts["middle_last"] = middle.str.extract(r"(\S+)$").fill_null("")
    lists = read.words["parts"].texts
    counted = lists.list.len().to_numpy()
    parts_at = np.zeros(len(lists) + 1, dtype=np.uint32)
    np.cumsum(counted, out=parts_at[1:])
    texts["parts"] = lists.filter(pl.Series(counted > 0)).explode()
    every, more = _numbers(pl.concat([_bare(each) for each in texts.values()]), index)
    ends = np.cumsum([len(each) for each in texts.values()])
    blob, more_at = packed(more)
    return NumberedLines(
        read=read,
        numbers=dict(zip(texts, np.split(every, ends[:-1]), strict=True)),
        parts_at=parts_at,
        counties=_counties(read.county.texts, index),
        more=blob,
        more_at=more_at,
    )


def encode(tidy: pl.DataFrame, index: Index) -> EncodedLines:
    """Return tidy lines (`tidy.LINE` and county) in the numbers of an index."""
    lines = np.arange(tidy.height, dtype=np.uint32)
    words = {name: coded(tidy[name]) for name in WORDS}
    read = ReadLines(
        words=words | {"parts": Coded(texts=tidy["parts"], at=lines)},
        county=coded(tidy["county"]),
        signed_on=tidy["signed_on"],
    )
    return numbered(read, index).part(0, tidy.height).code


def _bare(texts: pl.Series) -> pl.Series:
    return texts.alias("text")


def _numbers(texts: pl.Series, index: Index) -> tuple[Numbers, pl.Series]:
    """Return the number of each text, and the texts that the roll lacks, in order."""
    column = coded(texts)
    distinct, known = column.texts, len(index.words)
    numbers = np.array(index.words.find_all(distinct))
    beyond = np.flatnonzero(numbers == known)
    more = distinct.gather(beyond)
    order = more.arg_sort().to_numpy()
    numbers[beyond[order]] = known + np.arange(len(order), dtype=np.uint32)
    return numbers[column.at], more.gather(order)


def _words_of(middle: pl.Series) -> NDArray[np.uint8]:
    """Return how many words each middle name has, at most 255."""
    counted = middle.str.count_matches(r"\S+").clip(0, 255).cast(pl.UInt8)
    return counted.to_numpy()


def _suffixes(texts: pl.Series) -> NDArray[np.uint8]:
    """Return the code of each suffix."""
    codes = suffix_codes()
    return texts.replace_strict(codes, default=0, return_dtype=pl.UInt8).to_numpy()


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
