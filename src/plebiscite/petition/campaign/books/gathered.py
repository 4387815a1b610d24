"""What came back so far: lines by day, by chapter and by county.

These are raw lines as they were counted when a bundle came back. Nobody has compared
them with a roll; what of them is valid, `credit` says of those that were checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from plebiscite.petition.campaign.bundles import Brought, Return, brought, returns
from plebiscite.petition.campaign.credit import Credit
from plebiscite.petition.campaign.issue import apart, in_order
from plebiscite.petition.campaign.status import tallies
from plebiscite.petition.campaign.whereabouts import Sheet


def by_day(campaign: Path, chapter: str | None = None) -> list[tuple[date, int]]:
    """Return the lines there were at the end of each day on which some came back.

    Of one chapter, or of all; oldest first, each day once.

    Raises:
        RecordError: a register cannot be read.

    """
    return _running(
        back for back in brought(campaign) if chapter in (None, back.chapter)
    )


def _running(every: Iterable[Brought]) -> list[tuple[date, int]]:
    came: dict[date, int] = {}
    for back in every:
        came[back.day] = came.get(back.day, 0) + back.lines
    total, found = 0, []
    for day in sorted(came):
        total += came[day]
        found.append((day, total))
    return found


def by_chapter(campaign: Path) -> Mapping[str, list[tuple[date, int]]]:
    """Return the same as `by_day` for each chapter of which something came back.

    Raises:
        RecordError: a register cannot be read.

    """
    came: dict[str, list[Brought]] = {}
    for back in brought(campaign):
        came.setdefault(back.chapter, []).append(back)
    return {chapter: _running(each) for chapter, each in came.items()}


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
    issues = in_order(campaign)
    # Whole numbers by how many sections share a return: a fraction for each of ten
    # thousand returns takes longer than all the rest of a page.
    found: dict[str, Counter[int]] = {}
    for back in returns(campaign).values():
        sections = sorted(_sections(back))
        for issue, numbers in apart(issues, sections):
            there = found.setdefault(issue.county if issue else "", Counter())
            if back.counted:
                there[1] += sum(back.counted[number] for number in numbers)
            else:
                there[len(sections)] += back.lines * len(numbers)
    return {
        county: sum((Fraction(n, by) for by, n in found[county].items()), Fraction(0))
        for county in sorted(found)
    }


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
