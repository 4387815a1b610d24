"""Where things stand on a page. Oracle: what may not overlap, and an inch."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.petition.form.geometry import QUIET, Box, page_of
from plebiscite.petition.form.layout import Layout, Paper

INCH = 25_400


@st.composite
def laid_out(draw):
    """A page that fits, with all its boxes."""
    layout = Layout(
        paper=draw(st.sampled_from(Paper)),
        first=draw(st.integers(1, 40)),
        lines=draw(st.integers(1, 7)),
        declaration=draw(st.booleans()),
        strip=draw(st.booleans()),
    )
    return layout, page_of(layout)


def wide(box, margin):
    return Box(
        box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin
    )


def overlap(one, other):
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def cells(page):
    for line in page.lines:
        yield from (line.name, line.residence, line.city, line.zip, line.signature)
    if made := page.declaration:
        yield from (made.name, made.residence, made.first_day, made.last_day)
        yield from (made.signed_on, made.signed_at, made.signature)


@given(laid_out())
def test_no_two_things_to_write_in_or_to_scan_overlap(made):
    layout, page = made
    boxes = [cell.box for cell in cells(page)] + [line.official for line in page.lines]
    boxes += [mark.box for mark in page.marks]
    boxes += [wide(code, QUIET) for code in page.codes[1:]]

    for one, other in combinations(boxes, 2):
        assert not overlap(one, other), (layout, one, other)


@given(laid_out())
def test_everything_lies_on_the_paper_and_every_place_to_write_in_its_cell(made):
    _, page = made

    for box in (*(cell.box for cell in cells(page)), *page.codes, page.head):
        assert 0 <= box.x < box.right <= page.width
        assert 0 <= box.y < box.bottom <= page.height
    for box, ink in cells(page):
        assert box.x < ink.x < ink.right < box.right
        assert box.y < ink.y < ink.bottom < box.bottom


@given(laid_out())
def test_an_inch_is_left_blank_after_each_name(made):
    """Oracle: Cal. Elec. Code § 100(b)."""
    _, page = made

    for line in page.lines:
        assert line.official.width >= INCH
        assert line.official.x >= line.name.box.right
        assert line.official.height == line.whole.height


@given(laid_out())
def test_lines_are_numbered_on_and_follow_without_a_gap(made):
    layout, page = made

    assert [line.number for line in page.lines] == list(
        range(layout.first, layout.first + layout.lines)
    )
    for above, below in pairwise(page.lines):
        assert above.whole.bottom == below.whole.y


@pytest.mark.parametrize("paper", Paper)
def test_more_lines_than_the_paper_holds_are_refused(paper):
    with pytest.raises(InputError, match="print fewer"):
        page_of(Layout(paper=paper, first=1, lines=60, declaration=True))
