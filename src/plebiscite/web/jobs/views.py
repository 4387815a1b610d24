"""The page of a job: how far it is, and what came of it.

Whoever asked for a job sees it, and so does whoever holds an office for its measure
and county.
"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from plebiscite.web.accounts.access import Seat, seat_of, signed_in
from plebiscite.web.accounts.roles import Role
from plebiscite.web.jobs.models import Job, State


@signed_in
@require_safe
def show(request: HttpRequest, job: UUID) -> HttpResponse:
    """Show how far a job is."""
    return render(request, "jobs/show.html", {"job": _seen(request, job)})


@signed_in
@require_safe
def now_at(request: HttpRequest, job: UUID) -> JsonResponse:
    """Tell the page's script how far a job is."""
    found = _seen(request, job)
    return JsonResponse(
        {
            "state": found.state,
            "what": found.what,
            "done": found.done,
            "total": found.total,
            "over": found.is_over,
        }
    )


@signed_in
@require_POST
def stop(request: HttpRequest, job: UUID) -> HttpResponse:
    """Ask a job to stop; one that waits is stopped at once."""
    found = _seen(request, job, writes=True)
    waiting = Job.objects.filter(pk=found.pk, state=State.WAITING)
    if not waiting.update(state=State.STOPPED):
        Job.objects.filter(pk=found.pk).update(stop_asked=True)
    return redirect("jobs:show", job=found.pk)


def _seen(request: HttpRequest, job: UUID, *, writes: bool = False) -> Job:
    """Return a job, if whoever sits at the desk may see (or stop) it."""
    found, seat = get_object_or_404(Job, pk=job), seat_of(request)
    if not _may(seat, found, writes=writes):
        raise PermissionDenied
    return found


def _may(seat: Seat, job: Job, *, writes: bool) -> bool:
    if seat.user is not None and seat.user.email == job.by:
        return True
    roles = (
        [Role.STATE, Role.COUNTY] if writes else [Role.STATE, Role.COUNTY, Role.AUDITOR]
    )
    return bool(job.measure) and seat.may(
        *roles, measure=job.measure, county=job.county or None
    )
