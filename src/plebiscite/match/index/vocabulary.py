"""Every distinct text of a roll read once: texts become words, and words readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from types import ModuleType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.core.canonical import digest
from plebiscite.core.progress import Progress
from plebiscite.errors import InputError
from plebiscite.match.index.gathering.texts import new_texts
from plebiscite.match.index.layout import LIMIT, Numbers, suffix_codes
from plebiscite.match.index.surnames import Surnames, read_surnames
from plebiscite.match.written import address as written_address
from plebiscite.match.written import name as written_name
from plebiscite.match.written.columns.forms import zip_form
from plebiscite.match.written.columns.streets import core, is_plain, kind
from plebiscite.match.written.fold import fold
from plebiscite.match.written.words import forms, nicknames

MEANINGS: Mapping[str, tuple[str, ...]] = {
    "last": ("form", "suffix"),
    "first": ("first", "forename", "rest", "suffix"),
    "middle": ("word",),
    "suffix": ("suffix",),
    "house": ("word",),
    "unit": ("word",),
    "street": ("core", "kind", "direction", "house", "unit"),
    "city": ("name", "initials"),
    "zip": ("word",),
}
"""What a text of each sort is read as; a surname has its parts besides."""
READINGS: Mapping[str, tuple[str, ...]] = {
    "first": ("first", "forename"),
    "street": ("core", "kind", "direction"),
    "city": ("name", "initials"),
}
ARRAYS = {"first": "given", "street": "street", "city": "city"}


@cache
def reading_digest() -> str:
    """Return the SHA-256 over all that says how texts are read: programs and lists.

    An index made by other ones has other words, and a line is not found in it.
    """
    package = files("plebiscite.match.written")
    sources = [
        *(each for each in package.iterdir() if each.name.endswith(".py")),
        *(each for each in package.joinpath("columns").iterdir() if each.is_file()),
        *package.joinpath("data").iterdir(),
        files("plebiscite.match.index").joinpath("vocabulary.py"),
        files("plebiscite.match.index").joinpath("surnames.py"),
    ]
    return digest(
        {each.name: sha256(each.read_bytes()).hexdigest() for each in sources}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the texts of a roll mean.

    Attributes:
        words: the distinct words in order; the first is empty.
        meant: sort and meaning (``"street house"``) -> word by code of the text;
            ``"last reading"`` and the like -> reading by code; suffixes -> their code.
        arrays: the readings' arrays, as the index has them.
        halves: beside ``surname_parts``: of a double surname the reading of each part
            by itself, once; 0 elsewhere.

    """

    words: list[str]
    meant: Mapping[str, Numbers]
    arrays: Mapping[str, Numbers]
    halves: Numbers


def read_vocabulary(
    texts: Mapping[str, Sequence[str]],
    *,
    progress: Progress,
    kernel: ModuleType | None = None,
) -> Vocabulary:
    """Read distinct texts, given by sort; with `kernel` it numbers the words.

    Raises:
        InputError: they have more words, or readings, than can be numbered.

    """
    total = sum(len(each) for each in texts.values())
    columns: dict[str, pl.Series] = {}
    done = 0
    with ThreadPoolExecutor(max_workers=1) as pool:
        # Polars reads the surnames, and lets Python go on.
        surnames = pool.submit(read_surnames, texts["last"])
        for sort, meanings in MEANINGS.items():
            if sort == "last":
                continue
            columns |= _read(sort, meanings, texts[sort])
            done += len(texts[sort])
            progress("reading the roll's words", done, total)
        lasts = surnames.result()
    progress("reading the roll's words", total, total)
    columns |= {"last form": lasts.form, "last suffix": lasts.suffix}
    return _numbered(columns, lasts, kernel)


def _read(
    sort: str, meanings: Sequence[str], texts: Sequence[str]
) -> dict[str, pl.Series]:
    """Read the texts of a sort, other than surnames: a column for each meaning."""
    if sort == "zip":
        zips = pl.DataFrame({"zip": texts}, schema={"zip": pl.String})
        return {"zip word": zips.select(zip_form(pl.col("zip")))["zip"]}
    rows = (
        _read_streets(texts)
        if sort == "street"
        else [_READ[sort](text) for text in texts]
    )
    return {
        f"{sort} {meaning}": pl.Series([row[at] for row in rows], dtype=pl.String)
        for at, meaning in enumerate(meanings)
    }


def _numbered(
    columns: Mapping[str, pl.Series], lasts: Surnames, kernel: ModuleType | None
) -> Vocabulary:
    """Number the words, and make readings of what is read together."""
    named = [name for name in columns if not name.endswith("suffix")]
    known = pl.Series(list(chain.from_iterable(nicknames())), dtype=pl.String)
    words, (*found, parts, _) = _numbers(
        [*(columns[name] for name in named), lasts.parts, known], kernel
    )
    _within(words, "words")
    suffixes = pl.Enum(list(suffix_codes()))
    meant: dict[str, Numbers] = dict(zip(named, found, strict=True))
    meant |= {
        name: column.cast(suffixes).to_physical().to_numpy().astype(np.uint32)
        for name, column in columns.items()
        if name.endswith("suffix")
    }
    arrays: dict[str, Numbers] = {}
    for sort, names in READINGS.items():
        read, code = _distinct([meant.pop(f"{sort} {name}") for name in names])
        _within(read[0], f"{sort} readings")
        meant[f"{sort} reading"] = code
        arrays |= {
            f"{ARRAYS[sort]}_{name}": words_of
            for name, words_of in zip(names, read, strict=True)
        }
    surnames, code, halves = _surnames(
        meant.pop("last form"),
        lasts.many,
        parts,
        len(words),
    )
    meant["last reading"] = code
    return Vocabulary(
        words=words, meant=meant, arrays={**surnames, **arrays}, halves=halves
    )


