"""The shapes of money files we know, and how each becomes ours.

A file is known by its headings, never by its name. The shapes of CAL-ACCESS, the office
of California's own tables, are mapped by the YAML files in the folder ``forms``; any
other file takes a mapping of the user's.

Source: California Secretary of State, .CAL format 2.20 (2016), and the field lists
published by the California Civic Data Coalition.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from plebiscite.core.table.mapping import PLAIN, ColumnMapping, read_mapping
from plebiscite.core.table.opening import LOOK, Form, opening
from plebiscite.errors import InputError

Table: TypeAlias = Literal["entries", "filings", "committees"]
FOLDER = Path(__file__).parent / "forms"
DAYS = (
    (r"^\d{4}-\d{2}-\d{2}", None),
    (r"^\d{1,2}/\d{1,2}/\d{4} \d", "%m/%d/%Y %I:%M:%S %p"),
    (r"^\d{1,2}/\d{1,2}/\d{4}$", "%m/%d/%Y"),
)
"""How the office writes days, told apart by the first that is filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A kind of file.

    Attributes:
        name: ours if empty, else that of a mapping file in ``forms``.
        table: what its rows are.
        marks: headings by which it is known, in small letters.
        without: a heading that shows it is something else.

    """

    name: str
    table: Table
    marks: frozenset[str]
    without: frozenset[str] = frozenset()


def _shape(name: str, table: Table, marks: str, without: str = "") -> Shape:
    return Shape(
        name=name,
        table=table,
        marks=frozenset(marks.split()),
        without=frozenset(without.split()),
    )


SHAPES = (
    _shape("rcpt_cd", "entries", "filing_id rcpt_date amount"),
    _shape("expn_cd", "entries", "filing_id expn_date amount"),
    _shape("loan_cd", "entries", "filing_id loan_amt1"),
    _shape("s497_cd", "entries", "filing_id ctrib_date amount"),
    _shape("s496_cd", "entries", "filing_id exp_date amount"),
    _shape("smry_cd", "entries", "filing_id line_item amount_a"),
    _shape("cvr_cd", "filings", "filing_id filer_id rpt_date"),
    _shape("prop_committees", "committees", "calaccess_committee_id"),
    _shape("", "filings", "filing committee filed", "amount"),
    _shape("", "committees", "committee side", "amount filing"),
    _shape("", "entries", "amount"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file whose shape is known: how to read it.

    Attributes:
        shape: the name of a shipped mapping; empty for our own columns and for a
            mapping of the user's.

    """

    path: Path
    table: Table
    shape: str
    mapping: ColumnMapping


def recognise(path: Path, mapping: ColumnMapping | None = None) -> Known:
    """Return how to read a file of money.

    Files of CAL-ACCESS, and lists of filings and committees in our own columns, are
    read as such; any other takes `mapping`, where one is given.

    Raises:
        InputError: it is no table, or none of these.

    """
    separator = "\t" if path.suffix.lower() == ".tsv" else ","
    if mapping and mapping.separator != separator and path.suffix.lower() != ".tsv":
        separator = mapping.separator
    form, headings = opening(path, separator)
    low = {each.strip().lower().replace(" ", "_") for each in headings}
    for shape in SHAPES:
        if not shape.marks <= low or shape.without & low:
            continue
        if mapping and shape.table == "entries" and not shape.name:
            break
        theirs = (
            _shipped(shape.name, path, headings, separator, form)
            if shape.name
            else replace(PLAIN, separator=separator)
        )
        return Known(path=path, table=shape.table, shape=shape.name, mapping=theirs)
    if mapping:
        theirs = replace(mapping, separator=separator)
        return Known(path=path, table="entries", shape="", mapping=theirs)
    raise InputError(
        "this is no file of money that we know: it has neither a column 'amount' nor "
        "the headings of CAL-ACCESS (RCPT_DATE, EXPN_DATE, LOAN_AMT1, CTRIB_DATE); "
        "give a mapping that holds:  columns: {amount: THEIR_HEADING, day: …}",
        path=path,
    )


def _shipped(
    name: str, path: Path, headings: Sequence[str], separator: str, form: Form
) -> ColumnMapping:
    """Return a shipped mapping, of which only what this file has is kept."""
    mapping = read_mapping(FOLDER / f"{name}.yaml")
    have = {each.strip().lower(): each for each in headings}
    columns: dict[str, str | tuple[str, ...]] = {}
    for ours in mapping.columns:
        found = [have[h.lower()] for h in mapping.headings(ours) if h.lower() in have]
        if found:
            columns[ours] = found[0] if len(found) == 1 else tuple(found)
    days = [columns[each] for each in ("day", "filed") if each in columns]
    seen = _first_day(path, headings, separator, days) if form is Form.CSV else ""
    written = next((how for shape, how in DAYS if re.match(shape, seen)), None)
    return replace(
        mapping, columns=columns, separator=separator, date_format=written or None
    )


def _first_day(
    path: Path,
    headings: Sequence[str],
    separator: str,
    days: Sequence[str | tuple[str, ...]],
) -> str:
    """Return the first day written in a column of days, or nothing."""
    places = [headings.index(each) for each in days if isinstance(each, str)]
    with path.open("rb") as file:
        text = file.read(LOOK).decode("utf-8", errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    next(rows, None)
    for row in rows:
        for place in places:
            if place < len(row) and row[place].strip():
                return row[place].strip()
    return ""
