"""Figures of a measure: each value with who gave it, and what became of it."""

from datetime import UTC, date, datetime

import pytest

from plebiscite.docket.folder import open_record
from plebiscite.docket.store import Happening, append
from plebiscite.report.page.figure import figures
from plebiscite.report.page.judged import judged
from plebiscite.report.page.taken.cited import citation, notice

TODAY = date(2026, 11, 22)
WRITTEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
MEASURE = """\
id: test/1
title: A test
kind: statute
law: us/ca/statute_initiative
facts:
  required: 1000
"""


def _happening(day, kind, **body):
    return Happening(
        day=date.fromisoformat(day),
        kind=kind,
        by="an office",
        authority="§ 1",
        body=body,
    )


@pytest.fixture
def folder(tmp_path):
    """A measure whose raw count of two counties was corrected, then revised."""
    (tmp_path / "measure.yaml").write_text(MEASURE)
    told = [
        _happening("2017-07-01", "sections_filed"),
        _happening("2017-07-05", "raw_count", raw={"Alpine": 700, "Kern": 900}),
        _happening("2017-07-06", "corrected", corrects=2, now={"raw": 1700}),
        _happening("2017-07-09", "raw_count_revised", raw=1650, because="crossed out"),
        _happening("2017-07-10", "noted", words="nothing"),
    ]
    for each in told:
        append(tmp_path, [each], recorded_at=WRITTEN)
    return tmp_path


def test_a_corrected_and_a_revised_value_stay_beside_the_one_that_stands(folder):
    """By hand: 700 + 900 = 1,600; corrected to 1,700; revised to 1,650."""
    raw = figures(open_record(folder, TODAY))["raw"]

    assert [(r.seq, r.value, r.number) for r in raw.revisions] == [
        (2, 1600, 1),
        (3, 1700, 2),
        (4, 1650, 3),
    ]
    assert raw.now.why == "crossed out"
    assert raw.revisions[0].parts == {"Alpine": 700, "Kern": 900}


def _by_alpine(day, kind, **body):
    return Happening(
        day=date.fromisoformat(day),
        kind=kind,
        by="Alpine, election office",
        authority="§ 1",
        body=body,
    )


@pytest.mark.parametrize(
    ("reported", "now"),
    [({"Alpine": 700, "Kern": 900}, 1580), (1600, 1600)],
    ids=["by county", "as a sum"],
)
def test_what_one_county_commits_to_never_passes_for_the_whole_state(
    tmp_path, reported, now
):
    """By hand: 680 in place of Alpine's 700 makes 1,580; of a bare sum, nothing."""
    (tmp_path / "measure.yaml").write_text(MEASURE)
    for each in (
        _happening("2017-07-01", "sections_filed"),
        _happening("2017-07-05", "raw_count", raw=reported),
        _by_alpine("2017-07-06", "raw_counts_committed", raw={"Alpine": 680}),
        _by_alpine(
            "2017-07-09", "certified", status="preliminary", raw=680, projected=500
        ),
    ):
        append(tmp_path, [each], recorded_at=WRITTEN)
    found = figures(open_record(tmp_path, TODAY))

    assert found["raw"].now.value == now
    assert "projected" not in found


def test_a_value_is_known_only_from_its_day_on(folder):
    raw = figures(open_record(folder, date(2017, 7, 8)))["raw"]

    assert raw.now.value == 1700


def test_a_requirement_nobody_recorded_as_an_event_comes_from_the_measures_file(folder):
    required = figures(open_record(folder, TODAY))["required"]

    assert (required.now.seq, required.now.value) == (0, 1000)


def test_a_county_that_is_out_leaves_the_sum_unknown_and_not_zero(tmp_path):
    (tmp_path / "measure.yaml").write_text(MEASURE)
    for each in (
        _happening("2017-07-01", "sections_filed"),
        _happening("2017-07-05", "raw_count", raw={"Alpine": 700, "Kern": None}),
    ):
        append(tmp_path, [each], recorded_at=WRITTEN)

    assert figures(open_record(tmp_path, TODAY))["raw"].now.value is None


def test_the_counterfactual_has_each_kind_of_count_and_never_mixes_them():
    """Oracle: the events of the shipped docket, read by eye."""
    found = figures(open_record("us/ca/16-0011-counterfactual", TODAY))

    assert {name: found[name].now.value for name in list(found)[:5]} == {
        "required": 585407,
        "claimed": 146500,
        "raw": 823098,
        "projected": 604300,
        "verified": 598211,
    }
    assert found["independence-votes-yes"].now.value == 5441208
    assert found["votes-yes"].now.value == 6281340


def test_a_bound_somebody_published_is_no_count():
    """17-0018 was certified at more than 402,468: nobody published the number."""
    assert set(figures(open_record("us/ca/17-0018", TODAY))) == {"required"}


def test_a_projection_is_judged_by_the_law_of_its_day():
    """604,300 of 585,407 lies between 95% and 110%: a full count (Elec. Code 9031)."""
    record = open_record("us/ca/16-0011-counterfactual", TODAY)
    found = figures(record)

    verdict = judged(record, found, found["projected"], found["projected"].now)

    assert verdict is not None
    assert verdict.rule == "qualification"
    assert verdict.findings[0].words.startswith("full count: projected valid (604,300)")
    assert [cite.law for cite in verdict.cites] == [
        "us/ca/constitutional_initiative"
    ] * 2


@pytest.mark.parametrize(
    ("law", "standing"),
    [("us/nv/referendum", "open"), ("us/ca/statute_initiative", "met")],
)
def test_enough_in_number_is_open_on_a_page_where_the_law_asks_more(
    tmp_path, law, standing
):
    """Oracle: Nevada asks each district for its share; California asks no place."""
    (tmp_path / "measure.yaml").write_text(
        MEASURE.replace("us/ca/statute_initiative", law)
    )
    counts = {"projected": 1200, "verified": 1200, "status": "preliminary"}
    for each in (
        _happening("2026-07-01", "sections_filed"),
        _happening("2026-07-05", "raw_count", raw=2000),
        _happening("2026-07-20", "certified", **counts),
    ):
        append(tmp_path, [each], recorded_at=WRITTEN)
    record = open_record(tmp_path, TODAY)
    found = figures(record)

    verdict = judged(record, found, found["verified"], found["verified"].now)
    assert verdict is not None
    assert verdict.standing == standing
    assert ("where signers live" in verdict.findings[0].words) == (standing == "open")


def test_a_claim_decides_nothing():
    record = open_record("us/ca/16-0011-counterfactual", TODAY)
    found = figures(record)

    assert judged(record, found, found["claimed"], found["claimed"].now) is None


def test_a_citation_names_office_value_day_revision_event_and_address(folder):
    raw = figures(open_record(folder, TODAY))["raw"]

    said = citation("test/1", raw, raw.revisions[0], "https://x.example/raw/2/")

    assert said.startswith(
        "an office: raw count of test/1: 1,600, 5 July 2017; revision 1"
    )
    assert said.endswith(". https://x.example/raw/2/")
    assert raw.revisions[0].hash[:12] in said


def test_an_old_value_carries_a_correction_notice_and_the_last_none(folder):
    raw = figures(open_record(folder, TODAY))["raw"]

    assert notice(raw, raw.revisions[0]) == (
        "This value no longer stands: it was changed to 1,650 on 9 July 2017, because "
        "crossed out."
    )
    assert notice(raw, raw.now) == ""
