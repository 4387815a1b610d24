"""Lines that a person marked as written by one hand: a register of the campaign's.

It holds section and rows, and who marked them; taking a mark away is another entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError
from plebiscite.petition.campaign.register import (
    Booking,
    book,
    checked_words,
    held,
    read_entries,
)

FILE = "hands.jsonl"
MARKED = "same_hand"


def mark_same_hand(
    campaign: Path,
    booking: Booking,
    *,
    county: str,
    section: str,
    rows: Iterable[int],
) -> None:
    """Mark rows of a section as one hand's; no rows take the mark away.

    Raises:
        InputError: a single row is marked, or a row that cannot be.

    """
    wanted = sorted(set(rows))
    if len(wanted) == 1 or any(row < 1 for row in wanted):
        raise InputError("one hand wrote two lines or more; name them: 000123:2,3")
    body: dict[str, Json] = {
        "county": checked_words("the county", county),
        "section": checked_words("the section", section),
        "rows": tuple(wanted),
    }
    with held(campaign):
        book(campaign, FILE, booking, MARKED, body)


def same_hand(campaign: Path) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the rows marked, by (county, section); the latest mark of each stands."""
    found = {
        (entry.body["county"], entry.body["section"]): tuple(entry.body["rows"])
        for entry in read_entries(campaign, FILE)
    }
    return {place: rows for place, rows in found.items() if rows}
