"""The map on the land. Oracle: the counties there are, and where they lie."""

import re
from itertools import pairwise
from xml.dom.minidom import parseString

import pytest

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.report.results.land_map import land_svg
from plebiscite.report.results.map_page import AS_TILES, ON_LAND, map_svg
from plebiscite.report.results.shapes import outlines
from plebiscite.report.results.tile_map import TILES

COUNTIES = list(read_plain_yaml(TILES)["us/ca"])
COUNTS = {"yes": 3, "no": 1}


def middle(rings):
    points = [point for ring in rings for point in ring]
    across, down = zip(*points, strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def test_each_of_58_counties_has_an_outline_and_none_is_left():
    """Oracle: the tiles name California's 58 counties."""
    land = outlines(COUNTIES)

    assert land is not None
    assert land.place == "us/ca"
    assert set(land.rings) == set(COUNTIES)
    assert land.others == {}


def test_counties_lie_where_a_map_has_them():
    """Oracle: a map: Siskiyou north of Kern, Marin west of Mono, Imperial south."""
    land = outlines(COUNTIES)
    at = {name: middle(rings) for name, rings in land.rings.items()}

    assert at["Siskiyou"][1] < at["Kern"][1] < at["Imperial"][1]
    assert at["Marin"][0] < at["Sacramento"][0] < at["Mono"][0]


def test_neighbours_share_their_border_and_the_land_has_no_gap():
    """Oracle: an invariant: areas of equal-area parts add up, so Inyo is twice Fresno.

    Inyo has 10,227 square miles, Fresno 6,011 (Census Bureau, 2010 gazetteer, land and
    water); on a plane of equal areas their ratio stays.
    """
    land = outlines(COUNTIES)

    def area(name):
        return sum(
            abs(sum(x * d - a * y for (x, y), (a, d) in pairwise(ring)))
            for ring in land.rings[name]
        )

    assert area("Inyo") / area("Fresno") == pytest.approx(10_227 / 6_011, rel=0.01)
    border = set(land.rings["Inyo"][0]) & set(land.rings["Kern"][0])
    assert len(border) > 1


@pytest.mark.parametrize(
    ("parts", "place", "found"),
    [
        (["Kern County", "ALPINE"], "us/ca", "us/ca"),
        (["Kern", "Alpine"], None, "us/ca"),
        (["Lincoln", "Washington"], None, None),  # in many states: not guessed
        (["Lincoln", "Washington"], "us/or", "us/or"),
        (["Kern", "Kern County"], "us/ca", None),  # one county under two names
        (["Kern", "North"], "us/ca", None),
        (["Orleans Parish", "Caddo"], "us/la", "us/la"),
        (["Fairfax", "Fairfax city"], "us/va", "us/va"),
        (["California", "Nevada", "Hawaii"], "us/president", "us"),
    ],
)
def test_outlines_are_those_of_the_place_or_none(parts, place, found):
    """Oracle: the gazetteer: which states have which counties."""
    land = outlines(parts, place)

    assert (land and land.place) == found
    if land:
        assert set(land.rings) == set(parts)


def test_no_is_hatched_and_what_is_not_counted_says_so():
    rows = {
        "Kern": {"yes": 1, "no": 3},
        "Inyo": COUNTS,
        "Fresno": {"yes": None, "no": None},
    }
    svg = land_svg(rows, "A vote", outlines(list(rows), "us/ca"))

    assert "Kern: 25.0% yes, 1 yes, 3 no" in svg
    assert "Fresno: not counted" in svg
    assert svg.count("not counted</text>") == 1
    paths = re.findall(r'<path d="[^"]*"[^>]*fill="([^"]*)"', svg)
    assert paths.count("url(#no)") == 1
    assert paths.count("url(#out)") == 1
    parseString(svg)  # noqa: S318 - our own drawing


@pytest.mark.parametrize(
    ("yes", "no", "number"),
    [(500, 500, ">50<"), (4_996, 5_004, ">50.0<"), (4_960, 5_040, ">49.6<")],
)
def test_a_share_that_rounds_to_half_says_on_which_side_it_is(yes, no, number):
    svg = land_svg(
        {"Inyo": {"yes": yes, "no": no}}, "A vote", outlines(["Inyo"], "us/ca")
    )

    assert number in svg


def test_tiles_are_drawn_on_request_and_where_no_outline_is_known():
    rows = dict.fromkeys(COUNTIES, COUNTS)

    assert map_svg(rows, "A vote", place="us/ca")[1] == ON_LAND
    assert map_svg(rows, "A vote", place="us/ca", tiles=True)[1] == AS_TILES
    assert map_svg({"Uri": COUNTS}, "A vote", place="ch")[1] == AS_TILES
