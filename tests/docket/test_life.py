"""A life replayed: the stage, what may follow, corrections, and looking back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import CIRCULATING, COUNTED, NOON, VOTED, calexit, event, stage, tell

from plebiscite.docket.happened import Happened, as_known, happened
from plebiscite.docket.life import admit, life
from plebiscite.docket.store import append, read
from plebiscite.docket.table import table
from plebiscite.errors import InputError


def numbered(events):
    return [
        Happened(
            seq=number,
            day=each.day,
            kind=each.kind,
            by=each.by,
            authority=each.authority,
            body=each.body,
        )
        for number, each in enumerate(events, start=1)
    ]


@pytest.mark.parametrize(
    ("events", "reached"),
    [
        ((), "nothing"),
        (CIRCULATING[:1], "proposed"),
        (CIRCULATING, "circulating"),
        (COUNTED, "sufficient"),
        (COUNTED[:-2], "counted"),
        (VOTED, "follow_up"),
        (VOTED[:-2], "approved"),
        ((*CIRCULATING, event("withdrawn", "2017-04-17")), "withdrawn"),
        ((*CIRCULATING, event("lapsed", "2017-08-05")), "lapsed"),
        ((*COUNTED, event("removed_by_court", "2018-07-18")), "removed"),
        (
            (*COUNTED[:-1], event("certified", "2017-09-18", band="failed")),
            "insufficient",
        ),
        (
            (*COUNTED[:-1], event("certified", "2017-09-18", band="full_count")),
            "full_count_due",
        ),
    ],
)
def test_the_stage_is_what_the_events_make_of_it(events, reached):
    """Oracle: the stages of a Californian initiative, by hand."""
    assert life(numbered(events)).stage == reached


def test_a_preliminary_certificate_decides_nothing():
    """Oracle: nobody is certified by names and addresses alone."""
    preliminary = event(
        "certified", "2017-09-18", band="qualified", status="preliminary"
    )

    assert life(numbered([*COUNTED[:-1], preliminary])).stage == "counted"


def test_an_illegal_event_is_refused_with_the_rule_and_what_may_follow(tmp_path):
    tell(tmp_path, *CIRCULATING)
    with pytest.raises(InputError) as caught:
        tell(tmp_path, event("qualified", "2017-05-01"))

    said = str(caught.value)
    assert said.startswith("'qualified' cannot follow: the measure is 'circulating'")
    assert "since 2017-01-26" in said
    assert "only a petition found sufficient can qualify" in said
    assert "can take: " in said
    assert "sections_filed" in said.partition("can take: ")[2]
    assert len(read(tmp_path)) == len(CIRCULATING)


KINDS = sorted(table().kinds)
DAYS = st.dates(date(2016, 1, 1), date(2020, 1, 1))
BODIES = st.sampled_from(
    [{}, {"band": "qualified"}, {"band": "failed"}, {"standing": "met"},
     {"standing": "not_met"}, {"route": "a", "step": "b"}, {"question": "q", "on": "d"}]
)  # fmt: skip


def walk(draws):
    """Events of random kinds, those refused left out; the stage after each kept."""
    events, stages = [], []
    for kind, day, body in draws:
        new = Happened(
            seq=len(events) + 1, day=day, kind=kind, by="x", authority="y", body=body
        )
        try:
            admit(events, [new], None)
        except InputError:
            continue
        events.append(new)
        stages.append(life(events).stage)
    return events, stages


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(draws=st.lists(st.tuples(st.sampled_from(KINDS), DAYS, BODIES), max_size=40))
def test_replaying_any_prefix_gives_the_stage_it_had_then(draws):
    """Oracle: the stages noted while the events came in, one by one."""
    events, stages = walk([("filed", date(2016, 1, 1), {}), *draws])

    assert [life(events[: n + 1]).stage for n in range(len(events))] == stages


@settings(max_examples=150, deadline=None)
@given(draws=st.lists(st.tuples(st.sampled_from(KINDS), DAYS, BODIES), max_size=25))
def test_what_the_table_allows_is_taken_and_nothing_else(draws):
    """Oracle: the table's own list of what may come at a stage."""
    events, _ = walk(draws)
    reached = life(events)
    for kind in KINDS:
        body = {"band": "failed", "standing": "met", "prevails": "this", "clock": "c"}
        body |= {
            "to": "2020-01-02",
            "condition": "a bill",
            "corrects": 1,
            "now": {"a": 1},
        }
        body |= {"other": "m", "yes": 2, "other_yes": 1, "question": "q", "on": "d"}
        body |= {"route": "r", "step": "s", "decision": "adopted"}
        new = Happened(
            seq=99, day=date(2020, 1, 1), kind=kind, by="x", authority="y", body=body
        )
        allowed = kind in table().allowed(reached.stage)
        if kind == "corrected":
            continue
        if allowed:
            admit(events, [new], None)
        else:
            with pytest.raises(InputError, match="cannot follow"):
                admit(events, [new], None)


