"""The record as a picture: did what was called likely happen that often?

Left, forecasts of like chance are put together, and the share that came true stands
over the chance given; a bar shows where chance alone may put it, nineteen times in
twenty. Right, where the outcomes fell in their forecasts' own ranges: level if the
ranges were honest, a U if they were too narrow, a hill if too wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt
from typing import Any

from plebiscite.report.certificate_text import Table
from plebiscite.report.chance.frame import LABEL
from plebiscite.report.picture import DEEP, INK, PALE, WARM, Picture, drawn, inline

SIDE, RIGHT = 200, 200
Z95 = 1.96
TAIL = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts of like chance.

    Attributes:
        chance: the mean of the chances given, 0 to 1.
        happened: how many of them came true.
        forecasts: how many there are.

    """

    chance: float
    happened: int
    forecasts: int

    @property
    def share(self) -> float:
        """The share that came true."""
        return self.happened / self.forecasts


def binned(pairs: Sequence[tuple[float, bool]], bins: int = 5) -> list[Bin]:
    """Put chances together in `bins` ranges of equal width; empty ones are left out."""
    found: dict[int, list[tuple[float, bool]]] = {}
    for chance, happened in pairs:
        found.setdefault(min(int(chance * bins), bins - 1), []).append(
            (chance, happened)
        )
    return [
        Bin(
            chance=sum(chance for chance, _ in part) / len(part),
            happened=sum(happened for _, happened in part),
            forecasts=len(part),
        )
        for _, part in sorted(found.items())
    ]


def by_chance(chance: float, forecasts: int) -> tuple[float, float]:
    """Return between which shares 95% of honest records of this size lie.

    Exact from the binomial law: at most 2.5% below and at most 2.5% above.
    """
    weights = [_binomial(k, forecasts, chance) for k in range(forecasts + 1)]
    below, low = 0.0, 0
    while low < forecasts and below + weights[low] <= TAIL:
        below += weights[low]
        low += 1
    above, high = 0.0, forecasts
    while high > 0 and above + weights[high] <= TAIL:
        above += weights[high]
        high -= 1
    return low / forecasts, high / forecasts


def _binomial(k: int, many: int, chance: float) -> float:
    """Return the chance of just `k` of `many`; by logarithms, for thousands too."""
    if chance in {0.0, 1.0}:
        return float(k == many * chance)
    ways = lgamma(many + 1) - lgamma(k + 1) - lgamma(many - k + 1)
    return exp(ways + k * log(chance) + (many - k) * log1p(-chance))


def reliability_picture(
    bins: Sequence[Bin], pit: Sequence[float], *, groups: int = 10
) -> Picture:
    """Draw the record: `bins` of chances, and `pit`, where outcomes fell (0 to 1).

    `pit` is the forecast's own chance of less than what came, one an outcome; empty
    where only events were forecast.
    """
    import altair as alt

    charts = [_diagonal(bins)]
    if pit:
        charts.append(_ranks(pit, groups))
    chart = alt.hconcat(*charts, spacing=30) if len(charts) > 1 else charts[0]
    caption = _caption(bins, pit, groups)
    return Picture(
        key="reliability",
        title="Did what was called likely happen that often?",
        svg=drawn(chart, caption, "reliability"),
        caption=caption,
        table=_table(bins),
    )


def _diagonal(bins: Sequence[Bin]) -> Any:
    import altair as alt

    rows = []
    for each in bins:
        low, high = by_chance(each.chance, each.forecasts)
        rows.append(
            {
                "chance": round(each.chance, 4),
                "share": round(each.share, 4),
                "low": low,
                "high": high,
                "count": f"{each.forecasts}",
            }
        )
    share = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    x = alt.X("chance:Q", scale=share, title="Chance given", axis=axis)
    y = alt.Y("share:Q", scale=share, title="Share that came true", axis=axis)
    line = (
        alt.Chart(inline([{"chance": 0, "share": 0}, {"chance": 1, "share": 1}]))
        .mark_line(color=WARM, strokeDash=[6, 3], strokeWidth=1.6)
        .encode(x=x, y=y)
    )
    base = alt.Chart(inline(rows)).encode(x=x)
    bars = base.mark_bar(color=PALE, stroke=INK, strokeWidth=0.6, width=16).encode(
        y=alt.Y("low:Q", scale=share, title=""), y2="high:Q"
    )
    dots = base.mark_point(
        filled=True, size=85, color=DEEP, opacity=1, stroke="#fffdf8", strokeWidth=1
    ).encode(y=y)
    counts = base.mark_text(align="left", dx=12, fontSize=LABEL - 1, color=INK).encode(
        y=y, text="count:N"
    )
    return (bars + line + dots + counts).properties(width=SIDE, height=SIDE)


