"""Counts set against the law's lines, one supposition beside the other.

Oracles: California's bands and Washington's test on figures chosen by hand, a line at,
below and above each border; a law of one's own where a shipped one says nothing.
"""

from dataclasses import replace

import pytest
from count_strategies import I_1351, WASHINGTON, ends, full, sampled

from plebiscite.errors import CountError
from plebiscite.rules.expression import Standing
from plebiscite.verify.certificate import Band
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.judgement import (
    agreed,
)


def whole(valid, raw=2_000, county="A"):
    """A sample that took every line."""
    return SampleCount(county=county, raw=raw, sampled=raw, valid=valid)


def test_a_county_still_out_joins_with_all_its_lines_or_none():
    found = ends([whole(1_000)], {"B": 101})

    assert found.all_valid.projected == 1_101
    assert found.none_valid.projected == 1_000
    assert found.all_valid.supposed.projected == 1_101
    assert found.all_valid.supposed.band is Band.QUALIFIED
    assert found.none_valid.supposed.band is Band.FULL_COUNT


def test_a_county_whose_raw_count_is_not_known_leaves_one_end_out():
    """Its lines are not known, so too few lines filed cannot end the matter yet."""
    known = ends([whole(500, raw=999)], {"B": 0})
    unknown = ends([whole(500, raw=999)], {"B": None, "C": 5})

    assert "raw count" in known.none_valid.verdict.words
    assert unknown.all_valid is None
    assert "raw count" not in unknown.none_valid.verdict.words
    assert unknown.none_valid.projected == 500


@pytest.mark.parametrize(("raw", "gate"), [(999, True), (1_000, False)])
def test_the_lines_of_a_county_still_out_count_as_filed(raw, gate):
    """Oracle: 1,000 required; 900 filed here, the others there."""
    found = ends([whole(900, raw=900)], {"B": raw - 900})

    for each in (found.all_valid, found.none_valid):
        assert ("raw count" in each.verdict.words) is gate


@pytest.mark.parametrize(
    ("counts", "awaited", "band"),
    [
        ([whole(1_050)], {}, Band.QUALIFIED),
        ([whole(1_050)], {"B": 0}, Band.FULL_COUNT),
        ([full(1_050)], {"B": 0}, Band.QUALIFIED),
        ([whole(1_000), replace(full(50, raw=60), county="C")], {}, Band.QUALIFIED),
        ([whole(1_000), replace(full(50, raw=60), county="C")], {"B": 0}, "both"),
        ([sampled(525)], {}, Band.FULL_COUNT),
        ([sampled(500), replace(full(50, raw=60), county="C")], {}, Band.FULL_COUNT),
    ],
)
def test_only_where_every_line_was_looked_at_the_number_itself_is_enough(
    counts, awaited, band
):
    """Oracle: 105% qualifies a full count, and asks for one after a sample."""
    wanted = Band.QUALIFIED if band == "both" else band
    found = ends(counts, awaited)

    assert found.none_valid.projected == 1_050
    assert found.none_valid.band is wanted
    assert found.all_valid.band is wanted


@pytest.mark.parametrize(
    ("valid", "undecided", "none", "all_"),
    [
        (500, 1, 1_000, 1_002),
        (475, 25, 950, 1_000),
        (0, 1_000, 0, 2_000),
        (500, 0, 1_000, 1_000),
    ],
)
def test_open_lines_are_supposed_all_valid_and_all_not(valid, undecided, none, all_):
    found = ends([sampled(valid, undecided)])

    assert (found.none_valid.projected, found.all_valid.projected) == (none, all_)


def test_lines_a_full_count_has_not_reached_are_open_too():
    """Oracle: 1,500 of 2,000 looked at, 900 valid and 20 undecided: 520 open."""
    count = FullCount(county="A", raw=2_000, sampled=1_500, valid=900, undecided=20)
    found = ends([count])

    assert (found.none_valid.projected, found.all_valid.projected) == (900, 1_420)


def said(counts, awaited=None, *, is_open, required=1_000):
    return agreed(ends(counts, awaited, required), is_open=is_open)


def test_lines_a_full_count_left_undecided_are_open_once():
    """Oracle: of 2,000, 600 valid; 800 undecided and 500 not reached may all be."""
    count = FullCount(county="A", raw=2_000, sampled=1_500, valid=600, undecided=800)
    found = ends([count])

    assert (found.none_valid.projected, found.all_valid.projected) == (600, 1_900)