def test_what_changes_the_stage_cannot_lie_before_the_stage(tmp_path):
    tell(tmp_path, *CIRCULATING)
    with pytest.raises(InputError, match="cannot lie before that"):
        tell(tmp_path, event("withdrawn", "2017-01-20"))


def test_a_correction_overwrites_nothing_and_both_numbers_stay(tmp_path):
    """Oracle: the docket's lines before, byte for byte."""
    tell(tmp_path, *COUNTED[:6])
    before = (tmp_path / "docket.jsonl").read_bytes()
    tell(tmp_path, event("corrected", "2017-08-20", corrects=6, now={"raw": 899_990}))

    assert (tmp_path / "docket.jsonl").read_bytes().startswith(before)
    known = as_known(happened(read(tmp_path)))
    assert known[5].body["raw"] == 899_990
    assert known[5].corrections == (7,)
    assert read(tmp_path)[5]["body"]["raw"] == 900_000
    then = as_known(happened(read(tmp_path)), date(2017, 8, 10))
    assert then[5].body["raw"] == 900_000


def test_a_struck_event_counts_no_more_and_still_stands_there(tmp_path):
    tell(tmp_path, *CIRCULATING, event("withdrawn", "2017-04-17"))
    tell(tmp_path, event("corrected", "2017-04-18", corrects=5, struck=True))

    assert stage(tmp_path) == "circulating"
    assert read(tmp_path)[4]["kind"] == "withdrawn"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"corrects": 40, "struck": True}, "event 40 is not in the docket"),
        ({"corrects": 1}, "says neither what holds 'now' nor"),
        ({"corrects": 1, "now": {"kind": "lapsed"}}, "cannot change kind"),
        ({"corrects": 1, "struck": True}, None),
        ({"corrects": 3, "now": {"day": "2018-01-01"}}, "would not hold together"),
        ({"corrects": 3, "now": {"day": "soon"}}, "write it as 2017-01-26"),
        ({"corrects": "three", "struck": True}, "write the number of the event"),
    ],
)
def test_a_correction_is_held_to_the_docket(tmp_path, body, says):
    tell(tmp_path, *CIRCULATING)
    new = event("corrected", "2017-02-01", **body)
    if says is None:
        tell(tmp_path, new)
        return
    with pytest.raises(InputError, match=says):
        tell(tmp_path, new)


def test_looking_back_leaves_out_what_came_later(tmp_path):
    """Oracle: the real days of 16-0011."""
    tell(tmp_path, *CIRCULATING, event("withdrawn", "2017-04-17"))
    events = happened(read(tmp_path))

    assert life(events, date(2016, 11, 20)).stage == "nothing"
    assert life(events, date(2016, 12, 1)).stage == "proposed"
    assert life(events, date(2017, 4, 16)).stage == "circulating"
    assert life(events, date(2017, 4, 17)).stage == "withdrawn"


