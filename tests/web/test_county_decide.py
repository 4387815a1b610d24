"""Deciding a line and taking it back: who, when, what, from which version."""

import pytest
from county_desk import NOON, desk, line, person, sitting
from django.db import DatabaseError, transaction

from plebiscite.errors import InputError
from plebiscite.verify.find.decision import Word
from plebiscite.web.county.models import Decision, Desk, Line, Rekey, State, Turn
from plebiscite.web.county.queue.decide import Changed, Finding, decide, take_back
from plebiscite.web.county.queue.pairs import pairs, sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]
HERS = Finding(word=Word.VALID, voter_id="V1")
NOT_HERS = Finding(word=Word.INVALID, reason="SIG_MISMATCH", cite="§ 9030(d)")


@pytest.fixture
def at():
    return desk()


def test_a_decision_says_who_when_what_and_from_which_version(at):
    one = line(at)
    decide(at, one.pk, NOT_HERS, sitting("Ann", 0))
    made = Decision.objects.get(line=one)

    assert (made.by_name, made.at, made.from_version, made.number) == (
        "Ann",
        NOON,
        0,
        1,
    )
    assert (made.word, made.reason, made.cite) == (
        "invalid",
        "SIG_MISMATCH",
        "§ 9030(d)",
    )
    assert Line.objects.get(pk=one.pk).state == State.SECOND


def test_who_comes_second_changes_nothing_and_is_told_of_the_first(at):
    one = line(at)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    told = decide(at, one.pk, NOT_HERS, sitting("Bob", 0, minute=1))

    assert isinstance(told, Changed)
    assert (told.by.by_name, told.by.at, told.line.word) == ("Ann", NOON, "valid")
    assert Decision.objects.filter(line=one).count() == 1


def test_nobody_looks_at_one_line_twice(at):
    one = line(at)
    decide(at, one.pk, NOT_HERS, sitting("Ann", 0))

    with pytest.raises(InputError, match="another person must look"):
        decide(at, one.pk, NOT_HERS, sitting("Ann", 1))


def test_a_dispute_is_ended_by_a_third_person_who_leads(at):
    one = line(at)
    decide(at, one.pk, NOT_HERS, sitting("Ann", 0))
    decide(at, one.pk, HERS, sitting("Bob", 1))
    for name, leads in (("Dan", False), ("Bob", True)):
        with pytest.raises(InputError):
            decide(at, one.pk, HERS, sitting(name, 2, leads=leads))
    after = decide(at, one.pk, HERS, sitting("Cora", 2, leads=True))

    assert (after.state, after.word, after.voter_id) == (State.SETTLED, "valid", "V1")
    assert Decision.objects.get(line=one, number=3).turn == Turn.LAST


def test_one_takes_back_ones_own_and_both_stay_on_record(at):
    one = line(at)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    with pytest.raises(InputError, match="another person's"):
        take_back(at, one.pk, sitting("Bob", 1))
    after = take_back(at, one.pk, sitting("Ann", 1, minute=5))

    assert (after.state, after.word, after.version) == (State.OPEN, "", 2)
    assert [each.turn for each in Decision.objects.filter(line=one)] == [
        "first",
        "undo",
    ]


def test_after_the_count_is_closed_nothing_is_decided_or_taken_back(at):
    one, two = line(at), line(at, 2)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    Desk.objects.filter(pk=at.pk).update(closed_at=NOON)

    with pytest.raises(InputError, match="closed"):
        decide(at, two.pk, HERS, sitting("Ann", 0))
    with pytest.raises(InputError, match="closed"):
        take_back(at, one.pk, sitting("Ann", 1))


def test_two_lines_of_one_voter_both_wait_for_a_second_person(at):
    one, two = line(at), line(at, 2)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    decide(at, two.pk, HERS, sitting("Ann", 0))

    assert set(Line.objects.values_list("state", "pair")) == {(State.SECOND, True)}
    assert [[each.pk for each in group] for group in pairs(at)] == [[one.pk, two.pk]]

    decide(at, one.pk, HERS, sitting("Bob", 1))
    other = Finding(word=Word.VALID, voter_id="V2")
    decide(at, two.pk, other, sitting("Bob", 1))
    assert Line.objects.get(pk=one.pk).state == State.SETTLED
    assert Line.objects.get(pk=two.pk).state == State.DISPUTE


def test_a_pair_that_is_no_pair_any_more_waits_for_nobody(at):
    one, two = line(at), line(at, 2)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    decide(at, two.pk, HERS, sitting("Ann", 0))
    take_back(at, two.pk, sitting("Ann", 1))

    assert Line.objects.get(pk=one.pk).state == State.SETTLED
    assert Line.objects.get(pk=two.pk).state == State.OPEN


def test_a_pair_missed_by_a_crash_is_found_by_the_sweep(at):
    one, two = line(at), line(at, 2)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    decide(at, two.pk, HERS, sitting("Ann", 0))
    Line.objects.update(pair=False, state=State.SETTLED)

    assert sweep(at) == 2
    assert set(Line.objects.values_list("state", flat=True)) == {State.SECOND}


def test_a_blind_look_that_differs_disputes_a_settled_line_and_settles_nothing(at):
    one = line(at, rekey=Rekey.CHOSEN)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    with pytest.raises(InputError, match="not for you"):
        decide(at, one.pk, HERS, sitting("Ann", 1, blind=True))
    after = decide(at, one.pk, NOT_HERS, sitting("Bob", 1, blind=True))

    assert (after.state, after.agreed, after.word) == (State.DISPUTE, False, "valid")
    back = take_back(at, one.pk, sitting("Bob", 2))
    assert (back.state, back.agreed, back.rekey) == (
        State.SETTLED,
        None,
        Rekey.CHOSEN,
    )


def test_moments_on_one_line_are_never_equal_whatever_the_clock_says(at):
    """The engine refuses two decisions of one moment: nothing tells them apart."""
    one = line(at)
    decide(at, one.pk, NOT_HERS, sitting("Ann", 0, minute=9))
    decide(at, one.pk, NOT_HERS, sitting("Bob", 1, minute=3))
    first, second = (each.at for each in Decision.objects.filter(line=one))

    assert first < second


def test_the_database_itself_refuses_to_change_or_remove_a_decision(at):
    one = line(at)
    decide(at, one.pk, HERS, sitting("Ann", 0))
    made = Decision.objects.get(line=one)

    with pytest.raises(TypeError, match="never changed"):
        made.save()
    for act in (
        lambda: Decision.objects.filter(pk=made.pk).update(word="invalid"),
        lambda: Decision.objects.filter(pk=made.pk).delete(),
    ):
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
        ):
            act()
    Desk.objects.filter(pk=at.pk).update(purged_at=NOON)
    assert Decision.objects.filter(pk=made.pk).delete()[0] == 1


def test_what_stood_on_the_screen_is_kept_with_the_decision(at):
    one = line(at)
    shown = {"roll": "abc", "candidates": ["V1", None]}
    decide(at, one.pk, HERS, sitting("Ann", 0, shown=shown))

    assert Decision.objects.get(line=one).shown == shown
    assert person("Ann").pk == Decision.objects.get(line=one).by_id
