"""What a chart is in a page: a drawing, a sentence, and its figures in a table.

Charts are drawn by Vega-Lite into SVG that stands inside the page: no script, nothing
fetched, the same bytes for the same figures. Colour repeats what position says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from plebiscite.report.certificate_text import Table

INK = "#1a1c1e"
DEEP = "#17405a"
WARM = "#a4532c"
SAND = "#cdb88a"
PALE = "#d9d4c5"
SERIF = (
    "Libertinus Serif, Linux Libertine O, Palatino Linotype, Palatino, Georgia, "
    "DejaVu Serif, serif"
)
WIDTH = 520

LOOK = {
    "font": SERIF,
    "background": "transparent",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": "#e4dfd1",
        "labelLimit": 220,
    },
    "legend": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "orient": "top",
        "labelLimit": 300,
        "title": None,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart as it stands in a page.

    Attributes:
        svg: the drawing, to stand inside HTML.
        caption: what to see in it, in a sentence or two.
        table: the figures it was drawn from.

    """

    key: str
    title: str
    svg: str
    caption: str
    table: Table


def inline(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return rows as a chart's own data, so that it needs no file."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in rows])


def drawn(chart: Any, alternative: str, key: str) -> str:
    """Return a chart as SVG to stand in a page, fit to scale, with its alternative."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(chart.configure(**LOOK).to_dict())
    # Several drawings share a page: their ids must not meet.
    svg = re.sub(r'(id="|url\(#)(\w+)', rf"\1{key}-\2", svg)
    svg = re.sub(r'\s(?:xmlns:xlink|class|version)="[^"]*"', "", svg, count=3)
    label = escape(alternative)
    return svg.replace("<svg", f'<svg class="chart" role="img" aria-label="{label}"', 1)
