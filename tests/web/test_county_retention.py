"""Until when, who asked, what holds: nothing is destroyed unasked, or while held."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from county_desk import NOON, desk, line, person
from django.db import DatabaseError, transaction
from django.utils.timezone import override

from plebiscite.core.progress import silent
from plebiscite.errors import InputError
from plebiscite.web.county.closing.certify import certify_desk, reopen
from plebiscite.web.county.drawing import acts as acts_of
from plebiscite.web.county.drawing import further
from plebiscite.web.county.models import Decision, Desk, Line
from plebiscite.web.county.queue import prepare
from plebiscite.web.county.retention import purge, term
from plebiscite.web.county.work import look_for_ended_terms
from plebiscite.web.jobs.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]
DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Over:
    """A term that has ended."""

    is_over = True
    until = date(2026, 11, 22)


@pytest.fixture
def at(monkeypatch):
    found = desk()
    monkeypatch.setattr(
        "plebiscite.web.county.work.term_of",
        lambda _desk, day: Over() if day >= DAY else term.term_of(found, day),
    )
    return found


def started():
    return [job.given["desk"] for job in Job.objects.filter(kind="county.purge")]


def test_nothing_is_destroyed_that_nobody_asked_for(at):
    look_for_ended_terms(DAY)
    term.ask(at, by="Cora", at=AT)
    term.ask_no_more(at)
    look_for_ended_terms(DAY)

    assert started() == []


def test_what_was_asked_for_waits_for_the_term_and_for_every_hold(at):
    term.ask(at, by="Cora", at=AT)
    look_for_ended_terms(date(2026, 11, 22))
    first = term.lay_hold(at, why="Doe v. Roe", by="Cora", at=AT)
    second = term.lay_hold(at, why="the grand jury's letter", by="Cora", at=AT)
    for each in (first, second):
        look_for_ended_terms(DAY)
        assert started() == []
        term.lift_hold(at, each.pk, by="Dora", at=AT)
    look_for_ended_terms(DAY)

    assert started() == [at.pk]
    assert [(h.why, h.lifted_by) for h in at.holds.all()] == [
        ("Doe v. Roe", "Dora"),
        ("the grand jury's letter", "Dora"),
    ]


def test_one_that_was_begun_and_cut_off_is_taken_up_again(at):
    at.purged_at, at.purge = NOON, {"by": "Cora", "ended_at": None}
    at.save()
    look_for_ended_terms(DAY)
    assert started() == [at.pk]
    at.purge = {"by": "Cora", "ended_at": "2026-11-23"}
    at.save()
    look_for_ended_terms(DAY)

    assert started() == [at.pk]


def test_a_hold_says_why_and_comes_too_late_for_what_is_gone(at):
    with pytest.raises(InputError, match="which action"):
        term.lay_hold(at, why="  ", by="Cora", at=AT)
    at.purged_at = NOON
    at.save()
    with pytest.raises(InputError, match="destroyed already"):
        term.lay_hold(at, why="Doe v. Roe", by="Cora", at=AT)


@pytest.mark.parametrize("certified", [None, NOON])
def test_a_desk_whose_data_are_destroyed_only_shows(at, certified):
    """Every act that would begin something anew is refused, and it stays shut."""
    shut = {"closed_at": NOON, "purged_at": NOON, "certified_at": certified}
    Desk.objects.filter(pk=at.pk).update(commitment="c", drawn=2, **shut)
    at.refresh_from_db()
    said = {"by": "Cora", "at": AT}
    acts = [
        lambda: acts_of.commit_counts(at, **said),
        lambda: acts_of.draw(at, seed="31415926", **said),
        lambda: acts_of.count_every_line(at, **said),
        lambda: further.draw_further(at, seed="31415926", further=1, **said),
        lambda: further.count_every_line_now(at, source="the state", **said),
    ]
    if certified is None:
        day = {"part": False, "issued_on": DAY, "progress": silent}
        acts.append(lambda: certify_desk(at, **day, **said))

    for act in acts:
        with pytest.raises(InputError, match="destroyed already"):
            act()

    reopen(at)
    held = Desk.objects.values("closed_at", "purged_at", "certified_at", "round")
    assert held.get(pk=at.pk) == {**shut, "round": 0}


def test_the_term_is_asked_of_the_day_it_is_at_the_office(at, monkeypatch):
    """At six in the evening in California it is tomorrow in Greenwich already."""
    asked = []

    def term_of(_desk, on):
        asked.append(on)
        raise InputError("kept")

    monkeypatch.setattr("plebiscite.web.county.retention.purge.term_of", term_of)
    evening = datetime(2026, 11, 24, 2, tzinfo=UTC)
    with override(ZoneInfo("America/Los_Angeles")), pytest.raises(InputError):
        purge.begin(at, by="Cora", at=evening)

    assert asked == [DAY]


def test_the_database_lets_decisions_go_only_with_their_desk(at):
    made = Decision(
        desk=at,
        line=line(at),
        number=1,
        from_version=0,
        turn="first",
        by=person("Ann"),
        by_name="Ann",
        at=NOON,
    )
    made.save()
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        Decision.objects.filter(pk=made.pk).delete()
    at.purged_at = NOON
    at.save()

    assert Decision.objects.filter(pk=made.pk).delete()[0] == 1


def test_a_line_keyed_otherwise_than_people_saw_it_is_refused(at):
    """Names the section and row; a line that comes to the queue is taken."""
    one = line(at)
    new = Line(line_id="new", section="9", row=9, written={"name": "B"})
    same = Line(line_id=one.line_id, section="1", row=1, written=dict(one.written))
    changed = Line(line_id=one.line_id, section="1", row=1, written={"name": "C"})
    known = {one.line_id: one.written}

    prepare._refuse_rewritten([same, new], known)
    with pytest.raises(InputError, match="section 1, row 1"):
        prepare._refuse_rewritten([new, changed], known)
