"""Keyed lines and sections as files: ``lines.csv`` and ``sections.csv``.

Their columns are those every other command takes. A blank line has no row; a struck one
has, and says so. A ditto mark stays a ditto mark: the matching knows what it means.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from plebiscite.core.files import PRIVATE_FILE, write_whole
from plebiscite.core.table.spreadsheet import plain_cell
from plebiscite.petition.keying.card import (
    DATE_FIELD,
    LINE_FIELDS,
    SIGNATURE_FIELD,
    Finding,
    Keyed,
)
from plebiscite.petition.keying.session import Session, standing
from plebiscite.petition.section import NO_COUNTY

LINES, SECTIONS, VOTERS = "lines.csv", "sections.csv", "voters.csv"
LINE_HEADS = (
    *("line_id", "section", "row", "county", "circulator_id"),
    *LINE_FIELDS,
    *(DATE_FIELD, SIGNATURE_FIELD, "struck", "withdrawn_on"),
)
SECTION_HEADS = (
    *("section", "county", "circulator_id", "from", "to", "declaration", "paid"),
)


def write_keyed(
    folder: Path,
    session: Session,
    *,
    counties: Mapping[str, str],
    county: str,
    holders: Mapping[str, str],
) -> tuple[int, int]:
    """Write what was keyed into a folder; return how many lines and sections it is.

    What the keyed declaration leaves open is filled in by section: the county from
    `counties` (or else `county`, or else `NO_COUNTY`), the circulator from `holders`.
    A section of which only lines were keyed has no row in ``sections.csv``; the check
    says so.

    Raises:
        OSError: the place cannot be written; the files there before are unchanged.

    """
    stand = {place: standing(turns) for place, turns in session.turns().items()}
    known = {section: each for (section, row), each in stand.items() if not row}
    rows, voters = [], []
    for (section, row), each in sorted(stand.items()):
        if not row or each.finding is Finding.BLANK:
            continue
        of = known[section].texts if section in known else {}
        where = of.get("county") or counties.get(section) or county or NO_COUNTY
        line_id = f"{section}-{row}"
        rows.append(
            [
                *(line_id, section, str(row), where),
                of.get("circulator_id") or holders.get(section, ""),
                *(each.texts.get(name, "") for name in LINE_FIELDS),
                each.texts.get(DATE_FIELD, ""),
                each.texts.get(SIGNATURE_FIELD, "unknown"),
                str(int(each.finding is Finding.STRUCK)),
                "",
            ]
        )
        if each.voter:
            voters.append([line_id, each.voter, each.by])
    sheets = [
        _section(each, counties, county, holders) for _, each in sorted(known.items())
    ]
    _write(folder / LINES, LINE_HEADS, rows)
    _write(folder / SECTIONS, SECTION_HEADS, sheets)
    _write(folder / VOTERS, ("line_id", "voter_id", "by"), voters)
    return len(rows), len(sheets)


def _section(
    each: Keyed,
    counties: Mapping[str, str],
    county: str,
    holders: Mapping[str, str],
) -> list[str]:
    missing = each.finding is not Finding.WRITTEN
    return [
        each.section,
        each.texts.get("county") or counties.get(each.section) or county or NO_COUNTY,
        each.texts.get("circulator_id") or holders.get(each.section, ""),
        each.texts.get("from", ""),
        each.texts.get("to", ""),
        "missing" if missing else each.texts.get("declaration", "incomplete"),
        each.texts.get("paid", ""),
    ]


def _write(path: Path, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(heads)
    sheet.writerows([plain_cell(cell) for cell in row] for row in rows)
    write_whole(path, text.getvalue(), mode=PRIVATE_FILE)
