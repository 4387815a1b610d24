"""Where the lines refused may be examined, after a petition was found insufficient.

The county's desk shows them to the proponent, and writes down each look. Here stands
only where, since when and until when; of the lines themselves nothing is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plebiscite.rules.examining import examining
from plebiscite.rules.rulebook import Law
from plebiscite.web.county.models import Examination


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An examination that a county opened.

    Attributes:
        county: whose finding it is.
        found_on: the day of the finding.
        last_day: the last day on which the examination may begin; None where the law
            of the finding's day is not recorded.

    """

    county: str
    found_on: date
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """How many days after a finding an examination must begin, and what says so."""

    days: int
    cites: tuple[str, ...]


def within(law: Law, on: date) -> Within | None:
    """Return how soon an examination must begin if the finding is made on a day.

    None where the law of that day does not say, or is not recorded.
    """
    found = examining(law, on).begins_by
    if found is None:
        return None
    return Within(days=(found.day - on).days, cites=tuple(map(str, found.cite)))


def examinations(measure: str) -> list[Open]:
    """Return the examinations that counties opened for a measure, by county."""
    rows = Examination.objects.filter(desk__measure=measure).select_related("desk")
    return sorted(
        (
            Open(county=row.desk.county, found_on=row.found_on, last_day=row.last_day)
            for row in rows
        ),
        key=lambda each: each.county,
    )
