"""The running total of a full count: what is verified, and what still could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plebiscite.report.certificate_text import Table
from plebiscite.report.picture import (
    DEEP,
    INK,
    PALE,
    WARM,
    WIDTH,
    Picture,
    drawn,
    inline,
)
from plebiscite.report.words import figure

FEWEST_TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The running total after a county's lines.

    Attributes:
        county: the county just finished.
        looked_at: lines looked at so far, over all counties.
        verified: lines found valid so far.
        still_open: lines not looked at, or not decided.

    """

    county: str
    looked_at: int
    verified: int
    still_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A full count from its first line to its last.

    Attributes:
        readings: one per county, in the order they were counted.
        required: valid signatures the law asks for.
        settled_after: lines after which the outcome was certain.
        settled_in: the county of that line.
        words: what the law makes of it, in sentences.

    """

    readings: tuple[Reading, ...]
    required: int
    settled_after: int
    settled_in: str
    words: str


def running_picture(running: Running) -> Picture:
    """Draw verified lines and the most there could be, until the two meet."""
    import altair as alt

    rows = [
        {"at": 0, "low": 0, "high": _most(running.readings[:1], running)},
        *(
            {
                "at": one.looked_at,
                "low": one.verified,
                "high": one.verified + one.still_open,
            }
            for one in running.readings
        ),
    ]
    last = rows[-1]["at"]
    x = alt.X("at:Q", title="Lines looked at", axis=alt.Axis(tickCount=FEWEST_TICKS))
    top = alt.Scale(domain=[0, max(rows[0]["high"], running.required)], nice=False)
    y = alt.Y("low:Q", title="Signatures", scale=top, axis=alt.Axis(tickCount=5))
    base = alt.Chart(inline(rows)).encode(x=x)
    between = base.mark_area(color=PALE, opacity=0.8).encode(y=y, y2="high:Q")
    low = base.mark_line(color=DEEP, strokeWidth=2.4).encode(y=y)
    high = base.mark_line(color=INK, strokeWidth=1).encode(y=alt.Y("high:Q", title=""))
    law = alt.Chart(inline([{"y": running.required, "at": 0, "words": "required"}]))
    rule = law.mark_rule(color=WARM, strokeWidth=1.6, strokeDash=[6, 3]).encode(y="y:Q")
    named = law.mark_text(align="left", dx=6, dy=-8, fontSize=13, color=WARM).encode(
        x="at:Q", y="y:Q", text="words:N"
    )
    settled = (
        alt.Chart(inline([{"at": running.settled_after}]))
        .mark_rule(color=INK, strokeDash=[2, 2])
        .encode(x="at:Q")
    )
    chart = (between + low + high + rule + named + settled).properties(
        width=WIDTH - 90, height=260
    )
    caption = (
        "The lower line is what was verified, the upper one what could still be if "
        "every open line were valid; they meet when nothing is open. The outcome is "
        f"certain after {running.settled_after:,} of {last:,} lines, in "
        f"{running.settled_in} (dotted)."
    )
    return Picture(
        key="running",
        title="The full count, county by county",
        svg=drawn(chart, caption, "running"),
        caption=caption,
        table=Table(
            key="running-table",
            caption="The full count, county by county",
            heads=("After", "Looked at", "Verified", "Still open"),
            rows=tuple(
                (
                    one.county,
                    figure(one.looked_at),
                    figure(one.verified),
                    figure(one.still_open),
                )
                for one in running.readings
            ),
        ),
    )


def _most(first: Sequence[Reading], running: Running) -> int:
    """Return every line there is: what could be valid before any is looked at."""
    return sum(one.looked_at + one.still_open for one in first) or running.required
