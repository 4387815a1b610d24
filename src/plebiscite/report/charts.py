"""Pictures of a certificate: validity by county, reasons, the weight of a duplicate."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from plebiscite.report import words
from plebiscite.report.certificate_text import Table
from plebiscite.report.picture import DEEP, INK, WARM, WIDTH, Picture, drawn, inline
from plebiscite.report.words import Certified


def validity_picture(data: Certified) -> Picture:
    """Draw each county's projected share of valid lines with its 95% interval."""
    import altair as alt

    shown = sorted(data["counties"], key=lambda c: -c["raw"])
    rows = [_validity(county) for county in shown]
    order = [row["county"] for row in rows]
    ends = [
        min(row["low"] for row in rows) - 1,
        max(row["high"] for row in rows) + 1,
    ]
    scale = alt.Scale(domain=ends, nice=False)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("county:N", sort=order, title=None, axis=alt.Axis(ticks=False))
    )
    bars = base.mark_rule(color=DEEP, strokeWidth=1.6).encode(
        x=alt.X("low:Q", title="Valid lines in percent, duplicates off", scale=scale),
        x2="high:Q",
    )
    dots = base.mark_point(filled=True, size=46, color=DEEP, opacity=1).encode(
        x=alt.X("percent:Q", scale=scale)
    )
    total = alt.Chart(inline([{"percent": _share(data)}]))
    state = total.mark_rule(color=WARM, strokeDash=[5, 3]).encode(
        x=alt.X("percent:Q", scale=scale)
    )
    words_at = total.mark_text(
        align="left", dx=5, dy=-6, color=WARM, fontSize=13, baseline="bottom"
    ).encode(
        x=alt.X("percent:Q", scale=scale),
        y=alt.value(0),
        text=alt.value("all together"),
    )
    chart = (bars + dots + state + words_at).properties(
        width=WIDTH - 130, height={"step": 17}
    )
    best = max(rows, key=lambda row: row["percent"])
    worst = min(rows, key=lambda row: row["percent"])
    caption = (
        f"Valid lines run from {worst['percent']:.1f}% in {worst['county']} to "
        f"{best['percent']:.1f}% in {best['county']}; all together "
        f"{_share(data):.1f}%. A bar reaches as far as chance may, nineteen times in "
        "twenty; the largest county is on top."
    )
    return Picture(
        key="validity",
        title="Valid lines, county by county",
        svg=drawn(chart, caption, "validity"),
        caption=caption,
        table=Table(
            key="validity-table",
            caption="Valid lines, county by county",
            heads=("County", "Filed", "Valid in percent", "From", "To"),
            rows=tuple(
                (
                    row["county"],
                    f"{row['raw']:,}",
                    *(f"{row[key]:.1f}" for key in ("percent", "low", "high")),
                )
                for row in rows
            ),
        ),
    )


def _validity(county: Mapping[str, Any]) -> dict[str, Any]:
    raw = Decimal(county["raw"] or 1)
    width = words.Z95 * Decimal(county["standard_error"])
    low = county.get("low")
    high = county.get("high")
    low = Decimal(low) if low is not None else county["projected"] - width
    high = Decimal(high) if high is not None else county["projected"] + width
    return {
        "county": county["county"],
        "raw": county["raw"],
        "percent": round(float(county["projected"] / raw * 100), 2),
        "low": round(float(low / raw * 100), 2),
        "high": round(min(float(high / raw * 100), 100.0), 2),
    }


def _share(data: Certified) -> float:
    return round(words.counted(data) / (data["raw"] or 1) * 100, 2)


def reasons_picture(data: Certified) -> Picture:
    """Draw why lines were not valid, over all counties, commonest first."""
    import altair as alt

    totals = data["reasons"]
    rows: list[dict[str, Any]] = [
        {"reason": words.reason(code), "lines": count, "shown": f"{count:,}"}
        for code, count in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    ]
    order = [str(row["reason"]) for row in rows]
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("reason:N", sort=order, title=None, axis=alt.Axis(ticks=False)),
        x=alt.X("lines:Q", title="Lines looked at and not valid"),
    )
    bars = base.mark_bar(color=DEEP, height=15)
    counts = base.mark_text(align="left", dx=4, fontSize=13, color=INK).encode(
        text="shown:N"
    )
    chart = (bars + counts).properties(width=WIDTH - 190, height={"step": 24})
    together = sum(totals.values())
    caption = f"{words.lines_of(together)} looked at were not valid" + (
        f"; the commonest reason, {order[0].lower()}, stands for "
        f"{rows[0]['lines'] / together:.0%} of them."
        if rows and together
        else "."
    )
    return Picture(
        key="reasons-picture",
        title="Why lines were not valid",
        svg=drawn(chart, caption, "reasons"),
        caption=caption,
        table=Table(
            key="reasons-picture-table",
            caption="Why lines were not valid",
            heads=("Reason", "Lines"),
            rows=tuple((row["reason"], row["shown"]) for row in rows),
        ),
    )


def duplicate_picture(data: Certified) -> Picture:
    """Draw what one duplicate in the sample takes off, by the size of the county."""
    import altair as alt

    rows = [
        {
            "county": county["county"],
            "raw": county["raw"],
            "sampled": county["sampled"],
            "weight": round(float(Decimal(county["weight"])), 4),
        }
        for county in sorted(data["counties"], key=lambda c: -c["raw"])
        if county["raw"] > 0
    ]
    drawn_rows = [row for row in rows if row["weight"] > 0]
    base = alt.Chart(inline(drawn_rows)).encode(
        x=alt.X(
            "raw:Q",
            scale=alt.Scale(type="log"),
            axis=alt.Axis(values=[500, 1000, 3000, 10000, 30000, 100000, 300000]),
            title="Lines filed in the county",
        ),
        y=alt.Y(
            "weight:Q",
            scale=alt.Scale(type="log"),
            axis=alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000, 10000], format=",~r"),
            title="Signatures one duplicate takes off",
        ),
    )
    dots = base.mark_point(filled=True, size=55, color=DEEP, opacity=0.7)
    named = (
        alt.Chart(inline(drawn_rows[:1]))
        .mark_text(align="right", dx=-9, dy=0, fontSize=13, color=INK)
        .encode(x="raw:Q", y="weight:Q", text="county:N")
    )
    chart = (dots + named).properties(width=WIDTH - 90, height=300)
    top = max(rows, key=lambda row: row["weight"], default=None)
    whole = sum(county["every_line"] for county in data["counties"])
    caption = (
        f"A pair found in a small sample stands for many that were not drawn: one "
        f"more in {top['county']} takes off {top['weight']:,.1f} signatures. "
        if top
        else ""
    ) + (
        f"{whole} of {len(data['counties'])} counties filed so few lines that all were "
        "looked at; there a duplicate takes off itself only."
        if whole
        else ""
    )
    return Picture(
        key="duplicate",
        title="What one duplicate weighs",
        svg=drawn(chart, caption, "duplicate"),
        caption=caption.strip(),
        table=Table(
            key="duplicate-table",
            caption="What one duplicate weighs",
            heads=("County", "Filed", "Looked at", "One takes off"),
            rows=tuple(
                (
                    row["county"],
                    f"{row['raw']:,}",
                    f"{row['sampled']:,}",
                    f"{row['weight']:,.4f}",
                )
                for row in rows
            ),
        ),
    )
