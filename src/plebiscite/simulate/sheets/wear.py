"""What happens to a page and its picture: shadow, stains, dust, blur, noise, JPEG."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.uint8]
COFFEE = np.array([0.62, 0.78, 0.9])
"""How much blue, green and red a dark rim of coffee lets through (OpenCV's order)."""


def stained(paper: Rows, rng: np.random.Generator) -> Rows:
    """Return a page with the ring of a cup, and drops beside it."""
    cv2 = _opencv()
    height, width = paper.shape[:2]
    much = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        at = int(rng.uniform(0.1, 0.9) * width), int(rng.uniform(0.1, 0.9) * height)
        radius = int(rng.uniform(120, 320))
        start = float(rng.uniform(0, 360))
        cv2.ellipse(
            much, at, (radius, int(radius * rng.uniform(0.92, 1))), 0, start,
            start + rng.uniform(120, 350), float(rng.uniform(0.4, 0.9)),
            int(rng.integers(10, 30)),
        )  # fmt: skip
        if rng.random() < 0.5:
            cv2.circle(much, at, radius, float(rng.uniform(0.1, 0.3)), -1)
        for _ in range(int(rng.integers(0, 6))):
            near = at[0] + int(rng.normal(0, 250)), at[1] + int(rng.normal(0, 250))
            cv2.circle(much, near, int(rng.integers(4, 28)), 0.6, -1)
    much = cv2.GaussianBlur(much, None, 4) * float(rng.uniform(0.5, 1))
    through = 1 - much[..., None] * (1 - COFFEE[::-1])
    return np.asarray((paper * through).astype(np.uint8))


def shaded(picture: Rows, rng: np.random.Generator) -> Rows:
    """Return a picture with light from one side, and the shadow of a hand or a lid."""
    cv2 = _opencv()
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, 64), np.linspace(-1, 1, 64))
    angle = rng.uniform(0, 2 * np.pi)
    light = 1 - rng.uniform(0, 0.3) * (x * np.cos(angle) + y * np.sin(angle) + 1) / 2
    if rng.random() < 0.6:
        edge = x * np.cos(angle + 1) + y * np.sin(angle + 1) - rng.uniform(-0.6, 0.8)
        soft = 1 / (1 + np.exp(-edge * rng.uniform(6, 40)))
        light = light * (1 - rng.uniform(0.1, 0.45) * soft)
    whole = cv2.resize(light.astype(np.float32), (width, height))
    return np.asarray((picture * whole[..., None]).clip(0, 255).astype(np.uint8))


def worn(picture: Rows, rng: np.random.Generator, *, hard: bool) -> Rows:
    """Return a picture out of focus, grainy, paler, dusty; `hard` for a camera's."""
    cv2 = _opencv()
    soft = float(rng.uniform(0, 1.3 if hard else 1))
    if soft > 0.2:
        picture = cv2.GaussianBlur(picture, None, soft * max(picture.shape) / 2200)
    black, white = rng.uniform(0, 50), rng.uniform(215, 255)
    grain = rng.normal(0, rng.uniform(1, 9 if hard else 6), picture.shape[:2])
    out = black + picture * ((white - black) / 255) + grain[..., None]
    if rng.random() < 0.2:  # dust on the glass, or a streak down the scan
        for _ in range(int(rng.integers(3, 40))):
            at = rng.integers(0, picture.shape[0]), rng.integers(0, picture.shape[1])
            out[at[0] : at[0] + 3, at[1] : at[1] + 3] = 40
        if rng.random() < 0.3:
            column = int(rng.integers(0, picture.shape[1] - 3))
            out[:, column : column + 2] *= 0.8
    return np.asarray(out.clip(0, 255).astype(np.uint8))


def as_jpeg(picture: Rows, quality: int) -> bytes:
    """Return a picture (red, green, blue) as a JPEG file."""
    cv2 = _opencv()
    ways = [cv2.IMWRITE_JPEG_QUALITY, quality]
    done, raw = cv2.imencode(".jpg", picture[..., ::-1], ways)
    assert done
    return bytes(raw)


def _opencv() -> Any:
    from plebiscite.petition.scan.extra import opencv

    return opencv()
