"""Cut images of lines and fields, for the eyes of whoever keys them; and the record.

Images hold names, addresses and signatures: they lie in folders that only their owner
can enter, and are never sent anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from plebiscite.core.files import PRIVATE_FILE, private_folder, write_whole
from plebiscite.petition.form.geometry import INSET, LABEL, Box, Page, page_of
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.scan.extra import Picture, opencv
from plebiscite.petition.scan.sight.ink import FIELDS, clean
from plebiscite.petition.scan.sight.page import Reading
from plebiscite.petition.scan.sight.plane import PIXEL, pixels
from plebiscite.petition.scan.source import Seen

AROUND = 1_500
"""Micrometres around a field that are cut with it: tails and loops reach over."""
QUALITY = 88
DECIMALS = 2
FAINT = 70
"""Darkness from which a pixel is looked at for words."""


def cut(reading: Reading, folder: Path) -> None:
    """Write the images of a page into a folder: page.jpg, line-007.jpg, and its fields.

    Fields of blank lines are left out.
    """
    if reading.flat is None or reading.name is None:
        return
    private_folder(folder)
    page = page_of(reading.name.layout)
    _keep(folder / "page.jpg", reading.flat)
    for line, found in zip(page.lines, reading.lines, strict=True):
        stem = f"line-{line.number:03d}"
        _keep(folder / f"{stem}.jpg", _part(reading.flat, line.whole))
        if not found.fields:
            continue
        for field in FIELDS:
            box = getattr(line, field).box
            _keep(folder / f"{stem}-{field}.jpg", _part(reading.flat, box))
    if page.declaration:
        whole = _part(reading.flat, page.declaration.whole)
        _keep(folder / "declaration.jpg", whole)


def _part(flat: Picture, box: Box) -> Picture:
    wider = Box(
        max(0, box.x - AROUND),
        max(0, box.y - AROUND),
        box.width + 2 * AROUND,
        box.height + 2 * AROUND,
    )
    return flat[pixels(wider)]


def _keep(file: Path, picture: Picture) -> None:
    cv2 = opencv()
    ways = [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    _, raw = cv2.imencode(".jpg", np.ascontiguousarray(picture), ways)
    write_whole(file, raw.tobytes(), mode=PRIVATE_FILE)


def handwriting(picture: Picture) -> Picture | None:
    """Return what is written in the image of a field, without label, rules and margin.

    None where there is nothing.
    """
    cv2 = opencv()
    edge, label = AROUND // PIXEL, (AROUND + LABEL - INSET) // PIXEL
    room = clean(picture)[label : -edge - 3, edge + 4 : -edge - 4]
    columns = np.flatnonzero((room > FAINT).sum(0) > 1)
    if not len(columns):
        return None
    first, last = max(0, columns[0] - 8), columns[-1] + 9
    white = np.asarray(255 - room[:, first:last])
    return np.asarray(cv2.cvtColor(white, cv2.COLOR_GRAY2RGB))


def record(reading: Reading, seen: Seen) -> dict[str, Any]:
    """Return what a page is and where everything lies in its picture, without a name.

    Places are pixels of the picture as it came, from its top left.
    """
    said: dict[str, Any] = {
        "standing": reading.standing.value,
        "why": reading.why,
        "size": [seen.width, seen.height],
        "marks": reading.marks,
    }
    if reading.name is None:
        return said
    name = reading.name
    said |= {
        "says": str(name),
        "measure": name.measure,
        "section": serial_text(name.serial),
        "page": name.page,
        "pages": name.pages,
        "turned": reading.turned,
    }
    plane = reading.plane
    if plane is None:
        return said
    page = page_of(name.layout)
    least, most = plane.resolution()
    said["dpi"] = round(200 * float(least * most) ** (1 / 2) / seen.scale)

    def corners(box: Box) -> list[list[float]]:
        at = plane.corners(box) / seen.scale
        return [[round(float(x), DECIMALS), round(float(y), DECIMALS)] for x, y in at]

    said["corners"] = corners(_sheet(page))
    said["lines"] = [
        {
            "row": found.number,
            "written": found.written,
            "fields": list(found.fields),
            "struck": found.struck,
            "ink": dict(zip(FIELDS, found.ink, strict=True)),
            "boxes": {
                "whole": corners(line.whole),
                **{field: corners(getattr(line, field).box) for field in FIELDS},
            },
        }
        for line, found in zip(page.lines, reading.lines, strict=False)
    ]
    return said


def _sheet(page: Page) -> Box:
    return Box(0, 0, page.width, page.height)
