"""From the plane of the printed page to the picture, and back.

A page is seen in perspective (four corners say how), and paper is never quite flat, so
that a gentle bend is laid over the perspective. Places on the page are measured in
pixels of 200 dpi, of 127 micrometres; a picture of the page laid flat has that size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from plebiscite.petition.form.geometry import Box
from plebiscite.petition.scan.extra import Picture, Points, opencv

PIXEL = 127
"""Micrometres of one pixel of a page laid flat."""
STEP = 16
"""The perspective is worked out at every so manieth pixel, and drawn between."""
TERMS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """How a page lies in a picture.

    Attributes:
        seen: 3 by 3, from places on the page to places in the picture.
        bend: 6 by 2, how far paper is off its place, by `bends`.
        width, height: of the page.

    """

    seen: Points
    width: int
    height: int
    bend: Points = field(default_factory=lambda: np.zeros((TERMS, 2)))

    def at(self, places: Points) -> Points:
        """Return where places on the page are in the picture."""
        places = np.asarray(places, dtype=np.float64).reshape(-1, 2)
        bent = places + bends(places, self.width, self.height) @ self.bend
        lifted = np.column_stack([bent, np.ones(len(bent))]) @ self.seen.T
        return np.asarray(lifted[:, :2] / lifted[:, 2:])

    def corners(self, box: Box) -> Points:
        """Return where the corners of a box are: from the top left, clockwise."""
        return self.at(corners_of(box))

    def resolution(self) -> tuple[float, float]:
        """Return the least and the most pixels of the picture for one of the page.

        Measured at 5 by 5 places, in the direction that is the more foreshortened and
        in the other.
        """
        across = np.linspace(0, self.width, 5)
        down = np.linspace(0, self.height, 5)
        at = np.array([(x, y) for x in across for y in down])
        right = (
            np.linalg.norm(self.at(at + np.array((10, 0))) - self.at(at), axis=1) / 10
        )
        below = (
            np.linalg.norm(self.at(at + np.array((0, 10))) - self.at(at), axis=1) / 10
        )
        both = np.concatenate([right, below])
        return both.min(), both.max()

    def back(self, seen: Points) -> Points:
        """Return where on the page places in the picture are, but for the bend."""
        seen = np.asarray(seen, dtype=np.float64).reshape(-1, 2)
        lifted = (
            np.column_stack([seen, np.ones(len(seen))]) @ np.linalg.inv(self.seen).T
        )
        return np.asarray(lifted[:, :2] / lifted[:, 2:])

    def flat(self, picture: Picture, rows: range | None = None) -> Picture:
        """Return the page laid flat: `height` rows of `width` pixels, 255 outside.

        Only some of its rows, where they are named.
        """
        first, stop = (rows.start, rows.stop) if rows else (0, self.height)
        cv2 = opencv()
        smaller = min(1, 13 / (10 * max(self._scale(), 13 / 1000)))
        if smaller < 1:  # each pixel of the page then stands for more than one
            picture = cv2.resize(
                picture, None, fx=smaller, fy=smaller, interpolation=cv2.INTER_AREA
            )
        down, across = (stop - first) // STEP + 2, self.width // STEP + 2
        grid = np.indices((down, across))[::-1].reshape(2, -1).T * STEP
        where = self.at(grid + np.array((1 / 2, first + 1 / 2))) * smaller - 1 / 2
        coarse = where.reshape(down, across, 2).astype(np.float32)
        shift = np.array([[STEP, 0, 0], [0, STEP, 0]], dtype=np.float32)
        size = (self.width, stop - first)
        every = cv2.warpAffine(
            coarse, shift, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(
            cv2.remap(
                picture,
                every,
                None,
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
                borderValue=255,
            )
        )

    def _scale(self) -> float:
        least, most = self.resolution()
        return float((least * most) ** (1 / 2))


def bends(places: Points, width: int, height: int) -> Points:
    """Return 1, x, y, x², xy and y² of each place; x and y from -1 to 1 on the page."""
    x, y = (places * 2 / (width, height) - 1).T
    return np.column_stack([np.ones(len(x)), x, y, x * x, x * y, y * y])


def corners_of(box: Box) -> Points:
    """Return the corners of a box in pixels of the page, clockwise from top left."""
    left, top, right, low = box.x, box.y, box.right, box.bottom
    return np.array([(left, top), (right, top), (right, low), (left, low)]) / PIXEL


def pixels(box: Box) -> tuple[slice, slice]:
    """Return the rows and the columns of a box in a page laid flat."""
    return (
        slice(round(box.y / PIXEL), round(box.bottom / PIXEL)),
        slice(round(box.x / PIXEL), round(box.right / PIXEL)),
    )