def _ranks(pit: Sequence[float], groups: int) -> Any:
    import altair as alt

    counts = _grouped(pit, groups)
    even = len(pit) / groups
    swing = Z95 * sqrt(even * (1 - 1 / groups))
    rows = [
        {"from": k / groups, "to": (k + 1) / groups, "count": count, "zero": 0}
        for k, count in enumerate(counts)
    ]
    top = max([*counts, even + swing]) * 1.1
    scale = alt.Scale(domain=[0, top], nice=False)
    x = alt.X(
        "from:Q",
        title="Where the outcome fell in its forecast",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(
            values=[0, 0.5, 1],
            labelExpr="datum.value == 0 ? 'lowest' : datum.value == 1 ? 'highest' : "
            "'middle'",
        ),
    )
    band = (
        alt.Chart(
            inline(
                [
                    {
                        "low": max(even - swing, 0),
                        "high": even + swing,
                        "from": 0,
                        "to": 1,
                    }
                ]
            )
        )
        .mark_rect(color=PALE, opacity=1, stroke=INK, strokeWidth=0.5)
        .encode(x=x, x2="to:Q", y=alt.Y("low:Q", scale=scale, title=""), y2="high:Q")
    )
    bars = (
        alt.Chart(inline(rows))
        .mark_rect(color=DEEP, stroke="#fffdf8", opacity=1)
        .encode(
            x=x,
            x2="to:Q",
            y=alt.Y(
                "count:Q",
                scale=scale,
                title="Outcomes",
                axis=alt.Axis(tickMinStep=1, tickCount=4, format="d"),
            ),
            y2="zero:Q",
        )
    )
    level = (
        alt.Chart(inline([{"count": even}]))
        .mark_rule(color=WARM, strokeDash=[6, 3], strokeWidth=1.6)
        .encode(y=alt.Y("count:Q", scale=scale))
    )
    return (band + bars + level).properties(width=RIGHT, height=SIDE)


def _grouped(pit: Sequence[float], groups: int) -> list[int]:
    counts = [0] * groups
    for value in pit:
        counts[min(max(int(value * groups), 0), groups - 1)] += 1
    return counts


def _caption(bins: Sequence[Bin], pit: Sequence[float], groups: int) -> str:
    many = sum(each.forecasts for each in bins)
    if not many:
        return "No forecast has met its outcome yet."
    outside = sum(
        not low <= each.share <= high
        for each in bins
        for low, high in [by_chance(each.chance, each.forecasts)]
    )
    said = (
        f"{many} forecasts that met their outcome. A dot on the dashed line came true "
        "as often as it was called; the bar is how far chance alone may move it, and "
        f"the figure how many forecasts it holds. {outside or 'None'} of {len(bins)} "
        f"dots {'lies' if outside == 1 else 'lie'} outside."
    )
    if not pit:
        return said
    even = len(pit) / groups
    swing = Z95 * sqrt(even * (1 - 1 / groups))
    odd = sum(abs(count - even) > swing for count in _grouped(pit, groups))
    return (
        f"{said} On the right, honest ranges make bars of one height, within the band: "
        f"{odd or 'none'} of {groups} "
        f"{'stands' if odd == 1 else 'stand'} out."
    )


def _table(bins: Sequence[Bin]) -> Table:
    rows = []
    for each in bins:
        low, high = by_chance(each.chance, each.forecasts)
        rows.append(
            (
                f"{each.chance:.0%}",
                f"{each.forecasts}",
                f"{each.happened}",
                f"{each.share:.0%}",
                f"{low:.0%} to {high:.0%}",
            )
        )
    return Table(
        key="reliability-table",
        caption="Chances given, and what came of them",
        heads=("Chance given", "Forecasts", "Came true", "Share", "By chance"),
        rows=tuple(rows),
    )
