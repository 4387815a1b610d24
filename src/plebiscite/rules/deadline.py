"""Deadlines: how long the law gives, from which day, and what was assumed.

A clock may start on a day nobody knows yet (no sample is due before the counties were
told to draw it). Then the law file names the clock whose last day stands in, and the
deadline says so: it is an estimate, and its `assumes` tells of what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plebiscite.core.calendar import Calendar, Unit
from plebiscite.core.citation import Source
from plebiscite.rules.amounts.phrase import PhraseError

_TERM = re.compile(
    r"(\d{1,4}) (days?|working days?|months?) (after|before) ([a-z][a-z0-9_]*)"
    r"(, counting that day)?(, or the next working day)?"
)
_UNITS = {
    "day": Unit.DAYS,
    "working day": Unit.WORKING_DAYS,
    "month": Unit.MONTHS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A length of time from a day the law names.

    Attributes:
        number, unit: how long.
        before: whether it runs backwards, such as "131 days before election".
        start: the name of the day it runs from.
        counting_start: whether that day is the first of the term.
        rolls: whether a last day on which offices rest gives way to the next on which
            they work.

    """

    number: int
    unit: Unit
    before: bool
    start: str
    counting_start: bool
    rolls: bool

    @property
    def needs_calendar(self) -> bool:
        """Whether the term cannot be counted without knowing the holidays."""
        return self.rolls or self.unit is Unit.WORKING_DAYS

    def last_day(self, start: date, calendar: Calendar) -> date:
        """Return the last day of the term that begins at `start`."""
        count = calendar.before if self.before else calendar.after
        day = count(start, self.number, self.unit, counting_start=self.counting_start)
        return calendar.next_working_day(day) if self.rolls else day

    def __str__(self) -> str:
        unit = (
            self.unit.value if self.number != 1 else self.unit.value.removesuffix("s")
        )
        way = "before" if self.before else "after"
        return (
            f"{self.number} {unit} {way} {self.start.replace('_', ' ')}"
            f"{', counting that day' if self.counting_start else ''}"
            f"{', or the next working day' if self.rolls else ''}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day of a clock.

    Attributes:
        clock: the rule's name in the law file.
        day: the last day.
        rule: the rule in words.
        cite: the sources that impose it.
        first_day_known: whether the day the rule began is recorded.
        assumes: what was taken for granted, a sentence each; empty when nothing was.

    """

    clock: str
    day: date
    rule: str
    cite: tuple[Source, ...]
    first_day_known: bool = True
    assumes: tuple[str, ...] = ()

    @property
    def checked(self) -> date | None:
        """The day the source read longest ago was read.

        None where one was never read, or the day the rule began is not recorded.
        """
        days = [source.checked for source in self.cite]
        known = [day for day in days if day]
        whole = self.first_day_known and known and len(known) == len(days)
        return min(known) if whole else None


def read_term(text: str) -> Term:
    """Read a term as a statute says it.

    >>> read_term("8 working days after filed_with_counties").number
    8

    Raises:
        PhraseError: the phrase is none that is read.

    """
    found = _TERM.fullmatch(text)
    if not found:
        raise PhraseError(
            f"cannot read the deadline {text!r}; write '180 days after "
            "official_summary_date' (days, working days, months; after, before), with "
            "', counting that day' or ', or the next working day' behind it"
        )
    unit = _UNITS[found[2].removesuffix("s")]
    if unit is Unit.MONTHS and found[5]:
        raise PhraseError(
            f"cannot read the deadline {text!r}: months run from a day to the same day "
            "of another month; leave ', counting that day' out, or write days"
        )
    return Term(
        number=int(found[1]),
        unit=unit,
        before=found[3] == "before",
        start=found[4],
        counting_start=bool(found[5]),
        rolls=bool(found[6]),
    )
