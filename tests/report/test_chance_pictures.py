"""Pictures of a chance. Oracle: what a reader must find in them, figure by figure."""

import re
from datetime import date, timedelta
from math import comb
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.report.chance.fan import PollPoint, SupportFan, support_picture
from plebiscite.report.chance.frame import Level, level_words
from plebiscite.report.chance.ladder import Rung, ladder_picture
from plebiscite.report.chance.pace import PaceFan, pace_picture
from plebiscite.report.chance.reliability import (
    Bin,
    binned,
    by_chance,
    reliability_picture,
)
from plebiscite.report.chance.saved import page, png, save
from plebiscite.report.chance.tornado import (
    Lever,
    Part,
    parts_picture,
    tornado_picture,
)

AS_OF, VOTE = date(2017, 2, 1), date(2018, 11, 6)
POLLS = (
    PollPoint(
        day=date(2017, 1, 19), yes=37.0, error=4.4, who="Ipsos", question="peace"
    ),
    PollPoint(day=date(2017, 1, 31), yes=20.9, error=None, who="SurveyUSA"),
)


def fan(polls=POLLS, **given_):
    bands = [
        Level(day=day, level=level, low=30 - wide * far, high=30 + wide * far)
        for day, far in ((AS_OF, 1), (VOTE, 3))
        for level, wide in ((0.5, 4), (0.8, 8), (0.95, 12))
    ]
    told = {
        "polls": polls,
        "average": [(each.day, each.yes) for each in polls],
        "middle": [(AS_OF, 30.0), (VOTE, 28.5)],
        "bands": bands,
        "as_of": AS_OF,
        "vote_on": VOTE,
        "need": 50.0,
        "need_words": "more than half of the votes",
        "chance": 0.075,
    }
    return support_picture(SupportFan(**{**told, **given_}))


def rungs():
    return [
        Rung(
            words="signatures",
            given=0.085,
            low=0.01,
            high=0.3,
            alone=0.085,
            reached=0.085,
        ),
        Rung(
            words="courts",
            given=0.5,
            low=0.2,
            high=0.8,
            alone=0.5,
            reached=0.0425,
            elicited=True,
        ),
        Rung(
            words="consents", given=0.001, low=0, high=0.1, alone=1e-6, reached=4.25e-5
        ),
    ]


