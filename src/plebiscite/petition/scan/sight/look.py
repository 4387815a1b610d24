"""What the eye catches first: QR codes and corner marks, anywhere and any way up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plebiscite.errors import InputError
from plebiscite.petition.form.geometry import CODE, page_of
from plebiscite.petition.form.layout import Layout, PageName, Paper
from plebiscite.petition.scan.extra import Picture, Points, opencv, zxing
from plebiscite.petition.scan.sight.plane import PIXEL, Plane, corners_of

COARSE = 2_600
"""Pixels of the longer side of the first look; a second one takes the whole."""
ALL_MARKS = 4
FEWEST_MARKS = 3
OUTWARDS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was found in a picture.

    Attributes:
        codes: what each QR code says, and its corners, clockwise from its top left.
        marks: number and corners of each corner mark, clockwise from its top left.

    """

    codes: tuple[tuple[str, Points], ...]
    marks: tuple[tuple[int, Points], ...]


def look(picture: Picture) -> Sight:
    """Return the codes and the marks of a picture."""
    cv2 = opencv()
    fits = COARSE / max(picture.shape)
    if fits >= 1:
        return _sight(picture)
    small = cv2.resize(picture, None, fx=fits, fy=fits, interpolation=cv2.INTER_AREA)
    seen = _sight(small)
    if seen.codes and len({number for number, _ in seen.marks}) == ALL_MARKS:
        back = 1 / fits
        return Sight(
            codes=tuple((said, at * back) for said, at in seen.codes),
            marks=tuple((number, at * back) for number, at in seen.marks),
        )
    return _sight(picture)


def _sight(picture: Picture) -> Sight:
    return Sight(codes=tuple(codes(picture)), marks=tuple(_marks(picture)))


def codes(picture: Picture) -> list[tuple[str, Points]]:
    """Return what the QR codes of a picture say, and where their corners are."""
    reader = zxing()
    found = reader.read_barcodes(
        np.ascontiguousarray(picture), formats=reader.BarcodeFormat.QRCode
    )
    return [(each.text, _place(each.position)) for each in found]


def _place(position: object) -> Points:
    names = ("top_left", "top_right", "bottom_right", "bottom_left")
    corners = [getattr(position, name) for name in names]
    return np.array([(corner.x, corner.y) for corner in corners]) + 1 / 2


def _marks(picture: Picture) -> list[tuple[int, Points]]:
    cv2 = opencv()
    ways = cv2.aruco.DetectorParameters()
    ways.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    ways.minMarkerPerimeterRate = 2 / 100
    known = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    corners, numbers, _ = cv2.aruco.ArucoDetector(known, ways).detectMarkers(picture)
    if numbers is None:
        return []
    return [
        (int(number), at.reshape(4, 2).astype(np.float64) + 1 / 2)
        for number, at in zip(numbers.ravel(), corners, strict=True)
        if number < ALL_MARKS
    ]


def by_marks(picture: Picture, sight: Sight) -> tuple[str, Points] | None:
    """Return a code that only shows once the corner marks tell where to look.

    The paper is not known yet; the sizes are tried in turn.
    """
    cv2 = opencv()
    if len({number for number, _ in sight.marks}) < FEWEST_MARKS:
        return None
    for paper in Paper:
        page = page_of(Layout(paper=paper))
        size = page.width // PIXEL, page.height // PIXEL
        pairs = [(corners_of(page.marks[number].box), at) for number, at in sight.marks]
        ours = np.concatenate([here for here, _ in pairs])
        theirs = np.concatenate([there for _, there in pairs])
        seen, _ = cv2.findHomography(ours, theirs, cv2.RANSAC, 4)
        if seen is None:
            continue
        plane = Plane(seen=seen, width=size[0], height=size[1])
        for box in page.codes:
            around = corners_of(box) + 24 * np.array(OUTWARDS)
            if found := _enlarged(picture, plane, around):
                return found
    return None


def codes_by_parts(picture: Picture) -> list[tuple[str, Points]]:
    """Return the codes that only show in a part of a picture, enlarged or cleared.

    Slow; for pictures in which nothing else was found.
    """
    cv2 = opencv()
    bigger = max(1, min(3, 4_400 // max(picture.shape)))
    large = picture
    if bigger > 1:
        large = cv2.resize(
            picture, None, fx=bigger, fy=bigger, interpolation=cv2.INTER_CUBIC
        )
    soft = cv2.GaussianBlur(large, None, 3 * bigger)
    sharp = cv2.addWeighted(large, 3, soft, -2, 0)
    even = cv2.createCLAHE(4, (8, 8)).apply(large)
    for view in (large, sharp, even):
        if found := codes(view):
            return [(said, at / bigger) for said, at in found]
    return []


def _enlarged(
    picture: Picture, plane: Plane, around: Points
) -> tuple[str, Points] | None:
    """Read the code within four corners of a page, made larger and clearer."""
    cv2 = opencv()
    side = 4 * (CODE // PIXEL + 48)
    square = np.array([(0, 0), (side, 0), (side, side), (0, side)], dtype=np.float32)
    there = plane.at(around).astype(np.float32)
    turn = cv2.getPerspectiveTransform(there, square)
    large = cv2.warpPerspective(
        picture, turn, (side, side), flags=cv2.INTER_CUBIC, borderValue=255
    )
    soft = cv2.GaussianBlur(large, None, 12)
    sharp = cv2.addWeighted(large, 3, soft, -2, 0)
    _, split = cv2.threshold(sharp, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    for view in (large, sharp, split):
        for said, at in codes(view):
            back = cv2.perspectiveTransform(at.reshape(-1, 1, 2), np.linalg.inv(turn))
            return said, back.reshape(4, 2)
    return None


def ours(sight: Sight) -> list[tuple[PageName, Points]]:
    """Return those of the codes that are of our form."""
    found = []
    for said, at in sight.codes:
        try:
            name = PageName.read(said)
            page_of(name.layout)
        except InputError:
            continue
        found.append((name, at))
    return found
