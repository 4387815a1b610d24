"""The names of lines, read a column at a time.

The meaning is that of `written.name`, text by text; what most names are (letters and
single spaces, no title, particle or suffix among them) needs no reader, and is taken
apart by Polars.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from operator import or_

import polars as pl

from plebiscite.match.lines.coded import (
    Coded,
    Flags,
    combined,
    either,
    merged,
    only,
    together,
)
from plebiscite.match.lines.each import read_coded, read_columns, short
from plebiscite.match.written import name as written_name
from plebiscite.match.written import people
from plebiscite.match.written.columns.forms import halves, is_double, surname_form
from plebiscite.match.written.fold import fold
from plebiscite.match.written.words import forms

_TEXT = pl.String
NAME = pl.Schema(
    [
        *((word, _TEXT) for word in ("first", "forename", "middle", "last", "suffix")),
        ("parts", pl.List(_TEXT)),
    ]
)
ONE_WORD = r"^[A-Za-z]*$"
WORDS = r"^(?:[A-Za-z]+(?: [A-Za-z]+)*)?$"
TWO_OR_THREE = r"^[A-Za-z]+(?: [A-Za-z]+){1,2}$"
FOUR_OR_MORE = r"^[A-Za-z]{2,}(?: (?:[A-Z]|[A-Za-z]{2,})){2,4} [A-Za-z]{2,}$"
ROMAN = r"(?i) [IVXLCDM]+$"


def read_names(written: Mapping[str, Coded]) -> dict[str, Coded]:
    """Return the columns of `NAME` and `tail`, of the columns of a lines file.

    `tail` is the surname with the word before it, for double surnames written without a
    hyphen.
    """
    split: Flags = (written["first"].at > 0) | (written["last"].at > 0)
    if split.all():
        found = _split(written)
    elif not split.any():
        found = _whole(written["name"])
    else:
        parted = {name: only(column, split) for name, column in written.items()}
        one, other = _split(parted), _whole(only(written["name"], ~split))
        found = {name: either(split, one[name], other[name]) for name in NAME}
    middle = found["middle"]
    before = merged(middle.read(middle.texts.str.extract(r"(\S+)$").fill_null("")))
    return found | {"tail": together([before, found["last"]], _run_together)}


def _run_together(words: pl.DataFrame) -> pl.Series:
    return words.select(tail=pl.concat_str("0", "1")).to_series()


def _split(written: Mapping[str, Coded]) -> dict[str, Coded]:
    """Read names given in parts."""
    first = read_coded(
        written["first"],
        _read_first,
        _texts("first", "forename", "rest", "there"),
        plain=pl.col("first").str.contains(ONE_WORD)
        & ~pl.col("first").str.to_uppercase().is_in(written_name.READ)
        & short(pl.col("first")),
        ways=[*2 * [pl.col("first").str.to_uppercase()], *2 * [pl.lit("")]],
    )
    written_last = pl.col("last")
    # Of one word, or of two with a hyphen or a blank between them.
    upper = written_last.str.to_uppercase()
    double = is_double(upper)
    surname = surname_form(upper.str.replace("[ -]", ""))
    last = read_coded(
        written["last"],
        _read_last,
        pl.Schema([("last", _TEXT), ("parts", pl.List(_TEXT)), ("here", _TEXT)]),
        plain=(written_last.str.contains(ONE_WORD) & short(written_last)) | double,
        ways=[
            surname,
            pl.when(double)
            .then(pl.concat_list(halves(upper)))
            .otherwise(_alone(surname)),
            pl.lit(""),
        ],
    )
    middle = read_coded(
        written["middle"],
        lambda text: (written_name.middle_form(fold(text)),),
        _texts("middle"),
        plain=pl.col("middle").str.contains(WORDS)
        & ~pl.col("middle").str.contains(_led())
        & short(pl.col("middle")),
        ways=[pl.col("middle").str.to_uppercase()],
    )
    suffix = read_coded(
        written["suffix"],
        lambda text: (forms("suffix").get(fold(text), ""),),
        _texts("suffix"),
        plain=pl.col("suffix") == "",
        ways=[pl.lit("")],
    )
    suffixes = (suffix["suffix"], last["here"], first["there"])
    found = {
        "first": first["first"],
        "forename": first["forename"],
        "middle": together([merged(first["rest"]), middle["middle"]], _all_words),
        "last": last["last"],
        "suffix": together([merged(each) for each in suffixes], _first_written),
        "parts": last["parts"],
    }
    return _shared(written, found)


def _shared(
    written: Mapping[str, Coded], found: Mapping[str, Coded]
) -> dict[str, Coded]:
    """Return names in parts; what a cell says of whose name it is, it says of all."""
    told = dict(zip(("middle", "last", "suffix"), people.TOLD, strict=True))
    # Mr. in the cell of the first name says that it stands in the next one.
    told["first"] = rf"(?i)^\W*(?:{'|'.join(sorted(forms('title')))})\W*$"
    of_two: Flags = reduce(
        or_,
        (
            written[cell].told(written[cell].texts.str.contains(odd))
            for cell, odd in told.items()
        ),
    )
    if not of_two.any():
        return dict(found)
    cells = ("first", "middle", "last", "suffix")
    rows, at = combined(*(only(written[cell], of_two) for cell in cells))
    read = read_columns(rows, rows.columns, _read_cells, NAME)
    return {
        name: either(of_two, Coded(texts=read[name], at=at), found[name])
        for name in NAME
    }


def _all_words(words: pl.DataFrame) -> pl.Series:
    both = pl.concat_str("0", "1", separator=" ").str.strip_chars(" ")
    return words.select(middle=both).to_series()


def _first_written(words: pl.DataFrame) -> pl.Series:
    written = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in words.columns]
    return words.select(suffix=pl.coalesce(written).fill_null("")).to_series()


def _whole(written: Coded) -> dict[str, Coded]:
    """Read names given as one text."""
    ending = rf"(?i) ({'|'.join(sorted(forms('suffix')))})$"
    shown = (
        written.texts.to_frame()
        .select(
            "name",
            bare=pl.col("name").str.replace(ending, ""),
            suffix=pl.col("name").str.extract(ending).str.to_uppercase(),
        )
        .with_columns(
            pl.col("suffix").replace_strict(
                dict(forms("suffix")), default="", return_dtype=_TEXT
            )
        )
    )
    bare = pl.col("bare")
    upper = bare.str.to_uppercase()
    last = surname_form(upper.str.extract(r" ([A-Z]+)$"))
    first = upper.str.extract(r"^([A-Z]+) ")
    middle = upper.str.extract(r"^[A-Z]+ (.+) [A-Z]+$").fill_null("")
    few = bare.str.contains(TWO_OR_THREE)
    many = bare.str.contains(FOUR_OR_MORE) & (pl.col("suffix") == "")
    if shown.select(many.any()).item():
        many &= ~(bare.str.contains(_library()) | bare.str.contains(ROMAN))
        # A surname that stands there twice may be that of two people.
        many &= ~middle.str.contains(upper.str.extract(r" ([A-Z]+)$"), literal=True)
    read = read_columns(
        shown,
        ["name"],
        _read_whole,
        NAME,
        plain=short(pl.col("name")) & ~bare.str.contains(_special()) & (few | many),
        ways=[first, first, middle, last, pl.col("suffix"), _alone(last)],
    )
    return {name: written.read(read[name]) for name in NAME}


def _read_whole(text: str) -> tuple[object, ...]:
    read = written_name.read_whole(text)
    given = (read.first, read.forename, read.middle)
    return (*given, read.last, read.suffix, list(read.parts))


def _read_cells(*cells: str) -> tuple[object, ...]:
    read = written_name.read_split(*cells)
    given = (read.first, read.forename, read.middle)
    return (*given, read.last, read.suffix, list(read.parts))


def _read_first(text: str) -> tuple[object, ...]:
    read = written_name.read_split(text, None, None, None)
    return (read.first, read.forename, read.middle, read.suffix)


def _read_last(text: str) -> tuple[object, ...]:
    read = written_name.read_split(None, None, text, None)
    return (read.last, list(read.parts), read.suffix)


def _alone(last: pl.Expr) -> pl.Expr:
    """Return the parts of a surname of one word: itself."""
    return (
        pl.when(last == "")
        .then(pl.lit([], dtype=pl.List(_TEXT)))
        .otherwise(pl.concat_list(last))
    )


def _texts(*names: str) -> pl.Schema:
    return pl.Schema([(name, _TEXT) for name in names])


@cache
def _special() -> str:
    """Return what a text looks like that has titles, particles and such in it."""
    titles = "|".join(sorted(people.TELLING.union(forms("title"))))
    stems = "|".join(sorted(written_name.STEMS.union(forms("particle"))))
    endings = "|".join(sorted({*forms("degree"), *forms("suffix")}))
    # A letter at the end of three words, or a name that nobody has: see the reader.
    odd = rf"^\w\w+ \w+ \w$|^(?:{'|'.join(written_name.UNKNOWN)}) |(?-i: [einu] )"
    cut = "|".join(sorted(written_name.CUT))
    return rf"(?i)\b(?:{titles}|{cut})\b|\b(?:{stems}) | (?:{endings})$|{odd}"


def _led() -> str:
    """Return what middle names look like that a word leads to, or that are cut."""
    cut = "|".join(sorted(written_name.CUT))
    return rf"(?i)^(?:{'|'.join(sorted(written_name.LED))}) |\b(?:{cut})\b"


@cache
def _library() -> str:
    """Return what a text with words to which nameparser gives a meaning looks like."""
    from nameparser.config import CONSTANTS

    lists = (
        CONSTANTS.prefixes,
        CONSTANTS.titles,
        CONSTANTS.first_name_titles,
        CONSTANTS.conjunctions,
        CONSTANTS.suffix_acronyms,
        CONSTANTS.suffix_not_acronyms,
    )
    # One letter is an initial, whatever else it may mean.
    words = {word for each in lists for word in each if word.isalpha()}
    return rf"(?i)\b(?:{'|'.join(sorted(word for word in words if len(word) > 1))})\b"