def _numbers(
    columns: Sequence[pl.Series], kernel: ModuleType | None
) -> tuple[list[str], list[Numbers]]:
    """Return the words of all columns in order, and each column as their places."""
    numbering = new_texts(kernel)
    codes = [numbering.codes(each) for each in columns]
    words = pl.Series(numbering.every(), dtype=pl.String)
    order = words.arg_sort().to_numpy()
    place = np.empty(len(words), dtype=np.uint32)
    place[order] = np.arange(len(words), dtype=np.uint32)
    return words.gather(order).to_list(), [place[each] for each in codes]


def _within(numbered: Sequence[str] | Numbers, what: str) -> None:
    """Refuse more than can be numbered."""
    if len(numbered) >= LIMIT:
        raise InputError(
            f"the roll has {len(numbered):,} different {what}, and an index holds at "
            f"most {LIMIT - 1:,}; index it in parts, some counties each"
        )


def _distinct(columns: Sequence[Numbers]) -> tuple[list[Numbers], Numbers]:
    """Return the distinct rows of `columns` in order, and the place of each.

    A row of zeros is the first of them in any case.
    """
    grown = [np.concatenate([np.zeros(1, np.uint32), each]) for each in columns]
    order = np.lexsort(grown[::-1])
    new = np.zeros(len(order), dtype=bool)
    new[0] = True
    for each in grown:
        ordered = each[order]
        new[1:] |= ordered[1:] != ordered[:-1]
    place = np.empty(len(order), dtype=np.uint32)
    place[order] = np.cumsum(new) - 1
    return [each[order][new] for each in grown], place[1:]


def _surnames(
    form: Numbers, many: NDArray[np.int64], flat: Numbers, words: int
) -> tuple[dict[str, Numbers], Numbers, Numbers]:
    """Return the surnames' arrays, the reading of each text, and `Vocabulary.halves`.

    `form` is the form of each text, `many` the number of its parts, `flat` the parts of
    all of them one behind the other; `words` is how many words there are.

    Each part of a double surname gets a reading of its own, that of a voter who signs
    by it alone.
    """
    texts = len(form)
    lone = np.unique(flat[np.repeat(many > 1, many)])
    starts = np.cumsum(many) - many
    columns = [np.concatenate([form, lone])]
    for nth in range(max(1, int(many.max(initial=1)))):
        column = np.zeros(texts + len(lone), dtype=np.uint32)
        has = np.flatnonzero(many > nth)
        column[has] = flat[starts[has] + nth]
        if nth == 0:
            column[texts:] = lone
        columns.append(column)
    (read_form, *read_parts), place = _distinct(columns)
    _within(read_form, "surnames")
    wide: NDArray[np.uint32] = np.stack(read_parts, axis=1)
    count = (wide != 0).sum(axis=1)
    at = np.zeros(len(read_form) + 1, dtype=np.uint32)
    np.cumsum(count, out=at[1:])
    single = np.zeros(words, dtype=np.uint32)
    single[lone] = place[texts:]
    whole = wide[wide != 0]
    surname = np.repeat(np.arange(len(count), dtype=np.uint64), count)
    _, first = np.unique(surname << np.uint64(24) | whole, return_index=True)
    halves = np.zeros(len(whole), dtype=np.uint32)
    halves[first] = single[whole[first]]
    halves[np.repeat(count < 2, count)] = 0  # noqa: PLR2004 - a double name has two
    arrays = {
        "surname_form": read_form,
        "surname_parts_at": at,
        "surname_parts": whole,
    }
    return arrays, place[:texts], halves


_NUMBER = re.compile("[1-9][0-9]{0,8}")
"""House numbers that are read as they are written."""


def _read_first(text: str) -> tuple[str, ...]:
    read = written_name.read_split(text, None, None, None)
    return read.first, read.forename, _first_word(read.middle), read.suffix


def _read_middle(text: str) -> tuple[str, ...]:
    return (_first_word(written_name.middle_form(fold(text))),)


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0]


def _read_suffix(text: str) -> tuple[str, ...]:
    return (forms("suffix").get(fold(text), ""),)


def _read_house(text: str) -> tuple[str, ...]:
    if _NUMBER.fullmatch(text):
        return (text,)
    return (written_address.read_split(text, None, None, None, None).house,)


def _read_unit(text: str) -> tuple[str, ...]:
    return (written_address.read_split(None, text, None, None, None).unit,)


def _read_streets(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Read streets; most are words and a type, of which there is nothing to ask."""
    street = pl.col("street")
    frame = pl.DataFrame({"street": texts}, schema={"street": pl.String})
    told = frame.select(
        street, plain=is_plain(street), core=core(street), kind=kind(street)
    )
    return [
        (bare, short, "", "", "") if plain else _read_street(text)
        for text, plain, bare, short in told.rows()
    ]


def _read_street(text: str) -> tuple[str, ...]:
    read = written_address.read_split(None, None, text, None, None)
    street = read.street
    return street.core, street.kind, street.direction, read.house, read.unit


def _read_city(text: str) -> tuple[str, ...]:
    words = fold(text).split()
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    return written_address.read_city(text), initials


_READ: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "first": _read_first,
    "middle": _read_middle,
    "suffix": _read_suffix,
    "house": _read_house,
    "unit": _read_unit,
    "city": _read_city,
}
