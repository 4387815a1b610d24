"""The map of results. Oracle: the parts given; what is drawn says each in words."""

import re
from xml.dom.minidom import parseString

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.report.results.tile_map import TILES, grid_for, tile_svg

COUNTIES = list(read_plain_yaml(TILES)["us/ca"])


def test_each_of_58_counties_has_a_tile_of_its_own():
    """Oracle: California has 58 counties."""
    places = grid_for(COUNTIES)

    assert len(set(places.values())) == len(COUNTIES) == 58
    assert (
        grid_for([f"{name} County" for name in COUNTIES])["Kern County"]
        == places["Kern"]
    )


def test_neighbours_stand_where_they_lie():
    """Oracle: a map: Siskiyou north of Kern, Marin west of Mono, Imperial south."""
    places = grid_for(COUNTIES)

    assert places["Siskiyou"][1] < places["Kern"][1] < places["Imperial"][1]
    assert places["Marin"][0] < places["Sacramento"][0] < places["Mono"][0]


def test_colour_repeats_what_each_tile_says_in_words():
    svg = tile_svg({"A": {"yes": 3, "no": 1}, "B": {"yes": None, "no": None}}, "A vote")

    assert "75.0% yes" in svg
    assert "A: 75.0% yes, 3 yes, 1 no" in svg
    assert "B: not counted" in svg
    assert svg.count('fill="url(#out)"') == 1


def test_the_drawing_is_whole_fetches_nothing_and_takes_no_markup_from_names():
    svg = tile_svg({"<script>": {"yes": 1, "no": 1}}, 'A "vote" & more')

    parseString(svg)  # noqa: S318 - our own drawing
    assert "<script" not in svg
    assert re.findall(r"(?:href|src)=|https?://(?!www\.w3\.org)", svg) == []
