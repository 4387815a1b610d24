"""The picture that stands beside a link to the page where people share it (PNG)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from textwrap import wrap

from plebiscite.report.page.drawn.ink import DEEP, INK, PAPER, RULE, SOFT, TINT, WARM
from plebiscite.report.page.progress import Progress

WIDTH, HEIGHT = 1200, 630
FONT = "'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"


def card_svg(
    *,
    name: str,
    title: str,
    stands: Sequence[str],
    progress: Progress | None,
    on: date,
    fiction: str,
) -> str:
    """Return the picture as SVG: the title, where the measure stands, and its count."""
    lines = wrap(title, 40)[:3]
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{escape(FONT)}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        f'<rect width="{WIDTH}" height="14" fill="{DEEP}"/>',
        f'<text x="70" y="96" font-size="30" fill="{SOFT}">{escape(name)}</text>',
    ]
    if fiction:
        drawn.append(
            f'<text x="{WIDTH - 70}" y="96" font-size="28" font-weight="bold" '
            f'fill="{WARM}" text-anchor="end">{escape(fiction)}</text>'
        )
    for number, line in enumerate(lines):
        drawn.append(
            f'<text x="70" y="{172 + 62 * number}" font-size="50" font-weight="bold" '
            f'fill="{INK}">{escape(line)}</text>'
        )
    row = 172 + 62 * len(lines) + 26
    for words in stands:
        for line in wrap(words, 62)[:2]:
            drawn.append(
                f'<text x="70" y="{row}" font-size="34" fill="{INK}">'
                f"{escape(line)}</text>"
            )
            row += 46
    if progress and progress.best:
        share = min(progress.counts[progress.best] / progress.required, 1.0)
        drawn += [
            f'<rect x="70" y="520" width="1060" height="26" rx="4" fill="{TINT}" '
            f'stroke="{RULE}"/>',
            f'<rect x="70" y="520" width="{1060 * share:.0f}" height="26" rx="4" '
            f'fill="{DEEP}"/>',
        ]
    drawn.append(
        f'<text x="70" y="594" font-size="26" fill="{SOFT}">plebiscite · '
        f"{on.isoformat()}</text>"
    )
    return "\n".join([*drawn, "</svg>"])


def card_png(svg: str) -> bytes:
    """Return a picture as PNG, 1200 by 630, drawn with what this machine has."""
    import vl_convert

    made: bytes = vl_convert.svg_to_png(svg)
    return made
