"""Signatures over time: what was counted, and the fan to the deadline.

Counts may fall, where signatures are withdrawn or struck; the line shows that. What is
forecast is of the same kind as what was counted: raw lines stay raw lines, and the
requirement is drawn twice where validity must still be taken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plebiscite.forecast.shown import shown
from plebiscite.report.certificate_text import Table
from plebiscite.report.chance.frame import (
    ACROSS,
    LABEL,
    TALL,
    Level,
    begin_at,
    days_axis,
    ends,
    level_words,
    rule_at,
    shade,
)
from plebiscite.report.picture import DEEP, INK, Picture, drawn, inline
from plebiscite.report.words import figure


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceFan:
    """What the picture is drawn from.

    Attributes:
        counts: day → what was counted by then, oldest first.
        kind: what was counted: claimed, raw, projected or verified lines.
        middle: day → the middle of the fan.
        bands: the fan, several levels a day, in lines.
        required: valid signatures required, or None.
        lines_needed: lines of this kind that yield them at the usual validity; None
            where lines of this kind are valid already, or nobody knows.
        chance: of reaching the requirement, 0 to 1, or None.

    """

    counts: Sequence[tuple[date, int]]
    kind: str
    middle: Sequence[tuple[date, float]]
    bands: Sequence[Level]
    begins: date
    as_of: date
    deadline: date
    required: int | None = None
    lines_needed: int | None = None
    chance: float | None = None


def pace_picture(found: PaceFan) -> Picture:
    """Draw the counts, the fan to the deadline, and what is required."""
    import altair as alt

    scale = alt.Scale(domain=[0, _top(found)], nice=False)
    x = days_axis(
        min([found.begins, *(day for day, _ in found.counts)]), found.deadline
    )
    y = alt.Y("lines:Q", title=_heading(found), scale=scale, axis=alt.Axis(format=",d"))
    layers: list[Any] = []
    for level in sorted({each.level for each in found.bands}, reverse=True):
        rows = [
            {
                "day": b.day.isoformat(),
                "low": round(max(b.low, 0)),
                "high": round(b.high),
            }
            for b in found.bands
            if b.level == level
        ]
        layers.append(
            alt.Chart(inline(rows))
            .mark_area(color=shade(level), opacity=1)
            .encode(x=x, y=alt.Y("low:Q", scale=scale, title=""), y2="high:Q")
        )
    layers.append(
        alt.Chart(inline(_line(found.middle)))
        .mark_line(color=DEEP, strokeWidth=2, strokeDash=[6, 3])
        .encode(x=x, y=y)
    )
    counted = alt.Chart(inline(_line(found.counts))).encode(x=x, y=y)
    layers.append(counted.mark_line(color=INK, strokeWidth=2.4))
    if len(found.counts) <= MARKED:
        layers.append(counted.mark_point(filled=True, size=40, color=INK, opacity=1))
    span = (found.begins, found.deadline)
    for need, words in _needs(found):
        layers += rule_at(need, words, scale, x, span, field="lines")
    layers += [
        _ending(found, x, scale),
        ends(found.bands, found.deadline, x, scale, field="lines"),
        begin_at(found.as_of, x, _head(found), scale, field="lines"),
    ]
    chart = alt.layer(*layers).properties(width=ACROSS - 20, height=TALL)
    caption = _caption(found)
    return Picture(
        key="pace",
        title="Signatures, and where they may stand at the deadline",
        svg=drawn(chart, caption, "pace"),
        caption=caption,
        table=_table(found),
    )


def _head(found: PaceFan) -> float:
    """Return how high the fan stands on its first day."""
    tops = [each.high for each in found.bands if each.day <= found.as_of]
    return max([*tops, *(float(count) for _, count in found.counts), _top(found) / 8])


MARKED = 40
"""Counts up to which each gets a mark."""


def _heading(found: PaceFan) -> str:
    return f"{found.kind.capitalize()} signatures"


def _top(found: PaceFan) -> float:
    tops = [each.high for each in found.bands] + [float(c) for _, c in found.counts]
    tops += [need * 1.12 for need, _ in _needs(found)]
    return max([*tops, 1.0]) * 1.03


def _needs(found: PaceFan) -> list[tuple[float, str]]:
    if found.required is None:
        return []
    needs = [(float(found.required), f"required: {found.required:,} valid")]
    if found.lines_needed is not None and found.lines_needed > found.required:
        words = f"about {found.lines_needed:,} lines yield them"
        needs.append((float(found.lines_needed), words))
    return needs


def _line(points: Sequence[tuple[date, float]]) -> list[dict[str, Any]]:
    return [{"day": day.isoformat(), "lines": round(count)} for day, count in points]


def _ending(found: PaceFan, x: Any, scale: Any) -> Any:
    import altair as alt

    rows = [
        {"day": day.isoformat(), "lines": round(count), "words": _short(count)}
        for day, count in found.middle[-1:]
    ]
    return (
        alt.Chart(inline(rows))
        .mark_text(align="left", dx=6, fontSize=LABEL, color=DEEP, fontWeight="bold")
        .encode(x=x, y=alt.Y("lines:Q", scale=scale), text="words:N")
    )


def _short(count: float) -> str:
    """Write a forecast count no finer than it is known: two digits.

    >>> [_short(n) for n in (0, 47, 8_431, 612_345, 1_234_567)]
    ['0', '47', '8,400', '610,000', '1,200,000']
    """
    whole = round(count)
    step = 10 ** max(len(str(abs(whole))) - 2, 0)
    return f"{round(whole / step) * step:,}"


def _caption(found: PaceFan) -> str:
    day, count = found.counts[-1] if found.counts else (found.as_of, 0)
    last = (
        f"{count:,} {found.kind} signatures were counted by {day.isoformat()}. "
        if found.counts
        else f"No count was published by {found.as_of.isoformat()}. "
    )
    at_end = [each for each in found.bands if each.day == found.deadline]
    wide = max(at_end, key=lambda each: each.level, default=None)
    fan = (
        f"By the deadline, {found.deadline.isoformat()}, there may be "
        f"{_short(max(wide.low, 0))} to {_short(wide.high)}, "
        f"{level_words(wide.level)}"
        if wide
        else ""
    )
    chance = (
        f"; the chance that {found.required:,} valid ones are reached is "
        f"{shown(found.chance)}."
        if found.required is not None and found.chance is not None
        else "."
    )
    return last + (fan + chance if fan else "")


def _table(found: PaceFan) -> Table:
    rows = [
        (day.isoformat(), found.kind, figure(count), "", "")
        for day, count in found.counts
    ]
    middles = dict(found.middle)
    rows += [
        (
            each.day.isoformat(),
            f"forecast, {level_words(each.level)}",
            _short(middles[each.day]) if each.day in middles else "",
            _short(max(each.low, 0)),
            _short(each.high),
        )
        for each in found.bands
        if each.day == found.deadline
    ]
    return Table(
        key="pace-table",
        caption=f"Counts and forecast, {found.kind} signatures",
        heads=("Day", "What", "Signatures", "From", "To"),
        rows=tuple(rows),
    )
