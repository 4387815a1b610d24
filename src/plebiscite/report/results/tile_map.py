"""A map of results: a tile a part, where its place is on a grid of our own.

No shape of land is drawn, so that a county of few voters does not look large. Colour
repeats what the tile says in words: the name, the yes share, and a bar as long as the
share; a tile not yet counted is hatched. It is one SVG, and fetches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.report.results.shade import (
    INK,
    NOT_COUNTED,
    key,
    opening,
    shade,
    share_words,
    told,
)
from plebiscite.vote.after.compare import yes_share
from plebiscite.vote.results import Counts

TILES = Path(__file__).parent / "tiles.yaml"
SIDE, GAP, TOP, PAD = 92, 4, 76, 12
FITTING = 13
"""Letters that a line of a tile holds."""
ACROSS = 8
"""Tiles in a row where no grid of ours has the parts."""


def grid_for(parts: list[str]) -> dict[str, tuple[int, int]]:
    """Return where each part stands: on a grid of ours that has them all, or in rows.

    A county may be called with or without "County" behind its name.
    """
    for tiles in read_plain_yaml(TILES).values():
        places = {
            n: (int(at.split()[0]), int(at.split()[1])) for n, at in tiles.items()
        }
        plain = {part: part.removesuffix(" County") for part in parts}
        if set(plain.values()) <= set(places):
            return {part: places[plain[part]] for part in parts}
    return {part: (n % ACROSS, n // ACROSS) for n, part in enumerate(sorted(parts))}


def tile_svg(rows: Mapping[str, Counts], title: str) -> str:
    """Return the map as one SVG drawing with a title and a key."""
    places = grid_for(list(rows))
    columns = max(column for column, _ in places.values()) + 1
    lines = max(line for _, line in places.values()) + 1
    width = max(columns * (SIDE + GAP), 6 * (SIDE + GAP)) + 2 * PAD
    height = lines * (SIDE + GAP) + TOP + PAD
    words = f"{title}: the yes share of each of {len(rows)} parts, as tiles"
    drawn = opening(width, height, title, words)
    drawn += key(PAD, 36, SIDE, hatched=False, out=False)
    for part, (column, line) in places.items():
        left, top = PAD + column * (SIDE + GAP), TOP + line * (SIDE + GAP)
        drawn += _tile(part, rows[part], left, top)
    return "\n".join([*drawn, "</svg>\n"])


def _tile(part: str, row: Counts, left: int, top: int) -> list[str]:
    share = yes_share(row)
    step = shade(share)
    fill, ink = (NOT_COUNTED, INK) if step is None else (step.fill, step.ink)
    said = share_words(row)
    drawn = [
        f"<g><title>{escape(told(part, row))}</title>",
        f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="{fill}" '
        'stroke="#1a1c1e"/>',
    ]
    for number, word in enumerate(_folded(part)):
        drawn.append(
            f'<text x="{left + 6}" y="{top + 18 + 15 * number}" font-size="13" '
            f'fill="{ink}">{escape(word)}</text>'
        )
    drawn.append(
        f'<text x="{left + 6}" y="{top + SIDE - 18}" font-size="15" font-weight="bold" '
        f'fill="{ink}">{escape(said)}</text>'
    )
    if share is not None:
        long = int((SIDE - 12) * share)
        drawn += [
            f'<rect x="{left + 6}" y="{top + SIDE - 12}" width="{SIDE - 12}" '
            f'height="6" '
            f'fill="none" stroke="{ink}"/>',
            f'<rect x="{left + 6}" y="{top + SIDE - 12}" width="{long}" height="6" '
            f'fill="{ink}"/>',
        ]
    return [*drawn, "</g>"]


def _folded(name: str) -> list[str]:
    """Return a name in at most three lines that fit a tile."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) < FITTING:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [
        line if len(line) <= FITTING else f"{line[: FITTING - 1]}…"
        for line in lines[:3]
    ]
