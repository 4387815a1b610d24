"""Marks and codes as drawn. Oracles: OpenCV's dictionary, and zxing's reader."""

import io

import cv2
import numpy as np
import pytest
import zxingcpp
from made_forms import PIXEL, order, pages, picture

from plebiscite.petition.form.codes import MARKS
from plebiscite.petition.form.geometry import page_of
from plebiscite.petition.form.layout import PageName
from plebiscite.petition.form.section import plan, section_pdf

DICTIONARY = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)


@pytest.mark.parametrize("number", range(4))
def test_the_corner_marks_are_those_of_opencv(number):
    drawn = cv2.aruco.generateImageMarker(DICTIONARY, number, 6) > 0

    inner = [[square == "1" for square in row] for row in MARKS[number]]

    assert np.array_equal(drawn[1:5, 1:5], inner)


@pytest.fixture(scope="module")
def section():
    made = plan(order(lines=9))
    return made, section_pdf(made, [123456])


@pytest.mark.parametrize("dpi", [100, 200])
def test_each_page_says_twice_who_it_is_to_any_reader_of_codes(section, dpi):
    made, pdf = section

    for number, page in enumerate(pages(pdf), start=1):
        seen = zxingcpp.read_barcodes(picture(page, dpi))
        said = sorted(each.text for each in seen)
        assert said == [str(made.name(123456, number))] * 2


def test_corner_marks_and_codes_stand_where_the_geometry_says(section):
    """Within a pixel at 200 dpi, on every page."""
    _, pdf = section
    finder = cv2.aruco.ArucoDetector(DICTIONARY)

    for page in pages(pdf):
        grey = picture(page)
        code, *_ = zxingcpp.read_barcodes(grey)
        place = page_of(PageName.read(code.text).layout)
        corners, ids, _ = finder.detectMarkers(grey)
        assert sorted(ids.flatten().tolist()) == [0, 1, 2, 3]
        for number, found in zip(ids.flatten(), corners, strict=True):
            box = place.marks[number].box
            wanted = np.array(
                [
                    (box.x, box.y),
                    (box.right, box.y),
                    (box.right, box.bottom),
                    (box.x, box.bottom),
                ]
            )
            assert np.abs(found.reshape(4, 2) - wanted / PIXEL).max() <= 1.5


def test_the_rules_of_every_cell_are_drawn_where_the_geometry_says(section):
    """Oracle: the darkest of the three pixels at each edge, all along it."""
    made, pdf = section
    for number, page in enumerate(pages(pdf), start=1):
        grey = picture(page)
        place = page_of(made.layout(number))
        for line in place.lines:
            for cell in (line.name, line.city, line.zip, line.signature):
                assert _framed(grey, cell.box), (number, line.number)
                assert grey[_inside(cell.ink)].min() > 200, (number, line.number)


def _inside(box):
    return (
        slice(box.y // PIXEL + 1, box.bottom // PIXEL),
        slice(box.x // PIXEL + 1, box.right // PIXEL),
    )


def _framed(grey, box):
    top, low = round(box.y / PIXEL), round(box.bottom / PIXEL)
    left, right = round(box.x / PIXEL), round(box.right / PIXEL)
    rows = [grey[y - 2 : y + 2, left + 3 : right - 3].min(axis=0) for y in (top, low)]
    columns = [
        grey[top + 3 : low - 3, x - 2 : x + 2].min(axis=1) for x in (left, right)
    ]
    return all((edge < 160).all() for edge in (*rows, *columns))


def test_the_same_sections_are_the_same_bytes(section):
    made, pdf = section

    assert section_pdf(made, [123456]) == pdf
    assert io.BytesIO(section_pdf(made, [123457])).read() != pdf
