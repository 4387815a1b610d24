"""Counts held against the law: too few lines, wrong bands, a measure's own rules."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from living import CIRCULATING, COUNTED, VOTED, calexit, event, stage, tell

from plebiscite.docket.agenda import next_steps
from plebiscite.docket.folder import open_record
from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.counts import raw_count_fails, refuse_wrong_band
from plebiscite.docket.lawful.ground import ground_of
from plebiscite.docket.store import read
from plebiscite.errors import InputError
from plebiscite.petition.measure import measure_folder, shipped_measures
from plebiscite.rules.rulebook import open_law

FILED = (*CIRCULATING, event("sections_filed", "2017-07-25"))

RAW = """\
title: A law of one's own
governed_by: received
sources: {charter: {title: Charter, checked: no}}
required_signatures:
  - {from: 2000-01-01, amount: 8% of votes_for_governor, cite: [charter]}
raw_count:
  - from: 2000-01-01
    bands:
      - {when: {raw_count: {less_than: required_signatures}}, then: failed}
      - {otherwise: sample}
    cite: [charter]
"""
PLACES = """\
title: A law of one's own
governed_by: received
sources: {charter: {title: Charter, checked: no}}
required_signatures:
  - {from: 2000-01-01, amount: 100, cite: [charter]}
full_count:
  - from: 2000-01-01
    bands:
      - {when: {verified_valid: {less_than: 100}}, then: failed}
      - {otherwise: qualified}
    cite: [charter]
distribution:
  governed_by: approved
  versions:
    - {from: 2000-01-01, text: "none: from anywhere", cite: [charter]}
    - {from: 2020-01-01, test: {signatures: {at_least: 5}}, cite: [charter]}
