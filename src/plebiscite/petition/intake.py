"""Petition lines and sections from CSV or Parquet, taken whole or refused whole."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import PLAIN, ColumnMapping, Refusals, read_table
from plebiscite.petition.county import named_counties
from plebiscite.petition.line import ADDRESSED, LINE_COLUMNS, MOST_ROWS, NAMED
from plebiscite.petition.section import SECTION_COLUMNS, Declaration, Section

LINES = [column.name for column in LINE_COLUMNS]
SECTIONS = [column.name for column in SECTION_COLUMNS]
# What a spreadsheet or a program makes of a house number or ZIP code it took for a
# number or a day: 94110.0, 2-Jan.
DAMAGED = (
    r"^[0-9]+\.0$|(?i)^[0-9]{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$"
)


def read_lines(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    counties: Collection[str] | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return the lines of a file, one row each, in the file's order.

    Columns are those of `LINE_COLUMNS`, as written; optional ones that the file lacks
    are null (`struck` is false, `signature_present` unknown). A line without an id is
    called ``county/section/row``.

    Args:
        path: CSV in UTF-8, or Parquet.
        mapping: how the file's headings become ours.
        counties: the counties there are; others are refused, and case is put right.
        progress: told how much of the file is read.

    Raises:
        InputError: anything is wrong with the file; all of it in one message.

    """
    mapping = mapping or PLAIN
    found = read_table(
        path,
        LINE_COLUMNS,
        mapping=mapping,
        one_of=(NAMED, ADDRESSED),
        progress=progress,
    )
    refusals = Refusals()
    lines = named_counties(found, counties, refusals, mapping).with_columns(
        pl.col("line_id").fill_null(pl.format("{}/{}/{}", "county", "section", "row"))
    )
    _refuse_no_row(lines, refusals, mapping)
    _refuse_repeated(lines, ["county", "section", "row"], "row", refusals, mapping)
    if not refusals:
        # Ids made from a place that stands twice would only say it again.
        _refuse_repeated(lines, ["line_id"], "line_id", refusals, mapping)
    for column in ("house", "unit", "zip"):
        _refuse_damaged(lines, column, refusals, mapping)
    refusals.raise_any(path)
    return lines.select(LINES)


def read_sections(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    counties: Collection[str] | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return the sections of a file, one row each: the columns of `SECTION_COLUMNS`.

    Raises:
        InputError: anything is wrong with the file; all of it in one message.

    """
    mapping = mapping or PLAIN
    found = read_table(path, SECTION_COLUMNS, mapping=mapping, progress=progress)
    refusals = Refusals()
    sections = named_counties(found, counties, refusals, mapping)
    _refuse_repeated(sections, ["county", "section"], "section", refusals, mapping)
    backwards = sections.filter(pl.col("to") < pl.col("from"))
    refusals.add_rows(
        "the last day is before the first; are the two exchanged?",
        backwards["_row"],
        column=mapping.shown("to"),
        values=backwards["to"].cast(pl.String),
    )
    refusals.raise_any(path)
    return sections.select(SECTIONS)


def each_section(sections: pl.DataFrame) -> list[Section]:
    """Return sections as values, in the frame's order."""
    return [
        Section(
            section=row["section"],
            county=row["county"],
            circulator=row["circulator_id"],
            first_day=row["from"],
            last_day=row["to"],
            declaration=Declaration(row["declaration"]),
            paid=row["paid"],
        )
        for row in sections.iter_rows(named=True)
    ]


def _refuse_damaged(
    frame: pl.DataFrame, column: str, refusals: Refusals, mapping: ColumnMapping
) -> None:
    """Refuse numbers that a program turned into decimals or days on the way here."""
    damaged = frame.filter(pl.col(column).str.contains(DAMAGED))
    refusals.add_rows(
        "a spreadsheet turned this into a decimal or a day; format the column as Text "
        "in the original, and save again",
        damaged["_row"],
        column=mapping.shown(column),
        values=damaged[column],
    )


def _refuse_no_row(
    lines: pl.DataFrame, refusals: Refusals, mapping: ColumnMapping
) -> None:
    for problem, wrong in (
        ("the lines of a section are numbered from 1", pl.col("row") == 0),
        (f"no section has over {MOST_ROWS:,} lines", pl.col("row") > MOST_ROWS),
    ):
        found = lines.filter(wrong)
        refusals.add_rows(
            problem,
            found["_row"],
            column=mapping.shown("row"),
            values=found["row"].cast(pl.String),
        )


def _refuse_repeated(
    frame: pl.DataFrame,
    key: list[str],
    column: str,
    refusals: Refusals,
    mapping: ColumnMapping,
) -> None:
    # Where not even two hashes are the same, nothing stands twice.
    if frame.select(key).hash_rows().n_unique() == frame.height:
        return
    if not frame.select(pl.struct(key).is_duplicated().any()).item():
        return
    first = pl.col("_row").min().over(key)
    again = frame.with_columns(first=first).filter(pl.col("_row") != pl.col("first"))
    for row in again.head(Refusals.KEPT + 1).iter_rows(named=True):
        named = ", ".join(f"{each} {row[each]}" for each in key)
        refusals.add(
            f"{named} stands in row {row['first']:,} already; each is given once",
            row=row["_row"],
            column=mapping.shown(column),
        )
