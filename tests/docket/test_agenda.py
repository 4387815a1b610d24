"""Who must act next, by when: against the published days of 16-0011 and others."""

from datetime import date

import pytest
from living import CIRCULATING, VOTED, calexit, event, tell

from plebiscite.docket.agenda import calendar, next_steps
from plebiscite.docket.folder import open_record

REAL, MADE_UP = "us/ca/16-0011", "us/ca/16-0011-counterfactual"


def days(measure, on, kind):
    record = open_record(measure, date.fromisoformat(on))
    return [str(each.day) for each in calendar(record) if each.kind == kind]


@pytest.mark.parametrize(
    ("on", "who", "does", "by"),
    [
        ("2016-12-01", "the Legislative Analyst", "fiscal_estimate", "2017-01-10"),
        ("2017-01-12", "the Attorney General", "titled", "2017-01-26"),
        ("2017-01-26", "the proponents", "sections_filed", "2017-07-25"),
        ("2017-07-25", "the county elections", "raw_count", "2017-08-04"),
        ("2017-08-04", "the county elections", "findings_counted", "2017-09-18"),
        ("2017-09-18", "the Secretary of State", "full_count_ordered", None),
        ("2017-10-31", "the Secretary of State", "qualified", "2018-06-28"),
        ("2018-06-28", "the voters", "question_put", "2018-11-06"),
        ("2018-11-06", "the county elections", "canvassed", "2018-12-14"),
        ("2018-12-19", "the voters", "question_put", "2019-03-05"),
    ],
)
def test_the_first_thing_owed_at_each_stage(on, who, does, by):
    """Oracle: the days of 16-0011 as published, and as the law counts on from them."""
    steps = next_steps(open_record(MADE_UP, date.fromisoformat(on)))
    owed = [each for each in steps if not each.may]
    first = next(each for each in owed if each.does == does)

    assert first.who.startswith(who)
    assert (str(first.by) if first.by else None) == by
    assert first.silence
    assert first.cite


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        ("last_filing_day", "2017-07-25"),
        ("raw_count_due", "2017-08-04"),
        ("sample_due", "2017-09-18"),
        ("qualification_day", "2018-06-28"),
        ("hearing_by", "2018-06-28"),
    ],
)
def test_the_clocks_ahead_of_a_circulating_measure(clock, day):
    """Oracle: the counterfactual dates published beside the event log of 16-0011."""
    assert days(REAL, "2017-02-01", clock) == [day]


@pytest.mark.parametrize(
    ("on", "does", "clock", "sections"),
    [
        ("2017-01-26", "sections_filed", "last_filing_day", "9014"),
        ("2017-07-25", "raw_count", "raw_count_due", "9030"),
        ("2017-08-04", "findings_counted", "sample_due", "9030"),
    ],
)
def test_a_step_with_a_clock_rests_on_the_law_of_that_clock(on, does, clock, sections):
    """Oracle: the California Elections Code, as the law file cites it for the clock."""
    record = open_record(MADE_UP, date.fromisoformat(on))
    step = next(each for each in next_steps(record) if each.does == does)

    assert step.cite == record.book.deadline(clock, {}).cite
    assert any(f"§ {sections}" in source.title for source in step.cite)


def test_of_one_day_what_has_happened_stands_before_what_is_due_or_planned():
    """Oracle: on 6 November 2018 the question was put; 25 July 2017 was a last day."""
    entries = calendar(open_record(MADE_UP, date(2018, 12, 1)))
    shared = {
        day: [each.status == "happened" for each in entries if each.day == day]
        for day in {each.day for each in entries}
    }

    assert [each.day for each in entries] == sorted(each.day for each in entries)
    assert any(len({*told}) == 2 for told in shared.values())
    assert all(told == sorted(told, reverse=True) for told in shared.values())


def test_of_a_withdrawn_measure_nothing_is_owed():
    record = open_record(REAL, date(2026, 1, 1))

    assert next_steps(record) == []
    assert [each.day for each in calendar(record) if each.status == "due"] == []
    assert days(REAL, "2026-01-01", "last_filing_day") == []


