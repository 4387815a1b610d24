"""What matters: how far the chance of all moves when one thing is other than thought.

Each bar runs from the chance at the worse end of one setting to that at the better end,
everything else as it was; the widest stands on top. Chances this far apart are read on
powers of ten, where equal lengths are equal factors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Literal

from plebiscite.forecast.shown import shown
from plebiscite.report.certificate_text import Table
from plebiscite.report.chance.frame import LABEL
from plebiscite.report.picture import DEEP, INK, SAND, WARM, Picture, drawn, inline

WIDE = 400
STEP = 34
LEAST = 1e-9
SIDES: tuple[tuple[str, Literal["left", "right"], int], ...] = (
    ("low", "right", -6),
    ("high", "left", 6),
)
ROOM = 0.55
BEYOND = 1_000
FACTOR = 20
"""Chances farther apart than this stand on powers of ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One thing that could be other than thought.

    Attributes:
        words: what it is.
        worse: its value at the worse end, in words: "$0.4M".
        better: at the better end.
        low: the chance of all at the worse end, 0 to 1.
        high: at the better end.

    """

    words: str
    worse: str
    better: str
    low: float
    high: float


def tornado_picture(
    levers: Sequence[Lever], *, base: float, of: str = "of all of it"
) -> Picture:
    """Draw what moves the chance `of` something, `base` as things are thought."""
    import altair as alt

    ranked = sorted(levers, key=lambda each: (-_reach(each), each.words))
    rows = [_row(each, base) for each in ranked]
    marks = [v for each in ranked for v in (each.low, each.high)] + [base]
    least, most = max(min(marks), LEAST), max(*marks, LEAST)
    powers = most / least > FACTOR
    # Room for the words beside each end.
    part = (most / least) ** ROOM
    scale = (
        alt.Scale(type="log", domain=[least / part / 2, most * part * 2], nice=False)
        if powers
        else alt.Scale(
            domain=[least - ROOM * (most - least), most + ROOM * (most - least)],
            nice=False,
            zero=False,
        )
    )
    y = alt.Y(
        "words:N",
        sort=[row["words"] for row in rows],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelExpr=r"split(datum.label, '\n')"),
    )
    chart = alt.Chart(inline(rows)).encode(y=y)
    title = "The chance, one thing moved" + (", on powers of ten" if powers else "")
    axis = alt.Axis(labels=False, ticks=False, grid=False)
    down = chart.mark_bar(height=15, color=SAND, stroke=INK, strokeWidth=0.7).encode(
        x=alt.X("low:Q", scale=scale, title=title, axis=axis), x2="base:Q"
    )
    up = chart.mark_bar(height=15, color=DEEP, stroke=INK, strokeWidth=0.7).encode(
        x=alt.X("base:Q", scale=scale), x2="high:Q"
    )
    words = [
        chart.mark_text(align=side, dx=shift, fontSize=LABEL - 1, color=INK).encode(
            x=alt.X(f"{end}:Q", scale=scale), text=f"{end}_words:N"
        )
        for end, side, shift in SIDES
    ]
    middle = alt.Chart(
        inline([{"base": max(base, LEAST), "words": f"as thought: {shown(base)}"}])
    )
    rule = middle.mark_rule(color=WARM, strokeWidth=1.6).encode(
        x=alt.X("base:Q", scale=scale)
    )
    named = middle.mark_text(
        dy=-4, fontSize=LABEL, color=WARM, baseline="bottom"
    ).encode(x=alt.X("base:Q", scale=scale), y=alt.value(0), text="words:N")
    drawing = alt.layer(down, up, *words, rule, named).properties(
        width=WIDE, height={"step": STEP}
    )
    caption = _caption(ranked, base, of)
    return Picture(
        key="tornado",
        title="What matters most",
        svg=drawn(drawing, caption, "tornado"),
        caption=caption,
        table=_table(ranked),
    )


def _reach(lever: Lever) -> float:
    return max(lever.high, LEAST) / max(lever.low, LEAST)


def _brief(chance: float) -> str:
    """Write a chance beside a bar; what is below a thousandth is only that."""
    return (
        shown(chance).removeprefix("about ").replace("below 1 in 1,000", "<1 in 1,000")
    )


def _row(lever: Lever, base: float) -> dict[str, Any]:
    low, high = _brief(lever.low), _brief(lever.high)
    # Words that are alike at both ends would say nothing.
    low, high = ("", "") if low == high else (f": {low}", f": {high}")
    return {
        "words": "\n".join(wrap(lever.words, 26)),
        "low": max(lever.low, LEAST),
        "high": max(lever.high, LEAST),
        "base": max(base, LEAST),
        "low_words": lever.worse + low,
        "high_words": lever.better + high,
    }


def _caption(ranked: Sequence[Lever], base: float, of: str) -> str:
    if not ranked:
        return "Nothing is left that could move it."
    most = ranked[0]
    times = _reach(most)
    factor = f"{times:,.0f} times" if times < BEYOND else "over a thousand times"
    return (
        f"As things are thought, the chance {of} is {shown(base)}. Most "
        f"hangs on {most.words}: between {most.worse} and {most.better} it differs by "
        f"{factor}. Light bars are the worse end, dark ones the better."
    )


def _table(ranked: Sequence[Lever]) -> Table:
    return Table(
        key="tornado-table",
        caption="What matters most",
        heads=("What", "Worse end", "Chance", "Better end", "Chance"),
        rows=tuple(
            (
                each.words,
                each.worse,
                shown(each.low),
                each.better,
                shown(each.high),
            )
            for each in ranked
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A group of hurdles with one driver, and the share of the loss it carries."""

    words: str
    share: float


def parts_picture(parts: Sequence[Part]) -> Picture:
    """Draw which hurdles carry the loss; the shares add up to one."""
    import altair as alt

    ranked = sorted(parts, key=lambda each: (-each.share, each.words))
    rows: list[dict[str, Any]] = [
        {
            "words": "\n".join(wrap(each.words, 26)),
            "share": round(each.share, 4),
            "shown": f"{each.share:.0%}",
        }
        for each in ranked
    ]
    top = max([row["share"] for row in rows], default=1)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(
            "words:N",
            sort=[row["words"] for row in rows],
            title=None,
            axis=alt.Axis(
                ticks=False, domain=False, labelExpr=r"split(datum.label, '\n')"
            ),
        ),
        x=alt.X(
            "share:Q",
            title="Share of what stands against it",
            scale=alt.Scale(domain=[0, top * 1.15], nice=False),
            axis=alt.Axis(format="%", tickCount=4),
        ),
    )
    bars = base.mark_bar(color=DEEP, height=17)
    shown = base.mark_text(align="left", dx=5, fontSize=LABEL, color=INK).encode(
        text="shown:N"
    )
    caption = (
        f"Of what stands against it, {ranked[0].words} carries {ranked[0].share:.0%}. "
        "Hurdles that one thing drives are taken together, and the order in which they "
        "are looked at makes no difference (Shapley)."
        if ranked
        else "Nothing stands against it."
    )
    return Picture(
        key="parts",
        title="Which hurdle carries the loss",
        svg=drawn(
            (bars + shown).properties(width=WIDE, height={"step": 34}), caption, "parts"
        ),
        caption=caption,
        table=Table(
            key="parts-table",
            caption="Which hurdle carries the loss",
            heads=("Hurdles", "Share"),
            rows=tuple((each.words, f"{each.share:.0%}") for each in ranked),
        ),
    )
