"""Bodies of a register, damaged. Oracle: what the register itself writes, changed."""

from __future__ import annotations

import pytest

from plebiscite.errors import RecordError
from plebiscite.petition.register_shape import refuse_shapeless

BACK = {
    **dict.fromkeys(("bundle", "receipt", "returned", "unused", "lost"), "x"),
    **dict.fromkeys(("spoilt", "still_out"), ""),
    "lines": 20,
}


@pytest.mark.parametrize("counted", [{}, {"000001": 20}, {"1": 0}])
def test_lines_of_each_section_are_taken(counted):
    refuse_shapeless("bundles.jsonl", "back", {**BACK, "counted": counted})


@pytest.mark.parametrize(
    "counted",
    [{"": 1}, {"x": 1}, {"²": 1}, {"٣": 1}, {"1": ""}, {"1": -1}, {"1": True}],
)
def test_lines_of_a_section_without_a_serial_or_a_count_are_refused(counted):
    """It was a ValueError once the bundles were listed."""
    with pytest.raises(RecordError, match="is not an entry of bundles"):
        refuse_shapeless("bundles.jsonl", "back", {**BACK, "counted": counted})


@pytest.mark.parametrize(
    ("told", "fits"),
    [([5, 3], True), ([5], False), ([5, 3, 1], False), (5, False), (["5", 3], False)],
)
def test_a_check_tells_of_each_section_how_many_it_looked_at_and_found(told, fits):
    body = {"how": "by hand", "sections": {"000001": told}}
    if fits:
        refuse_shapeless("checks.jsonl", "checked", body)
        return
    with pytest.raises(RecordError, match="is not an entry of checks"):
        refuse_shapeless("checks.jsonl", "checked", body)


@pytest.mark.parametrize("lines", [None, -1, 10**9, 10**30, True, "20"])
def test_the_lines_that_came_back_are_a_count(lines):
    """A plan may leave its lines open; what came back was counted."""
    refuse_shapeless("plan.jsonl", "planned", {"headings": [], "lines": None})
    refuse_shapeless("bundles.jsonl", "back", {**BACK, "counted": {}})

    with pytest.raises(RecordError, match="is not an entry of bundles"):
        refuse_shapeless(
            "bundles.jsonl", "back", {**BACK, "counted": {}, "lines": lines}
        )


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({"quota": None}, True),
        ({"quota": 10**9 - 1}, True),
        ({"quota": 10**9}, False),
        ({"quota": -1}, False),
    ],
)
def test_a_quota_is_none_or_a_count_that_can_be(body, fits):
    body = {"chapter": "north", "name": "North", **body}
    if fits:
        refuse_shapeless("chapters.jsonl", "added", body)
        return
    with pytest.raises(RecordError, match="is not an entry of chapters"):
        refuse_shapeless("chapters.jsonl", "added", body)