LEVERS = (
    Lever(words="money", worse="$0.1M", better="$5M", low=0.001, high=0.03),
    Lever(words="courts", worse="30%", better="80%", low=0.006, high=0.012),
)
PACE = PaceFan(
    counts=[(AS_OF - timedelta(7), 9000), (AS_OF, 8000)],
    kind="raw",
    middle=[(AS_OF, 8000), (VOTE, 440123)],
    bands=[Level(day=VOTE, level=0.8, low=-5000, high=600000)],
    begins=AS_OF - timedelta(7),
    as_of=AS_OF,
    deadline=VOTE,
    required=585407,
    lines_needed=791000,
    chance=0.03,
)
PICTURES = {
    "support": fan,
    "pace": lambda: pace_picture(PACE),
    "ladder": lambda: ladder_picture(rungs()),
    "tornado": lambda: tornado_picture(LEVERS, base=0.01),
    "parts": lambda: parts_picture([Part(words="consents", share=0.4)]),
    "reliability": lambda: reliability_picture(
        binned([(0.1, False), (0.9, True)] * 20), [k / 40 for k in range(40)]
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_drawing_that_fetches_nothing_and_says_itself(name):
    found = PICTURES[name]()
    root = ET.fromstring(found.svg)  # noqa: S314 - our own drawing

    assert found.key == name
    assert root.get("role") == "img"
    assert root.get("aria-label") == found.caption
    assert not re.search(r"<script|<image|https?://(?!www\.w3\.org)", found.svg)
    assert found.table.rows
    assert all(len(row) == len(found.table.heads) for row in found.table.rows)


@pytest.mark.parametrize("name", PICTURES)
def test_the_same_figures_give_the_same_bytes(name):
    assert PICTURES[name]().svg == PICTURES[name]().svg


def test_a_fan_tells_polls_need_and_chance_in_words():
    found = fan()

    assert "2 polls, each with its own error; different marks" in found.caption
    assert "between 0 and 66 percent, 19 times in 20" in found.caption
    assert "more than half of the votes" in found.caption
    assert "about 1 in 13" in found.caption
    assert "29%" in found.svg


def test_questions_differ_by_shape_and_not_by_colour_alone():
    shapes = set(re.findall(r'd="(M[^"]+)"[^>]*fill="#1a1c1e"', fan().svg))

    assert "peace" in fan().svg
    assert "another question" in fan().svg
    assert len(shapes) >= 2


def test_without_a_poll_the_fan_says_what_it_rests_on():
    found = fan(polls=(), average=[])

    assert "No poll was published by then" in found.caption
    assert [row[1] for row in found.table.rows] == [
        "forecast, one time in two",
        "forecast, four times in five",
        "forecast, 19 times in 20",
    ]


def test_counts_may_fall_and_forecasts_below_nought_are_nought():
    found = pace_picture(PACE)

    assert [row[2] for row in found.table.rows[:2]] == ["9,000", "8,000"]
    assert found.table.rows[2][2:] == ("440,000", "0", "600,000")
    assert "there may be 0 to 600,000, four times in five" in found.caption
    assert "585,407 valid ones are reached is about 1 in 35" in found.caption


def test_a_pace_without_counts_or_requirement_is_drawn():
    from dataclasses import replace

    found = pace_picture(
        replace(PACE, counts=[], middle=[], bands=[], required=None, chance=None)
    )

    assert found.caption == "No count was published by 2017-02-01. "


def test_the_ladder_shows_no_chance_finer_than_a_thousandth():
    found = ladder_picture(rungs())

    assert "below 1 in 1,000" in found.svg
    assert "All of it: below 1 in 1,000" in found.caption
    assert "likelier than their single chances multiplied" in found.caption
    assert "Hollow marks are opinions" in found.caption
    assert found.table.rows[1][0] == "courts (opinion)"
    assert not re.search(r"1 in \d{2,3},\d{3}", found.svg + found.caption)


def test_a_ladder_that_is_over_says_so():
    def over(reached):
        return ladder_picture(
            [
                Rung(
                    words="signatures",
                    given=reached,
                    low=reached,
                    high=reached,
                    alone=reached,
                    reached=reached,
                    settled=True,
                )
            ]
        ).caption

    assert over(1.0) == "Every hurdle lies behind."
    assert over(0.0) == "Nothing more can come of it."
    assert ladder_picture([]).caption == "There is no hurdle left."


def test_the_widest_lever_stands_on_top():
    found = tornado_picture(LEVERS[::-1], base=0.01, of="that it becomes law")

    assert [row[0] for row in found.table.rows] == ["money", "courts"]
    assert "the chance that it becomes law is about 1 in 100" in found.caption
    assert "between $0.1M and $5M it differs by 30 times" in found.caption
    assert "$5M: 1 in 35" in found.svg


def test_far_chances_stand_on_powers_of_ten():
    near = tornado_picture(LEVERS[1:], base=0.01)
    far = tornado_picture(LEVERS, base=0.01)

    assert "on powers of ten" in far.svg
    assert "on powers of ten" not in near.svg


def test_a_lever_without_chance_is_drawn_all_the_same():
    nought = Lever(words="money", worse="$0", better="$1", low=0.0, high=0.0)

    assert tornado_picture([nought], base=0.0).table.rows[0][2] == "none"


def test_bins_count_what_came_true():
    found = binned([(0.05, False), (0.15, True), (0.95, True), (1.0, True)], bins=5)

    assert [(each.happened, each.forecasts) for each in found] == [(1, 2), (2, 2)]
    assert found[0].chance == pytest.approx(0.1)


@given(st.floats(0.01, 0.99), st.integers(1, 60))
def test_the_band_of_a_dot_is_the_binomial_laws(chance, forecasts):
    """Oracle: the law summed outside the band, at most 2.5% on either side."""
    low, high = by_chance(chance, forecasts)

    def weight(k):
        return comb(forecasts, k) * chance**k * (1 - chance) ** (forecasts - k)

    below = sum(weight(k) for k in range(round(low * forecasts)))
    above = sum(weight(k) for k in range(round(high * forecasts) + 1, forecasts + 1))
    assert below <= 0.025
    assert above <= 0.025
    assert below + weight(round(low * forecasts)) > 0.025
    assert above + weight(round(high * forecasts)) > 0.025


def test_the_band_of_thousands_is_the_normal_laws():
    """Oracle: 1.96 standard deviations to each side of the half."""
    low, high = by_chance(0.5, 5_000)

    reach = 1.96 * 0.5 / 5_000**0.5
    assert (low, high) == pytest.approx((0.5 - reach, 0.5 + reach), abs=3e-4)


def test_a_record_out_of_line_is_told():
    bad = reliability_picture([Bin(chance=0.9, happened=2, forecasts=20)], [0.01] * 40)

    assert "1 of 1 dots lies outside" in bad.caption
    assert "10 of 10 stand out" in bad.caption


def test_no_outcome_yet_is_said():
    assert reliability_picture([], []).caption == "No forecast has met its outcome yet."


def test_how_often_an_interval_holds_is_said():
    assert level_words(0.68) == "68 times in 100"


def test_a_picture_is_saved_as_its_ending_says(tmp_path):
    found = PICTURES["parts"]()
    for ending in (".svg", ".png", ".html"):
        save(found, tmp_path / f"x{ending}")

    assert (tmp_path / "x.svg").read_text(encoding="utf-8").startswith("<svg")
    assert png(found).startswith(b"\x89PNG")
    assert "<table>" in page(found)
    assert "<script" not in page(found)
    with pytest.raises(InputError, match=r"ends in \.svg, \.png, \.html"):
        save(found, tmp_path / "x.pdf")
