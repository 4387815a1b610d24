"""Every line of a measure's calendar, and the steps beside the first one owed.

Oracle: the days of 16-0011 as published, the law's clocks counted by hand, and the
table of events as it is written.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from living import CIRCULATING, COUNTED, VOTED, calexit, event, tell

from plebiscite.docket.agenda import NO_CLOCK, calendar, next_steps
from plebiscite.docket.folder import open_record
from plebiscite.rules.rulebook import open_law

MADE_UP = "us/ca/16-0011-counterfactual"


@pytest.fixture
def folder(tmp_path):
    return calexit(tmp_path / "measure")


def record(measure, on):
    return open_record(measure, date.fromisoformat(on))


def entries(measure, on, kind):
    return [each for each in calendar(record(measure, on)) if each.kind == kind]


def test_each_line_says_what_when_and_where_it_stands():
    """Oracle: the order of days; on one day what happened stands before what is due."""
    found = calendar(record(MADE_UP, "2018-12-20"))
    days = [each.day for each in found]
    lines = {(str(each.day), each.kind, each.status) for each in found}

    assert days == sorted(days)
    for day in set(days):
        there = [each.status != "happened" for each in found if each.day == day]
        assert there == sorted(there)
    assert ("2017-07-25", "sections_filed", "happened") in lines
    assert ("2017-07-25", "last_filing_day", "passed") in lines
    assert ("2019-03-05", "independence", "planned") in lines


def test_what_happened_names_the_act_the_office_and_both_sources():
    [titled] = entries("us/ca/16-0011", "2017-02-01", "titled")

    assert titled.title == "title and summary issued"
    assert titled.status == "happened"
    assert titled.detail == "Attorney General"
    assert titled.cite[0] == "Cal. Elec. Code § 9004"
    assert len(titled.cite) == 2


def test_an_act_without_a_source_cites_its_authority_alone(folder):
    tell(folder, replace(event("filed", "2016-11-21"), source=""))
    [line] = entries(folder, "2016-11-22", "filed")

    assert line.cite == ("a law",)


@pytest.mark.parametrize(
    ("on", "status"),
    [("2017-07-24", "due"), ("2017-07-25", "due"), ("2017-07-26", "passed")],
)
def test_a_last_day_is_due_through_itself_and_passed_after(folder, on, status):
    """Oracle: the last day to file was 25 July 2017."""
    tell(folder, *CIRCULATING)
    [line] = entries(folder, on, "last_filing_day")

    assert line.status == status
    assert line.detail.startswith("180 days after official summary date")
    assert line.cite[0] == "Cal. Elec. Code § 9014"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("last_filing_day", "last filing day"),
        ("raw_count_due", "last day: raw count due"),
        ("in_force", "in force"),
    ],
)
def test_a_clock_is_named_a_last_day_unless_it_says_so_or_is_no_act(kind, title):
    """Oracle: coming into force is nobody's act; 'last filing day' says it already."""
    [line] = entries("us/ca/16-0011", "2017-02-01", kind)

    assert line.title == title


def test_a_day_a_court_gave_stands_in_the_calendar_as_such(folder):
    longer = event("extended", "2017-07-01", clock="last_filing_day", to="2017-10-12")
    tell(folder, *CIRCULATING, longer)
    [line] = entries(folder, "2017-07-26", "last_filing_day")

    assert (str(line.day), line.status) == ("2017-10-12", "due")
    assert line.detail == "extended by a court"


@pytest.mark.parametrize(
    ("ended", "clocks"),
    [
        ("2017-07-24", {"title_due", "fiscal_estimate_due"}),
        ("2017-07-25", {"title_due", "fiscal_estimate_due", "last_filing_day"}),
    ],
)
def test_a_measure_that_ended_owes_nothing_after_its_last_day(folder, ended, clocks):
    """Oracle: withdrawn a day before its last filing day, and on that very day.

    The clocks come in the law's order, not by day: one too late hides none behind it.
    """
    tell(folder, *CIRCULATING, event("withdrawn", ended))
    found = calendar(record(folder, "2018-01-01"))
    kept = {each.kind for each in found if each.status == "passed"}

    assert clocks <= kept
    assert ("last_filing_day" in kept) is ("last_filing_day" in clocks)
    assert "public_review_ends" in kept
    assert not {each.kind for each in found if each.day > date.fromisoformat(ended)}


