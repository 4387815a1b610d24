"""A form that is none of ours: another campaign's, without our marks and codes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def foreign(rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return a page at 200 dpi: a headed table of signatures, as others print it."""
    from PIL import Image, ImageDraw, ImageFont

    from plebiscite.petition.scan.extra import pillow

    pillow()
    sheet = Image.new("RGB", (1700, 2200), "white")
    pen = ImageDraw.Draw(sheet)
    title = ImageFont.load_default(44)
    small = ImageFont.load_default(22)
    pen.text((140, 120), "PETITION FOR BETTER PARKS", font=title, fill="black")
    for row in range(14):
        y = 320 + row * 110
        pen.rectangle((140, y, 1560, y + 110), outline="black", width=3)
        pen.text((150, y + 6), f"{row + 1}. Name", font=small, fill="black")
        for x in (600, 1050, 1300):
            pen.line((x, y, x, y + 110), fill="black", width=3)
        if rng.random() < 0.7:
            many = int(rng.integers(6, 20))
            across = np.linspace(170, 560, many)
            down = y + 65 + rng.normal(0, 14, many)
            points = [(float(a), float(b)) for a, b in zip(across, down, strict=True)]
            pen.line(points, fill=(30, 40, 120), width=4)
    return np.array(sheet)
