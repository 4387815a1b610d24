"""One line by itself, made comparable and made numbers without a table.

What `tidy` and `encode` do to columns, for the line that a person waits for. The
readers of names and addresses are the same (`written`), and what comes out is equal; a
line by itself has no line above, so ditto marks count as not written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import numpy as np
import polars as pl

from plebiscite.match.index.layout import suffix_codes
from plebiscite.match.index.opened import Index
from plebiscite.match.index.words import packed
from plebiscite.match.lines.ditto import NAMES, is_mark
from plebiscite.match.lines.encode import (
    NONE_WRITTEN,
    ONE_WORD,
    UNKNOWN,
    EncodedLines,
)
from plebiscite.match.lines.tidy import TEXTS
from plebiscite.match.written import address as written_address
from plebiscite.match.written import name as written_name
from plebiscite.match.written.columns.forms import county_form

MOST_WORDS = 255
"""More middle names than this are counted as this many."""
SPELLINGS = 4_096
"""Spellings of counties that are remembered."""
NO_MORE = packed([])
"""The texts that a roll lacks, where it has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAlone:
    """A line made comparable.

    Attributes:
        words: the texts of `tidy.WORDS`, folded, empty where not written.
        parts: the parts of its surname.
        county: in comparable form; None where none is written.
        signed_on: None where no day is written.

    """

    words: Mapping[str, str]
    parts: tuple[str, ...]
    county: str | None
    signed_on: date | None


def read_alone(line: Mapping[str, Any]) -> LineAlone:
    """Return a line made comparable, of any of the columns of a lines file.

    Texts may be None or absent, which is not written; `signed_on` is a date.
    """
    texts = {name: _text(name, line.get(name)) for name in TEXTS}
    county = line.get("county")
    return LineAlone(
        **_name(texts),
        county=None if county is None else county_alone(str(county)),
        signed_on=line.get("signed_on"),
    )


def encode_alone(line: LineAlone, index: Index) -> EncodedLines:
    """Return a line in the numbers of an index."""
    words = line.words
    middle = words["middle"].split()
    said = dict(words)
    said["middle"], said["middle_last"] = (
        (middle[0], middle[-1]) if middle else ("", "")
    )
    numbers, more = _numbered([*(said[name] for name in ONE_WORD), *line.parts], index)
    blob, more_at = packed(more) if more else NO_MORE
    many = len(ONE_WORD)
    return EncodedLines(
        **{name: numbers[at : at + 1] for at, name in enumerate(ONE_WORD)},
        middle_words=np.array([min(len(middle), MOST_WORDS)], dtype=np.uint8),
        suffix=np.array([_suffixes().get(words["suffix"], 0)], dtype=np.uint8),
        county=np.array([_county(line.county, index.counties)], dtype=np.uint16),
        parts_at=np.array([0, len(line.parts)], dtype=np.uint32),
        parts=numbers[many:],
        more=blob,
        more_at=more_at,
    )


@lru_cache(maxsize=SPELLINGS)
def county_alone(name: str) -> str:
    """Return one county in the form in which a column of them is compared."""
    # The form is a column's, and counties are few: each spelling is put there once.
    clean = name.encode("utf-8", "replace").decode("utf-8")
    return str(pl.select(county_form(pl.lit(clean))).item())


def _text(name: str, written: object) -> str:
    """Return a text as written; empty for none, and for a mark without a line above."""
    text = "" if written is None else str(written)
    return "" if not text or is_mark(text, place=name not in NAMES) else text


def _name(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return words and parts: the name's and the home's."""
    if texts["first"] or texts["last"]:
        name = written_name.read_split(
            texts["first"], texts["middle"], texts["last"], texts["suffix"]
        )
    else:
        name = written_name.read_whole(texts["name"])
    home = _home(texts)
    before = name.middle.rpartition(" ")[2]
    return {
        "words": {
            "first": name.first,
            "forename": name.forename,
            "middle": name.middle,
            "last": name.last,
            "tail": before + name.last,
            "suffix": name.suffix,
            "house": home.house,
            "unit": home.unit,
            "street": home.street.core,
            "kind": home.street.kind,
            "direction": home.street.direction,
            "city": home.city or written_address.read_city(texts["city"]),
            "zip": home.zip_code or written_address.read_zip(texts["zip"]),
            "box": home.box,
        },
        "parts": name.parts,
    }


def _home(texts: Mapping[str, str]) -> written_address.WrittenAddress:
    """Return the home; of a whole address the place is empty where it has cells."""
    if texts["street"] or texts["house"]:
        return written_address.read_split(
            texts["house"], texts["unit"], texts["street"], texts["city"], texts["zip"]
        )
    return written_address.read_whole(texts["address"])


def _numbered(texts: Sequence[str], index: Index) -> tuple[Any, list[str]]:
    """Return the number of each text, and those that the roll lacks, in order."""
    standing = index.words.standing(set(texts))
    known = {
        text: begun.start if is_word else None
        for text, (begun, is_word) in standing.items()
    }
    # By UTF-8, which is the order of code points too.
    more = sorted(text for text, number in known.items() if number is None)
    beyond = {text: len(index.words) + at for at, text in enumerate(more)}
    numbers = [beyond.get(text, known[text]) for text in texts]
    return np.array(numbers, dtype=np.uint32), more


def _county(name: str | None, counties: tuple[str, ...]) -> int:
    """Return the code of a county as written."""
    return _codes(counties).get(name, UNKNOWN) if name else NONE_WRITTEN


@lru_cache(maxsize=16)
def _codes(counties: tuple[str, ...]) -> Mapping[str, int]:
    return {name: code for code, name in enumerate(counties)}


@cache
def _suffixes() -> Mapping[str, int]:
    return suffix_codes()
