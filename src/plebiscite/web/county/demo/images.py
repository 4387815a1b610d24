"""Curves in the place of signatures: one hand for each voter, a little other each time.

They are drawn from a digest and look like nobody's writing.
"""

from __future__ import annotations

from hashlib import blake2b

import vl_convert

STROKES, HEIGHT = 9, 120
SPAN = 26


def signature_png(voter: str, occasion: str, *, wide: bool = False) -> bytes:
    """Return the picture of a voter's curve on one occasion."""
    hand = blake2b(voter.encode(), digest_size=STROKES * 4).digest()
    slip = blake2b(f"{voter}/{occasion}".encode(), digest_size=STROKES * 4).digest()
    width = 560 if wide else 320
    at, path = 30, "M 24 70"
    for stroke in range(STROKES):
        up, down, lean, step = (
            hand[4 * stroke + part] + slip[4 * stroke + part] % 24 - 12
            for part in range(4)
        )
        after = at + SPAN + step % 9
        path += (
            f" C {at + lean % 30 - 8} {62 - up % 52}, {after - 12} {66 + down % 44},"
            f" {after} {70 - lean % 16}"
        )
        at = after
    line = (
        f'<path d="M 16 96 H {width - 16}" stroke="#9aa0a6" stroke-width="1"/>'
        if wide
        else ""
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}">'
        f'<rect width="100%" height="100%" fill="#fcfbf6"/>{line}'
        f'<path d="{path}" fill="none" stroke="#1b2a5a" stroke-width="2.6" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    picture: bytes = vl_convert.svg_to_png(svg)
    return picture
