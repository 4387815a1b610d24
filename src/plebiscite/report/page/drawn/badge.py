"""The badge a newspaper or a campaign can put on its own page: an SVG of its own.

It says the measure's number, the count that says most and its kind, and the day it was
true; it fetches nothing and needs no style sheet.
"""

from __future__ import annotations

from datetime import date
from html import escape
from textwrap import shorten

from plebiscite.report.page.drawn.ink import DEEP, INK, PAPER, RULE, SANS, SOFT, TINT
from plebiscite.report.page.progress import Progress

WIDTH, HEIGHT = 340, 92
STAGE_FITS, COUNT_FITS, EASY = 38, 72, 52
"""Letters that fit in a line; a count longer than the easy ones is set closer."""


def badge_svg(
    *,
    name: str,
    stands: str,
    count: str,
    progress: Progress | None,
    on: date,
    fiction: str,
) -> str:
    """Return the badge: the measure's number, where it stands, and its count.

    `count` is the best count in words; `fiction` a mark for what never happened.
    """
    share = 0.0
    if progress and progress.best:
        share = min(float(progress.counts[progress.best] / progress.required), 1.0)
    words = f"{name}: {stands}. {count} ({on.isoformat()})"
    track = WIDTH - 28
    bar = [
        f'<rect x="14" y="56" width="{track}" height="8" rx="4" fill="{TINT}" '
        f'stroke="{RULE}"/>',
        f'<rect x="14" y="56" width="{share * track:.1f}" height="8" rx="4" '
        f'fill="{DEEP}"/>',
    ]
    mark = f"{fiction} " if fiction else ""
    said = _short(count, COUNT_FITS)
    closer = (
        f' textLength="{track}" lengthAdjust="spacingAndGlyphs"'
        if len(said) > EASY
        else ""
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
            f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{escape(words)}" font-family="{escape(SANS)}">',
            f"<title>{escape(words)}</title>",
            f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="6" '
            f'fill="{PAPER}" stroke="{RULE}"/>',
            f'<text x="14" y="22" font-size="12" fill="{SOFT}">'
            f"{escape(mark + name)}</text>",
            f'<text x="14" y="44" font-size="16" font-weight="600" fill="{INK}">'
            f"{escape(_short(stands, STAGE_FITS))}</text>",
            *(bar if progress else []),
            f'<text x="14" y="81" font-size="12" fill="{SOFT}"{closer}>{escape(said)}'
            "</text>",
            f'<text x="{WIDTH - 14}" y="22" font-size="12" fill="{SOFT}" '
            f'text-anchor="end">{on.isoformat()}</text>',
            "</svg>\n",
        ]
    )


def _short(words: str, most: int) -> str:
    """Shorten to whole words: a number that is cut is another number."""
    return shorten(words, most, placeholder=" …")
