"""Support over time: polls as they were, their average, and the fan to voting day.

Each poll is a point with its own error and a mark for its question, because two
wordings are two questions. The fan shows where yes may stand on the day of the vote:
half of what is possible lies in its dark part.
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

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
OTHER = "another question"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollPoint:
    """One poll as it is drawn.

    Attributes:
        day: its last day in the field.
        yes: among those who chose, in points.
        error: half its interval, in points; None where nobody knows.
        who: who asked.
        question: what was asked, in a few words; polls of one question look alike.

    """

    day: date
    yes: float
    error: float | None
    who: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportFan:
    """What the picture is drawn from.

    Attributes:
        average: day → the average of the polls as it stood, in points.
        middle: day → the middle of the fan; the first day is the forecast's own.
        bands: the fan, several levels a day.
        need: the share of yes that the law asks for, in points.
        need_words: what the law asks for: "more than half of the votes".
        chance: of reaching it, 0 to 1, or None.

    """

    polls: Sequence[PollPoint]
    average: Sequence[tuple[date, float]]
    middle: Sequence[tuple[date, float]]
    bands: Sequence[Level]
    as_of: date
    vote_on: date
    need: float
    need_words: str
    chance: float | None = None


def support_picture(found: SupportFan) -> Picture:
    """Draw polls, average and fan, with the line that must be crossed."""
    import altair as alt

    top = _top(found)
    scale = alt.Scale(domain=[0, top], nice=False)
    y = alt.Y("yes:Q", title="Yes, in percent of those who choose", scale=scale)
    layers: list[Any] = []
    for level in sorted({each.level for each in found.bands}, reverse=True):
        rows = [_band(each) for each in found.bands if each.level == level]
        layers.append(
            alt.Chart(inline(rows))
            .mark_area(color=shade(level), opacity=1)
            .encode(x=_x(found), y=alt.Y("low:Q", scale=scale, title=""), y2="high:Q")
        )
    if found.middle:
        layers.append(
            alt.Chart(inline(_line(found.middle)))
            .mark_line(color=DEEP, strokeWidth=2, strokeDash=[6, 3])
            .encode(x=_x(found), y=y)
        )
    if found.average:
        layers.append(
            alt.Chart(inline(_line(found.average)))
            .mark_line(color=DEEP, strokeWidth=2.6)
            .encode(x=_x(found), y=y)
        )
    x = _x(found)
    layers += [
        *_polls(found, scale),
        *rule_at(
            found.need, found.need_words, scale, x, (_first(found), found.vote_on)
        ),
        _ending(found, scale),
        ends(found.bands, found.vote_on, x, scale),
        begin_at(found.as_of, x, _head(found), scale),
    ]
    chart = alt.layer(*layers).properties(width=ACROSS, height=TALL)
    caption = _caption(found)
    return Picture(
        key="support",
        title="Support, and where it may stand on voting day",
        svg=drawn(chart, caption, "support"),
        caption=caption,
        table=_table(found),
    )


def _first(found: SupportFan) -> date:
    return min([each.day for each in found.polls] + [found.as_of])


def _x(found: SupportFan) -> Any:
    return days_axis(_first(found), found.vote_on)


def _head(found: SupportFan) -> float:
    """Return how high the fan stands on its first day."""
    return max(
        [b.high for b in found.bands if b.day == found.as_of], default=found.need
    )


def _top(found: SupportFan) -> float:
    tops = [each.high for each in found.bands] + [found.need + 5]
    tops += [each.yes + (each.error or 0) for each in found.polls]
    return min(100.0, 10 * (max(tops) // 10 + 1))


def _band(each: Level) -> dict[str, Any]:
    return {
        "day": each.day.isoformat(),
        "low": max(round(each.low, 2), 0.0),
        "high": min(round(each.high, 2), 100.0),
    }


def _line(points: Sequence[tuple[date, float]]) -> list[dict[str, Any]]:
    return [{"day": day.isoformat(), "yes": round(yes, 2)} for day, yes in points]


def _questions(found: SupportFan) -> list[str]:
    """Return the questions asked, the commonest first; the rest share a mark."""
    names = [each.question or OTHER for each in found.polls]
    ranked = sorted(set(names), key=lambda name: (-names.count(name), name))
    return ranked if len(ranked) <= len(SHAPES) else [*ranked[:5], OTHER]


def _polls(found: SupportFan, scale: Any) -> list[Any]:
    import altair as alt

    if not found.polls:
        return []
    known = _questions(found)
    rows = [
        {
            "day": each.day.isoformat(),
            "yes": round(each.yes, 2),
            "low": round(max(each.yes - (each.error or 0), 0), 2),
            "high": round(min(each.yes + (each.error or 0), 100), 2),
            "asked": each.question if each.question in known else OTHER,
        }
        for each in found.polls
    ]
    base = alt.Chart(inline(rows)).encode(x=_x(found))
    bars = base.mark_rule(color=INK, strokeWidth=1.2).encode(
        y=alt.Y("low:Q", scale=scale, title=""), y2="high:Q"
    )
    several = len(known) > 1
    dots = base.mark_point(
        filled=True, size=75, color=INK, opacity=1, stroke="#fffdf8", strokeWidth=1
    ).encode(
        y=alt.Y("yes:Q", scale=scale, title="Yes, in percent of those who choose"),
        shape=alt.Shape(
            "asked:N",
            scale=alt.Scale(domain=known, range=list(SHAPES[: len(known)])),
            legend=alt.Legend(columns=1, symbolFillColor=INK, symbolStrokeColor=INK)
            if several
            else None,
        ),
    )
    return [bars, dots]


def _ending(found: SupportFan, scale: Any) -> Any:
    """Write the middle of the fan beside its end."""
    import altair as alt

    day, yes = found.middle[-1] if found.middle else (found.vote_on, found.need)
    rows = [{"day": day.isoformat(), "yes": yes, "words": f"{int(yes + 0.5)}%"}]
    return (
        alt.Chart(inline(rows if found.middle else []))
        .mark_text(align="left", dx=6, fontSize=LABEL, color=DEEP, fontWeight="bold")
        .encode(x=_x(found), y=alt.Y("yes:Q", scale=scale), text="words:N")
    )


def _caption(found: SupportFan) -> str:
    many = len(found.polls)
    polls = (
        "No poll was published by then, so that the fan shows what is known of such "
        "measures in general."
        if not many
        else f"{many} poll{'s' * (many != 1)}, each with its own error; "
        + (
            "different marks are different questions."
            if len(_questions(found)) > 1
            else "all put the same question."
        )
    )
    last = [each for each in found.bands if each.day == found.vote_on]
    wide = max(last, key=lambda each: each.level, default=None)
    fan = (
        f" On {found.vote_on.isoformat()} yes lies between {max(wide.low, 0):.0f} "
        f"and {min(wide.high, 100):.0f} percent, {level_words(wide.level)}."
        if wide
        else ""
    )
    asked = f" The law asks for {found.need_words} (the line across)"
    chance = (
        f"; the chance of that is {shown(found.chance)}."
        if found.chance is not None
        else "."
    )
    return polls + fan + asked + chance


def _table(found: SupportFan) -> Table:
    rows = [
        (
            each.day.isoformat(),
            f"{each.who}{': ' * bool(each.question)}{each.question}",
            f"{each.yes:.1f}",
            "" if each.error is None else f"{max(each.yes - each.error, 0):.1f}",
            "" if each.error is None else f"{min(each.yes + each.error, 100):.1f}",
        )
        for each in sorted(found.polls, key=lambda each: (each.day, each.who))
    ]
    rows += [
        (
            each.day.isoformat(),
            f"forecast, {level_words(each.level)}",
            "",
            f"{max(each.low, 0):.1f}",
            f"{min(each.high, 100):.1f}",
        )
        for each in found.bands
        if each.day == found.vote_on
    ]
    return Table(
        key="support-table",
        caption="Polls and forecast, in percent yes",
        heads=("Day", "What", "Yes", "From", "To"),
        rows=tuple(rows),
    )