def test_where_nothing_is_open_the_verdict_is_the_laws_own():
    band, verdict = said([sampled(551)], is_open=False)

    assert (band, verdict.standing) == (Band.QUALIFIED, Standing.MET)
    assert verdict == ends([sampled(551)]).none_valid.verdict


@pytest.mark.parametrize(
    ("valid", "undecided", "band", "standing", "words"),
    [
        (551, 1, Band.QUALIFIED, Standing.MET, "qualified"),
        (400, 1, Band.FAILED, Standing.UNMET, "failed"),
        (500, 1, Band.FULL_COUNT, Standing.OPEN, "full count"),
    ],
)
def test_what_both_suppositions_agree_on_is_said(
    valid, undecided, band, standing, words
):
    found, verdict = said([sampled(valid, undecided)], is_open=True)

    assert (found, verdict.standing) == (band, standing)
    assert verdict.words == f"whatever the open lines turn out to be: {words}"
    first, second = verdict.parts
    assert first.words == (
        f"if every open line is valid: {2 * (valid + undecided):,}, {words}"
    )
    assert second.words == f"if no open line is valid: {2 * valid:,}, {words}"
    assert first.standing is second.standing is standing
    assert len(first.parts) == len(second.parts) == 1


@pytest.mark.parametrize(
    ("valid", "none", "all_"),
    [(474, "948, failed", "950, full count"), (550, "1,100, full", "1,102, qualified")],
)
def test_where_they_differ_nothing_is_said(valid, none, all_):
    """Oracle: 95% and 110% of 1,000: one open line crosses the border."""
    band, verdict = said([sampled(valid, 1)], is_open=True)

    assert (band, verdict.standing) == (None, Standing.OPEN)
    assert verdict.words == "it depends on the lines that are still open"
    first, second = verdict.parts
    assert all_ in first.words
    assert none in second.words
    assert first.standing is not second.standing


@pytest.mark.parametrize(
    ("valid", "band", "standing"),
    [(1_100, None, Standing.OPEN), (1_101, Band.QUALIFIED, Standing.MET)],
)
def test_of_some_counties_alone_only_enough_is_enough(valid, band, standing):
    """Oracle: more than 110% of 1,000, whatever the others report."""
    found, verdict = said([whole(valid)], {"B": None}, is_open=True)

    assert (found, verdict.standing) == (band, standing)
    assert len(verdict.parts) == (1 if band else 0)
    assert ("it qualifies" in verdict.words) is (band is Band.QUALIFIED)
    assert ("raw counts are not known" in verdict.words) is (band is None)


@pytest.mark.parametrize(
    ("required", "band", "standing", "words"),
    [
        (246_372, Band.QUALIFIED, Standing.MET, "the petition is certified"),
        (300_000, Band.FULL_COUNT, Standing.OPEN, "every line must be checked"),
    ],
)
def test_washingtons_test_is_written_down_as_the_rule_goes(
    required, band, standing, words
):
    """Published: I-1351 was accepted; with 300,000 required it has no such room."""
    found = ends([I_1351], {}, required, WASHINGTON).none_valid

    assert (found.band, found.verdict.standing) == (band, standing)
    assert found.verdict.words.endswith(words)
    assert len(found.verdict.parts) == 5
    assert {each.standing for each in found.verdict.parts} == {standing}
    assert found.verdict.cite
    assert found.acceptance.accepted is (band is Band.QUALIFIED)
    assert found.verdict.parts[-1].words.endswith("found: 9")


def test_where_no_pair_can_be_borne_the_limit_is_none():
    found = ends([I_1351], {}, 348_072, WASHINGTON).none_valid

    assert "most pairs the sample may hold: none; found: 9" in (
        found.verdict.parts[-1].words
    )


def test_washington_draws_one_sample_not_two_and_no_full_count():
    half = replace(I_1351, county="B")
    with pytest.raises(CountError, match="give one row, not 2 counties"):
        ends([I_1351, half], {}, 246_372, WASHINGTON)
    with pytest.raises(CountError, match="one sample from the whole state"):
        ends([I_1351], {"B": 5}, 246_372, WASHINGTON)