def test_what_was_written_down_later_can_be_left_out_too(tmp_path):
    tell(tmp_path, *CIRCULATING)
    late = NOON.replace(year=2027)
    append(tmp_path, [event("noted", "2017-02-02")], recorded_at=late)
    events = happened(read(tmp_path))

    assert len(as_known(events, written_by=date(2026, 12, 31))) == len(CIRCULATING)
    assert len(as_known(events, written_by=date(2027, 12, 31))) == len(CIRCULATING) + 1


def test_a_count_that_is_no_count_is_refused(tmp_path):
    with pytest.raises(InputError, match="yes is -5; write a whole number"):
        tell(tmp_path, event("canvassed", "2018-01-01", yes=-5))


def test_a_measure_that_must_pass_twice_is_put_twice(tmp_path):
    """Oracle: Nevada's amendments: yes at two elections running."""
    tell(tmp_path, *VOTED[:15], event("outcome", "2018-12-14", standing="open"))
    assert stage(tmp_path) == "canvassed"
    tell(
        tmp_path,
        event("question_put", "2020-11-03"),
        event("canvassed", "2020-12-01", yes=5, no=4),
        event("outcome", "2020-12-01", standing="met"),
    )

    assert stage(tmp_path) == "approved"


@pytest.mark.parametrize(
    ("decision", "reached"), [("adopted", "approved"), ("declined", "sufficient")]
)
def test_a_legislature_may_adopt_what_was_sent_to_it(tmp_path, decision, reached):
    """Oracle: an indirect initiative that is adopted is never put to the voters."""
    tell(tmp_path, *COUNTED, event("sent_to_legislature", "2018-01-08"))
    tell(tmp_path, event("legislature_decided", "2018-03-01", decision=decision))

    assert stage(tmp_path) == reached


@pytest.mark.parametrize(
    ("band", "reached"),
    [
        ("full count", "full_count_due"),  # as a certificate's reader writes it
        ("nearly", "counted"),  # a word that decides nothing
        (5, "counted"),
        (None, "counted"),
    ],
)
def test_a_certificate_leads_where_its_band_says_and_else_stays_open(band, reached):
    """Oracle: three bands decide; whatever else it says, the lines stay counted."""
    told = event("certified", "2017-09-18", band=band)

    assert life(numbered([*COUNTED[:-1], told])).stage == reached


def test_an_outcome_that_says_neither_yes_nor_no_is_refused_with_what_it_may_say():
    """Oracle: an outcome is met, not met or open, and nothing else."""
    told = event("outcome", "2018-12-14", standing="perhaps")
    with pytest.raises(InputError) as caught:
        life(numbered([*VOTED[:-3], told]))

    assert str(caught.value) == (
        "outcome declared: 'standing' is 'perhaps'; write one of met, not_met, open"
    )


def test_what_is_told_again_at_its_stage_is_the_day_that_governs():
    """Oracle: the last sections came a day after the first, which led there."""
    filed = [event("sections_filed", day) for day in ("2017-07-25", "2017-07-26")]
    found = life(numbered([*CIRCULATING, *filed]))

    assert found.dates["filed_with_counties"] == date(2017, 7, 26)
    assert found.since == date(2017, 7, 25)


@pytest.mark.parametrize(
    ("kind", "day", "cited"),
    [
        ("withdrawn", "2014-12-31", ""),
        ("withdrawn", "2015-01-01", " [SB 1253 (2014); SB 297 (2023)"),
        ("sample_drawn", "2017-01-01", " [Cal. Elec. Code § 9030(d); 2 CCR §§ 20521"),
    ],
)
def test_a_refused_event_cites_the_law_of_its_day(tmp_path, kind, day, cited):
    """Oracle: until 2015 no withdrawal was provided for; nothing is recorded yet."""
    with pytest.raises(InputError) as caught:
        tell(calexit(tmp_path), event(kind, day))
    said = str(caught.value)

    assert f"{table().kind(kind).why}{cited}" in said
    assert ("[" in said) is bool(cited)
