"""Columns of counties, ZIP codes and surnames made comparable, each as a whole.

What is read of a surname is the meaning of `written.name`, for those of one word and of
two halves; who asks gives the others to its readers.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from plebiscite.match.written.name import STEMS
from plebiscite.match.written.words import forms

DOUBLE = r"^([A-Z]{3,50})[ -]([A-Z]{3,50})$"
"""Two halves of a surname in capitals, with a hyphen or a blank between them."""


def county_form(name: pl.Expr) -> pl.Expr:
    """Return county names so that "Los Angeles County" and "LOS ANGELES" agree."""
    return (
        name.str.strip_chars().str.to_uppercase().str.replace(r"\s+(COUNTY|CO\.?)$", "")
    )


def zip_form(text: pl.Expr) -> pl.Expr:
    """Return the five digits of a roll's ZIP codes."""
    return text.str.replace_all(r"\D", "").str.slice(0, 5)


def surname_form(word: pl.Expr) -> pl.Expr:
    """Return `written.name.last_form` of single words in capitals."""
    return (
        pl.when(word == "SAINT")
        .then(pl.lit("ST"))
        .otherwise(word.str.replace(r"^MAC(.{4,})$", "MC${1}"))
    )


def is_double(upper: pl.Expr) -> pl.Expr:
    """Whether surnames in capitals are two halves, neither a particle or the like."""
    return upper.str.contains(DOUBLE) & ~upper.str.contains(_no_half())


def halves(upper: pl.Expr) -> list[pl.Expr]:
    """Return the forms of the two halves of surnames that are double."""
    return [surname_form(upper.str.extract(DOUBLE, nth)) for nth in (1, 2)]


@cache
def _no_half() -> str:
    """Return what a surname in capitals has in it that two halves do not make."""
    words = STEMS.union(*map(forms, ("particle", "suffix", "degree")))
    return rf"\b(?:{'|'.join(sorted(words))})\b"
