"""The law that governs a measure, where its record begins late or not at all."""

from __future__ import annotations

from datetime import date

from plebiscite.docket.folder import Record
from plebiscite.rules.rulebook import Rulebook

REVIEWED = frozenset({"proposed", "estimated"})
"""Stages at which the law is still that of a day to come."""


def law_day(record: Record) -> date:
    """Return the day whose law governs a measure that records no day of its summary.

    Where that day is missing, the law of the first event is nearer than that of the day
    asked about.
    """
    if not record.events or record.life.stage in REVIEWED:
        return record.on
    return record.events[0].day


def book_of(record: Record) -> Rulebook:
    """Return the law that governs a measure, as in force for it."""
    return record.ground.book(record.life.dates, law_day(record))
