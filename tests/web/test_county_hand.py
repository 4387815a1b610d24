"""Lines handed out: each to one person at a time, in order, never your own twice."""

from datetime import timedelta

import pytest
from county_desk import NOON, desk, line, person, sitting

from plebiscite.verify.find.decision import Word
from plebiscite.web.county.models import Line, Rekey, State
from plebiscite.web.county.queue.decide import Finding, decide
from plebiscite.web.county.queue.hand import HELD, Work, hand_out, let_go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]
HERS = Finding(word=Word.VALID, voter_id="V1")
NOT_HERS = Finding(word=Word.INVALID, reason="SIG_MISMATCH")


@pytest.fixture
def three():
    at = desk()
    return at, [line(at, place, voters=(f"V{place}",)) for place in (1, 2, 3)]


def handed(at, name, work=Work.FIND, *, now=NOON, after=0):
    found = hand_out(at, work, person(name), now=now, after=after)
    return found and found.position


def test_two_people_get_two_lines_in_order_and_a_reload_gives_the_same(three):
    at, _lines = three

    assert [handed(at, "Ann"), handed(at, "Bob"), handed(at, "Ann")] == [1, 2, 1]


def test_a_line_left_open_is_handed_to_another_after_ten_minutes(three):
    at, _lines = three
    handed(at, "Ann")

    assert handed(at, "Bob", now=NOON + HELD + timedelta(seconds=1)) == 1


def test_who_leaves_a_line_gets_the_next_and_comes_round_to_it(three):
    at, _lines = three

    assert [handed(at, "Ann", after=n) for n in (0, 1, 2, 3)] == [1, 2, 3, 1]


def test_a_decided_line_is_free_and_is_not_handed_out_to_find_again(three):
    at, lines = three
    handed(at, "Ann")
    decide(at, lines[0].pk, HERS, sitting("Ann", 0))

    assert handed(at, "Ann") == 2
    assert Line.objects.get(pk=lines[0].pk).held_by is None


def test_a_second_review_goes_to_somebody_else(three):
    at, lines = three
    decide(at, lines[1].pk, NOT_HERS, sitting("Ann", 0))

    assert handed(at, "Ann", Work.SECOND) is None
    assert handed(at, "Bob", Work.SECOND) == 2


def test_a_blind_look_goes_to_somebody_else_once_the_line_was_found(three):
    at, lines = three
    Line.objects.update(rekey=Rekey.CHOSEN)
    assert handed(at, "Bob", Work.REKEY) is None
    decide(at, lines[0].pk, HERS, sitting("Ann", 0))

    assert handed(at, "Ann", Work.REKEY) is None
    assert handed(at, "Bob", Work.REKEY) == 1


def test_where_only_held_lines_are_left_one_is_shown_all_the_same(three):
    at, lines = three
    Line.objects.exclude(pk=lines[0].pk).update(state=State.SETTLED)
    handed(at, "Ann")

    assert handed(at, "Bob") == 1
    assert Line.objects.get(pk=lines[0].pk).held_by == person("Ann")


def test_letting_go_frees_every_line_a_person_had_open(three):
    at, _lines = three
    handed(at, "Ann")
    let_go(at, person("Ann"))

    assert handed(at, "Bob") == 1
