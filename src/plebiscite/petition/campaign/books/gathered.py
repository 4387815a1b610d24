"""What came back so far: lines by day, by chapter and by county.

These are raw lines as they were counted when a bundle came back. Nobody has compared
them with a roll; what of them is valid, `credit` says of those that were checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from plebiscite.petition.campaign.bundles import Return, returns, where
from plebiscite.petition.campaign.credit import Credit, credits_by_section
from plebiscite.petition.campaign.issue import issue_of
from plebiscite.petition.campaign.whereabouts import Sheet


def by_day(campaign: Path, chapter: str | None = None) -> list[tuple[date, int]]:
    """Return the lines there were at the end of each day on which some came back.

    Of one chapter, or of all; oldest first, each day once.

    Raises:
        RecordError: a register cannot be read.

    """
    came: dict[date, int] = {}
    for back in returns(campaign).values():
        if chapter in (None, back.chapter):
            came[back.day] = came.get(back.day, 0) + back.lines
    total, found = 0, []
    for day in sorted(came):
        total += came[day]
        found.append((day, total))
    return found


def between(counts: list[tuple[date, int]], after: date, until: date) -> int:
    """Return the lines that came back after one day, up to the end of another."""
    then = max((count for day, count in counts if day <= after), default=0)
    now = max((count for day, count in counts if day <= until), default=0)
    return now - then


def by_county(campaign: Path) -> Mapping[str, Fraction]:
    """Return the lines by the county printed on their section; "" where unknown.

    Where the lines of a return were not counted section by section, each of its
    sections is taken to hold as many as the others; hence fractions.

    Raises:
        RecordError: a register cannot be read.

    """
    counted = [_by_section(back) for back in returns(campaign).values()]
    issues = issue_of(campaign, {number for each in counted for number in each})
    found: dict[str, Fraction] = {}
    for each in counted:
        for number, lines in each.items():
            county = issues[number].county if number in issues else ""
            found[county] = found.get(county, Fraction(0)) + lines
    return {county: found[county] for county in sorted(found)}


def of_stock(campaign: Path) -> Mapping[str, tuple[Credit, int]]:
    """Return what came back of the chapters' own stock, which no circulator had.

    By chapter: what the campaign's own checks found on it, and how many lines it has.

    Raises:
        RecordError: a register cannot be read.

    """
    checked = credits_by_section(campaign)
    found: dict[str, tuple[Credit, int]] = {}
    for number, place in where(campaign).places.items():
        if place.circulator is None and place.sheet is Sheet.RETURNED:
            credit, lines = found.get(place.chapter, (Credit(), 0))
            found[place.chapter] = credit + checked.get(number, Credit()), lines
    for back in returns(campaign).values():
        if back.circulator is None:
            credit, lines = found.get(back.chapter, (Credit(), 0))
            found[back.chapter] = credit, lines + back.lines
    return found


def _by_section(back: Return) -> Mapping[int, Fraction]:
    if back.counted:
        return {number: Fraction(lines) for number, lines in back.counted.items()}
    sections = back.sheets.get(Sheet.RETURNED, ())
    return {number: Fraction(back.lines, len(sections)) for number in sections}
