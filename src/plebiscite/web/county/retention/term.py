"""Until when the data of a desk are kept, what holds them longer, and who may ask.

The law says how long (`plebiscite.rules.keeping`); the measure's docket says from which
day. The desk adds what only it knows: the day of its own certificate, and the last day
on which the proponent looked at the lines refused.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from plebiscite.docket.folder import open_record
from plebiscite.docket.lawful.ground import Ground
from plebiscite.docket.lawful.kept import kept
from plebiscite.docket.life import Life
from plebiscite.errors import InputError
from plebiscite.rules.keeping import INSPECTED, Keeping
from plebiscite.rules.rulebook import open_law
from plebiscite.web.accounts.roles import Role
from plebiscite.web.county.closing.issued import certified_data
from plebiscite.web.county.desks import kept_measure, measure_of, refuse_destroyed
from plebiscite.web.county.models import Desk, Hold, Visit

EXAMINED = "final_examination"
LONGEST = 300


def term_of(desk: Desk, on: date) -> Keeping:
    """Return how long the data of a desk are kept, asked on a day."""
    folder, measure = kept_measure(desk.measure), measure_of(desk)
    life = open_record(folder, on).life if folder else Life()
    ground = Ground(measure=measure, law=open_law(measure.law))
    dates = {**_own_days(desk), **life.dates}
    return kept(ground, dates, has_ended=life.has_ended, on=on)


def _own_days(desk: Desk) -> dict[str, date]:
    found: dict[str, date] = {}
    data = certified_data(desk)
    if data and data.get("issued_on"):
        found[EXAMINED] = date.fromisoformat(data["issued_on"])
    looks = Visit.objects.filter(
        examination__desk=desk, by__grants__role=Role.PROPONENT
    )
    last = looks.order_by("-at").first()
    if last is not None:
        found[INSPECTED] = localdate(last.at)
    return found


def holds(desk: Desk) -> list[Hold]:
    """Return what keeps the data of a desk longer now, oldest first."""
    return list(desk.holds.filter(lifted_at=None))


def lay_hold(desk: Desk, *, why: str, by: str, at: datetime) -> Hold:
    """Keep the data of a desk beyond their term.

    Raises:
        InputError: no reason is given, or the data are destroyed already.

    """
    why = " ".join(why.split())[:LONGEST]
    if not why:
        raise InputError(_("say which action or request it is, and where it stands"))
    with transaction.atomic():
        held = Desk.objects.select_for_update().get(pk=desk.pk)
        refuse_destroyed(held)
        return Hold.objects.create(desk=held, why=why, laid_at=at, laid_by=by)


def lift_hold(desk: Desk, number: int, *, by: str, at: datetime) -> None:
    """End a hold; it stays on record."""
    desk.holds.filter(pk=number, lifted_at=None).update(lifted_at=at, lifted_by=by)


def ask(desk: Desk, *, by: str, at: datetime) -> None:
    """Have the data destroyed once their term has ended and nothing holds them."""
    Desk.objects.filter(pk=desk.pk, purged_at=None).update(
        purge_asked_at=at, purge_asked_by=by
    )


def ask_no_more(desk: Desk) -> None:
    """Take back what `ask` asked for: nothing is destroyed unasked."""
    Desk.objects.filter(pk=desk.pk, purged_at=None).update(
        purge_asked_at=None, purge_asked_by=""
    )
