"""What covers both codes of a page: a sticker, a blot, a pen, or corners torn off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plebiscite.petition.form.geometry import Box, Page
from plebiscite.petition.scan.sight.plane import PIXEL

WAYS = ("sticker", "blot", "scrawl", "torn")
TORN_AWAY = 250
"""How bright it is where paper is missing."""


def hide(paper: NDArray[np.uint8], page: Page, rng: np.random.Generator) -> list[str]:
    """Cover both codes of a page (rows of red, green, blue; changed); return how."""
    done = []
    for box, mark in zip(page.codes, page.marks[1:3], strict=True):
        way = WAYS[int(rng.integers(len(WAYS)))]
        done.append(way)
        if way == "torn":
            _tear(paper, box, mark.box, rng)
        else:
            _cover(paper, box, way, rng)
    return done


def _cover(
    paper: NDArray[np.uint8], box: Box, way: str, rng: np.random.Generator
) -> None:
    from plebiscite.petition.scan.extra import opencv

    cv2 = opencv()
    left, top = box.x // PIXEL, box.y // PIXEL
    side = box.width // PIXEL
    if way == "sticker":
        room = rng.integers(0, 14, 4)
        paper[
            top - room[0] : top + side + room[1], left - room[2] : left + side + room[3]
        ] = rng.integers(150, 256, 3)
    elif way == "blot":
        middle = left + side // 2, top + side // 2
        axes = [int(side * rng.uniform(0.62, 0.75)) for _ in range(2)]
        cv2.ellipse(paper, middle, axes, rng.uniform(0, 90), 0, 360, (52, 40, 34), -1)
    else:
        many = 70
        points = rng.uniform(-6, side + 6, (many, 2)) + np.array([left, top])
        cv2.polylines(paper, [points.astype(np.int32)], False, (20, 30, 110), 5)


def _tear(
    paper: NDArray[np.uint8], box: Box, mark: Box, rng: np.random.Generator
) -> None:
    """Take away the corner with a code and its mark, along a ragged line."""
    from plebiscite.petition.scan.extra import opencv

    cv2 = opencv()
    height, width = paper.shape[:2]
    above = mark.y < box.y
    edge = 0 if above else height
    inner = box.bottom // PIXEL + 12 if above else box.y // PIXEL - 12
    left = box.x // PIXEL - 12
    ragged = rng.normal(0, 3, (12, 2))
    along = np.column_stack([np.linspace(left, width, 12), np.full(12, inner)]) + ragged
    corner = [(left, edge), *along.tolist(), (width, edge)]
    cv2.fillPoly(paper, [np.array(corner, np.int32)], (TORN_AWAY,) * 3)
