"""How a page comes to lie in a picture: turned, in perspective, bent, cut off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
STEP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """From the page (pixels of 200 dpi) into a picture.

    Attributes:
        seen: 3 by 3, from the page to the picture.
        bend: 2 waves of the paper: pixels, waves over the page, phase.
        size: width and height of the picture.
        page: width and height of the page.

    """

    seen: Points
    bend: Points
    size: tuple[int, int]
    page: tuple[int, int]

    def onto(self, places: Points) -> Points:
        """Return where places on the page are in the picture."""
        bent = places + self._wave(places)
        lifted = np.column_stack([bent, np.ones(len(bent))]) @ self.seen.T
        return np.asarray(lifted[:, :2] / lifted[:, 2:])

    def back(self, seen: Points) -> Points:
        """Return where on the page places in the picture are."""
        turned = np.column_stack([seen, np.ones(len(seen))])
        turned = turned @ np.linalg.inv(self.seen).T
        bent = turned[:, :2] / turned[:, 2:]
        places = bent
        for _ in range(4):  # the bend is gentle: this settles at once
            places = bent - self._wave(places)
        return np.asarray(places)

    def _wave(self, places: Points) -> Points:
        x, y = (places / self.page).T
        (high, many, phase), (wide, times, begins) = self.bend
        down = high * np.sin(2 * np.pi * (many * x + phase))
        across = wide * np.sin(2 * np.pi * (times * y + begins))
        return np.column_stack([across, down])

    def take(
        self, paper: NDArray[np.uint8], behind: tuple[int, int, int]
    ) -> NDArray[np.uint8]:
        """Return the picture of a page, on a table of the colour `behind`."""
        from plebiscite.petition.scan.extra import opencv

        cv2 = opencv()
        width, height = self.size
        down, across = height // STEP + 2, width // STEP + 2
        grid = np.indices((down, across))[::-1].reshape(2, -1).T * STEP + 0.5
        where = (self.back(grid.astype(np.float64)) - 0.5).reshape(down, across, 2)
        shift = np.array([[STEP, 0, 0], [0, STEP, 0]], dtype=np.float32)
        every = cv2.warpAffine(
            where.astype(np.float32),
            shift,
            self.size,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(
            cv2.remap(
                paper,
                every,
                None,
                cv2.INTER_AREA if min(self.size) < min(self.page) else cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
                borderValue=behind,
            )
        )


def scanned(page: tuple[int, int], rng: np.random.Generator) -> Lens:
    """Return how a page lies on a scanner: a little skew, at times upside down."""
    dpi = float(rng.choice([150, 200, 200, 200, 240, 300]))
    degrees = float(rng.normal(0, 1.2))
    turn = rng.random()
    degrees += 180 if turn < 0.12 else 90 if turn < 0.14 else 270 if turn < 0.16 else 0
    flat = np.array([0.0, 0.0, 0.0])
    cut = float(rng.uniform(-0.02, 0.012)) if rng.random() < 0.9 else 0.03
    return _laid(page, dpi / 200, degrees, flat, cut, rng=rng, bend=rng.uniform(0, 1))


def photographed(page: tuple[int, int], rng: np.random.Generator) -> Lens:
    """Return how a page lies before a camera: in perspective, on a table."""
    degrees = float(rng.normal(0, 5)) + float(rng.choice([0, 0, 0, 90, 180, 270]))
    tilt = np.array([*rng.normal(0, 0.06, 2), 0.0])
    room = float(rng.uniform(0.03, 0.12))
    dpi = float(rng.uniform(150, 280))
    return _laid(
        page, dpi / 200, degrees, tilt, -room, rng=rng, bend=rng.uniform(0, 2.5)
    )


def tilted(page: tuple[int, int], rng: np.random.Generator) -> Lens:
    """Return how a page lies when it is photographed from far too low an angle."""
    tilt = np.array([float(rng.choice([-0.9, 0.9])), 0.1, 0.0])
    return _laid(page, 0.8, float(rng.normal(0, 6)), tilt, -0.05, rng=rng, bend=0)


def coarse(page: tuple[int, int], rng: np.random.Generator) -> Lens:
    """Return how a page is scanned at 72 dpi."""
    flat = np.array([0.0, 0.0, 0.0])
    return _laid(page, 72 / 200, float(rng.normal(0, 1)), flat, 0.0, rng=rng, bend=0)


def _laid(
    page: tuple[int, int],
    scale: float,
    degrees: float,
    tilt: Points,
    cut: float,
    *,
    rng: np.random.Generator,
    bend: float,
) -> Lens:
    """Return a lens. `cut` is the share of each edge cut off; below 0, room around."""
    width, height = page
    middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1.0]])
    angle = np.deg2rad(degrees)
    sine, cosine = np.sin(angle), np.cos(angle)
    turn = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])
    far = np.array([[1, 0, 0], [0, 1, 0], [tilt[0] / width, tilt[1] / height, 1]])
    size = np.diag([scale, scale, 1.0])
    whole = size @ far @ turn @ middle
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    lifted = np.column_stack([corners, np.ones(4)]) @ whole.T
    seen = lifted[:, :2] / lifted[:, 2:]
    least, most = seen.min(0), seen.max(0)
    room = (most - least) * cut
    if cut > 0:  # an edge is cut off, not all of them
        room = room * (rng.random(2) < 0.5)
    least, most = least + room, most - np.where(cut > 0, 0, room)
    shift = np.array([[1, 0, -least[0]], [0, 1, -least[1]], [0, 0, 1]])
    across, down = np.ceil(most - least).astype(int).tolist()
    waves = np.array(
        [
            [bend, rng.uniform(0.3, 1), rng.random()],
            [bend / 2, rng.uniform(0.3, 1), rng.random()],
        ]
    )
    return Lens(seen=shift @ whole, bend=waves, size=(across, down), page=page)
