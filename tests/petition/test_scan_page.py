"""Pages found and read. Oracle: the printer's geometry, and what the test drew."""

import cv2
import numpy as np
import pytest
from made_scans import covered, printed, scribbled, seen, turned, warped, worst

from plebiscite.petition.form.layout import Paper
from plebiscite.petition.scan.sight.page import Standing, read_page

PIXELS = 3
"""By how much a field may be off at 200 dpi."""


def filled(*rows, field="name"):
    paper, page, name = printed()
    paper = paper.copy()
    for row in rows:
        line = page.lines[row]
        scribbled(paper, getattr(line, field).box, seed=row)
    return paper, page, name


@pytest.mark.parametrize("degrees", [0, 2, -7, 33, 90, 180, 271])
def test_a_page_is_found_however_it_lies(degrees):
    paper, page, name = filled(0)
    picture, where = turned(paper, degrees)

    reading = read_page(seen(picture))

    assert reading.standing is Standing.READ
    assert reading.name == name
    assert reading.turned == round(degrees / 90) * 90 % 360
    assert worst(reading, page, where) < PIXELS


def test_a_photograph_in_perspective_is_laid_flat():
    paper, page, name = filled(0)
    way = np.array([[1, 0.05, 0], [0.02, 1, 0], [6e-5, 4e-5, 1]])
    picture, where = warped(paper, way, room=150, behind=60)

    reading = read_page(seen(picture))

    assert reading.name == name
    assert worst(reading, page, where) < PIXELS
    assert np.abs(reading.flat.shape - np.array(paper.shape)).max() <= 1


@pytest.mark.parametrize("hidden", [(0,), (1,), (2,), (3,), (0, 1), (0, 3)])
def test_a_page_is_found_without_all_of_its_marks(hidden):
    paper, page, name = filled(0)
    for number in hidden:
        covered(paper, page.marks[number].box)
    picture, where = turned(paper, 1)

    reading = read_page(seen(picture))

    assert reading.name == name
    assert worst(reading, page, where) < PIXELS


@pytest.mark.parametrize("degrees", [0, 181])
def test_the_codes_alone_are_enough(degrees):
    paper, page, name = filled(0)
    for mark in page.marks:
        covered(paper, mark.box)
    picture, where = turned(paper, degrees)

    reading = read_page(seen(picture))

    assert reading.name == name
    assert worst(reading, page, where) < PIXELS


@pytest.mark.parametrize("number", [0, 1])
def test_one_code_and_no_mark_is_enough(number):
    paper, page, name = filled(0)
    for box in (*(mark.box for mark in page.marks), page.codes[number]):
        covered(paper, box)
    picture, where = turned(paper, 0)

    reading = read_page(seen(picture))

    assert reading.name == name
    assert worst(reading, page, where) < PIXELS


def test_blank_lines_are_told_from_written_ones():
    paper, *_ = filled(0, 2)
    scribbled(paper, printed()[1].lines[3].signature.box)

    reading = read_page(seen(paper))

    assert [line.written for line in reading.lines[:5]] == [
        True,
        False,
        True,
        True,
        False,
    ]
    assert reading.lines[2].fields == ("name",)
    assert reading.lines[3].fields == ("signature",)


def test_ink_beside_name_and_signature_is_not_a_written_line():
    """A written line has ink in its name or its signature; an address alone is none."""
    paper, *_ = filled(1, field="city")

    (line,) = [line for line in read_page(seen(paper)).lines if line.fields]

    assert line.fields == ("city",)
    assert not line.written


def test_stains_and_shadows_are_no_writing():
    paper, page, _ = filled()
    line = page.lines[1]
    middle = line.name.box.x // 127 + 150, line.name.box.y // 127 + 40
    stain = np.zeros(paper.shape, np.float32)
    cv2.circle(stain, middle, 170, 1.0, 26)
    cv2.circle(stain, (middle[0] + 90, middle[1] + 160), 24, 1.0, -1)
    stain = cv2.GaussianBlur(stain, None, 4)
    shade = np.linspace(0.45, 1, paper.shape[1])[None, :]
    dimmed = (paper * (1 - stain * 0.35) * shade).astype(np.uint8)

    reading = read_page(seen(dimmed))

    assert not any(line.fields for line in reading.lines)


