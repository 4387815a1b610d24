"""Deciding a line, and taking a decision back, so that nothing is lost.

Whoever decides says which version of the line they had before them. The line moves on
to the next version only from that one, in one statement of the database; who comes
second changes nothing, and is told what was decided meanwhile, by whom and when. The
decision itself is added in the same transaction, so that what was acknowledged is what
is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from plebiscite.errors import InputError
from plebiscite.verify.find.decision import Word
from plebiscite.web.accounts.models import User
from plebiscite.web.county.models import Decision, Desk, Line, Rekey, State, Turn
from plebiscite.web.county.queue.pairs import pair_up
from plebiscite.web.county.queue.standing import (
    Look,
    Standing,
    decisions_of,
    in_force,
    look_of,
    standing,
)

TICK = timedelta(microseconds=1)
CLOSED = {
    "sqlite": "SELECT closed_at FROM county_desk WHERE id = %s",
    "postgresql": "SELECT closed_at FROM county_desk WHERE id = %s FOR SHARE",
}
"""A shared lock where the database has one; SQLite has one writer anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a person found of a line.

    Attributes:
        word: valid, invalid or undecided.
        reason: the code of a refusal, with its citation in `cite`; else "".
        voter_id: whose signature it is; "" where not said.
        note: what the person adds for the next one.

    """

    word: Word
    reason: str = ""
    cite: str = ""
    voter_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Who decides, when, with what before them.

    Attributes:
        user: the person.
        at: the moment.
        seen: the version of the line they saw.
        leads: whether the person may end disputes and take back others' decisions.
        blind: whether this is a blind second look.
        shown: what was on the screen, for the record.

    """

    user: User
    at: datetime
    seen: int
    leads: bool = False
    blind: bool = False
    shown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Somebody was faster: what stands now, and the decision that did it."""

    line: Line
    by: Decision | None


def decide(
    desk: Desk, line_pk: int, finding: Finding, sitting: Sitting
) -> Line | Changed:
    """Add a decision on a line; return the line as it stands after it.

    Where the line is no longer at the version seen, nothing is changed.

    Raises:
        InputError: decisions are frozen, or this person may not decide this line now.

    """
    with transaction.atomic():
        refuse_frozen(desk)
        line = Line.objects.get(pk=line_pk, desk=desk)
        if line.version != sitting.seen:
            return _changed(line)
        made = decisions_of(line)
        looks = [look_of(each) for each in made]
        turn = _turn(line, looks, sitting)
        added = Look(
            number=line.version + 1,
            turn=turn,
            by=sitting.user.pk,
            word=finding.word,
            reason=finding.reason,
            voter_id=finding.voter_id,
        )
        told = standing([*looks, added], pair=line.pair, policy=desk.policy)
        if turn is Turn.BLIND and told.look is not None:
            line.agreed = added.says == told.look.says
        if not _moved(line, told, first_by=looks or [added]):
            return _changed(line)
        Decision(
            **_stamp(line, made, sitting),
            turn=turn,
            word=finding.word,
            reason=finding.reason,
            cite=finding.cite[:300],
            voter_id=finding.voter_id,
            note=finding.note,
        ).save()
    pair_up(desk, line, {line.voter_id, added.voter_id})
    return Line.objects.get(pk=line.pk)


def take_back(desk: Desk, line_pk: int, sitting: Sitting) -> Line | Changed:
    """Take back the last decision on a line, as if it had never been made.

    Both stay on record. Everybody takes back their own; who leads, anybody's.

    Raises:
        InputError: decisions are frozen, there is none, or it is another person's.

    """
    with transaction.atomic():
        refuse_frozen(desk)
        line = Line.objects.get(pk=line_pk, desk=desk)
        if line.version != sitting.seen:
            return _changed(line)
        made = decisions_of(line)
        looks = [look_of(each) for each in made]
        kept = in_force(looks)
        if not kept:
            raise InputError(_("there is no decision on this line to take back"))
        last = kept[-1]
        if last.by != sitting.user.pk and not sitting.leads:
            raise InputError(
                _("the last decision is another person's; who leads may take it back")
            )
        undo = Look(
            number=line.version + 1,
            turn=Turn.UNDO,
            by=sitting.user.pk,
            takes_back=last.number,
        )
        told = standing([*looks, undo], pair=line.pair, policy=desk.policy)
        if last.turn is Turn.BLIND:
            line.agreed = None
        if not _moved(line, told, first_by=in_force([*looks, undo])):
            return _changed(line)
        taken = next(each for each in made if each.number == last.number)
        Decision(**_stamp(line, made, sitting), turn=Turn.UNDO, takes_back=taken).save()
    pair_up(desk, line, {line.voter_id, last.voter_id})
    return Line.objects.get(pk=line.pk)


def refuse_frozen(desk: Desk) -> None:
    """Refuse where decisions are frozen, and hold off who would freeze them.

    Raises:
        InputError: they are frozen.

    """
    with connection.cursor() as cursor:
        cursor.execute(CLOSED[connection.vendor], [desk.pk])
        row = cursor.fetchone()
    if row is None or row[0] is not None:
        raise InputError(
            _("the county has closed its count; decisions can no longer be changed")
        )


def _turn(line: Line, looks: Collection[Look], sitting: Sitting) -> Turn:
    """Return in which turn this person may look at the line now."""
    mine = any(look.by == sitting.user.pk for look in in_force(looks))
    if sitting.blind:
        if mine or line.rekey != Rekey.CHOSEN or line.state == State.OPEN:
            raise InputError(_("this line is not for you to look at blind"))
        return Turn.BLIND
    match line.state:
        case State.OPEN:
            return Turn.FIRST
        case State.SECOND if not mine:
            return Turn.SECOND
        case State.DISPUTE if sitting.leads and not mine:
            return Turn.LAST
        case State.SECOND | State.DISPUTE if mine:
            raise InputError(
                _("you have decided this line already; another person must look")
            )
        case State.DISPUTE:
            raise InputError(_("a dispute is ended by whoever leads the count"))
        case _:
            raise InputError(_("this line is settled; take the decision back first"))


def _moved(line: Line, told: Standing, *, first_by: Collection[Look]) -> bool:
    """Move the line to its next version, if it is still at the one loaded."""
    look, blind = told.look, told.blind
    chosen = Rekey.DONE if blind else Rekey.CHOSEN if line.rekey else Rekey.NO
    by = next((each.by for each in first_by if each.turn is not Turn.BLIND), None)
    moved = Line.objects.filter(pk=line.pk, version=line.version).update(
        version=line.version + 1,
        state=told.state,
        word=look.word if look else "",
        reason=look.reason if look else "",
        voter_id=look.voter_id if look else "",
        first_by_id=by,
        held_by=None,
        held_until=None,
        rekey=chosen,
        agreed=line.agreed,
    )
    return bool(moved)


def _stamp(line: Line, made: list[Decision], sitting: Sitting) -> dict[str, Any]:
    """Return who, when and from which version; later than every decision before."""
    at = max(sitting.at, made[-1].at + TICK) if made else sitting.at
    return {
        "desk_id": line.desk_id,
        "line": line,
        "number": line.version + 1,
        "from_version": line.version,
        "by": sitting.user,
        "by_name": sitting.user.name,
        "at": at,
        "shown": dict(sitting.shown),
    }


def _changed(line: Line) -> Changed:
    fresh = Line.objects.get(pk=line.pk)
    return Changed(line=fresh, by=fresh.decisions.order_by("-number").first())
