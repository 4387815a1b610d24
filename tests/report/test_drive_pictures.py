"""The drawing of a drive. Oracle: the scales, worked out here once more."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_course import TODAY, small_drive

from plebiscite.report.drive.course import course_of
from plebiscite.report.drive.filing import filing_of
from plebiscite.report.drive.pace_chart import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Sheet,
    nice_step,
    pace_chart,
)

POINT = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
GOAL = 1_400


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = small_drive(tmp_path_factory.mktemp("drive") / "m")
    course = course_of(folder, TODAY)
    filing = filing_of(folder / "campaign", course)
    return course, pace_chart(course, filing, course.whole.counts, needed=GOAL)


def points(path):
    return [(float(x), float(y)) for x, y in POINT.findall(path)]


def test_what_came_back_is_drawn_in_steps_up_to_today(drawn):
    course, chart = drawn
    path = points(chart.counted)

    assert path[0] == (LEFT, BOTTOM)
    assert path[-1][0] == chart.today
    assert path[-1] == chart.now[:2]
    assert chart.now[2] == course.whole.standing.lines
    heights = [y for _, y in path]
    assert heights == sorted(heights, reverse=True)
    for (x, y), (later, above) in pairwise(path):
        assert x == later or y == above


def test_each_band_holds_the_one_within_and_starts_at_the_last_count(drawn):
    _, chart = drawn

    lows, highs = [b.low for b in chart.bands], [b.high for b in chart.bands]
    assert [b.level for b in chart.bands] == [0.95, 0.8, 0.5]
    assert lows == sorted(lows)
    assert highs == sorted(highs, reverse=True)
    assert len({points(band.outline)[0] for band in chart.bands}) == 1
    assert lows[-1] <= chart.end[2] <= highs[-1]


def test_nothing_is_drawn_outside_the_sheet(drawn):
    _, chart = drawn
    paths = [
        chart.counted,
        chart.middle,
        chart.steady,
        *(b.outline for b in chart.bands),
    ]

    for x, y in (point for path in paths for point in points(path)):
        assert LEFT <= x <= RIGHT
        assert TOP <= y <= BOTTOM


def test_the_steady_way_leads_from_today_to_what_is_needed_on_the_last_day(drawn):
    _, chart = drawn
    needed = next(rule for rule in chart.rules if rule.key == "needed")

    assert needed.number == GOAL
    assert points(chart.steady)[0][0] == chart.today
    assert points(chart.steady)[1] == (RIGHT, needed.at)


def test_once_enough_is_in_hand_there_is_no_way_left_to_draw(tmp_path):
    folder = small_drive(tmp_path / "m")
    course = course_of(folder, TODAY)
    filing = filing_of(folder / "campaign", course)

    assert pace_chart(course, filing, course.whole.counts, needed=384).steady == ""


def test_a_drive_without_a_return_is_a_flat_line_without_a_fan(tmp_path):
    folder = small_drive(tmp_path / "m", returns=())
    course = course_of(folder, TODAY)

    chart = pace_chart(course, filing_of(folder / "campaign", course), (), needed=0)

    assert chart.now is None
    assert (chart.bands, chart.rules) == ((), ())
    assert {y for _, y in points(chart.counted)} == {BOTTOM}


@given(
    most=st.integers(1, 10**9),
    days=st.integers(1, 4_000),
    lines=st.integers(-5, 10**10),
    ahead=st.integers(0, 4_000),
)
def test_every_day_and_count_stands_on_the_sheet(most, days, lines, ahead):
    first = date(2017, 1, 26)
    sheet = Sheet(first=first, last=first + timedelta(days=days), most=most)

    assert LEFT <= sheet.x(first + timedelta(days=min(ahead, days))) <= RIGHT
    assert TOP <= sheet.y(lines) <= BOTTOM


@given(most=st.integers(1, 10**9))
def test_an_axis_has_few_marks_and_round_ones(most):
    step = nice_step(most)

    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert most // step <= 5
