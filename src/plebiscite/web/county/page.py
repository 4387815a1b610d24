"""What every page of a desk shows besides its own matter: what waits, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from plebiscite.web.accounts.access import seat_of
from plebiscite.web.accounts.models import User
from plebiscite.web.accounts.roles import Role
from plebiscite.web.county.models import Desk
from plebiscite.web.county.ready import last_day
from plebiscite.web.county.tally import tally_in_view

READ = (Role.COUNTY, Role.REVIEWER, Role.STATE, Role.AUDITOR)
WORK = (Role.COUNTY, Role.REVIEWER)
LEAD = (Role.COUNTY,)


PLACES = (
    ("board", _("Board")),
    ("files", _("Files")),
    ("commit", _("Counts")),
    ("draw", _("Draw")),
    ("queue", _("Queue")),
    ("find", _("Look-up")),
    ("lines", _("Lines")),
    ("pairs", _("Pairs")),
    ("history", _("Decisions")),
    ("certify", _("Certificate")),
    ("retention", _("Retention")),
)
FOR_CLERKS = frozenset({"queue", "find"})
"""Places that open only to those who decide lines."""
HERE = {"line": "queue", "empty": "queue", "upload": "files"}


def person(request: HttpRequest) -> User:
    """Return the person at the desk; every view of the desk has one."""
    user = seat_of(request).user
    assert user is not None
    return user


def leads(request: HttpRequest, desk: Desk) -> bool:
    """Whether the person leads the count: the county's office itself."""
    return seat_of(request).may(*LEAD, measure=desk.measure, county=desk.county)


def posted_by_lead(request: HttpRequest, desk: Desk) -> bool:
    """Whether a form was sent; refused from anybody but who leads the count.

    Raises:
        PermissionDenied: another person sent it.

    """
    if request.method != "POST":
        return False
    if not leads(request, desk):
        raise PermissionDenied
    return True


def works(request: HttpRequest, desk: Desk) -> bool:
    """Whether the person decides lines."""
    return seat_of(request).may(*WORK, measure=desk.measure, county=desk.county)


def show(
    request: HttpRequest,
    template: str,
    desk: Desk,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a desk, with what waits always in view."""
    counts = tally_in_view(desk)
    clerk = works(request, desk)
    return render(
        request,
        f"county/{template}.html",
        {
            "desk": desk,
            "places": [p for p in PLACES if clerk or p[0] not in FOR_CLERKS],
            "here": HERE.get(template, template),
            "counts": counts,
            "due": last_day(desk),
            "leads": leads(request, desk),
            "works": clerk,
            **(context or {}),
        },
        status=status,
    )
