"""Days as people write them: 10/28/2012, 28.10.2012, October 28, 2012, Oct 22-28, 2012.

Which of 10/11/2012 is the month is told by the other days of the file (10/28/2012 can
be read one way only); where none tells, it is refused and not guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
NAME = r"([A-Za-z]{3,9})\.?"
DASH = r"\s*(?:[-\N{EN DASH}\N{EM DASH}]|to)\s*"
MONTH_FIRST = re.compile(
    rf"{NAME}\s+(\d{{1,2}})(?:{DASH}(?:{NAME}\s+)?(\d{{1,2}}))?,?\s+(\d{{4}})"
)
DAY_FIRST = re.compile(
    rf"(?:(\d{{1,2}})(?:\s+{NAME})?{DASH})?(\d{{1,2}})\.?\s+{NAME},?\s+(\d{{4}})"
)
MONTH_ALONE = re.compile(rf"{NAME},?\s+(\d{{4}})")
MOST_MONTHS = 12
CENTURY, SHORT = 2000, 99
"""A year up to 99 is one of this century."""
UNCLEAR = (
    "may have the day or the month first, and no other row tells; write it as "
    "2016-11-14, or give a mapping that holds  date_format: '%m/%d/%Y'"
)


def month_first(cells: Iterable[str]) -> bool | None:
    """Tell whether a file writes the month first; None where nothing tells."""
    for cell in cells:
        found = NUMBERS.fullmatch(cell.strip())
        if not found:
            continue
        if int(found[1]) > MOST_MONTHS or found[2] == ".":
            return False
        if int(found[3]) > MOST_MONTHS:
            return True
    return None


def written(text: str, *, american: bool | None) -> tuple[date, date] | None:
    """Return the first and last day that words or figures mean; None if not a day.

    Raises:
        ValueError: there is no such day, or it can be read two ways.

    """
    if found := NUMBERS.fullmatch(text):
        return _numbers(found, american=american)
    if found := MONTH_FIRST.fullmatch(text):
        year, last = int(found[5]), _month(found[3] or found[1])
        end = date(year, last, int(found[4] or found[2]))
        return _since(end, _month(found[1]), int(found[2])), end
    if found := DAY_FIRST.fullmatch(text):
        end = date(int(found[5]), _month(found[4]), int(found[3]))
        first = _month(found[2] or found[4])
        return _since(end, first, int(found[1] or found[3])), end
    if found := MONTH_ALONE.fullmatch(text):
        year, month = int(found[2]), _month(found[1])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return None


def _numbers(found: re.Match[str], *, american: bool | None) -> tuple[date, date]:
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    if american is None:
        if one != other:
            raise ValueError(UNCLEAR)
        american = True
    month, day = (one, other) if american else (other, one)
    whole = date(year if year > SHORT else CENTURY + year, month, day)
    return whole, whole


def _since(end: date, month: int, day: int) -> date:
    """Return the day a range began: in the year before where it would come later."""
    first = date(end.year, month, day)
    return first if first <= end else date(end.year - 1, month, day)


def _month(name: str) -> int:
    short = name[:3].casefold()
    if short not in MONTHS:
        raise ValueError(f"{name} is no month")
    return MONTHS.index(short) + 1