def test_what_is_planned_is_the_election_until_the_question_is_put(folder):
    """Oracle: the election of 6 November 2018, and the further question of March."""
    tell(folder, *VOTED[:13])
    [line] = entries(folder, "2018-07-01", "election")
    assert (str(line.day), line.status) == ("2018-11-06", "planned")
    assert line.title == "election aimed at"
    assert line.detail == "the question is put to the voters"
    assert line.cite == ()

    tell(folder, VOTED[13])
    assert entries(folder, "2018-11-07", "election") == []
    assert len(entries(folder, "2018-11-07", "independence")) == 1


@pytest.mark.parametrize(
    ("on", "lines"), [("2019-03-04", 1), ("2019-03-05", 0), ("2019-03-06", 0)]
)
def test_a_further_question_is_planned_until_its_day(folder, on, lines):
    tell(folder, *VOTED)
    found = entries(folder, on, "independence")

    assert len(found) == lines
    for each in found:
        assert (str(each.day), each.status) == ("2019-03-05", "planned")
        assert each.title == "further question"
        assert each.cite
        assert each.detail


def test_an_ended_measure_plans_nothing(folder):
    tell(folder, *CIRCULATING, event("withdrawn", "2017-04-17"))
    found = calendar(record(folder, "2017-04-18"))

    assert {each.status for each in found} <= {"happened", "passed"}


def steps(folder, on):
    return {each.does: each for each in next_steps(record(folder, on))}


@pytest.mark.parametrize(
    ("on", "offered"),
    [("2016-12-26", True), ("2016-12-27", False)],
)
def test_what_may_be_done_is_offered_through_its_last_day(folder, on, offered):
    """Oracle: the text can be amended until the thirty-fifth day, 26 December."""
    tell(folder, CIRCULATING[0])
    found = steps(folder, on)

    assert ("amended" in found) is offered
    assert "fiscal_estimate" in found
    assert next(iter(found)) == "fiscal_estimate"


@pytest.mark.parametrize(
    ("on", "late"), [("2017-07-24", False), ("2017-07-25", False), ("2017-07-26", True)]
)
def test_a_step_is_late_from_the_day_after_its_last(folder, on, late):
    tell(folder, *CIRCULATING)
    found = steps(folder, on)["sections_filed"]

    assert found.late is late
    assert found.by == date(2017, 7, 25)
    assert found.why_no_day == ""
    assert found.words == "petition sections filed"


def test_a_step_without_a_clock_says_that_none_is_set(folder):
    tell(folder, *CIRCULATING)
    found = steps(folder, "2017-02-01")["withdrawn"]

    assert (found.by, found.late, found.may) == (None, False, True)
    assert found.why_no_day == NO_CLOCK
    assert found.rule == "all proponents"
    assert "§ 9604" in found.cite[0].title


def test_a_step_the_law_does_not_know_is_not_expected(folder):
    """Oracle: California has no period for cure, so none is offered."""
    failed = event("certified", "2017-09-18", band="failed")
    tell(folder, *COUNTED[:-1], failed)

    assert next_steps(record(folder, "2017-09-19")) == []


def test_a_question_already_scheduled_is_not_scheduled_again(folder):
    tell(folder, *VOTED[:-1])
    before = steps(folder, "2018-12-19")
    assert before["follow_up_scheduled"].by == date(2019, 3, 5)
    assert before["follow_up_scheduled"].rule == "the day the measure itself names"
    own = open_law("us/ca/calexit_second_question").on_day(date(2018, 12, 19))
    assert before["follow_up_scheduled"].cite == own.cite("passing")

    tell(folder, VOTED[-1])
    after = steps(folder, "2018-12-19")
    assert "follow_up_scheduled" not in after
    assert after["question_put"].by == date(2019, 3, 5)


