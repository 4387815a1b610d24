"""The page on which an office keeps, holds and destroys the data of signers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.web.accounts.access import needs
from plebiscite.web.county.desks import desk_of
from plebiscite.web.county.models import Desk
from plebiscite.web.county.page import READ, person, posted_by_lead, show
from plebiscite.web.county.retention import term
from plebiscite.web.county.retention.purge import planned, start_purge
from plebiscite.web.frame.asked import whole_number


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show until when the data are kept; hold them, or have them destroyed."""
    desk = desk_of(measure, county)
    problem = ""
    if posted_by_lead(request, desk):
        try:
            return _act(request, desk)
        except PlebisciteError as fault:
            problem = str(fault)
    today = localdate()
    return show(
        request,
        "retention",
        desk,
        {
            "term": term.term_of(desk, today),
            "today": today,
            "planned": None if desk.purged_at else planned(desk),
            "holds": desk.holds.all(),
            "held": bool(term.holds(desk)),
            "problem": problem,
        },
        status=409 if problem else 200,
    )


def _act(request: HttpRequest, desk: Desk) -> HttpResponse:
    by, at = person(request).name, now()
    match request.POST.get("act"):
        case "ask":
            term.ask(desk, by=by, at=at)
        case "ask_no_more":
            term.ask_no_more(desk)
        case "hold":
            term.lay_hold(desk, why=request.POST.get("why", ""), by=by, at=at)
        case "lift":
            number = whole_number(request.POST.get("hold", ""))
            if number is not None:
                term.lift_hold(desk, number, by=by, at=at)
        case "destroy":
            return _destroy(request, desk)
        case _:
            raise InputError(_("choose what is to be done"))
    return redirect("county:retention", measure=desk.measure, county=desk.county)


def _destroy(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Start the destruction, if the county's name was typed to confirm it."""
    if " ".join(request.POST.get("county", "").split()) != desk.county:
        raise InputError(
            _("type the name of the county to confirm: %(county)s")
            % {"county": desk.county}
        )
    found = term.term_of(desk, localdate())
    if not found.is_over or term.holds(desk):
        raise InputError(_("the data must be kept; see until when, and why"))
    job = start_purge(desk, name=person(request).name, by=person(request).email)
    messages.info(request, _("The data of signers are being destroyed."))
    return redirect("jobs:show", job=job.pk)
