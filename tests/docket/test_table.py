"""The table of events: whole in itself, and told by many names."""

import pytest

from plebiscite.docket.event import KIND
from plebiscite.docket.table import Eligible, Kind, NextAct, read_table, table
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


def test_every_word_of_the_table_is_a_word_though_the_row_leaves_it_out():
    """Oracle: the fields as they are promised; what a row leaves out is "" or empty."""
    for kind in table().kinds.values():
        words = (kind.name, kind.words, kind.by, kind.decides, kind.sets)
        words += (kind.by_day, kind.rule, kind.why)
        assert {type(each) for each in words} == {str}
        lists = (kind.rests_on, kind.needs, kind.counts, kind.also)
        assert {type(each) for each in lists} == {tuple}
        for each in (kind.go, kind.firm, kind.by_day_at, kind.says):
            assert isinstance(each, dict)
    for acts in table().next.values():
        for act in acts:
            words = (act.who, act.does, act.clock, act.date, act.rule, act.silence)
            assert {type(each) for each in words} == {str}
            assert type(act.may) is bool


def test_a_stage_an_event_leads_on_from_is_none_it_stays_in():
    """Oracle: `go` and `stays` of every row hold no stage in common."""
    for kind in table().kinds.values():
        assert not kind.stays & set(kind.go)
        assert kind.stages == kind.stays | set(kind.go)
        assert all(set(ways.values()) for ways in kind.go.values())


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("filed", "filed"),
        ("  Sample  Drawn ", "sample_drawn"),
        ("sample-drawn", "sample_drawn"),
        ("25% notice", "quarter_notice"),
        ("summary", "titled"),
    ],
)
def test_a_kind_is_found_however_it_is_written(said, name):
    assert table().kind(said).name == name


def test_a_name_like_no_other_is_refused_without_a_suggestion():
    with pytest.raises(InputError) as caught:
        table().kind("zzz")

    assert "did you mean" not in str(caught.value)
    assert "no event is called 'zzz'; the kinds of events are: filed, amended" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("law", "role", "called"),
    [
        ("us/ca/statute_initiative", "state_office", "the Secretary of State"),
        ("us/co/x", "state_office", "the state's chief election officer"),
        ("ch/popular_initiative", "state_office", "the election authority"),
        ("us/wa/initiative", "legislature", "the legislature"),
        ("us/wa/initiative", "canvass_office", "the election officials"),
    ],
)
def test_the_longest_place_that_fits_names_the_office(law, role, called):
    """Oracle: the table's own offices, for a state, a country and nowhere."""
    assert table().office(law, role) == called


def test_who_may_propose_is_known_of_california_only():
    """Oracle: Cal. Elec. Code § 9001(b); of other places the table does not say."""
    found = table().eligible("us/ca/statute_initiative")

    assert found is not None
    assert found.declared == ("adults", "citizens", "residents")
    assert table().eligible("us/wa/initiative") is None


BARE = """\
stages: {nothing: n, there: t}
groups: {ENDED: [there], FURTHER: [], BOTH: [nothing, ENDED]}
kinds:
  go_on: {words: w, by: b, go: {nothing: there}, stays: [BOTH], why: y}
next: {nothing: [{who: b, does: go_on}]}
offices: {"": {b: somebody}}
eligible: {}
"""


def test_a_bare_table_is_read_with_nothing_where_nothing_is_written(tmp_path):
    """Oracle: the table above; `stays` loses the stage that `go` leads on from."""
    path = tmp_path / "table.yaml"
    path.write_text(BARE, "utf-8")
    found = read_table(path)
    kind, [act] = found.kinds["go_on"], found.next["nothing"]

    assert (found.ended, found.further) == ({"there"}, frozenset())
    assert kind.go == {"nothing": {"otherwise": "there"}}
    assert kind.stays == {"there"}
    words = (kind.decides, kind.sets, kind.by_day, kind.rule)
    assert words == ("", "", "", "")
    assert (kind.rests_on, kind.needs, kind.counts, kind.also) == ((), (), (), ())
    assert (kind.firm, kind.by_day_at, kind.says) == ({}, {}, {})
    assert (act.clock, act.date, act.rule, act.silence) == ("", "", "", "")
    assert act.may is False


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("stays: [BOTH]", "stays: [beyond]", "has no stage 'beyond'"),
        ("go: {nothing: there}", "go: {nothing: beyond}", "has no stage 'beyond'"),
        ("go: {nothing: there}", "go: {beyond: there}", "has no stage 'beyond'"),
        ("does: go_on", "does: go_off", "has no kind 'go_off'"),
    ],
)
def test_a_table_that_names_what_it_does_not_have_is_refused(
    tmp_path, was, becomes, says
):
    path = tmp_path / "table.yaml"
    assert was in BARE
    path.write_text(BARE.replace(was, becomes), "utf-8")
    with pytest.raises(InputError, match=says):
        read_table(path)


FULL = """\
stages: {nothing: n, there: t}
groups: {ENDED: [there], FURTHER: [nothing]}
kinds:
  go_on:
    words: w
    by: b
    go: {nothing: {met: there, otherwise: nothing}}
    stays: [there]
    decides: standing
    firm: {status: final}
    sets: received
    by_day: last_day
    by_day_at: {there: other_day}
    rule: hearing
    says: {withdrawal: contingent}
    rests_on: [title_due]
    needs: [clock]
    counts: [raw]
    why: y
    also: [going_on]
next:
  nothing: [{who: b, does: go_on, clock: c, date: d, rule: r, may: yes, else: e}]
offices: {"": {b: somebody}}
eligible: {us: {declared: [adults], words: x, cite: z}}
"""


def test_every_word_of_a_row_is_read_into_its_own_field(tmp_path):
    """Oracle: the table above, word for word."""
    path = tmp_path / "table.yaml"
    path.write_text(FULL, "utf-8")
    found = read_table(path)

    assert found.kinds["go_on"] == Kind(
        name="go_on",
        words="w",
        by="b",
        go={"nothing": {"met": "there", "otherwise": "nothing"}},
        stays=frozenset({"there"}),
        decides="standing",
        firm={"status": "final"},
        sets="received",
        by_day="last_day",
        by_day_at={"there": "other_day"},
        rule="hearing",
        says={"withdrawal": "contingent"},
        rests_on=("title_due",),
        needs=("clock",),
        counts=("raw",),
        why="y",
        also=("going_on",),
    )
    assert found.next["nothing"] == (
        NextAct(
            who="b", does="go_on", clock="c", date="d", rule="r", may=True, silence="e"
        ),
    )
    assert found.eligible("us/ca/x") == Eligible(
        declared=("adults",), words="x", cite="z"
    )
    assert found.further == {"nothing"}
