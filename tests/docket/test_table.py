"""The table of events: whole in itself, and told by many names."""

import pytest

from plebiscite.docket.event import KIND
from plebiscite.docket.table import table
from plebiscite.errors import InputError

# What a docket must be able to tell, as people say it.
ASKED_FOR = """filed, amended, fiscal estimate, titled, circulating, 25% notice,
withdrawn, sections filed, raw count, raw count revised, sample committed,
seed revealed,
sample drawn, findings counted, projected, full count ordered, certified, qualified,
removed by court, cure period, question put, canvassed, forecast published, outcome,
in force, follow-up question scheduled, consent asked, consent given, consent refused,
lapsed, corrected"""


@pytest.mark.parametrize("name", [each.strip() for each in ASKED_FOR.split(",")])
def test_every_kind_a_life_needs_is_in_the_table(name):
    """Oracle: the list above, in plain words."""
    assert table().kind(name).words


def test_an_unknown_kind_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="no event is called 'qualfied'; did you mean"):
        table().kind("qualfied")


def test_every_stage_can_be_reached_and_has_an_end_or_a_next_act():
    """Oracle: the table walked from nothing."""
    found, new = {"nothing"}, {"nothing"}
    while new:
        led = {
            stage
            for kind in table().kinds.values()
            for before, ways in kind.go.items()
            if before in new
            for stage in ways.values()
        }
        new = led - found
        found |= led

    assert found == set(table().stages)
    assert found - table().ended - set(table().next) == set()


def test_what_is_expected_next_may_happen_there():
    """Oracle: the table against itself."""
    wrong = [
        (stage, act.does)
        for stage, acts in table().next.items()
        for act in acts
        if stage not in table().kinds[act.does].stages
    ]

    assert wrong == []


def test_every_kind_can_stand_in_a_docket_and_every_office_has_a_title():
    for kind in table().kinds.values():
        assert KIND.fullmatch(kind.name)
        assert table().office("us/ca/statute_initiative", kind.by)
        assert table().office("ch/popular_initiative", kind.by)
        assert kind.why
        assert kind.stages


def test_an_ended_measure_takes_no_more_than_notes_corrections_and_the_last_purge():
    """Oracle: what withdrawal means."""
    assert table().allowed("withdrawn") == [
        "forecast_published",
        "signers_data_destroyed",
        "noted",
        "corrected",
    ]