"""


@pytest.fixture
def folder(tmp_path):
    return calexit(tmp_path / "measure")


@pytest.mark.parametrize("raw", ["abc", -5, True])
def test_a_raw_count_that_is_no_count_is_refused(folder, raw):
    tell(folder, *FILED)
    with pytest.raises(InputError, match=r"raw is .*; write a whole number"):
        tell(folder, event("raw_count", "2017-08-04", raw=raw))
    assert stage(folder) == "filed_with_counties"


@pytest.mark.parametrize("kind", ["sample_ordered", "sample_committed"])
def test_one_line_too_few_ends_the_matter_without_a_sample(folder, kind):
    """Oracle: Elec. Code § 9030; 585,407 are required of 16-0011."""
    tell(folder, *FILED, event("raw_count", "2017-08-04", raw=585_406))
    with pytest.raises(InputError) as caught:
        tell(folder, event(kind, "2017-08-07"))

    assert "585,406 lines were filed and 585,407 are required" in str(caught.value)
    assert "Elec. Code § 9030" in str(caught.value)
    tell(folder, event("certified", "2017-08-07", band="failed", raw=585_406))
    assert stage(folder) == "insufficient"


def test_at_the_requirement_a_sample_is_drawn(folder):
    tell(folder, *FILED, event("raw_count", "2017-08-04", raw=585_407))
    tell(folder, event("sample_ordered", "2017-08-07"))


def test_a_raw_count_by_county_is_summed_once_all_are_in(folder):
    tell(folder, *FILED, event("raw_count", "2017-08-04", raw={"A": 9, "B": None}))
    assert not open_record(folder, date(2017, 8, 5)).raw_count_fails
    tell(folder, event("raw_count_revised", "2017-08-06", raw={"A": 9, "B": 1}))
    assert open_record(folder, date(2017, 8, 6)).raw_count_fails


def test_after_too_few_lines_only_a_certificate_is_owed(folder):
    tell(folder, *FILED, event("raw_count", "2017-08-04", raw=585_406))
    [step] = next_steps(open_record(folder, date(2017, 8, 5)))

    assert (step.who, step.does) == ("the Secretary of State", "certified")
    assert "raw count is less than 100%" in step.rule
    assert step.cite
    assert step.silence


@pytest.mark.parametrize(
    ("counts", "band"),
    [
        ({"projected": 556_136}, "failed"),
        ({"projected": 556_137}, "full_count"),
        ({"projected": 643_947}, "full_count"),
        ({"projected": 643_948}, "qualified"),
        ({"verified": 585_406}, "failed"),
        ({"verified": 585_407}, "qualified"),
        ({"raw": 585_406, "projected": 643_948}, "failed"),
    ],
)
def test_a_certificate_cannot_say_another_band_than_its_counts(folder, counts, band):
    """Oracle: 95% and 110% of 585,407 are 556,136.65 and 643,947.7."""
    tell(folder, *COUNTED[:-1])
    for said in {"failed", "full_count", "qualified"} - {band}:
        with pytest.raises(InputError, match=f"by the counts it is '{band}'"):
            tell(folder, event("certified", "2017-09-18", band=said, **counts))
    tell(folder, event("certified", "2017-09-18", band=band, **counts))


@pytest.mark.parametrize(
    ("law", "valid", "may"),
    [
        ("us/nv/referendum", 420_000, {"failed", "open", "qualified"}),
        ("us/nv/referendum", 419_999, {"failed"}),
        ("us/ca/statute_initiative", 420_000, {"qualified"}),
    ],
)
def test_where_signers_live_may_fail_what_is_enough_in_number(law, valid, may):
    """Oracle: Nevada asks each district for its share; California asks no place."""
    book = open_law(law).on_day(date(2026, 7, 1))
    counts = {"required": 420_000, "verified": valid, "projected": valid}

    for band in ("failed", "open", "qualified"):
        said = Happened(
            seq=0,
            day=date(2026, 7, 1),
            kind="certified",
            by="office",
            authority="law",
            body={**counts, "band": band},
        )
        if band in may:
            refuse_wrong_band(said, book, None)
        else:
            with pytest.raises(InputError, match="by the counts it is"):
                refuse_wrong_band(said, book, None)


def test_a_preliminary_certificate_is_held_to_no_band(folder):
    tell(folder, *COUNTED[:-1])
    body = {"band": "qualified", "projected": 1, "status": "preliminary"}
    tell(folder, event("certified", "2017-09-18", **body))

    assert stage(folder) == "counted"


@pytest.mark.parametrize("measure", shipped_measures())
def test_every_rule_a_shipped_measure_names_is_in_its_law(measure):
    assert open_record(measure, date(2026, 11, 22)).law


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("rule: passing\n", "rule: pasing\n", "no rule 'pasing'; did you mean 'pass"),
        ("rule: act_of_congress,", "rule: act,", "step 'act_of_congress': us/consent"),
        (
            "law: us/ca/constitutional_initiative",
            "law: us/zz/x",
            "law: there is no law",
        ),
        ("second_question\n", "third\n", "follow-up 'independence': there is no law"),
    ],
)
def test_a_rule_that_is_not_there_is_refused_with_file_and_place(
    folder, was, becomes, says
):
    path = folder / "measure.yaml"
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes), "utf-8")
    with pytest.raises(InputError) as caught:
        open_record(folder, date(2026, 11, 22))

    assert str(path) in str(caught.value)
    assert says in str(caught.value)


def test_before_its_first_event_nothing_of_a_measure_is_known():
    """Oracle: 16-0011 was filed on 21 November 2016."""
    record = open_record("us/ca/16-0011", date(2016, 11, 20))

    assert record.measure.note == ""
    assert not record.measure.facts
    assert not record.measure.follow_ups
    assert record.measure.election is None


@pytest.mark.parametrize(
    ("on", "day"), [("2016-12-22", "2019-03-13"), ("2016-12-23", "2019-03-05")]
)
def test_the_day_of_the_further_question_is_the_one_known_then(on, day):
    """Oracle: the amendment received on 23 December 2016 moved it from 13 March."""
    [follow] = open_record("us/ca/16-0011", date.fromisoformat(on)).measure.follow_ups

    assert str(follow.on) == day


def test_a_refused_event_leaves_a_torn_tail_where_it_is(folder):
    tell(folder, *CIRCULATING)
    path = folder / "docket.jsonl"
    torn = path.read_bytes()[:-10]
    path.write_bytes(torn)
    with pytest.raises(InputError, match="cannot follow"):
        tell(folder, event("outcome", "2017-01-26", standing="met"))

    assert path.read_bytes() == torn
    assert not list(folder.glob("docket.torn-*"))
    assert len(read(folder)) == len(CIRCULATING) - 1


def test_a_law_file_beside_the_measure_is_found_from_anywhere(folder, monkeypatch):
    """Oracle: a copy of Colorado's law in the folder above, named by its path there."""
    law = measure_folder("us/ca/16-0011").parents[4] / "law/us/co"
    shutil.copytree(law, folder.parent / "co")
    path = folder / "measure.yaml"
    text = path.read_text("utf-8").replace(
        "law: us/ca/constitutional_initiative", "law: ../co/statute_initiative.yaml"
    )
    path.write_text(text, "utf-8")
    monkeypatch.chdir("/")

    assert open_record(folder, date(2017, 2, 1)).law.place == "Colorado"


