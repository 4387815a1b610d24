"""A signer's hand: fonts that look handwritten, and scribbles for signatures.

Every signer has a font, a size, a slant, an ink and a pen of their own, and no two
words of theirs stand on quite the same base line. The fonts are free ones of Debian's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FONTS = Path("/usr/share/fonts")
HANDS = {
    "Breip.ttf": "fonts-breip",
    "dkg.ttf": "fonts-dkg-handwriting",
    "dkgIt.ttf": "fonts-dkg-handwriting",
    "femkeklaver.ttf": "fonts-femkeklaver",
    "SteveHand.ttf": "fonts-sjfonts",
    "Delphine.ttf": "fonts-sjfonts",
    "Rufscript010.ttf": "fonts-rufscript",
    "Kristi.ttf": "fonts-kristi",
    "Humor-Sans.ttf": "fonts-humor-sans",
    "DancingScript-Regular.otf": "fonts-dancingscript",
}
"""The files of the fonts, and the packages they come in."""
INKS = ((24, 26, 34), (20, 30, 110), (35, 60, 150), (60, 60, 66), (110, 20, 30))
INK_ODDS = (0.42, 0.3, 0.15, 0.08, 0.05)

Layer = NDArray[np.uint8]
"""How much ink lies on each pixel, 0 to 255."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How one signer writes.

    Attributes:
        font: the font's file; None for the one that Pillow brings.
        size: height of its letters in pixels of 200 dpi, 24 to 44.
        slant: pixels to the right for each upwards, -0.15 to 0.35.
        ink: red, green and blue.
        pen: pixels added on either side of a stroke, 0 or 1.
        press: share of the ink that stays on the paper, 0.6 to 1.
        jitter: pixels by which a word leaves the base line, as standard deviation.

    """

    font: Path | None
    size: int
    slant: float
    ink: tuple[int, int, int]
    pen: int
    press: float
    jitter: float


def hands() -> list[Path | None]:
    """Return the fonts that are installed, in the order of `HANDS`.

    Where none is, there is None: the one font that comes with Pillow, a plain one.
    """
    there = {path.name: path for path in sorted(FONTS.rglob("*.[ot]tf"))}
    found: list[Path | None] = [there[name] for name in HANDS if name in there]
    return found or [None]


def hand(fonts: Sequence[Path | None], rng: np.random.Generator) -> Hand:
    """Return a signer's hand, drawn by chance."""
    return Hand(
        font=fonts[int(rng.integers(len(fonts)))],
        size=int(rng.integers(26, 42)),
        slant=float(rng.uniform(-0.12, 0.3)),
        ink=INKS[int(rng.choice(len(INKS), p=INK_ODDS))],
        pen=int(rng.random() < 0.35),
        press=float(rng.uniform(0.65, 1)),
        jitter=float(rng.uniform(0, 2)),
    )


def words(text: str, by: Hand, width: int, rng: np.random.Generator) -> Layer:
    """Return a text as written by a hand, no wider than `width` pixels or a bit over.

    Letters the font lacks are left out, as a tired signer would.
    """
    cv2, image, draw, fonts = _drawing()
    font = _font(by, _fitting(text, by, width, fonts), fonts)
    pieces, left = [], 0
    for word in text.split():
        box = font.getbbox(word, stroke_width=by.pen)
        pieces.append((left, float(rng.normal(0, by.jitter)), word))
        left += max(1, box[2]) + max(4, by.size // 4)
    tall = by.size * 2
    layer = image.new("L", (max(1, left) + by.size, tall + 8), 0)
    pen = draw.Draw(layer)
    for x, off, word in pieces:
        at = (x + by.size // 2, tall * 0.72 + off)
        pen.text(at, word, fill=255, font=font, stroke_width=by.pen, anchor="ls")
    ink = np.array(layer)
    lean = np.array([[1, -by.slant, by.slant * tall * 0.72], [0, 1, 0]], np.float32)
    size = (ink.shape[1], ink.shape[0])
    return np.asarray(cv2.warpAffine(ink, lean, size, flags=cv2.INTER_LINEAR))


def _font(by: Hand, size: int, fonts: Any) -> Any:
    if by.font is None:
        return fonts.load_default(size)
    return fonts.truetype(str(by.font), size)


def _fitting(text: str, by: Hand, width: int, fonts: Any) -> int:
    """Return the size at which a text fits; nobody writes smaller than 16 pixels."""
    long = _font(by, by.size, fonts).getlength(text)
    return max(16, min(by.size, int(by.size * width / max(1, long))))


def scribble(by: Hand, width: int, height: int, rng: np.random.Generator) -> Layer:
    """Return a signature: loops from left to right, and at times a flourish below."""
    cv2, *_ = _drawing()
    count = int(rng.integers(7, 16))
    long = int(width * rng.uniform(0.3, 0.85))
    x = np.linspace(0, long, count) + rng.normal(0, long / count, count)
    y = height * (0.55 + rng.normal(0, 0.2, count))
    y[0] = height * rng.uniform(0.1, 0.5)
    steps = np.linspace(0, count - 1, count * 14)
    points = np.column_stack([_smooth(steps, x), _smooth(steps, y)])
    room = np.zeros((height * 2, width + height), np.uint8)
    shift = points + height // 2
    thick = 2 + by.pen
    cv2.polylines(room, [_fine(shift)], False, 255, thick, cv2.LINE_AA, 4)
    if rng.random() < 0.25:
        low = height * rng.uniform(1.2, 1.4)
        line = np.array([(height, low), (height + long * 0.8, low - height / 8)])
        cv2.polylines(room, [_fine(line)], False, 255, thick, cv2.LINE_AA, 4)
    return room


def stroke(layer: Layer, points: NDArray[np.float64], thick: int) -> None:
    """Draw a stroke through points onto a layer."""
    cv2, *_ = _drawing()
    cv2.polylines(layer, [_fine(points)], False, 255, thick, cv2.LINE_AA, 4)


def _fine(points: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(points * 16).astype(np.int32).reshape(-1, 1, 2)


def _smooth(steps: NDArray[np.float64], knots: NDArray[np.float64]) -> Any:
    """Return a curve through knots, at fractions of their numbers (Catmull-Rom)."""
    at = np.clip(steps.astype(int), 0, len(knots) - 2)
    t = steps - at
    last = len(knots) - 1
    before, after = knots[np.maximum(at - 1, 0)], knots[np.minimum(at + 2, last)]
    here, there = knots[at], knots[at + 1]
    return 0.5 * (
        2 * here
        + (there - before) * t
        + (2 * before - 5 * here + 4 * there - after) * t**2
        + (3 * here - before - 3 * there + after) * t**3
    )


def _drawing() -> tuple[Any, Any, Any, Any]:
    """Return OpenCV and Pillow's modules for images, drawing and fonts."""
    from plebiscite.petition.scan.extra import opencv, pillow

    image = pillow()
    from PIL import ImageDraw, ImageFont

    return opencv(), image, ImageDraw, ImageFont