def test_the_election_is_the_measures_own_day(folder):
    tell(folder, *VOTED[:13])
    put = steps(folder, "2018-07-01")["question_put"]

    assert put.by == date(2018, 11, 6)
    assert put.rule == "the election it aims at"
    assert put.who == "the voters"
    path = folder / "measure.yaml"
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("election:")]
    assert len(kept) == len(lines) - 1
    path.write_text("\n".join([*kept, ""]), "utf-8")
    unnamed = steps(folder, "2018-07-01")["question_put"]
    assert (unnamed.by, unnamed.rule) == (None, "")
    assert unnamed.why_no_day == "no election is named"


def test_the_steps_owed_stand_before_what_may_be_done_and_by_day(folder):
    tell(folder, *COUNTED)
    found = next_steps(record(folder, "2017-09-19"))

    assert [each.may for each in found] == sorted(each.may for each in found)
    owed = [each.by for each in found if not each.may]
    assert owed == sorted(each or date.max for each in owed)
    assert all(each is None or each < date.max - timedelta(1) for each in owed)


def test_those_asked_for_consent_and_no_others_are_awaited(folder):
    """Oracle: two bodies asked on two routes, of which one has answered."""
    carried = (
        *VOTED,
        event("question_put", "2019-03-05", registered=1000),
        event("canvassed", "2019-04-01", cast=600, yes=400, no=200),
        event("outcome", "2019-04-02", standing="met"),
    )
    tell(folder, *carried)
    routes = {
        each.route: each for each in record(folder, "2019-04-03").measure.consents
    }
    named = {route: each.steps[0] for route, each in routes.items()}
    first, second = list(named)[:2]
    for route in (first, second):
        tell(
            folder,
            event("consent_asked", "2019-05-01", route=route, step=named[route].step),
        )
    awaited = steps(folder, "2019-05-02")["consent_given"]
    wanted = dict.fromkeys((named[first].body, named[second].body))
    assert awaited.who == ", ".join(wanted)
    assert awaited.why_no_day == "no deadline is recorded"

    given = {"route": first, "step": named[first].step}
    tell(folder, event("consent_refused", "2019-06-01", **given))
    left = steps(folder, "2019-06-02")["consent_given"]
    assert left.who == named[second].body


def test_a_step_owed_is_expected_though_the_law_records_no_clock_for_it(tmp_path):
    """Oracle: Washington's law names no day for an estimate of the costs."""
    (tmp_path / "measure.yaml").write_text(
        "id: x\ntitle: X\nkind: statute\nlaw: us/wa/initiative\n", "utf-8"
    )
    tell(tmp_path, event("filed", "2025-01-10"))
    found = steps(tmp_path, "2025-01-11")

    assert found["fiscal_estimate"].by is None
    assert found["fiscal_estimate"].why_no_day == NO_CLOCK
    assert found["fiscal_estimate"].rule == ""
    assert "amended" not in found  # allowed only where the law knows its clock


def test_a_clock_that_cannot_run_yet_says_what_it_waits_for(folder):
    """Oracle: without an election no day of qualification can be told."""
    path = folder / "measure.yaml"
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("election:")]
    path.write_text("\n".join([*kept, ""]), "utf-8")
    tell(folder, *COUNTED)
    found = steps(folder, "2017-09-19")["qualified"]

    assert found.by is None
    assert "election" in found.why_no_day
    assert found.why_no_day not in {NO_CLOCK, "None"}


def test_where_too_few_lines_were_filed_no_day_is_set(folder):
    """Oracle: 585,407 are required; the law sets no day for saying so."""
    filed = (
        event("sections_filed", "2017-07-25"),
        event("raw_count", "2017-08-04", raw=585_406),
    )
    tell(folder, *CIRCULATING, *filed)
    [step] = next_steps(record(folder, "2017-08-05"))

    assert (step.by, step.late, step.may) == (None, False, False)
    assert step.why_no_day == NO_CLOCK
    assert step.words.startswith("certified as failed")


def test_the_measures_own_rule_is_cited_for_its_own_question_only(folder):
    """Oracle: the election cites the law of the vote, the further question its own."""
    tell(folder, *VOTED[:13])
    put = steps(folder, "2018-07-01")["question_put"]
    own = record(folder, "2018-07-01").book.cite("passing")
    assert put.cite == tuple(own)

    tell(folder, *VOTED[13:])
    further = steps(folder, "2018-12-20")["question_put"]
    assert further.cite
    assert set(further.cite).isdisjoint(own)
