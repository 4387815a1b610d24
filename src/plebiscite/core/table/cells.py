"""Cells of text made into counts, days, flags and choices, whole columns at a time."""

from __future__ import annotations

from datetime import date

import polars as pl

from plebiscite.core.table.column import Origin
from plebiscite.core.table.refusals import Refusals

EARLIEST, LATEST = date(1850, 1, 1), date(2199, 12, 31)
MIDNIGHT = r"[ T]00:00(:00(\.0+)?)?Z?$"
YES, NO = ("1", "true", "yes", "y"), ("0", "false", "no", "n")


def tidy(text: pl.Series) -> pl.Series:
    """Return `text` without blanks around it; an empty cell is null."""
    stripped = text.str.strip_chars()
    empty = stripped == ""
    return stripped.set(empty, None) if empty.any() else stripped


def typed(
    text: pl.Series, origin: Origin, rows: pl.Series, refusals: Refusals
) -> pl.Series:
    """Return one column's cells as what they must be; what cannot be is refused.

    `text` is tidy, or is not text and right as it stands (`native`); `rows` holds each
    cell's row number.
    """
    column = origin.column
    kind = column.kind if text.dtype == pl.String else "text"
    match kind:
        case "text":
            made = text
        case "count":
            made = _counts(text)
        case "day":
            made = _days(text, origin.date_format)
        case "year":
            made = _years(text, origin.date_format)
        case "flag":
            low = text.str.to_lowercase()
            made = pl.Series([None] * len(text), dtype=pl.Boolean)
            made = made.set(low.is_in(YES).fill_null(value=False), value=True)
            made = made.set(low.is_in(NO).fill_null(value=False), value=False)
        case "choice":
            low = text.str.to_lowercase()
            made = low.set(~low.is_in(column.choices).fill_null(value=True), None)
    wrong = text.is_not_null() & made.is_null()
    if wrong.any():
        _refuse(text.filter(wrong), rows.filter(wrong), origin, refusals)
    if column.required and text.null_count():
        refusals.add_rows(
            "empty; every row needs one",
            rows.filter(text.is_null()),
            column=origin.shown,
            values=None,
        )
    if column.default is not None:
        made = made.fill_null(pl.lit(column.default))
    return made.alias(column.name)


def _counts(text: pl.Series) -> pl.Series:
    digits = text.set(~text.str.contains(r"^[0-9]{1,18}$").fill_null(value=True), None)
    return digits.cast(pl.Int64)


def _days(text: pl.Series, date_format: str | None) -> pl.Series:
    made = _parsed(text, date_format)
    if made.null_count() > text.null_count():
        # An export from a database writes a day as its midnight.
        made = made.fill_null(_parsed(text.str.replace(MIDNIGHT, ""), date_format))
    return made


def _parsed(text: pl.Series, date_format: str | None) -> pl.Series:
    if date_format is None:
        iso = text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$").fill_null(value=True)
        text = text.set(~iso, None)
    made = text.str.to_date(date_format or "%Y-%m-%d", strict=False)
    return made.set(~made.is_between(EARLIEST, LATEST).fill_null(value=True), None)


def _years(text: pl.Series, date_format: str | None) -> pl.Series:
    plain = text.str.contains(r"^(18[5-9][0-9]|(19|20|21)[0-9]{2})$")
    years = text.set(~plain.fill_null(value=True), None).cast(pl.Int64)
    if years.null_count() > text.null_count():
        years = years.fill_null(_days(text, date_format).dt.year().cast(pl.Int64))
    return years


def _refuse(
    text: pl.Series, rows: pl.Series, origin: Origin, refusals: Refusals
) -> None:
    """Note wrong cells, each kind of mistake with its own remedy."""
    left = pl.Series([True] * len(text))
    for pattern, problem in _mistakes(origin):
        this = left & text.str.contains(pattern)
        if this.any():
            refusals.add_rows(
                problem,
                rows.filter(this),
                column=origin.shown,
                values=None if origin.column.private else text.filter(this),
            )
            left &= ~this


def _mistakes(origin: Origin) -> list[tuple[str, str]]:
    """Return the mistakes a cell of this kind can be, and what to do about each."""
    match origin.column.kind:
        case "count":
            return [
                (r"^-\s*[0-9]", "a count cannot be below zero"),
                (
                    r"^[0-9]{1,3}([,' ][0-9]{3})+$",
                    "write the number without separators: 1234, not 1,234",
                ),
                (
                    r"^[0-9]+[.,][0-9]+$",
                    "a count is a whole number; remove the decimals",
                ),
                (
                    r"^[0-9.]+[eE]\+?[0-9]+$",
                    "the spreadsheet shortened it; format the column as Number, save",
                ),
                (r"", "not a count; write digits only"),
            ]
        case "day" | "year":
            shape = origin.date_format or "YYYY-MM-DD"
            four = " or a year of four digits" * (origin.column.kind == "year")
            no = f"not a day as {shape}{four}"
            return [
                (
                    r"^[0-9]{5}(\.[0-9]+)?$",
                    f"Excel's own number for a day; format the column as {shape}, save",
                ),
                (
                    r"^[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2}|[0-9]{4})$",
                    (
                        f"{no}; format the column so, or give a mapping that holds the "
                        "way it is written:  date_format: '%m/%d/%Y'"
                    ),
                ),
                (r"", no),
            ]
        case "flag":
            return [(r"", "write 1 for yes and 0 for no")]
        case _:
            return [(r"", f"write one of: {', '.join(origin.column.choices)}")]
