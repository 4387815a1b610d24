"""Counting legal days: calendar days, working days, and the next working day.

A term runs *after* the day that starts it, unless the law counts that day too.
Holidays come from the `holidays` library and are corrected where an official outcome or
a statute shows the library wrong; the corrections are data of the law folder, not code.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from plebiscite.errors import InputError

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
MONTHS = 12


class Unit(StrEnum):
    """What a term is counted in, as statutes name it."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One point on which a place's official calendar differs from the library.

    Attributes:
        name: the day's name, for readers.
        holiday: whether offices rest on it.
        month, day_of_month: the day, in every year the correction covers.
        called: instead of a month and day, the name by which the library knows it,
            for holidays that move.
        weekday: only when the day falls on this weekday (Monday is 0); None for any.
        since, until: first and last day the correction covers; None is unbounded.
        cite: keys of the sources that show it.

    """

    name: str
    holiday: bool
    month: int | None = None
    day_of_month: int | None = None
    called: str | None = None
    weekday: int | None = None
    since: date | None = None
    until: date | None = None
    cite: tuple[str, ...] = ()

    def covers(self, day: date, names: tuple[str, ...]) -> bool:
        """Tell whether the correction speaks of `day`, whose holidays have `names`."""
        if self.since and day < self.since:
            return False
        if self.until and day > self.until:
            return False
        if self.weekday is not None and day.weekday() != self.weekday:
            return False
        if self.called is not None:
            return self.called in names
        return (day.month, day.day) == (self.month, self.day_of_month)

    def applied(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of a day's holidays, corrected.

        A holiday that moves may fall on another one; taking it away leaves the other.
        """
        if self.holiday:
            return (self.name,)
        return tuple(name for name in names if self.called and name != self.called)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The working days of one place.

    Attributes:
        place: the library's code, such as "US-CA" or "CH"; empty for a place whose
            only rest days are Saturdays, Sundays and the corrections.
        corrections: where they disagree about a day, the last one wins.

    """

    place: str = ""
    corrections: tuple[Correction, ...] = field(default=())

    def holiday(self, day: date) -> str | None:
        """Return the name of the holiday on `day`, or None.

        >>> Calendar(place="US").holiday(date(2017, 7, 4))
        'Independence Day'
        """
        names = _library(self.place)(day) if self.place else ()
        for correction in self.corrections:
            if correction.covers(day, names):
                names = correction.applied(names)
        return "; ".join(names) or None

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on `day`: no Saturday, no Sunday, no holiday."""
        return day.weekday() not in {SATURDAY, SUNDAY} and self.holiday(day) is None

    def next_working_day(self, day: date) -> date:
        """Return `day` if offices work on it, else the first day after that they do."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def after(
        self, start: date, number: int, unit: Unit, *, counting_start: bool = False
    ) -> date:
        """Return the last day of a term of `number` units that `start` sets going.

        `counting_start` makes `start` itself the first day of the term. A term of
        months ends on the same day of the month, or on the month's last.

        >>> Calendar().after(date(2017, 1, 26), 180, Unit.DAYS)
        datetime.date(2017, 7, 25)
        """
        return self._count(start, number, unit, 1, counting_start=counting_start)

    def before(
        self, start: date, number: int, unit: Unit, *, counting_start: bool = False
    ) -> date:
        """Return the day `number` units before `start`, counted the same way.

        >>> Calendar().before(date(2018, 11, 6), 131, Unit.DAYS)
        datetime.date(2018, 6, 28)
        """
        return self._count(start, number, unit, -1, counting_start=counting_start)

    def _count(
        self, start: date, number: int, unit: Unit, way: int, *, counting_start: bool
    ) -> date:
        step = DAY * way
        match unit:
            case Unit.DAYS:
                return start + step * (number - counting_start)
            case Unit.MONTHS:
                return _months(start, number * way)
            case Unit.WORKING_DAYS:
                day = start - step if counting_start else start
                for _ in range(number):
                    day += step
                    while not self.is_working_day(day):
                        day += step
                return day


def _months(start: date, number: int) -> date:
    year, month = divmod(start.year * MONTHS + start.month - 1 + number, MONTHS)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


class _Names:
    """The library's names of the holidays of one place, by day."""

    def __init__(self, place: str) -> None:
        from holidays import country_holidays, list_supported_countries

        country, _, part = place.partition("-")
        supported = list_supported_countries()
        parts: Container[str] = supported.get(country, ())
        if country not in supported or (part and part not in parts):
            raise InputError(
                f"no holidays are known for {place!r}; "
                "write a code such as 'US-CA' or 'CH', or a calendar file"
            )
        self._days = country_holidays(country, subdiv=part or None, language="en_US")

    def __call__(self, day: date) -> tuple[str, ...]:
        return tuple(self._days.get_list(day))


@cache
def _library(place: str) -> _Names:
    return _Names(place)
