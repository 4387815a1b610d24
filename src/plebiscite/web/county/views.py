"""The desks a person may open, and the board of one desk."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plebiscite.errors import PlebisciteError
from plebiscite.petition.measure import read_measure, shipped_measures
from plebiscite.web.accounts.access import needs, seat_of
from plebiscite.web.accounts.models import EVERYWHERE
from plebiscite.web.accounts.roles import Role
from plebiscite.web.county.desks import desk_of, kept_measure
from plebiscite.web.county.models import Desk, Policy
from plebiscite.web.county.page import LEAD, READ, show
from plebiscite.web.county.ready import steps
from plebiscite.web.county.tally import tally
from plebiscite.web.county.weight import swing
from plebiscite.web.frame.asked import whole_number

LONGEST_COUNTY = 80
WHOLE = 100
"""Per cent."""


@needs(*READ)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the desks a person may open, each with what it waits for."""
    seat = seat_of(request)
    mine = [
        desk
        for desk in Desk.objects.all()
        if seat.may(*READ, measure=desk.measure, county=desk.county)
    ]
    rows = []
    for desk in mine:
        waits = next((s for s in steps(desk, tally(desk)) if not s.done), None)
        rows.append({"desk": desk, "next": waits})
    opening = {Role.COUNTY, Role.STATE} & seat.roles
    counties = [g.county for g in seat.grants if g.county != EVERYWHERE]
    return render(
        request,
        "county/home.html",
        {
            "rows": rows,
            "may_open": bool(opening),
            "measures": _measures() if opening else [],
            "county": counties[0] if counties else "",
        },
    )


@needs(Role.COUNTY, Role.STATE)
@require_POST
def open_desk(request: HttpRequest) -> HttpResponse:
    """Open the desk of a county for a measure."""
    measure_id = request.POST.get("measure", "").strip()
    county = " ".join(request.POST.get("county", "").split())[:LONGEST_COUNTY]
    seat = seat_of(request)
    if not seat.may(Role.COUNTY, Role.STATE, measure=measure_id, county=county):
        messages.error(request, _("Your account does not reach that county."))
        return redirect("county:home")
    if not county or "/" in county or measure_id not in dict(_measures()):
        messages.error(request, _("Choose a measure and name a county."))
        return redirect("county:home")
    measure = read_measure(kept_measure(measure_id) or measure_id)
    try:
        Desk.objects.create(
            measure=measure_id,
            title=measure.title[:500],
            law=measure.law[:200],
            county=county,
            opened_at=now(),
        )
    except IntegrityError:
        messages.info(request, _("This desk is open already."))
    return redirect("county:board", measure=measure_id, county=county)


@needs(*READ)
@require_safe
def board(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show every step of a desk: done, or what is still to do and who waits."""
    desk = desk_of(measure, county)
    return show(
        request,
        "board",
        desk,
        {
            "steps": steps(desk, tally(desk)),
            "policies": Policy.choices,
            "swing": swing(desk),
        },
    )


@needs(*LEAD)
@require_POST
def settle_policy(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Set whose refusals need two people, and which share is found twice."""
    desk = desk_of(measure, county)
    policy = request.POST.get("policy")
    share = whole_number(request.POST.get("share", ""))
    if desk.prepared_at is not None:
        messages.error(request, _("The queue is made already; its rules stand."))
    elif policy not in Policy.values or share is None or share > WHOLE:
        messages.error(request, _("Write a share from 0 to 100."))
    else:
        Desk.objects.filter(pk=desk.pk, prepared_at=None).update(
            policy=policy, rekey_per_hundred=share
        )
        messages.success(request, _("The rules of the queue are set."))
    return redirect("county:board", measure=measure, county=county)


def _measures() -> list[tuple[str, str]]:
    """Return id and title of every measure a desk can be opened for."""
    kept = Path(settings.HOME) / "measures"
    found = [path.parent for path in sorted(kept.rglob("measure.yaml"))]
    ids = [path.relative_to(kept).as_posix() for path in found]
    ids += [each for each in shipped_measures() if each not in ids]
    told = []
    for each in ids:
        try:
            told.append((each, read_measure(kept_measure(each) or each).title))
        except PlebisciteError:
            continue
    return told
