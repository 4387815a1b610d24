"""The course of a drive as a drawing: what came back, where it may end, what is needed.

Only places on a sheet are worked out here; words are set by whoever shows it, in the
reader's language. Colour repeats what position, shape and a word say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10

from plebiscite.report.drive.course import Course
from plebiscite.report.drive.filing import Filing

WIDTH, HEIGHT = 720, 380
LEFT, RIGHT, TOP, BOTTOM = 92, 704, 26, 340
LEVELS = (0.95, 0.8, 0.5)
"""Bands of the fan, the widest first."""
HIGHEST = 1.7
"""Times what is needed beyond which a fan is cut off, so that the rest can be read."""
MOST_TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis: where, and for what. `minor` ones may give way on a phone."""

    at: float
    number: int = 0
    day: date | None = None
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One band of the fan: its outline, and where it ends on the last day."""

    level: float
    outline: str
    low: int
    high: int
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line across: so many lines are planned, or needed."""

    key: str
    at: float
    number: int
    above: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChart:
    """Everything a template draws, in units of a sheet of `WIDTH` by `HEIGHT`.

    Attributes:
        counted: the path of what came back, in steps: nothing comes between two days.
        now: where the path ends, with the count; None where nothing came back.
        bands: the fan, the widest first; none where there is no forecast.
        middle: the path of its middle; "" without one.
        end: where the middle ends, with the count.
        steady: the way from now to what is needed; "" where it is reached, or unknown.
        today: where today stands; None outside the sheet.

    """

    counted: str
    now: tuple[float, float, int] | None
    bands: tuple[Band, ...]
    middle: str
    end: tuple[float, float, int] | None
    steady: str
    rules: tuple[Rule, ...]
    days: tuple[Tick, ...]
    lines: tuple[Tick, ...]
    today: float | None
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The sheet's scales: days across, lines up."""

    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        """Return where a day stands."""
        span = max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / span, 1)

    def y(self, lines: float) -> float:
        """Return where a number of lines stands; nothing stands outside."""
        share = min(max(lines, 0), self.most) / self.most
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    def point(self, day: date, lines: float) -> str:
        """Return a point of a path."""
        return f"{self.x(day)},{self.y(lines)}"


def pace_chart(
    course: Course, filing: Filing, counts: Sequence[tuple[date, int]], *, needed: int
) -> PaceChart | None:
    """Return the drawing of a drive; None where no day of it is known.

    `needed` are the lines to file that are drawn as the line to cross; 0 for none.
    """
    known = [day for day, _ in counts]
    first = min([course.opens or course.on, *known])
    last = course.closes or course.on
    if last <= first:
        return None
    end = filing.finish
    most = max([needed, *(count for _, count in counts), 10])
    if end is not None:
        most = max(most, min(round(end.quantile(0.975)), round(HIGHEST * most)))
    sheet = Sheet(first=first, last=last, most=round(most * 1.06))
    return PaceChart(
        counted=_steps(sheet, counts, min(course.on, last)),
        now=_now(sheet, counts, min(course.on, last)),
        bands=_bands(sheet, filing),
        middle=_middle(sheet, filing),
        end=_end(sheet, filing),
        steady=_steady(sheet, course, counts, needed),
        rules=_rules(sheet, course, needed),
        days=_months(sheet),
        lines=_ticks(sheet),
        today=sheet.x(course.on) if first < course.on < last else None,
        first=first,
        last=last,
    )


def _steps(sheet: Sheet, counts: Sequence[tuple[date, int]], today: date) -> str:
    at, path = sheet.y(0), [f"M{sheet.point(sheet.first, 0)}"]
    for day, count in counts:
        path += [f"L{sheet.x(day)},{at}", f"L{sheet.point(day, count)}"]
        at = sheet.y(count)
    return " ".join([*path, f"L{sheet.x(today)},{at}"])


def _now(
    sheet: Sheet, counts: Sequence[tuple[date, int]], today: date
) -> tuple[float, float, int] | None:
    if not counts:
        return None
    count = counts[-1][1]
    return sheet.x(today), sheet.y(count), count


def _bands(sheet: Sheet, filing: Filing) -> tuple[Band, ...]:
    end = filing.finish
    if end is None or end.counted_on is None:
        return ()
    start = sheet.point(end.counted_on, end.count)
    found = []
    for level in LEVELS:
        low, high = end.interval(level)
        top = _way(sheet, end.counted_on, end.count, high)
        found.append(
            Band(
                level=level,
                outline=f"M{start} L{top} L{sheet.point(sheet.last, high)} "
                f"L{sheet.point(sheet.last, low)} Z",
                low=_round(low),
                high=_round(high),
                cut=high > sheet.most,
            )
        )
    return tuple(found)


def _way(sheet: Sheet, since: date, count: int, high: float) -> str:
    """Return where a straight way up to `high` leaves the sheet, or its last point."""
    if high <= sheet.most:
        return sheet.point(sheet.last, high)
    share = (sheet.most - count) / (high - count)
    span = (sheet.last - since).days
    return sheet.point(since + timedelta(days=round(share * span)), sheet.most)


def _middle(sheet: Sheet, filing: Filing) -> str:
    end = filing.finish
    if end is None or end.counted_on is None:
        return ""
    last = sheet.point(sheet.last, end.quantile(0.5))
    return f"M{sheet.point(end.counted_on, end.count)} L{last}"


def _end(sheet: Sheet, filing: Filing) -> tuple[float, float, int] | None:
    if filing.finish is None:
        return None
    middle = filing.finish.quantile(0.5)
    return sheet.x(sheet.last), sheet.y(middle), _round(middle)


def _steady(
    sheet: Sheet, course: Course, counts: Sequence[tuple[date, int]], needed: int
) -> str:
    now = counts[-1][1] if counts else 0
    if now >= needed or not course.days_left or course.on >= sheet.last:
        return ""
    start = max(course.on, sheet.first)
    return f"M{sheet.point(start, now)} L{sheet.point(sheet.last, needed)}"


def _rules(sheet: Sheet, course: Course, needed: int) -> tuple[Rule, ...]:
    found = []
    if needed:
        found.append(Rule(key="needed", at=sheet.y(needed), number=needed))
    if course.required is not None and course.required <= sheet.most:
        at = sheet.y(course.required)
        found.append(
            Rule(key="required", at=at, number=course.required, above=not needed)
        )
    return tuple(found)


def _months(sheet: Sheet) -> tuple[Tick, ...]:
    """Return the first of each month on the sheet; every second may give way."""
    day, found = sheet.first.replace(day=1), list[date]()
    while day <= sheet.last:
        if day >= sheet.first:
            found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return tuple(
        Tick(at=sheet.x(day), day=day, minor=bool(place % 2))
        for place, day in enumerate(found)
        if (sheet.last - day).days > (sheet.last - sheet.first).days / 12
    )


def _ticks(sheet: Sheet) -> tuple[Tick, ...]:
    step = nice_step(sheet.most)
    return tuple(
        Tick(at=sheet.y(number), number=number)
        for number in range(0, sheet.most + 1, step)
    )


def nice_step(most: int) -> int:
    """Return a round step that gives few marks up to a number.

    >>> [nice_step(n) for n in (10, 47, 13_000, 990_000)]
    [2, 10, 5000, 200000]
    """
    rough = max(most / MOST_TICKS, 1)
    power: int = 10 ** int(log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= ceil(rough))


def _round(number: float) -> int:
    """Return a forecast count with the two figures that mean anything."""
    whole = round(number)
    step: int = 10 ** max(len(str(abs(whole))) - 2, 0)
    return round(whole / step) * step
