"""How a yes share is shaded on a map: six steps, told apart without colour as well.

No is warm and yes is cool, darker the farther from half. On a map of land, where a
county may be too small for words, the no side is hatched besides, so that a print in
grey and an eye that does not see red beside green read the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from html import escape

from plebiscite.core.share import printed
from plebiscite.vote.after.compare import yes_share
from plebiscite.vote.results import Counts

HALF = Fraction(1, 2)
NOT_COUNTED = "url(#out)"
INK = "#1a1c1e"
FONT = "Georgia, serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """A step of the scale: shares below `below` and not below the step before."""

    below: Fraction
    fill: str
    ink: str
    words: str


SHADES = (
    Shade(below=Fraction(35, 100), fill="#8c3b12", ink="#ffffff", words="under 35%"),
    Shade(below=Fraction(45, 100), fill="#c9773f", ink=INK, words="35 to 45%"),
    Shade(below=HALF, fill="#efd2ba", ink=INK, words="45 to 50%"),
    Shade(below=Fraction(55, 100), fill="#cfe0ea", ink=INK, words="50 to 55%"),
    Shade(below=Fraction(65, 100), fill="#6f9fbf", ink=INK, words="55 to 65%"),
    Shade(below=Fraction(2), fill="#17405a", ink="#ffffff", words="65% and over"),
)
PATTERNS = (
    '<defs><pattern id="out" width="8" height="8" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="8" height="8" fill="#fffdf8"/>'
    '<line x1="0" y1="0" x2="0" y2="8" stroke="#b9b4a6" stroke-width="3"/></pattern>'
    '<pattern id="no" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(-45)"><line x1="0" y1="0" x2="0" y2="6" '
    'stroke="#1a1c1e" stroke-width="0.9" stroke-opacity="0.45"/></pattern></defs>'
)


def shade(share: Fraction | None) -> Shade | None:
    """Return the step a yes share is on; none while the part is not counted."""
    if share is None:
        return None
    return next(each for each in SHADES if share < each.below)


def share_words(row: Counts) -> str:
    """Return a part's yes share in words, to a tenth of a percent."""
    share = yes_share(row)
    return "not counted" if share is None else f"{printed(share * 100, 1)}% yes"


def told(part: str, row: Counts) -> str:
    """Return all that the map knows of a part, in one line."""
    if yes_share(row) is None:
        return f"{part}: not counted"
    return f"{part}: {share_words(row)}, {row['yes']:,} yes, {row['no']:,} no"


def opening(width: int, height: int, title: str, words: str) -> list[str]:
    """Return how a drawing begins: its size, its name for a listener, its patterns."""
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{escape(words)}" font-family="{FONT}">',
        f"<title>{escape(words)}</title>",
        PATTERNS,
        f'<text x="12" y="22" font-size="17">{escape(title)}</text>',
    ]


def key(left: int, top: int, wide: int, *, hatched: bool, out: bool) -> list[str]:
    """Return the scale, step beside step; `out` adds what is not counted."""
    steps = [(each.fill, each.ink, each.words, each.below <= HALF) for each in SHADES]
    if out:
        steps.append((NOT_COUNTED, INK, "not counted", False))
    drawn = []
    for place, (fill, ink, words, no) in enumerate(steps):
        x = left + place * (wide + 4)
        box = f'x="{x}" y="{top}" width="{wide}" height="24"'
        drawn.append(f'<rect {box} fill="{fill}"/>')
        if hatched and no:
            drawn.append(f'<rect {box} fill="url(#no)"/>')
        drawn.append(
            f'<text x="{x + 6}" y="{top + 17}" font-size="13" fill="{ink}">'
            f"{words}</text>"
        )
    return drawn
