"""Pages as a scanner gives them, made for tests from the printer's own PDFs."""

import functools
import io

import cv2
import numpy as np
import pypdfium2
from made_forms import order

from plebiscite.petition.form.geometry import page_of
from plebiscite.petition.form.section import plan, section_pdf
from plebiscite.petition.scan.sight.plane import PIXEL, corners_of, pixels
from plebiscite.petition.scan.source import Seen


@functools.cache
def printed(serial=7, lines=8, measure="us/ca/16-0099"):
    """Return the last page of a section at 200 dpi, and what stands where."""
    made = plan(order(lines=lines, measure=measure))
    document = pypdfium2.PdfDocument(io.BytesIO(section_pdf(made, [serial])))
    shown = document[made.pages - 1].render(scale=200 / 72, grayscale=True)
    name = made.name(serial, made.pages)
    paper = np.array(shown.to_numpy())
    paper.setflags(write=False)
    return paper.reshape(paper.shape[:2]), page_of(name.layout), name


def seen(picture):
    height, width = picture.shape
    return Seen(picture=picture, width=width, height=height, scale=1)


def scribbled(paper, box, seed=1, colour=40):
    """Write something like a word into a box."""
    rng = np.random.default_rng(seed)
    rows, columns = pixels(box)
    x = np.linspace(columns.start + 20, columns.start + 190, 18)
    y = rng.uniform(rows.start + 22, rows.stop - 8, 18)
    points = np.column_stack([x, y]).astype(np.int32)
    cv2.polylines(paper, [points], False, colour, 2, cv2.LINE_AA)


def covered(paper, box):
    """Hide a box and a little around it."""
    rows, columns = pixels(box)
    paper[rows.start - 4 : rows.stop + 4, columns.start - 4 : columns.stop + 4] = 255


def turned(paper, degrees, *, room=80, behind=255):
    """Return a page turned clockwise, with room around, and where places go."""
    height, width = paper.shape
    middle = (width / 2, height / 2)
    way = np.vstack([cv2.getRotationMatrix2D(middle, -degrees, 1), [0, 0, 1]])
    return warped(paper, way, room=room, behind=behind)


def warped(paper, way, *, room=0, behind=255):
    height, width = paper.shape
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], float)
    ends = cv2.perspectiveTransform(corners, way)[0]
    low = ends.min(0) - room
    size = np.ceil(ends.max(0) + room - low).astype(int)
    way = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]]) @ way
    # Corners lie at whole numbers, the middles of OpenCV's pixels half a pixel off.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    shown = cv2.warpPerspective(
        paper, np.linalg.inv(half) @ way @ half, size.tolist(), borderValue=behind
    )
    return shown, lambda at: cv2.perspectiveTransform(at[None], way)[0]


def worst(reading, page, where=lambda at: at):
    """Return by how many pixels the corner of any field is off its place."""
    boxes = [
        getattr(line, field).box
        for line in page.lines
        for field in ("name", "residence", "city", "zip", "signature")
    ]
    return max(
        np.abs(reading.plane.corners(box) - where(corners_of(box))).max()
        for box in boxes
    )


__all__ = ["PIXEL", "covered", "printed", "scribbled", "seen", "turned", "warped"]
