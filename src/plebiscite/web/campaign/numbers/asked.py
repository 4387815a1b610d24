"""Asking the forecast for a desk: once for each state of the campaign's records.

A forecast takes most of a second, and many people look at the same desk. So answers are
kept in memory until a record changes or the day does.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from plebiscite.core.files import mark_of
from plebiscite.docket.store import FILE as DOCKET
from plebiscite.petition.measure import FILE
from plebiscite.report.drive.course import Course, course_of
from plebiscite.report.drive.filing import Filing, filing_of
from plebiscite.web.campaign.desk import CAMPAIGN, Desk

KEPT = 32


def course_and_filing(desk: Desk) -> tuple[Course, Filing]:
    """Return how far a drive is, and what is to be filed.

    Raises:
        InputError: the measure's law is not known.
        RecordError: the docket or a register cannot be read.

    """
    return _asked(desk.folder, _mark(desk.folder), desk.day)


@lru_cache(maxsize=KEPT)
def _asked(folder: Path, _mark: str, on: date) -> tuple[Course, Filing]:
    course = course_of(folder, on)
    return course, filing_of(folder / CAMPAIGN, course)


def _mark(folder: Path) -> str:
    seen = [
        folder / FILE,
        folder / DOCKET,
        *sorted((folder / CAMPAIGN).glob("*.jsonl")),
    ]
    return "\n".join(f"{path.name}|{mark_of(path)}" for path in seen)
