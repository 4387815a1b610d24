"""The hurdles one after another: the chance of each, and of getting that far.

Left, the chance to clear each hurdle once those before it are cleared, with what poor
knowledge leaves open; right, on a scale of powers of ten, the chance of still standing
behind it. A hollow mark is an opinion somebody put in, and no forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Literal

from plebiscite.forecast.shown import SMALL, shown
from plebiscite.report.certificate_text import Table
from plebiscite.report.chance.frame import LABEL
from plebiscite.report.picture import DEEP, INK, PALE, Picture, drawn, inline

STEP, LEFT, RIGHT = 46, 190, 190
FLOOR, BELOW, HALFWAY = 0.0002, 0.0005, 0.05
SIDES: tuple[tuple[bool, Literal["left", "right"], int], ...] = (
    (True, "right", -6),
    (False, "left", 6),
)
KINDS = ("forecast", "opinion, to be moved", "already settled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One hurdle.

    Attributes:
        words: what must happen.
        given: its chance once those before it happened, 0 to 1.
        low: the lower end of a 90% interval over what is poorly known.
        high: its upper end.
        alone: its chance whatever happened before.
        reached: the chance of clearing it and all before it.
        elicited: whether the chance is an opinion.
        settled: whether it happened, or failed, already.

    """

    words: str
    given: float
    low: float
    high: float
    alone: float
    reached: float
    elicited: bool = False
    settled: bool = False


def ladder_picture(rungs: Sequence[Rung], *, all_words: str | None = None) -> Picture:
    """Draw the hurdles in order; `all_words` is the chance of all, in words."""
    import altair as alt

    rows = [_row(number, rung) for number, rung in enumerate(rungs, 1)]
    order = [row["name"] for row in rows]
    height = {"step": STEP}
    name = alt.Y(
        "name:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            ticks=False,
            labelExpr=r"split(datum.label, '\n')",
            labelLimit=260,
            domain=False,
            grid=True,
        ),
    )
    left = alt.Chart(inline(rows)).encode(y=name)
    key = alt.Legend(
        columns=3, symbolStrokeColor=DEEP, symbolStrokeWidth=2, symbolSize=95
    )
    share = alt.Scale(domain=[-0.04, 1.04], nice=False)
    span = left.mark_rule(color=DEEP, strokeWidth=1.8).encode(
        x=alt.X(
            "low:Q",
            scale=share,
            title="Chance of each, those before it cleared",
            axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
        ),
        x2="high:Q",
    )
    dots = left.mark_point(size=95, strokeWidth=2, color=DEEP, opacity=1).encode(
        x=alt.X("given:Q", scale=share),
        shape=alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=list(KINDS), range=["circle", "diamond", "square"]),
            legend=key,
        ),
        fill=alt.Fill(
            "kind:N",
            scale=alt.Scale(domain=list(KINDS), range=[DEEP, "#fffdf8", INK]),
            legend=key,
        ),
        stroke=alt.Stroke(
            "kind:N",
            scale=alt.Scale(domain=list(KINDS), range=[DEEP, DEEP, INK]),
            legend=key,
        ),
    )
    said = left.mark_text(dy=-13, fontSize=LABEL, color=INK, baseline="bottom").encode(
        x=alt.X("at:Q", scale=share), text="given_words:N", y=name
    )
    first = (span + dots + said).properties(width=LEFT, height=height)
    chart = alt.hconcat(first, _reached(rows, order, height), spacing=18)
    caption = _caption(rungs, all_words)
    return Picture(
        key="ladder",
        title="The hurdles, one after another",
        svg=drawn(chart, caption, "ladder"),
        caption=caption,
        table=_table(rungs),
    )


def _reached(
    rows: Sequence[dict[str, Any]], order: Sequence[str], height: dict[str, int]
) -> Any:
    """Draw the chance of getting this far, on powers of ten."""
    import altair as alt

    scale = alt.Scale(type="log", domain=[FLOOR, 1], nice=False)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("name:N", sort=list(order), title=None, axis=None)
    )
    bars = base.mark_bar(color=PALE, stroke=INK, strokeWidth=0.7, height=17).encode(
        x=alt.X(
            "floor:Q",
            scale=scale,
            title="Chance of getting this far",
            axis=alt.Axis(
                values=[0.001, 0.01, 0.1, 1],
                labelExpr="datum.value >= 1 ? 'certain' : '1 in ' + "
                "format(round(1 / datum.value), ',')",
                labelOverlap=True,
            ),
        ),
        x2="reached:Q",
    )
    words = [
        alt.Chart(inline([row for row in rows if (row["reached"] > HALFWAY) is inside]))
        .mark_text(align=side, dx=shift, fontSize=LABEL, color=INK)
        .encode(
            x=alt.X("reached:Q", scale=scale),
            y=alt.Y("name:N", sort=list(order), title=None, axis=None),
            text="reached_words:N",
        )
        for inside, side, shift in SIDES
    ]
    return alt.layer(bars, *words).properties(width=RIGHT, height=height)


def _below(chance: float) -> float:
    return BELOW if chance > 0 else FLOOR


def _brief(chance: float) -> str:
    return shown(chance).removeprefix("about ")


def _row(number: int, rung: Rung) -> dict[str, Any]:
    kind = KINDS[2] if rung.settled else KINDS[1] if rung.elicited else KINDS[0]
    name = f"{number}. {rung.words}"
    return {
        "name": "\n".join(wrap(name, 30)),
        "given": round(rung.given, 6),
        "low": round(rung.low, 6),
        "high": round(rung.high, 6),
        "at": min(max(rung.given, 0.08), 0.92),
        "given_words": _brief(rung.given) if not rung.settled else "",
        "kind": kind,
        # What is below a thousandth is drawn alike: how far below nobody knows.
        "reached": rung.reached if rung.reached >= SMALL else _below(rung.reached),
        "floor": FLOOR,
        "reached_words": _brief(rung.reached),
    }


def _caption(rungs: Sequence[Rung], all_words: str | None) -> str:
    if not rungs:
        return "There is no hurdle left."
    ahead = [rung for rung in rungs if not rung.settled]
    if not ahead:
        over = rungs[-1].reached == 0
        return "Nothing more can come of it." if over else "Every hurdle lies behind."
    hardest = min(ahead, key=lambda rung: rung.given)
    together_words = all_words or shown(rungs[-1].reached)
    together = 1.0
    for rung in rungs:
        together *= rung.alone
    likelier = rungs[-1].reached > 1.5 * together
    return (
        f"All of it: {together_words}. The hardest hurdle is the one called "
        f"“{hardest.words}”: {shown(hardest.given)} even once those before it "
        "are cleared."
        + (
            " What helps over one hurdle helps over the next, so that all together "
            "are likelier than their single chances multiplied."
            if likelier
            else ""
        )
        + (
            " Hollow marks are opinions, which a reader may move; they are in no score."
            if any(rung.elicited for rung in rungs)
            else ""
        )
    )


def _table(rungs: Sequence[Rung]) -> Table:
    return Table(
        key="ladder-table",
        caption="The hurdles, one after another",
        heads=("Hurdle", "By itself", "Those before cleared", "From", "To", "This far"),
        rows=tuple(
            (
                rung.words + (" (opinion)" if rung.elicited else ""),
                shown(rung.alone),
                shown(rung.given),
                shown(rung.low),
                shown(rung.high),
                shown(rung.reached),
            )
            for rung in rungs
        ),
    )
