"""The evidence as a picture: the same figures as in words, and nobody's name."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from invented_roll import lines, voters

from plebiscite.match.explain import explain
from plebiscite.report.waterfall import (
    waterfall_page,
    waterfall_picture,
    waterfall_svg,
)

LINE = {"name": "Mario E Garcia", "address": "12 Oak St, Oakland 94601", "row": 7}
ROLL = voters({"first": "MARIO", "middle": "EDUARDO"}, {"first": "LINDA"})


@pytest.fixture(scope="module")
def found():
    return explain("L1", lines(LINE), ROLL)


def test_every_part_is_drawn_and_all_of_it_is_their_sum(found):
    """Oracle: the explanation in words."""
    rows = waterfall_picture(found).table.rows
    best = found.candidates[0]

    shown = [float(bits) for who, _, bits in rows if who.startswith("best")]
    assert shown[-1] == pytest.approx(best.bits, abs=0.05)
    assert sum(shown[:-1]) == pytest.approx(shown[-1], abs=0.2)
    assert len(rows) == sum(len(each.parts) + 1 for each in found.candidates[:2])


def test_the_drawing_is_whole_and_says_itself_aloud(found):
    svg = waterfall_svg(found)

    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert root.tag.endswith("svg")
    assert "For voter V1 speak" in root.attrib["aria-label"]


def test_the_page_has_the_figures_in_a_table(found):
    page = waterfall_page(found)

    assert page.count('<th scope="col">') == 3
    assert "middle initial agrees" in page
    assert "bits behind" in page


def test_no_name_or_address_of_a_voter_is_in_the_page(found):
    page = waterfall_page(found)

    assert not any(word in page for word in ("EDUARDO", "LINDA", "OAK", "94601"))


def test_a_line_nobody_resembles_has_a_page_too():
    line = {"name": "Zebulon Quirke", "address": "1 Nowhere Rd, Weed 96094"}
    found = explain("L1", lines(line), ROLL)

    assert "No voter shares a name" in waterfall_page(found)
    assert ET.fromstring(waterfall_svg(found)).attrib["role"] == "img"  # noqa: S314
