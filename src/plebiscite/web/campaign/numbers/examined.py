"""Where the lines refused may be examined, after a petition was found insufficient.

The county's desk shows them to the proponent, and writes down each look. Here stands
only where, since when and until when; of the lines themselves nothing is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plebiscite.web.county.models import Examination
from plebiscite.web.county.models.examination import DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An examination that a county opened.

    Attributes:
        county: whose finding it is.
        found_on: the day of the finding.
        last_day: the last day on which the examination may begin.

    """

    county: str
    found_on: date
    last_day: date


WITHIN_DAYS = DAYS
"""Days within which the examination must begin."""


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
