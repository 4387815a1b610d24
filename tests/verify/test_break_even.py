"""Oracles: hand arithmetic, the published final report of 2014, an invariant."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from count_strategies import CALIFORNIA, SIX, WASHINGTON
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.break_even import _first, break_even
from plebiscite.verify.certificate import Band
from plebiscite.verify.count import SampleCount
from plebiscite.verify.tally import conclude

REPORTED = [count for count in SIX if count.county != "Mid"]
OUT = {"Mid": 42_500}

OWN = """\
title: A law of one's own
governed_by: received
sources: {{charter: {{title: Charter, checked: no}}}}
projection: [{{from: 2000-01-01, text: pair, cite: [charter]}}]
qualification: [{{from: 2000-01-01, bands: [{}], cite: [charter]}}]
"""


def lines(reported, awaited, required):
    found = break_even(reported, awaited, rulebook=CALIFORNIA, required=required)
    return found.lines


def test_what_one_county_still_out_must_average():
    """By hand: 282,843 projected; 95% of 300,000 is 285,000, 110% is 330,000."""
    fail, required, qualify = lines(REPORTED, OUT, 300_000)

    assert (fail.target, fail.needed, fail.percent) == (285_000, 2_157, Decimal("5.08"))
    assert (required.needed, required.percent) == (17_157, Decimal("40.37"))
    assert qualify.target == 330_001
    assert qualify.is_out_of_reach


def test_six_californias_failed_for_want_of_4_66_points_in_los_angeles():
    """Published: 752,685 projected of 1,137,844; 767,235 needed; LA was at 61.4%.

    Los Angeles filed 311,924 lines, so its 61.4% were 191,522 signatures, and 66.07%
    would have brought the full count.
    """
    los_angeles = 191_522
    others = SampleCount(
        county="The others",
        raw=825_920,
        sampled=825_920,
        valid=752_685 - los_angeles,
    )
    fail, *_ = lines([others], {"Los Angeles": 311_924}, 807_615)

    assert fail.target == 767_235
    assert fail.percent == Decimal("66.07")


def test_lines_already_reached_say_so():
    fail, required, qualify = lines(REPORTED, OUT, 200_000)

    assert fail.is_reached
    assert required.is_reached
    assert qualify.is_reached
    assert fail.needed == 190_000 - 282_843


def test_with_nobody_out_there_is_nothing_to_average():
    fail, *_ = lines(SIX, {}, 345_000)

    assert fail.percent is None
    assert fail.is_out_of_reach


def test_a_state_sampled_whole_has_nothing_to_break_even():
    with pytest.raises(InputError, match="no bands on a projected number"):
        break_even(SIX, {}, rulebook=WASHINGTON, required=1)


def own_law(folder, *bands):
    """A law of one's own with these bands, as of 2020."""
    path = folder / "own.yaml"
    path.write_text(OWN.format(", ".join(bands)), encoding="utf-8")
    return open_law(path).on_day(date(2020, 1, 1))


def test_a_law_that_always_asks_for_a_full_count_has_no_line_to_qualify(tmp_path):
    book = own_law(
        tmp_path,
        "{when: {projected_valid: {less_than: 95% of required_signatures}}, "
        "then: failed}",
        "{otherwise: full_count}",
    )
    found = break_even(REPORTED, OUT, rulebook=book, required=1_000)

    assert [(line.name, line.target) for line in found.lines] == [
        ("does not fail", 950),
        ("the requirement itself", 1_000),
    ]


def test_bands_of_other_names_break_even_nowhere(tmp_path):
    book = own_law(tmp_path, "{otherwise: insufficient}")

    with pytest.raises(InputError, match="'qualification' ends in insufficient; a"):
        break_even(REPORTED, OUT, rulebook=book, required=1_000)


@given(st.integers(260_000, 340_000))
def test_one_signature_below_the_line_decides_otherwise(required):
    """Invariant: with `needed` from the county out it passes, with one less not."""
    fail, _, qualify = lines(REPORTED, OUT, required)
    for line, below in ((fail, Band.FAILED), (qualify, Band.FULL_COUNT)):
        if line.is_reached or line.is_out_of_reach:
            continue
        mid = SampleCount(county="Mid", raw=42_500, sampled=42_500, valid=line.needed)
        bands = [
            conclude(
                [*REPORTED, replace(mid, valid=line.needed - less)],
                rulebook=CALIFORNIA,
                required=required,
                measure_id="m",
                title="",
                signatures_compared=True,
            ).band
            for less in (0, 1)
        ]
        assert bands[0] is not below
        assert bands[1] is below


def test_lines_still_out_count_as_filed(tmp_path):
    """By hand: 600 lines reported and 400 out are the 1,000 that this law asks for."""
    book = own_law(
        tmp_path,
        "{when: {raw_count: {less_than: 1000}}, then: failed}",
        "{when: {projected_valid: {less_than: required_signatures}}, then: failed}",
        "{otherwise: qualified}",
    )
    reported = [SampleCount(county="A", raw=600, sampled=600, valid=300)]
    enough = break_even(reported, {"B": 400}, rulebook=book, required=500)
    short = break_even(reported, {"B": 399}, rulebook=book, required=500)

    assert [line.target for line in enough.lines] == [500, 500, 500]
    assert [line.name for line in short.lines] == ["the requirement itself"]
    assert (enough.raw_reported, enough.raw_out) == (600, 400)


@pytest.mark.parametrize("least", [0, 1, 2, 9, 10, 11, 1_000])
def test_the_first_number_is_found_and_none_below_nought_is_asked(least):
    """Oracle: the number itself. A petition has no lines below nought."""
    asked = []

    def holds(number):
        asked.append(number)
        return number >= least

    assert _first(holds, 10) == least
    assert min(asked) >= 0


def test_where_every_number_will_do_the_first_is_nought():
    assert _first(lambda _: True, 10) == 0
