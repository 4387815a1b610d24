"""A section with its lines, as the checks look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from plebiscite.petition.check.remark import NOBODY, Remark, Weight
from plebiscite.petition.intake import each_section
from plebiscite.petition.section import Section

DITTO = frozenset('"”“〃') | {"''", "do", "do.", "ditto", "same"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One line that is not struck.

    Attributes:
        row: its number on the section.
        name: the printed name as written; "" where none is.
        surname: its surname, in small letters; "" where it cannot be told.
        address: house, street and unit as written; "" where none is.
        city, zip: as written; "" where none is.
        day: when it was signed; None where the form does not ask, or it is empty.
        signature: yes, no or unknown.

    """

    row: int
    name: str
    surname: str
    address: str
    city: str
    zip: str
    day: date | None
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One section, what was declared of it, and its lines in the order of their rows.

    Attributes:
        county, section: which.
        declared: its declaration; None where nothing is known of it.
        circulator: whose it is, by the declaration or else by its lines.
        lines: those that are not struck.
        struck: how many are.

    """

    county: str
    section: str
    declared: Section | None
    circulator: str
    lines: tuple[Signed, ...]
    struck: int

    def remark(
        self,
        weight: Weight,
        code: str,
        words: str,
        remedy: str,
        *,
        rows: tuple[int, ...] = (),
        cite: tuple[str, ...] = (),
    ) -> Remark:
        """Return a remark on this section."""
        return Remark(
            weight=weight,
            code=code,
            county=self.county,
            section=self.section,
            circulator=self.circulator,
            rows=rows,
            words=words,
            remedy=remedy,
            cite=cite,
        )


def sheets(lines: pl.DataFrame, sections: pl.DataFrame) -> list[Sheet]:
    """Return every section that is declared or has lines, by county and number.

    `lines` and `sections` are as `read_lines` and `read_sections` give them. Ditto
    marks take what stands above them on the same section.
    """
    declared = {(each.county, each.section): each for each in each_section(sections)}
    keyed: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in lines.sort("county", "section", "row").iter_rows(named=True):
        keyed.setdefault((row["county"], row["section"]), []).append(row)
    found = []
    for county, section in sorted({*declared, *keyed}):
        rows = keyed.get((county, section), [])
        known = declared.get((county, section))
        own = {row["circulator_id"] for row in rows} - {None}
        found.append(
            Sheet(
                county=county,
                section=section,
                declared=known,
                circulator=(known and known.circulator) or min(own, default=NOBODY),
                lines=tuple(_signed(rows)),
                struck=sum(row["struck"] for row in rows),
            )
        )
    return found


def _signed(rows: list[dict[str, Any]]) -> Iterator[Signed]:
    above: dict[str, str] = {}
    for row in rows:
        texts = {
            "name": _together(row, "name") or _together(row, "first", "middle", "last"),
            "surname": _surname(row),
            "address": _together(row, "address")
            or _together(row, "house", "street", "unit"),
            "city": row["city"] or "",
            "zip": row["zip"] or "",
        }
        texts = {
            key: above.get(key, "") if said.casefold() in DITTO else said
            for key, said in texts.items()
        }
        above = texts
        if not row["struck"]:
            yield Signed(
                row=row["row"],
                **texts,
                day=row["signed_on"],
                signature=row["signature_present"] or "unknown",
            )


def _together(row: dict[str, Any], *names: str) -> str:
    return " ".join(row[name] for name in names if row[name])


def _surname(row: dict[str, Any]) -> str:
    if row["last"]:
        return str(row["last"]).casefold()
    name = row["name"] or ""
    if "," in name:
        return str(name.split(",")[0].strip().casefold())
    words = [
        word for word in name.casefold().split() if word.strip(".") not in SUFFIXES
    ]
    return words[-1] if words else ""


SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