def test_a_tail_from_the_line_above_does_not_fill_a_line():
    paper, page, _ = filled()
    box = page.lines[0].signature.box
    x, y = box.x // 127 + 120, box.y // 127
    loop = np.array(
        [(x, y + 20), (x + 60, y + 30), (x + 80, y + 108), (x + 40, y + 30)]
    )
    cv2.polylines(paper, [loop], False, 40, 3, cv2.LINE_AA)

    first, second = read_page(seen(paper)).lines[:2]

    assert first.written
    assert not second.written


@pytest.mark.parametrize("kind", ["through", "cross", "zigzag"])
def test_a_line_crossed_out_is_flagged(kind):
    paper, page, _ = filled(0, 1)
    scribbled(paper, page.lines[0].residence.box)
    whole = page.lines[0].whole
    left, right = page.lines[0].name.box.x // 127 + 20, page.lines[0].official.x // 127
    top, low = whole.y // 127 + 15, whole.bottom // 127 - 15
    strokes = {
        "through": [[(left, top + 40), (right - 90, top + 48)]],
        "cross": [[(left, top), (right, low)], [(left, low), (right, top)]],
        "zigzag": [
            [(left + (right - left) * n // 8, (top, low)[n % 2]) for n in range(9)]
        ],
    }[kind]
    for points in strokes:
        cv2.polylines(paper, [np.array(points)], False, 50, 3, cv2.LINE_AA)

    first, second = read_page(seen(paper)).lines[:2]

    assert first.struck
    assert first.written
    assert not second.struck


def test_a_page_of_72_dpi_is_read_and_called_coarse():
    paper, _, name = filled(0)
    small = cv2.resize(paper, None, fx=0.36, fy=0.36, interpolation=cv2.INTER_AREA)

    reading = read_page(seen(small))

    assert reading.standing is Standing.COARSE
    assert reading.name == name
    assert "72 dpi" in reading.why
    assert "200 dpi" in reading.why


def test_an_empty_back_is_no_trouble():
    rng = np.random.default_rng(3)
    grey = rng.normal(235, 3, (2200, 1700)).clip(0, 255).astype(np.uint8)

    assert read_page(seen(grey)).standing is Standing.EMPTY


def test_a_foreign_form_is_named_as_one():
    page = np.full((2200, 1700), 250, np.uint8)
    for row in range(20):
        cv2.putText(page, f"{row} NAME  ADDRESS", (90, 200 + 90 * row), 0, 1.5, 20, 3)

    reading = read_page(seen(page))

    assert reading.standing is Standing.FOREIGN
    assert "another form" in reading.why


def test_a_page_whose_codes_are_hidden_says_so():
    paper, page, _ = filled(0)
    for box in page.codes:
        covered(paper, box)

    reading = read_page(seen(paper))

    assert reading.standing is Standing.UNKNOWN
    assert "scan it again" in reading.why


def test_no_paper_has_marks_that_leave_it():
    """Oracle for the tests above: they hide marks that were there."""
    assert {mark.id for mark in printed()[1].marks} == {0, 1, 2, 3}
    assert printed()[2].layout.paper is Paper.LETTER


def test_a_picture_of_a_few_pixels_is_named_and_holds_nothing():
    """A thumbnail among the scans: nothing is known of it, and it has no lines."""
    reading = read_page(seen(np.full((90, 70), 128, np.uint8)))

    assert reading.standing is Standing.UNKNOWN
    assert reading.name is None
    assert "70 by 90 pixels" in reading.why
    assert "200 dpi" in reading.why
