"""The order of a list of measures: by the year and number each was filed under.

It is the order in which the office took them in, so it favours nobody, and it does not
change when one of them moves on.
"""

from __future__ import annotations

import re
from datetime import date

NUMBERED = re.compile(
    r"(?:(?P<year>\d{4})|(?P<short>\d{2}))-(?P<number>\d{1,8})(?!\d)(?P<rest>.*)",
    re.DOTALL,
)
CENTURY, PIVOT = 100, 70
"""Of a year's two digits, 70 and more stand for the last century."""
LAST = 9999


def filed_as(measure: str, began: date | None) -> str:
    """Return what sorts a measure's id as a person would: its year, then its number.

    An id that holds neither goes by the year in which the measure began, where that is
    known, and behind the numbered ones of that year.

    >>> filed_as("us/ca/17-0018", None) < filed_as("us/ca/18-0001", None)
    True
    >>> filed_as("us/ca/18-0002", None) < filed_as("us/ca/18-0010", None)
    True
    """
    last = measure.rpartition("/")[2]
    if found := NUMBERED.match(last):
        year = int(found["year"]) if found["year"] else _whole(int(found["short"]))
        return f"{year:04}/0/{int(found['number']):08}/{found['rest']}"
    return f"{began.year if began else LAST:04}/1/{last}"


def _whole(short: int) -> int:
    """Return the year that two digits stand for."""
    return short + CENTURY * (19 if short >= PIVOT else 20)
