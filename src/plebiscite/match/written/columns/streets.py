"""Streets that need no reader: words, and a type behind them (Oak Ridge Ave).

Of the streets of a state nearly all are such. Their meaning is that of
`written.address`, which here is said of a whole column at once; any street with a
number, a direction or a word that may mean more than itself is left to the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from plebiscite.match.written.fold import LONGEST
from plebiscite.match.written.habits import TENS, TOLD
from plebiscite.match.written.street import LEADING, ROADS
from plebiscite.match.written.words import forms, street_types

WORDS = r"^[A-Z]{2,}(?: [A-Z]{2,})+$"
FRONT = r"^(.+) [A-Z]+$"
LAST = r" ([A-Z]+)$"


def is_plain(street: pl.Expr) -> pl.Expr:
    """Whether a street, behind a house number or not, is read by `core` and `kind`."""
    upper = street.str.to_uppercase()
    return (
        (street.str.len_bytes() <= LONGEST)
        & upper.str.contains(WORDS)
        & upper.str.extract(LAST).is_in([*_kinds()])
        & ~upper.str.extract(FRONT).str.contains(_special())
    ).fill_null(value=False)


def core(street: pl.Expr) -> pl.Expr:
    """Return the bare name of a plain street, its words run together."""
    front = street.str.to_uppercase().str.extract(FRONT)
    return front.str.replace_all(" ", "", literal=True)


def kind(street: pl.Expr) -> pl.Expr:
    """Return the type of a plain street, as the post abbreviates it."""
    last = street.str.to_uppercase().str.extract(LAST)
    return last.replace_strict(dict(_kinds()), default="", return_dtype=pl.String)


@cache
def _kinds() -> Mapping[str, str]:
    """Return types that mean nothing else at a street's end, and their short forms."""
    return {
        word: short_form
        for word, short_form in street_types().items()
        if word not in _elsewhere() and short_form not in forms("broad")
    }


@cache
def _elsewhere() -> frozenset[str]:
    """Return words that tell where in a house, or on which side of a town."""
    sorts = ("unit", "part", "part_too", "direction")
    return frozenset(word for sort in sorts for word in forms(sort))


@cache
def _special() -> str:
    """Return what a name with a word in it looks like that means more than itself."""
    sorts = ("unit", "direction", "renamed", "ordinal", "few")
    words = {
        *("HIGHWAY", "HWY", "MILE"),
        *ROADS,
        *TOLD,
        *(word for sort in sorts for word in forms(sort)),
        *(word for word, short in street_types().items() if short in LEADING),
        *(
            word
            for word, short in street_types().items()
            if forms("broad").get(short, word) != word
        ),
    }
    tens = "|".join(sorted(TENS))
    return rf"\b(?:(?:{'|'.join(sorted(words))})\b|(?:{tens}))"
