"""Why a line was given its voter, as a picture: bits adding up, part by part.

Each part of the evidence is a bar that begins where the last one ended; the best
candidate and the runner-up stand one above the other on one scale, so that what parted
them is seen at once. The figures stand in a table below, for those who do not see the
picture.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import Any

from plebiscite.match.explain import Evidence, Explanation
from plebiscite.report.certificate_text import Table
from plebiscite.report.picture import (
    DEEP,
    INK,
    SERIF,
    WARM,
    WIDTH,
    Picture,
    drawn,
    inline,
)

SHOWN = 2
TOTAL = "all of it"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: {font}; color: {ink}; max-width: 46rem; margin: 2rem auto; }}
table {{ border-collapse: collapse; }}
th, td {{ text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; }}
td:last-child, th:last-child {{ text-align: right; }}
.chart {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{answer}</p>
<figure>
{svg}
<figcaption>{caption}</figcaption>
</figure>
{table}
<p>{why}</p>
</body>
</html>
"""


def waterfall_picture(found: Explanation) -> Picture:
    """Draw the evidence for the best candidate of a line, and for the runner-up."""
    import altair as alt

    shown = found.candidates[:SHOWN]
    rows = [
        {**row, "candidate": _title(at, each), "order": place}
        for at, each in enumerate(shown)
        for place, row in enumerate(_steps(each))
    ]
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(
            "label:N",
            sort=alt.EncodingSortField("order"),
            title=None,
            axis=alt.Axis(
                labelExpr=r"split(datum.label, '\n')", ticks=False, labelLimit=300
            ),
        )
    )
    bars = base.mark_bar(height=15).encode(
        x=alt.X("start:Q", title="Bits of evidence; one more is twice as likely"),
        x2="end:Q",
        color=alt.Color(
            "sort:N",
            scale=alt.Scale(domain=["for", "against", "sum"], range=[DEEP, WARM, INK]),
            legend=alt.Legend(columns=3),
        ),
    )
    figures = base.mark_text(align="left", dx=5, fontSize=13, color=INK).encode(
        x="right:Q", text="shown:N"
    )
    chart = (
        (bars + figures)
        .properties(width=WIDTH - 210, height={"step": 92})
        .facet(
            row=alt.Row(
                "candidate:N",
                sort=[_title(at, each) for at, each in enumerate(shown)],
                title=None,
                header=alt.Header(
                    labelAngle=0,
                    labelOrient="top",
                    labelAnchor="start",
                    labelFontSize=14,
                ),
            )
        )
        .resolve_scale(y="independent")
    )
    caption = _caption(found)
    return Picture(
        key="waterfall",
        title=f"Line {found.line_id}",
        svg=drawn(chart, caption, "waterfall") if shown else "",
        caption=caption,
        table=Table(
            key="waterfall-table",
            caption="The evidence, part by part",
            heads=("Candidate", "What agrees or differs", "Bits"),
            rows=tuple((row["candidate"], row["what"], row["shown"]) for row in rows),
        ),
    )


def waterfall_page(found: Explanation) -> str:
    """Return the picture as a page that stands alone, with its figures in a table."""
    picture = waterfall_picture(found)
    words = found.words()
    return PAGE.format(
        title=escape(picture.title),
        font=SERIF,
        ink=INK,
        answer=escape(words[0]),
        svg=picture.svg,
        caption=escape(picture.caption),
        table=_table(picture.table),
        why=escape(words[-1]),
    )


def waterfall_svg(found: Explanation) -> str:
    """Return the picture alone, as SVG with its words in it for a screen reader."""
    return waterfall_picture(found).svg or (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(_caption(found))}"/>'
    )


def _title(at: int, each: Evidence) -> str:
    return f"{'runner-up' if at else 'best candidate'}: {each.voter}"


def _steps(each: Evidence) -> list[dict[str, Any]]:
    """Return the bars of one candidate: each part, and all of it."""
    rows: list[dict[str, Any]] = []
    reached = 0.0
    for what, bits in each.parts:
        rows.append(_bar(what, reached, reached + bits, f"{bits:+.1f}"))
        reached += bits
    rows.append(_bar(TOTAL, 0.0, each.bits, f"{each.bits:+.1f}") | {"sort": "sum"})
    return rows


def _bar(what: str, start: float, end: float, shown: str) -> dict[str, Any]:
    return {
        "what": what,
        "label": "\n".join(
            line for part in what.split("; ") for line in wrap(part, 38)
        ),
        "start": round(start, 2),
        "end": round(end, 2),
        "right": round(max(start, end), 2),
        "sort": "for" if end >= start else "against",
        "shown": shown,
    }


def _caption(found: Explanation) -> str:
    """Say what the picture shows, for those who do not see it as well."""
    if not found.candidates:
        return "No voter shares a name or an address with the line."
    best, *others = found.candidates
    said = f"For {best.voter} speak {best.bits:+.1f} bits in all"
    if others:
        said += f"; for the runner-up, {others[0].voter}, {others[0].bits:+.1f}"
    return said + "."


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    return (
        f"<table>\n<caption>{escape(table.caption)}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )
