"""Cells of a file of polls: days and numbers as pollsters and archives write them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from plebiscite.forecast.polls.intake.days import written

FULL = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
MONTH = re.compile(r"(\d{4})-(\d{1,2})")
YEAR = re.compile(r"\d{4}")
YEARS = range(1900, 2200)
NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", ".", "?"})
DAYS = "write a day as 2016-11-14, or 2016-11 where only the month is known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days a cell may mean.

    Attributes:
        first: the earliest.
        last: the latest; the same where the cell is exact.
        sure: whether the cell is a whole day without a question mark.

    """

    first: date
    last: date
    sure: bool


def text_of(cell: str | None) -> str | None:
    """Return a cell's text, or None where it says that nothing is known."""
    if cell is None or cell.strip().casefold() in NOTHING:
        return None
    return cell.strip()


def dates(
    cell: str, date_format: str | None = None, *, american: bool | None = None
) -> Dates:
    """Return the days a cell means: a day, a month or a year, perhaps with a mark.

    `american` says whether the file writes the month first; None where none tells.

    Raises:
        ValueError: it is none; the message says what to write.

    """
    bare = cell.rstrip("? ~").removeprefix("~").removeprefix("c.").strip()
    sure = bare == cell
    if date_format is not None:
        try:
            day = datetime.strptime(bare, date_format).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            day = None
        if day is not None:
            return Dates(first=day, last=day, sure=sure)
    whole = bool(re.search(r"\d.*\D.*\d{4}$", bare))
    try:
        found = _iso(bare)
    except ValueError:
        found = None
    if found is None:
        try:
            found = written(bare, american=american)
        except ValueError as problem:
            if "may have" in str(problem):
                raise
            found = None
    if found is None or found[0].year not in YEARS:
        raise ValueError(f"not a day; {DAYS}")
    exact = found[0] == found[1] or whole
    return Dates(first=found[0], last=found[1], sure=sure and exact)


def _iso(text: str) -> tuple[date, date] | None:
    text = text.partition("T")[0].partition(" ")[0]
    if whole := FULL.fullmatch(text):
        day = date(int(whole[1]), int(whole[2]), int(whole[3]))
        return day, day
    if part := MONTH.fullmatch(text):
        year, month = int(part[1]), int(part[2])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    return None


def points(cell: str) -> float:
    """Return a share as it stands: 43, 43.5, 43,5, 43% or .43.

    Raises:
        ValueError: it is no number of 0 or more; the message says what to write.

    """
    bare = re.sub(r"^(\d{1,3}),(\d{1,2})$", r"\1.\2", cell.removesuffix("%").strip())
    number = _number(bare)
    if number < 0:
        raise ValueError("a share cannot be below zero")
    return number


def people(cell: str) -> int:
    """Return how many were asked: 800, 1,200, 4772.0, ~800 or 800 LV.

    Raises:
        ValueError: it is no whole number above zero; the message says what to write.

    """
    bare = cell.lstrip("~\N{ALMOST EQUAL TO} ").removeprefix("c.").strip()
    bare = re.sub(
        r"\s*\(?\b(lv|rv|a|v|adults|voters)\)?$", "", bare, flags=re.IGNORECASE
    )
    bare = re.sub(r"(?<=\d)[, '](?=\d{3}\b)", "", bare)
    number = _number(bare)
    if not 0 < number < float("inf") or number != int(number):
        raise ValueError("write how many were asked, a whole number above zero")
    return int(number)


def _number(text: str) -> float:
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
        raise ValueError("not a number; write digits, with a point before decimals")
    return float(text)
