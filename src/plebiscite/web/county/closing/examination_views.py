"""The pages of the proponent's examination."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.web.accounts.access import needs, seat_of
from plebiscite.web.accounts.audit import looked
from plebiscite.web.accounts.roles import Role
from plebiscite.web.county.closing.examination import (
    allowed,
    open_examination,
    refused_lines,
)
from plebiscite.web.county.desks import desk_of
from plebiscite.web.county.models import Desk, Examination, Visit
from plebiscite.web.county.page import LEAD, person
from plebiscite.web.frame.asked import whole_number

A_PAGE = 50


@needs(Role.COUNTY, Role.STATE, Role.PROPONENT, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def examination(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show the refused lines to the proponent; let the county open the package."""
    desk, seat = desk_of(measure, county), seat_of(request)
    leads = seat.may(*LEAD, measure=measure, county=county)
    found = Examination.objects.filter(desk=desk).first()
    problem = ""
    if request.method == "POST":
        if not leads:
            raise PermissionDenied
        try:
            _open(request, desk)
        except PlebisciteError as fault:
            problem = str(fault)
        else:
            return redirect("county:examination", measure=measure, county=county)
    at = (whole_number(request.GET.get("from", "")) or 0) // A_PAGE * A_PAGE
    there = found is not None and desk.purged_at is None
    lines = list(refused_lines(desk, start=at, number=A_PAGE)) if there else []
    if found and there:
        _note(request, desk, found, at, len(lines))
    return render(
        request,
        "county/examination.html",
        {
            "desk": desk,
            "examination": found,
            "allowed": allowed(found) if found else None,
            "lines": lines,
            "first": at + 1,
            "last": at + len(lines),
            "before": at - A_PAGE if at else None,
            "after": at + A_PAGE if found and at + A_PAGE < found.refused else None,
            "visits": found.visits.all() if found and leads else [],
            "leads": leads,
            "today": localdate().isoformat(),
            "problem": problem,
        },
        status=409 if problem else 200,
    )


def _open(request: HttpRequest, desk: Desk) -> None:
    try:
        day = date.fromisoformat(request.POST.get("found_on", ""))
    except ValueError as fault:
        raise InputError("write the day as 2018-06-28") from fault
    source = " ".join(request.POST.get("source", "").split())[:300]
    who = person(request).name
    open_examination(desk, found_on=day, source=source, opener=who, at=now())


def _note(
    request: HttpRequest, desk: Desk, found: Examination, at: int, number: int
) -> None:
    """Write down that somebody looked, and at which lines."""
    if request.method == "HEAD":
        return
    looked(
        request,
        "rejects",
        f"from {at + 1}",
        measure=desk.measure,
        county=desk.county,
        count=number,
    )
    who = person(request)
    Visit.objects.create(
        examination=found,
        by=who,
        by_name=who.name,
        at=now(),
        what=f"{at + 1}-{at + number}",
    )