def test_a_day_gone_by_is_late():
    steps = next_steps(open_record(REAL, date(2017, 4, 16)))
    assert not steps[0].late


def test_a_late_petition_is_told_so(tmp_path):
    """Oracle: the last day was 25 July 2017."""
    folder = calexit(tmp_path / "m")
    tell(folder, *CIRCULATING)
    [first, *_] = next_steps(open_record(folder, date(2017, 7, 26)))

    assert first.does == "sections_filed"
    assert first.late


def test_a_court_moves_the_day(tmp_path):
    folder = calexit(tmp_path / "m")
    longer = event("extended", "2017-07-01", clock="last_filing_day", to="2017-10-12")
    tell(folder, *CIRCULATING, longer)
    [first, *_] = next_steps(open_record(folder, date(2017, 7, 2)))

    assert first.by == date(2017, 10, 12)
    assert first.rule == "as extended by a court"


def test_the_law_of_the_day_counts_not_the_law_of_today():
    """Oracle: 30 working days for a full count until 2023, 60 from 2024 (SB 386)."""
    before = days(MADE_UP, "2017-09-20", "full_count_due")
    assert before == ["2017-10-31"]


def test_a_place_without_a_rule_says_that_no_day_is_recorded(tmp_path):
    (tmp_path / "measure.yaml").write_text(
        "id: x\ntitle: X\nkind: statute\nlaw: us/wa/initiative\n", "utf-8"
    )
    tell(tmp_path, event("filed", "2025-01-10"))
    steps = next_steps(open_record(tmp_path, date(2025, 1, 11)))

    assert steps
    assert all(each.why_no_day for each in steps if each.by is None)


def test_a_further_question_moves_no_clock_of_the_measures_own_election():
    """Oracle: E-131 of 6 November 2018 is 28 June 2018, whatever is voted on later."""
    for on in ("2018-12-01", "2019-06-01"):
        assert days(MADE_UP, on, "qualification_day") == ["2018-06-28"]
        assert days(MADE_UP, on, "hearing_by") == ["2018-06-28"]
    # The fifth day after the state declared the result, and the event of that day.
    assert days(MADE_UP, "2019-06-01", "in_force") == ["2018-12-19"] * 2


APPROVED, IN_FORCE, SCHEDULED = VOTED[:-2], VOTED[:-1], VOTED
CARRIED = (
    *VOTED,
    event("question_put", "2019-03-05", question="independence"),
    event("canvassed", "2019-03-20", registered=1000, cast=700, yes=400, no=290),
    event("outcome", "2019-03-21", standing="met"),
)


@pytest.mark.parametrize(
    ("events", "whole", "bare"),
    [
        (APPROVED, {"in_force", "follow_up_scheduled"}, {"in_force"}),
        (IN_FORCE, {"follow_up_scheduled"}, set()),
        (SCHEDULED, {"question_put"}, None),
        (CARRIED, {"consent_asked"}, None),
    ],
)
def test_nobody_waits_for_a_step_that_the_measure_has_not(
    tmp_path, events, whole, bare
):
    """Oracle: 16-0011 asked a further question; without one, none is scheduled."""
    folder = calexit(tmp_path / "m")
    tell(folder, *events)
    told = folder / "measure.yaml"
    on = date(2019, 3, 22)
    assert {each.does for each in next_steps(open_record(folder, on))} == whole
    if bare is not None:
        told.write_text(told.read_text("utf-8").partition("follow_ups:")[0], "utf-8")
        assert {each.does for each in next_steps(open_record(folder, on))} == bare


def test_no_consent_is_waited_for_where_the_measure_names_none(tmp_path):
    """Oracle: 16-0011 without its last section, which names whom it asks."""
    folder = calexit(tmp_path / "m")
    tell(folder, *CARRIED)
    told = folder / "measure.yaml"
    told.write_text(told.read_text("utf-8").partition("consents:")[0], "utf-8")

    assert next_steps(open_record(folder, date(2019, 3, 22))) == []
