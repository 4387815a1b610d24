"""Two bars: counts against the requirement, and days against the time the law gives.

Lengths are shares of the drawing's width and letters keep their size, so that a phone
shows the same words as large as a desk does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from html import escape

from plebiscite.report.page.figure import COUNTS
from plebiscite.report.page.progress import Progress, Window

AIR = Fraction(104, 100)
WIDE_ENOUGH = 45
"""Percent of the width from which on a name fits inside its bar."""


def counts_svg(found: Progress, title: str, names: Mapping[str, str]) -> str:
    """Draw each count as a bar, and the law's lines across them.

    `names` says each kind, and ``required``, in the reader's language.
    """
    most = max([found.required * 11 // 10, *found.counts.values()]) * AIR
    rows = [kind for kind in COUNTS if kind in found.counts] or [""]
    height = 34 + 38 * len(rows)

    def at(count: int) -> str:
        return f"{float(count / most * 100):.2f}"

    drawn = [_opening(height, title, "counts")]
    for place, kind in enumerate(rows):
        drawn += _row(
            found, kind, names, 32 + 38 * place, at(found.counts.get(kind, 0))
        )
    for line in found.lines:
        if line.name != "required":
            drawn.append(_line(at(line.at), 26, height, "band"))
    where = at(found.required)
    drawn.append(_line(where, 22, height, "ask"))
    drawn.append(
        f'<text class="ask" x="{where}%" dx="5" y="14" text-anchor="end">'
        f"{escape(names['required'])} {found.required:,}</text>"
    )
    return "\n".join([*drawn, "</svg>"])


def _row(
    found: Progress, kind: str, names: Mapping[str, str], top: int, end: str
) -> Iterator[str]:
    yield f'<rect class="track" x="0" y="{top}" width="100%" height="28"/>'
    if not kind:
        return
    yield f'<rect class="{kind}" x="0" y="{top}" width="{end}%" height="28"/>'
    inside = float(end) > WIDE_ENOUGH
    place = 'x="0" dx="9"' if inside else f'x="{end}%" dx="9"'
    ink = f"{kind} inside" if inside else "outside"
    yield (
        f'<text class="{ink}" {place} y="{top + 19}">{escape(names[kind])} '
        f"{found.counts[kind]:,}</text>"
    )


def window_svg(found: Window, title: str, opens: str, closes: str) -> str:
    """Draw the days gone of those the law gives, its first and its last day named."""
    end = f"{100 * found.day / max(found.days, 1):.2f}"
    drawn = [
        _opening(56, title, "window"),
        '<rect class="track" x="0" y="5" width="100%" height="22"/>',
        f'<rect class="gone" x="0" y="5" width="{end}%" height="22"/>',
        _line(end, 0, 32, "ask"),
        f'<text class="day" x="0" y="49">{escape(opens)}</text>',
        f'<text class="day" x="100%" y="49" text-anchor="end">{escape(closes)}</text>',
    ]
    return "\n".join([*drawn, "</svg>"])


def _line(at: str, top: int, bottom: int, kind: str) -> str:
    return f'<line class="{kind}" x1="{at}%" x2="{at}%" y1="{top}" y2="{bottom}"/>'


def _opening(height: int, title: str, kind: str) -> str:
    return (
        f'<svg class="drawn {kind}" role="img" aria-label="{escape(title)}" '
        f'width="100%" height="{height}" xmlns="http://www.w3.org/2000/svg">'
    )
