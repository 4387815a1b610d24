"""The five answers at the top of a measure's page, and the way to the end."""

from datetime import date

import pytest

from plebiscite.docket.table import table
from plebiscite.report.page.glance import TO_DO
from plebiscite.report.page.page import assemble, open_record

TODAY = date(2026, 11, 22)


def _page(measure, on=TODAY):
    return assemble(open_record(measure, on))


def test_calexit_stands_withdrawn_on_day_81_of_180_and_nobody_has_to_act():
    """Oracle: Elec. Code 9014 (180 days from 26 January 2017), withdrawn 17 April."""
    glance = _page("us/ca/16-0011").glance

    assert " ".join(map(str, glance.stands)) == (
        "withdrawn by its proponents, 17 April 2017. It was day 81 of the 180 for "
        "gathering signatures. No signatures were filed; 585,407 valid ones were "
        "required."
    )
    assert (glance.next, glance.whom, glance.by) == ("", "", None)
    assert [str(each) for each in glance.chance] == ["None any more: it has ended."]


def test_while_it_circulated_the_proponents_had_to_file_by_25_july_2017():
    glance = _page("us/ca/16-0011", date(2017, 3, 1)).glance

    assert glance.whom == "the proponents"
    assert glance.next == "file the signed petition sections"
    assert (glance.by, glance.left) == (date(2017, 7, 25), 146)
    assert glance.if_not == "the petition lapses"


def test_a_day_gone_by_is_told_as_days_below_zero():
    glance = _page("us/ca/16-0011", date(2017, 4, 16)).glance
    later = assemble(open_record("us/ca/24-0001", date(2025, 7, 22))).glance

    assert glance.left == 100
    assert later.left is not None
    assert later.left <= 1


def test_the_ladder_of_calexit_stops_where_it_was_withdrawn():
    states = [(each.name, each.state) for each in _page("us/ca/16-0011").path.hurdles]

    assert states == [
        ("titled", "passed"),
        ("filed", "stopped"),
        ("sufficient", "never"),
        ("qualified", "never"),
        ("approved", "never"),
        ("independence", "never"),
    ]


def test_the_ladder_of_the_supposition_is_taken_but_for_the_consents():
    path = _page("us/ca/16-0011-counterfactual").path

    assert {each.state for each in path.hurdles} == {"passed"}
    assert (path.consents, path.ahead, path.has_ended) == ("open", 1, False)
    assert [route.standing for route in path.routes] == [
        "not met",
        "open",
        "open",
        "open",
    ]


def test_a_measure_short_of_signatures_stops_there():
    """Six Californias, 12 September 2014: 752,685 projected of 807,615."""
    page = _page("us/ca/13-0063")

    assert [e.name for e in page.path.hurdles if e.state == "stopped"] == ["sufficient"]
    assert page.progress is not None
    assert page.progress.percent == "93.1"
    assert page.progress.must_be_valid == "71.0"


def test_the_laws_lines_are_95_and_110_per_cent_to_the_signature():
    """95% of 585,407 is 556,136.65; 110% is 643,947.7: just above each."""
    progress = _page("us/ca/16-0011-counterfactual").progress

    assert progress is not None
    assert [(line.name, line.at) for line in progress.lines] == [
        ("not failed", 556137),
        ("required", 585407),
        ("qualified", 643948),
    ]


@pytest.mark.parametrize(
    ("on", "day"), [("2017-01-26", 0), ("2017-01-27", 1), ("2017-04-16", 80)]
)
def test_the_window_counts_days_as_the_law_does(on, day):
    window = _page("us/ca/16-0011", date.fromisoformat(on)).window

    assert window is not None
    assert (window.day, window.days) == (day, 180)


def test_every_act_that_can_be_due_is_said_as_something_to_do():
    due = {act.does for acts in table().next.values() for act in acts}

    assert due - set(TO_DO) == set()


def test_before_the_first_event_nothing_is_known_and_the_page_still_stands():
    page = _page("us/ca/16-0011", date(2016, 1, 1))

    assert str(page.glance.stands[0]) == "nothing is recorded."
    assert page.progress is None


def test_a_forecast_of_what_is_decided_is_history():
    """The supposition holds a forecast of September 2018; the vote was in November."""
    before = _page("us/ca/16-0011-counterfactual", date(2018, 10, 1)).beside
    after = _page("us/ca/16-0011-counterfactual").beside

    assert [each.percent for each in before.forecasts] == ["21"]
    assert after.forecasts == ()


OWN = """\
title: A law of one's own
governed_by: received
sources: {charter: {title: Charter, checked: no}}
distribution: [{from: 2000-01-01, text: "%s", cite: [charter]}]
qualification:
  - from: 2000-01-01
    bands:
      - when: {projected_valid: {less_than: 110%% of required_signatures}}
        then: full_count
      - {otherwise: qualified}
    cite: [charter]
"""


@pytest.mark.parametrize(
    ("asked", "name"),
    [("ten in each ward", "enough in number"), ("none: anywhere", "qualified")],
)
def test_a_line_of_number_alone_is_not_called_qualified(tmp_path, asked, name):
    """Oracle: by hand, 1,100 of 1,000; where each ward is asked it is not enough."""
    (tmp_path / "own.yaml").write_text(OWN % asked)
    (tmp_path / "measure.yaml").write_text(
        f"id: test/1\ntitle: A test\nkind: statute\nlaw: {tmp_path / 'own.yaml'}\n"
        "dates: {filed: 2026-02-01}\nfacts: {required: 1000}\n"
    )
    progress = _page(tmp_path, date(2026, 3, 1)).progress

    assert progress is not None
    assert [(line.name, line.at) for line in progress.lines][-1] == (name, 1100)
