"""The worked family: what became of each filing, as published."""

from datetime import date

import pytest

from plebiscite.docket.folder import open_record
from plebiscite.docket.store import read, verify
from plebiscite.petition.measure import measure_folder, read_measure, shipped_measures
from plebiscite.petition.measure_text import amended

TODAY = date(2026, 11, 22)
MADE_UP = "us/ca/16-0011-counterfactual"
FAMILY = {
    "us/ca/13-0063": ("insufficient", date(2014, 9, 12), 807_615),
    "us/ca/15-0037": ("lapsed", date(2016, 3, 25), 365_880),
    "us/ca/16-0011": ("withdrawn", date(2017, 4, 17), 585_407),
    "us/ca/17-0005": ("lapsed", date(2018, 2, 28), 585_407),
    "us/ca/17-0018": ("removed", date(2018, 7, 18), 365_880),
    "us/ca/18-0001": ("lapsed", date(2018, 10, 18), 365_880),
    "us/ca/20-0001": ("lapsed", date(2021, 3, 19), 623_212),
    "us/ca/24-0001": ("lapsed", date(2025, 7, 23), 546_651),
    MADE_UP: ("consenting", date(2019, 4, 15), 585_407),
}


def test_the_family_is_whole():
    assert shipped_measures() == sorted(FAMILY)


@pytest.mark.parametrize("measure", FAMILY)
def test_each_came_to_the_end_that_was_published(measure):
    """Oracle: the lists of the Secretary of State, and the press where they end."""
    record = open_record(measure, TODAY)
    stage, since, required = FAMILY[measure]

    assert (record.life.stage, record.life.since) == (stage, since)
    assert record.measure.facts["required"] == required
    assert verify(record.folder).is_whole


@pytest.mark.parametrize("measure", sorted(set(FAMILY) - {"us/ca/17-0018"}))
def test_the_law_computes_the_requirement_that_was_published(measure):
    """Oracle: the published requirement (the summary of 17-0018 was not found)."""
    record = open_record(measure, TODAY)
    facts = {"votes_for_governor": record.measure.facts["votes_for_governor"]}

    assert record.book.required(facts)[0] == FAMILY[measure][2]


@pytest.mark.parametrize("measure", FAMILY)
def test_every_number_has_a_source(measure):
    found = read_measure(measure)

    assert set(found.facts) == set(found.fact_sources)
    for event in read(measure_folder(measure)):
        assert event["source"], event
        assert event["authority"], event
    assert found.sources


def test_every_event_of_the_counterfactual_says_so_and_none_of_the_others():
    for measure in FAMILY:
        marks = {
            event["body"].get("counterfactual", False)
            for event in read(measure_folder(measure))
        }
        assert marks == {measure == MADE_UP}, measure


def test_the_real_calexit_is_told_to_the_day():
    """Oracle: the event log of 16-0011 as published."""
    events = [
        (event["day"], event["kind"]) for event in read(measure_folder("us/ca/16-0011"))
    ]

    assert events == [
        ("2016-11-21", "filed"),
        ("2016-12-23", "amended"),
        ("2017-01-11", "fiscal_estimate"),
        ("2017-01-26", "titled"),
        ("2017-01-26", "circulating"),
        ("2017-04-17", "withdrawn"),
    ]
    last = read(measure_folder("us/ca/16-0011"))[-1]["body"]
    assert last["day_of_circulation"] == (date(2017, 4, 17) - date(2017, 1, 26)).days


def test_what_calexit_strikes_from_the_constitution():
    """Oracle: the summary of the Attorney General: both phrases go."""
    [section, statute] = amended(read_measure("us/ca/16-0011"))
    gone = "".join(piece.words for piece in section.pieces)

    assert "inseparable part of the United States" in gone
    assert "supreme law of the land" in gone
    assert {piece.fate.value for piece in section.pieces} == {"gone"}
    assert section.after is None
    assert not statute.is_recorded


def test_six_californias_fell_short_by_what_was_published():
    """Oracle: 752,685 projected, 767,235 for a full count (reports of 2014)."""
    last = read(measure_folder("us/ca/13-0063"))[-1]["body"]
    assert last["band"] == "failed"
    projected = read(measure_folder("us/ca/13-0063"))[-2]["body"]
    assert (
        projected["full_count_from"] - projected["projected"]
        == projected["short_of_it"]
    )
    required = last["required"]
    assert 20 * (projected["full_count_from"] - 1) < 19 * required
    assert 20 * projected["full_count_from"] >= 19 * required
    assert 20 * last["projected"] < 19 * required


def test_the_opinions_stand_in_the_record_of_their_day():
    before = open_record("us/ca/16-0011", date(2016, 12, 1)).opinions
    after = open_record("us/ca/16-0011", TODAY).opinions

    assert any("Scalia" in each.by for each in before)
    assert not any("Legislative Analyst" in each.by for each in before)
    assert any("Legislative Analyst" in each.by for each in after)
    assert any("California Constitution Center" in each.by for each in after)
