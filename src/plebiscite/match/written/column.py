"""Columns of counties and ZIP codes made comparable, a whole column at a time."""

from __future__ import annotations

import polars as pl


def county_form(name: pl.Expr) -> pl.Expr:
    """Return county names so that "Los Angeles County" and "LOS ANGELES" agree."""
    return (
        name.str.strip_chars().str.to_uppercase().str.replace(r"\s+(COUNTY|CO\.?)$", "")
    )


def zip_form(text: pl.Expr) -> pl.Expr:
    """Return the five digits of a roll's ZIP codes."""
    return text.str.replace_all(r"\D", "").str.slice(0, 5)
