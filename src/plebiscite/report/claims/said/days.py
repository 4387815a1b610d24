"""Days as news texts give them: whole, without a year, or no nearer than a season.

A day that a text gives is compared with a recorded day only as far as it goes: "by
July 25" says nothing of the year, "spring 2019" nothing of the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov")
MONTHS = {name: number for number, name in enumerate((*NAMES, "dec"), 1)}
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?"
    r"|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?"
    r"|Dec(?:ember|\.)?)"
)
YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d)"
SEASONS = {
    "spring": (3, 6),
    "summer": (6, 9),
    "fall": (9, 12),
    "autumn": (9, 12),
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "end": (10, 12),
}
PARTS = {"early": (1, 10), "beginning": (1, 10), "mid": (10, 20), "late": (20, 31)}
PARTS |= {"end": (20, 31), "middle": (10, 20)}
PART = r"(?P<part>early|mid|late|the +end +of|end +of|beginning +of|middle +of)"
WRITTEN = (
    rf"(?P<m>{MONTH}) +(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d)"
    rf"(?:,? +(?P<y>{YEAR})\b)?",
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: +of)? +(?P<m>{MONTH})\b"
    rf"(?:,? +(?P<y>{YEAR})\b)?",
    rf"\b(?P<y>{YEAR})-(?P<m>\d\d)-(?P<d>\d\d)\b",
    rf"\b(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>{YEAR}|\d\d)\b",
    rf"\b(?:{PART}[ -]+)?(?P<m>{MONTH}),?(?: +of)? +(?P<y>{YEAR})\b",
    rf"\b{PART}[ -]+(?P<m>{MONTH})(?![a-z])",
    rf"(?:(?<= in )|(?<= by )|(?<= of ))(?P<m>{MONTH})(?![a-z])",
    rf"(?:(?<=until )|(?<=since )|(?<=this )|(?<=last )|(?<=next ))(?P<m>{MONTH})"
    r"(?![a-z])",
    rf"\b(?P<season>spring|summer|fall|autumn|early|mid|late|the +end +of)"
    rf"(?: +of|-| +in)? *(?P<y>{YEAR})\b",
    rf"(?<![\d,.$/#-])(?P<y>{YEAR})\b(?![\d,/]*\d|[%-])",
)
PATTERNS = tuple(re.compile(each, re.IGNORECASE) for each in WRITTEN)
COUNTED = re.compile(r" +(?:signatures|votes|voters|people|names|members|dollars)")

NUMBERED = re.compile(
    r"\b(?:initiative|petition|number|bill|file|no\.|nos\.|#) *#?$", re.IGNORECASE
)
"""Before the number of a measure, which is no year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """A day, as far as a text gives it.

    Attributes:
        start, end: its place in the sentence.
        text: as written.
        year, month, day: None where not given.
        months: the first and last month of a season, else None.
        days: the first and last day of a part of a month, else None.

    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: tuple[int, int] | None = None
    days: tuple[int, int] | None = None

    @property
    def is_vague(self) -> bool:
        """Whether it gives a part of a month, or a season."""
        return self.months is not None or self.days is not None

    @property
    def is_year(self) -> bool:
        """Whether it gives a year and nothing else."""
        return self.month is None and not self.months

    @property
    def is_whole(self) -> bool:
        """Whether it names one day, of a year or not."""
        return self.day is not None

    def covers(self, day: date) -> bool:
        """Tell whether a day is, as far as this goes, the day said."""
        return (
            self.year in {None, day.year}
            and self.month in {None, day.month}
            and self.day in {None, day.day}
            and (not self.months or self.months[0] <= day.month <= self.months[1])
            and (not self.days or self.days[0] <= day.day <= self.days[1])
        )

    def overlaps(self, first: date, last: date) -> bool:
        """Tell whether something that lasted so long fell, as far as known, on it."""
        if self.year is not None and not first.year <= self.year <= last.year:
            return False
        if self.month is None:
            return True
        known = range(first.year * 12 + first.month, last.year * 12 + last.month + 1)
        years = [self.year] if self.year else [first.year, last.year]
        return any(year * 12 + self.month in known for year in years)


def days_in(text: str) -> list[SaidDay]:
    """Return the days a sentence gives, in order; the fullest reading of each."""
    taken: list[SaidDay] = []
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            day = _said(found)
            if day and all(day.end <= t.start or t.end <= day.start for t in taken):
                taken.append(day)
    return sorted(taken, key=lambda each: each.start)


def _said(found: re.Match[str]) -> SaidDay | None:
    parts = found.groupdict()
    month = _month(parts.get("m"))
    numbered = not parts.get("m") and NUMBERED.search(found.string[: found.start()])
    if month == 0 or numbered or COUNTED.match(found.string, found.end()):
        return None
    year, day = parts.get("y"), parts.get("d")
    if day and not 1 <= int(day) <= 31:  # noqa: PLR2004 - days of a month
        return None
    part, season = parts.get("part"), parts.get("season")
    return SaidDay(
        start=found.start(),
        end=found.end(),
        text=found.group(),
        year=int(year) + (2000 if len(year) == len("17") else 0) if year else None,
        month=month,
        day=int(day) if day else None,
        months=next(_named(season, SEASONS), None),
        days=next(_named(part, PARTS), None),
    )


def _named(
    word: str | None, table: dict[str, tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    if word:
        yield from (each for name, each in table.items() if name in word.lower())


def _month(word: str | None) -> int | None:
    """Return a month's number; None without one, 0 for what is no month."""
    if word is None:
        return None
    if word.isdecimal():
        return int(word) if 1 <= int(word) <= len(MONTHS) else 0
    # "may" and "march" are verbs too.
    return MONTHS[word[:3].lower()] if word[0].isupper() else 0
