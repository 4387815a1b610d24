"""Ditto marks: a mark takes the value of the line above it, or of none.

The line above is that of the same section, the row before. In a sample it is mostly not
there, and then nothing is guessed: the place counts as not written. So does one where
the keyer wrote that there is nothing, or nothing legible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

import polars as pl

from plebiscite.match.lines.coded import own_codes
from plebiscite.match.written.fold import is_ditto, says_nothing
from plebiscite.match.written.words import no_words

PLACE = ("county", "section", "row", "signed_on")
PLAIN = r"^[ .,#/&()-]*[A-Za-z0-9][A-Za-z0-9 .,#/&()-]*$"
NAMES = frozenset({"name", "first", "middle", "last", "suffix"})
"""The texts that are no part of an address."""
_PLAIN = re.compile(PLAIN)


def without_dittos(frame: pl.DataFrame) -> pl.DataFrame:
    """Replace ditto marks by the line above, or by nothing where that is not there.

    Texts come back as codes (`coded.own_codes`) where that pays, else as texts.
    """
    texts = [name for name in frame.columns if name not in PLACE]
    if not texts or frame.is_empty():
        return frame
    held, suspect = frame, {}
    for name in texts:
        codes = frame[name].cast(own_codes())
        distinct = codes.unique().drop_nulls().cast(pl.String)
        suspect[name] = _suspects(distinct)
        # Of texts that are nearly all different, codes only take more memory.
        if 2 * len(distinct) <= frame.height:
            held = held.with_columns(codes)
    odd = {name: each for name, each in suspect.items() if len(each)}
    empty = {name: _told(held[name], odd[name], says_nothing) for name in odd}
    marks = {
        name: marked
        for name in odd
        if (marked := _told(held[name], odd[name], is_ditto)).any()
    }
    bare = held.with_columns(
        pl.when(said | marks.get(name, said)).then(None).otherwise(name).alias(name)
        for name, said in empty.items()
    )
    if not marks or not {"section", "row"} <= set(frame.columns):
        return bare
    place = [name for name in PLACE[:3] if name in frame.columns]
    return bare.with_columns(_from_above(bare.select(*place, *marks), place, marks))


def _from_above(
    frame: pl.DataFrame, place: list[str], marks: Mapping[str, pl.Series]
) -> list[pl.Series]:
    """Return the columns with marks, each mark replaced by what stands above it."""
    texts = [*marks]
    ordered = (
        frame.with_columns(
            *(pl.col(name).cast(pl.String) for name in texts),
            *(marks[name].alias(f"_{name}") for name in texts),
            _at=pl.int_range(pl.len()),
        )
        .sort(place)
        .with_columns(
            _run=(
                (pl.col("row").diff() != 1)
                | (pl.col("section") != pl.col("section").shift())
                | (pl.col(place[0]) != pl.col(place[0]).shift())
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
    return ordered.with_columns(above).sort("_at").select(texts).get_columns()


def is_mark(text: str, *, place: bool) -> bool:
    """Tell of one text whether it points at the line above, or says nothing is there.

    `place`: it is of an address. What `is_ditto` and `says_nothing` tell, sooner of the
    texts that are neither.
    """
    if _PLAIN.match(text) and not _compiled().match(text):
        return False
    return is_ditto(text, place=place) or says_nothing(text, place=place)


def _suspects(distinct: pl.Series) -> pl.Series:
    """Return the texts that may be a mark or say nothing; all that do are there."""
    text = pl.col(distinct.name)
    suspect = ~text.str.contains(PLAIN) | text.str.contains(_words())
    return distinct.to_frame().filter(suspect).to_series()


@cache
def _words() -> str:
    """Return how a text that is `PLAIN` begins if it is a mark, or says nothing."""
    said = {
        each
        for sort in ("above", "nothing")
        for each in no_words(sort, place=True)
        if each.replace(" ", "").replace("/", "").isascii()
    }
    phrases = [r"[^A-Za-z0-9]+".join(each.split()) for each in sorted(said)]
    return (
        rf"(?i)^[^a-z0-9]*(?:(?:same|ditto) as .*|(?:{'|'.join(phrases)})[^a-z0-9]*)$"
    )


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(_words())


def _told(column: pl.Series, texts: pl.Series, tells: Callable[..., bool]) -> pl.Series:
    """Return where in a column a text stands of which `tells` holds."""
    place = column.name not in NAMES
    found = [each for each in texts if tells(each, place=place)]
    return column.is_in(found).fill_null(value=False)
