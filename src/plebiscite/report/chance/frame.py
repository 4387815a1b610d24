"""What the pictures of a chance have in common: sizes, shades, days, the line to cross.

Everything that colour says, position, shape or a word says too: the fans are lighter
outward in grey as well, and marks differ in shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from plebiscite.report.picture import INK, WARM, WIDTH, inline

ACROSS = WIDTH - 70
TALL = 280
LABEL = 13
OUTWARD = ((0.6, "#8fb0c4"), (0.85, "#bcd0dc"), (1.0, "#dfe8ee"))
"""Shades of a fan: up to this level, this one."""
OFTEN = {
    50: "one time in two",
    80: "four times in five",
    90: "nine times in ten",
    95: "19 times in 20",
}
FORMS = ((4 * 366, "%Y"), (120, "%b %Y"))
"""From so many days on, what is written of a day on the axis."""
SHORT = {0.5: "1 in 2", 0.8: "4 in 5", 0.9: "9 in 10", 0.95: "19 in 20"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Where something lies on a day, with such a chance: in points, or in counts.

    Attributes:
        level: the share of what is possible between `low` and `high`: .5, .8, .95.

    """

    day: date
    level: float
    low: float
    high: float


def shade(level: float) -> str:
    """Return the shade of a fan's band: the surer to hold the truth, the lighter."""
    return next(colour for end, colour in OUTWARD if level <= end)


def level_words(level: float) -> str:
    """Say how often an interval holds.

    >>> [level_words(level) for level in (.5, .8, .9, .95)]
    ['one time in two', 'four times in five', 'nine times in ten', '19 times in 20']
    """
    percent = round(level * 100)
    return OFTEN.get(percent, f"{percent} times in 100")


def days_axis(first: date, last: date) -> Any:
    """Return the axis of days, with room for a word behind the last."""
    import altair as alt

    span = max((last - first).days, 1)
    how = next((form for least, form in FORMS if span > least), "%-d %b %Y")
    end = last + timedelta(days=max(span // 14, 1))
    domain = [(first - timedelta(days=span // 50)).isoformat(), end.isoformat()]
    return alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(domain=domain, nice=False, type="utc"),
        axis=alt.Axis(format=how, tickCount=5, labelOverlap=True, grid=False),
    )


def rule_at(
    need: float,
    words: str,
    scale: Any,
    x: Any,
    span: tuple[date, date],
    *,
    field: str = "yes",
) -> list[Any]:
    """Draw the line to be crossed over a span of days, named at its beginning."""
    import altair as alt

    first, last = (day.isoformat() for day in span)
    line = alt.Chart(
        inline([{field: need, "words": words, "day": first, "last": last}])
    )
    y = alt.Y(f"{field}:Q", scale=scale)
    # Said in words: Vega would tell the last day in the machine's own time zone.
    told = alt.value(f"{words}, {first} to {last}")
    rule = line.mark_rule(color=WARM, strokeWidth=1.8, strokeDash=[7, 3]).encode(
        x=x, x2="last:T", y=y, description=told
    )
    named = line.mark_text(
        align="left", dx=6, dy=-6, fontSize=LABEL, color=WARM, baseline="bottom"
    ).encode(x=x, y=y, text="words:N")
    return [rule, named]


def begin_at(day: date, x: Any, head: float, scale: Any, *, field: str = "yes") -> Any:
    """Draw the day from which on it is a forecast, up to `head`."""
    import altair as alt

    row = {
        "day": day.isoformat(),
        field: 0,
        "head": head,
        "words": "forecast from here",
    }
    line = alt.Chart(inline([row]))
    rule = line.mark_rule(color=INK, strokeDash=[2, 3], strokeWidth=1).encode(
        x=x, y=alt.Y(f"{field}:Q", scale=scale), y2="head:Q"
    )
    named = line.mark_text(
        align="left", dx=5, dy=-7, fontSize=LABEL - 1, color=INK, baseline="bottom"
    ).encode(x=x, y=alt.Y(f"{field}:Q", scale=scale), text="words:N")
    return rule + named


def ends(
    bands: Sequence[Level], last: date, x: Any, scale: Any, *, field: str = "yes"
) -> Any:
    """Write beside the end of the fan how often each band holds."""
    import altair as alt

    rows = [
        {"day": last.isoformat(), field: each.high, "words": SHORT[each.level]}
        for each in bands
        if each.day == last and each.level in SHORT and each.high < scale.domain[1]
    ]
    return (
        alt.Chart(inline(rows))
        .mark_text(align="left", dx=6, fontSize=LABEL - 1, color=INK)
        .encode(x=x, y=alt.Y(f"{field}:Q", scale=scale), text="words:N")
    )
