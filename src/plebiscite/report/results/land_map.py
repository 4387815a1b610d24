"""A map of results on the land: each county in its outline, shaded by its yes share.

Land does not vote, and a large county is not many voters: the page says so, and the
tiles of `tile_map` are the other view. A county that is wide enough carries its yes
share as a number; the others say it to a pointer, to a listener, and in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import pairwise

from plebiscite.core.share import printed
from plebiscite.report.results.shade import (
    HALF,
    INK,
    NOT_COUNTED,
    SHADES,
    key,
    opening,
    shade,
    told,
)
from plebiscite.report.results.shapes import Outlines, Ring
from plebiscite.vote.after.compare import yes_share
from plebiscite.vote.results import Counts

SCALE = 13
"""Tenths of a drawn unit to a unit of the grid."""
PAD, TOP = 12, 76
WIDE_ENOUGH = 24
"""Drawn units that a number of two digits needs, with air on both sides."""
LINES = 12
HALF_HIGH = 8
"""Half the height of a number, in halves of the grid's unit."""


def land_svg(rows: Mapping[str, Counts], title: str, land: Outlines) -> str:
    """Return the map as one SVG drawing with a title and a key."""
    out = any(yes_share(row) is None for row in rows.values())
    steps = len(SHADES) + out
    across, down = (side * SCALE // 10 for side in land.size)
    width = max(across, steps * 100) + 2 * PAD
    shift = (width - across) // 2
    words = f"{title}: the yes share of each of {len(rows)} parts, on a map"
    drawn = opening(width, down + TOP + PAD, title, words)
    drawn += key(PAD, 36, 96, hatched=True, out=out)
    drawn.append(f'<g transform="translate({shift} {TOP})" stroke-linejoin="round">')
    for rings in land.others.values():
        drawn.append(f'<path d="{_path(rings)}" fill="#f4f1e8" stroke="#b9b4a6"/>')
    for part in sorted(land.rings):
        drawn += _part(part, rows[part], land.rings[part])
    # The numbers come last, so that no neighbour lies over one.
    for part in sorted(land.rings):
        drawn += _number(rows[part], max(land.rings[part], key=_area))
    return "\n".join([*drawn, "</g>", "</svg>\n"])


def _part(part: str, row: Counts, rings: tuple[Ring, ...]) -> list[str]:
    step = shade(yes_share(row))
    path = _path(rings)
    drawn = [
        f"<g><title>{escape(told(part, row))}</title>",
        f'<path d="{path}" fill-rule="evenodd" '
        f'fill="{NOT_COUNTED if step is None else step.fill}" stroke="{INK}" '
        'stroke-width="0.8"/>',
    ]
    if step is not None and step.below <= HALF:
        drawn.append(f'<path d="{path}" fill-rule="evenodd" fill="url(#no)"/>')
    return [*drawn, "</g>"]


def _number(row: Counts, ring: Ring) -> list[str]:
    """Return a part's yes share as a number, where it fits."""
    share = yes_share(row)
    step, at = shade(share), _label_at(ring)
    if share is None or step is None or at is None:
        return []
    short = printed(share * 100, 0)
    if short == "50" and share != HALF:
        short = printed(share * 100, 1)  # which side of half is what counts
    return [
        f'<text x="{at[0]}" y="{at[1]}" font-size="13" text-anchor="middle" '
        f'pointer-events="none" paint-order="stroke" stroke="{step.fill}" '
        f'stroke-width="3" fill="{step.ink}">{short}</text>'
    ]


def _path(rings: tuple[Ring, ...]) -> str:
    return "".join(
        "M"
        + "L".join(f"{x * SCALE / 10:g} {y * SCALE / 10:g}" for x, y in ring[:-1])
        + "Z"
        for ring in rings
    )


def _area(ring: Ring) -> int:
    """Return twice the area a ring goes round."""
    return abs(sum(x * down - across * y for (x, y), (across, down) in pairwise(ring)))


def _label_at(ring: Ring) -> tuple[int, int] | None:
    """Return where a number fits: where the part is wide, near its middle.

    Looked for on a few level lines; half a number's height above and below, the part
    must be as wide.
    """
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    best = (0, 0, 0, 0)
    for line in range(1, LINES):
        level = 2 * top + 2 * (bottom - top) * line // LINES
        runs = [_runs(ring, (level + off) | 1) for off in (-HALF_HIGH, 0, HALF_HIGH)]
        for left, right in runs[1]:
            for above in runs[0]:
                for below in runs[2]:
                    start = max(left, above[0], below[0])
                    end = min(right, above[1], below[1])
                    # Wide enough is enough; then the nearer to the middle the better.
                    airy = 2 * min(end - start, 2 * WIDE_ENOUGH)
                    off = abs(level - top - bottom) // 2
                    best = max(best, (airy - off, end - start, start, level))
    _, wide, left, level = best
    if wide * SCALE // 10 < WIDE_ENOUGH:
        return None
    return (2 * left + wide) * SCALE // 20, level * SCALE // 20 + 5


def _runs(ring: Ring, doubled: int) -> list[tuple[int, int]]:
    """Return the stretches of a level line within the part; the level counts halves."""
    crossed = sorted(_crossings(ring, doubled))
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def _crossings(ring: Ring, doubled: int) -> list[int]:
    found = []
    for (x, y), (across, down) in pairwise(ring):
        if (2 * y < doubled) != (2 * down < doubled):
            found.append(x + (across - x) * (doubled - 2 * y) // (2 * (down - y)))
    return found
