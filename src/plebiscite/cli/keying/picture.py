"""An image in a terminal: dots of Braille, eight to a letter, dark where there is ink.

Good enough to read a field by; for more, the image's path stands beside it, and a key
opens it in whatever shows images on this machine.
"""

from __future__ import annotations

from pathlib import Path

BLANK = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a Braille letter, by row and column."""
WIDE, HIGH = 2, 4
DARKER = 0.75
"""Ink is darker than this share of the paper's brightness."""
PAPER = 0.7
"""The paper is as bright as the pixel at this share, in order of brightness."""


def braille(path: Path, columns: int, rows: int) -> list[str]:
    """Return an image as at most `rows` lines of `columns` letters; [] if it cannot be.

    It cannot where the image is missing or Pillow is (it comes with the extra `scan`).
    """
    try:
        from PIL import Image
    except ImportError:
        return []
    try:
        with Image.open(path) as opened:
            grey = opened.convert("L")
    except (OSError, ValueError):
        return []
    scale = min(columns * WIDE / grey.width, rows * HIGH / grey.height)
    size = max(1, int(grey.width * scale)), max(1, int(grey.height * scale))
    small = grey.resize(size, Image.Resampling.BOX)
    values = list(small.tobytes())
    bound = sorted(values)[int(len(values) * PAPER)] * DARKER
    return [
        "".join(
            chr(_letter(values, size, left, top, bound))
            for left in range(0, size[0], WIDE)
        )
        for top in range(0, size[1], HIGH)
    ]


def _letter(
    values: list[int], size: tuple[int, int], left: int, top: int, bound: float
) -> int:
    """Return the Braille letter of one block of pixels."""
    letter = BLANK
    for down, row in enumerate(DOTS):
        for right, bit in enumerate(row):
            x, y = left + right, top + down
            if x < size[0] and y < size[1] and values[y * size[0] + x] < bound:
                letter |= bit
    return letter
