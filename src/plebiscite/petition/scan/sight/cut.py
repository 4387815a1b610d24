"""Cut images of lines and fields, for the eyes of whoever keys them; and the record.

Only what is looked at is kept: lines that are written in, their fields with ink, the
declaration. Images hold names, addresses and signatures: they lie in folders that only
their owner can enter, and are never sent anywhere.
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
BELOW = 3
MARGIN = 6
"""Pixels: what is looked at below a field's rule, and the white laid around words."""


def cut(reading: Reading, folder: Path) -> None:
    """Write the images of a page into a folder, as line-007.jpg and line-007-name.jpg.

    Blank lines and fields without ink are left out; so is a folder with nothing in it.
    """
    if reading.flat is None or reading.name is None:
        return
    page = page_of(reading.name.layout)
    boxes: dict[str, Box] = {}
    for line, found in zip(page.lines, reading.lines, strict=True):
        if not found.written:
            continue
        stem = f"line-{line.number:03d}"
        boxes[stem] = line.whole
        for field in found.fields:
            boxes[f"{stem}-{field}"] = getattr(line, field).box
    if page.declaration:
        boxes["declaration"] = page.declaration.whole
    if boxes:
        private_folder(folder)
    for name, box in boxes.items():
        _keep(folder / f"{name}.jpg", _part(reading.flat, box))


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
    """Return what is written in the image of a field: its `ink` only, on white.

    The printed label and the rules lie outside. None where there is nothing.
    """
    cv2 = opencv()
    label, edge = round((AROUND + LABEL) / PIXEL), round((AROUND + INSET) / PIXEL)
    room = clean(picture)[label : BELOW - edge, edge:-edge]
    columns = np.flatnonzero((room[:-BELOW] > FAINT).sum(0) > 1)
    if not len(columns):
        return None
    first, last = max(0, columns[0] - MARGIN), columns[-1] + MARGIN
    white = cv2.copyMakeBorder(
        np.ascontiguousarray(255 - room[:, first:last]),
        *(MARGIN,) * 4,
        borderType=cv2.BORDER_CONSTANT,
        value=255,
    )
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
    if reading.by_print:
        said["running"] = {
            "section": reading.by_print.section,
            "county": reading.by_print.county,
        }
    if reading.name is None:
        return said
    name = reading.name
    said |= {
        "known_by": "print" if reading.by_print else "code",
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