def test_what_ended_with_too_few_lines_may_be_counted_anew(folder):
    """Oracle: insufficient by the raw count; only before that is a sample refused."""
    tell(folder, *FILED, event("raw_count", "2017-08-04", raw=585_406))
    tell(folder, event("certified", "2017-08-07", band="failed", raw=585_406))
    tell(folder, event("sample_committed", "2017-08-08"))


@pytest.mark.parametrize(("raw", "fails"), [(99, True), (100, False)])
def test_the_requirement_stated_for_the_measure_is_the_one_that_ends_it(
    folder, raw, fails
):
    """Oracle: the measure says 100, where its votes for governor come to 585,407."""
    path = folder / "measure.yaml"
    path.write_text(path.read_text("utf-8").replace("585407", "100"), "utf-8")
    tell(folder, *FILED, event("raw_count", "2017-08-04", raw=raw))

    found = open_record(folder, date(2017, 8, 5)).raw_count_fails
    assert found is fails


@pytest.mark.parametrize(("raw", "fails"), [(585_406, True), (585_407, False)])
def test_where_none_is_stated_the_requirement_is_computed(folder, raw, fails):
    """Oracle: 8% of 7,317,581 votes for governor, rounded up, is 585,407."""
    path = folder / "measure.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [each for each in lines if not each.startswith("  required:")]
    assert len(kept) == len(lines) - 2
    path.write_text("".join(kept), "utf-8")
    tell(folder, *FILED, event("raw_count", "2017-08-04", raw=raw))

    found = open_record(folder, date(2017, 8, 5)).raw_count_fails
    assert found is fails


def test_an_outcome_of_a_question_the_measure_does_not_know_is_held_to_nothing(folder):
    """Oracle: no law is named for it; of the one that is named, the votes decide."""
    further = (
        event("question_put", "2019-03-05"),
        event("canvassed", "2019-04-01", registered=1000, cast=300, yes=100, no=190),
    )
    known = folder.with_name("known")
    for each, question in ((folder, "another"), (calexit(known), "independence")):
        asked = event(
            "follow_up_scheduled", "2018-12-19", question=question, on="2019-03-05"
        )
        tell(each, *VOTED[:-1], asked, *further)
    tell(folder, event("outcome", "2019-04-02", standing="met"))
    with pytest.raises(InputError, match="by the votes canvassed it is 'not met'"):
        tell(known, event("outcome", "2019-04-02", standing="met"))


@pytest.mark.parametrize(("yes", "other"), [(5, None), (None, 5), (None, None)])
def test_a_winner_whose_votes_are_not_counted_is_held_to_nothing(folder, yes, other):
    approved = VOTED[: [each.kind for each in VOTED].index("outcome") + 1]
    settled = event(
        "conflict_settled", "2018-12-15", yes=yes, other_yes=other,
        other="us/ca/other", prevails="this",
    )  # fmt: skip
    tell(folder, *approved, settled)
    assert stage(folder) == "approved"


@pytest.mark.parametrize(
    ("facts", "ends", "fails"),
    [
        ({}, True, None),
        ({"votes_for_governor": 1000}, True, (79, 80)),
        ({"votes_for_governor": 1000}, False, None),
        ({"votes_for_governor": 987}, True, None),
    ],
)
def test_only_a_known_requirement_and_a_rule_on_raw_counts_end_it(
    folder, facts, ends, fails
):
    """Oracle: 8% of 1,000 votes are 80, and of 987 they are 79 (78.96)."""
    own = folder / "own.yaml"
    own.write_text(RAW if ends else RAW.partition("raw_count:")[0], "utf-8")
    ground = ground_of(folder)
    ground = replace(ground, measure=replace(ground.measure, facts=facts))
    counted = Happened(
        seq=0,
        day=date(2017, 8, 4),
        kind="raw_count",
        by="office",
        authority="law",
        body={"raw": 79},
    )

    book = open_law(own).on({"received": date(2017, 8, 4)})

    assert raw_count_fails([counted], book, ground) == fails


@pytest.mark.parametrize("dates", [{"approved": date(2026, 7, 1)}, {}])
def test_a_law_whose_day_is_missing_may_ask_where_signers_live(tmp_path, dates):
    """Oracle: the rule asks it since 2020, by a day which the second book lacks."""
    path = tmp_path / "own.yaml"
    path.write_text(PLACES, "utf-8")
    book = open_law(path).on({"received": date(2026, 7, 1), **dates})
    said = Happened(
        seq=0,
        day=date(2026, 7, 1),
        kind="certified",
        by="office",
        authority="law",
        body={"required": 100, "verified": 100, "band": "failed"},
    )

    refuse_wrong_band(said, book, None)
