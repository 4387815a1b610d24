"""What came back so far: lines by day, by chapter and by county.

These are raw lines as they were counted when a bundle came back. Nobody has compared
them with a roll; what of them is valid, `credit` says of those that were checked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from plebiscite.petition.campaign.bundles import Return, brought, returns
from plebiscite.petition.campaign.credit import Credit
from plebiscite.petition.campaign.issue import issue_of
from plebiscite.petition.campaign.status import tallies
from plebiscite.petition.campaign.whereabouts import Sheet


def by_day(campaign: Path, chapter: str | None = None) -> list[tuple[date, int]]:
    """Return the lines there were at the end of each day on which some came back.

    Of one chapter, or of all; oldest first, each day once.

    Raises:
        RecordError: a register cannot be read.

    """
    came: dict[date, int] = {}
    for back in brought(campaign):
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
    every = [(back, _sections(back)) for back in returns(campaign).values()]
    issues = issue_of(campaign, {number for _, each in every for number in each})
    found: dict[str, Fraction] = {}
    for back, sections in every:
        there: dict[str, int] = {}
        for number in sections:
            county = issues[number].county if number in issues else ""
            there[county] = there.get(county, 0) + back.counted.get(number, 1)
        # Counted: lines. Otherwise sections, each with its share of the lines.
        each = Fraction(1) if back.counted else Fraction(back.lines, len(sections) or 1)
        for county, many in there.items():
            found[county] = found.get(county, Fraction(0)) + each * many
    return {county: found[county] for county in sorted(found)}


def of_stock(campaign: Path) -> Mapping[str, tuple[Credit, int]]:
    """Return what came back of the chapters' own stock, which no circulator had.

    By chapter: what the campaign's own checks found on it, and how many lines it has.

    Raises:
        RecordError: a register cannot be read.

    """
    return {
        chapter: (tally.credit, tally.lines)
        for (chapter, circulator), tally in tallies(campaign).items()
        if circulator is None
        and (tally.last_return is not None or tally.sheets[Sheet.RETURNED])
    }


def _sections(back: Return) -> Collection[int]:
    """Return the sections on which the lines of a return stand."""
    return back.counted or back.sheets.get(Sheet.RETURNED, ())
