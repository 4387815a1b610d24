"""Cards from what a scan found, or from serials alone where nobody scanned.

Lines that the scan found blank get no card; how many they are, the scan says. What the
handwriting may say comes later, from `plebiscite.petition.keying.readings`. Of a
section the scan saw pages of, the declaration comes after its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import parsed
from plebiscite.errors import InputError
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.keying.card import (
    DATE_FIELD,
    LINE_FIELDS,
    SECTION_FIELDS,
    SIGNATURE_FIELD,
    Card,
)
from plebiscite.petition.keying.readings import SCANNED

PAGES, IMAGES = "pages.json", "images"
FORMAT = 1
KEPT = ("read", "coarse")
"""The standings of pages whose lines are keyed."""


def line_fields(*, dates: bool) -> tuple[str, ...]:
    """Return what is keyed of a line; the date only where the form asks for one."""
    return (*LINE_FIELDS, *([DATE_FIELD] if dates else []), SIGNATURE_FIELD)


def cards_of_serials(
    serials: Iterable[int],
    lines: Mapping[int, int],
    *,
    dates: bool = False,
    known: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Card]:
    """Return the cards of sections by serial, each with so many lines.

    `known` are what is known of a section's declaration, such as its county, by serial
    as stamped.
    """
    cards: list[Card] = []
    for number in serials:
        section = serial_text(number)
        cards += [
            Card(section=section, row=row, fields=line_fields(dates=dates))
            for row in range(1, lines[number] + 1)
        ]
        cards.append(_of_section(section, None, known or {}))
    return cards


def cards_of_scan(
    folder: Path,
    *,
    dates: bool = False,
    known: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Card]:
    """Return the cards of what a scan found, by section, line by line.

    Raises:
        InputError: the folder holds no scan, or one of a later version.

    """
    try:
        said = _pages(folder / PAGES)
        pages = [each for each in said["pages"] if each["standing"] in KEPT]
        lines = [
            _of_line(folder, page, line, dates=dates)
            for page in pages
            for line in page.get("lines", ())
            if line["written"]
        ]
        signed = {
            page["section"]: folder / IMAGES / page["images"] / "declaration.jpg"
            for page in pages
            if (folder / IMAGES / page["images"] / "declaration.jpg").exists()
        }
        sections = {page["section"] for page in pages}
        sheets = [_of_section(each, signed.get(each), known or {}) for each in sections]
        return sorted(
            (*lines, *sheets),
            key=lambda card: (int(card.section), not card.row, card.row),
        )
    except (
        *(OSError, KeyError, TypeError, ValueError, AttributeError),
        RecursionError,
    ) as problem:
        raise InputError(
            f"holds no {PAGES} that we can read; give the folder that 'petition scan' "
            "wrote",
            path=folder,
        ) from problem


def _pages(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = parsed(path.read_text(encoding="utf-8"))
    if said["format"] != FORMAT:
        raise ValueError("another format")
    return said


def _of_line(
    folder: Path,
    page: Mapping[str, Any],
    line: Mapping[str, Any],
    *,
    dates: bool,
) -> Card:
    stem = folder / IMAGES / page["images"] / f"line-{line['row']:03d}"
    signed = "yes" if "signature" in line["fields"] else "no"
    return Card(
        section=page["section"],
        row=line["row"],
        fields=line_fields(dates=dates),
        picture=stem.with_suffix(".jpg"),
        images={
            ours: Path(f"{stem}-{his}.jpg")
            for ours, his in SCANNED.items()
            if his in line["fields"]
        },
        suggested={SIGNATURE_FIELD: signed},
    )


def _of_section(
    section: str, picture: Path | None, known: Mapping[str, Mapping[str, str]]
) -> Card:
    return Card(
        section=section,
        row=0,
        fields=SECTION_FIELDS,
        picture=picture,
        suggested=known.get(section, {}),
    )
