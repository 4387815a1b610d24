"""Handing lines out, so that two people rarely have one open.

A line handed out is held for its reader for ten minutes. Holding it is a courtesy, not
a lock: whoever opens it otherwise may, and is told who has it; what is decided on it is
guarded by its version.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from plebiscite.web.accounts.models import User
from plebiscite.web.county.models import Decision, Desk, Line, Rekey, State, Turn

HELD = timedelta(minutes=10)


class Work(TextChoices):
    """What a person can be handed lines for."""

    FIND = "find", _("to find")
    SECOND = "second", _("second review")
    DISPUTE = "dispute", _("disputed")
    REKEY = "rekey", _("blind second look")


def waiting(desk: Desk, work: Work, user: User | None = None) -> QuerySet[Line]:
    """Return the lines of a desk that wait for `work`, in order.

    With `user`, without those the person looked at already.
    """
    lines = Line.objects.filter(desk=desk)
    match work:
        case Work.FIND:
            lines = lines.filter(state=State.OPEN)
        case Work.SECOND:
            lines = lines.filter(state=State.SECOND)
        case Work.DISPUTE:
            lines = lines.filter(state=State.DISPUTE)
        case Work.REKEY:
            done = [State.SECOND, State.SETTLED]
            lines = lines.filter(rekey=Rekey.CHOSEN, state__in=done)
    if user is not None and work is not Work.FIND:
        mine = Decision.objects.filter(line=OuterRef("pk"), by=user)
        lines = lines.exclude(Exists(mine.exclude(turn=Turn.UNDO)))
    return lines.order_by("position")


def hand_out(
    desk: Desk, work: Work, user: User, *, now: datetime, after: int = 0
) -> Line | None:
    """Hand a person the next line, beyond `after` if there is one; None if none waits.

    Lines that others have open are passed over, unless nothing else is left.
    """
    left = waiting(desk, work, user)
    free = left.filter(
        Q(held_until__isnull=True) | Q(held_until__lt=now) | Q(held_by=user)
    )
    with transaction.atomic():
        line = None
        for lines in (free.filter(position__gt=after), free) if after else (free,):
            line = lines.select_for_update(skip_locked=True, of=("self",)).first()
            if line is not None:
                break
        if line is None:
            return left.filter(position__gt=after).first() or left.first()
        line.held_by, line.held_until = user, now + HELD
        Line.objects.filter(pk=line.pk).update(held_by=user, held_until=now + HELD)
    return line


def let_go(desk: Desk, user: User) -> None:
    """Let go of every line a person has open."""
    held = Line.objects.filter(desk=desk, held_by=user)
    held.update(held_by=None, held_until=None)
