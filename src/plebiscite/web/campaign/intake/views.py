"""How many lines came in, and what a check of the keyed ones says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.petition.campaign.bundles import Return, returns
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.campaign.status import status
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.petition.form.layout import serial_text
from plebiscite.web.accounts.access import needs, seat_of
from plebiscite.web.campaign.desk import READ, Desk, desk_of
from plebiscite.web.campaign.intake.checking import JOB, put_aside
from plebiscite.web.campaign.page import REFUSED, show
from plebiscite.web.jobs.models import Job, State
from plebiscite.web.jobs.work import start

LATEST = 20
MOST_BYTES = 512 * 2**20


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def intake_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Show what came in; take keyed lines for a check."""
    desk, problem = desk_of(request, measure), ""
    if request.method == "POST":
        answer = _handed_in(request, desk)
        if not isinstance(answer, str):
            return answer
        problem = answer
    rows = status(desk.campaign, desk.day).chapters
    back = [
        each for each in returns(desk.campaign).values() if desk.shows(each.chapter)
    ]
    return show(
        request,
        "people/intake",
        desk,
        {
            "rows": [each for each in rows if desk.shows(each.key)],
            "counted": _counted(back)[:500],
            "not_counted": sum(
                len(each.sheets[Sheet.RETURNED]) for each in back if not each.counted
            ),
            "checks": _checks(request, desk)[:LATEST],
            "problem": problem,
        },
        status=REFUSED if problem else 200,
    )


@needs(*READ)
@require_safe
def checked(request: HttpRequest, measure: str, job: UUID) -> HttpResponse:
    """Show what a check found, by circulator: sections to mend first."""
    desk = desk_of(request, measure)
    found = _checks(request, desk).filter(pk=job).first()
    if found is None or found.state != State.DONE:
        raise Http404
    people = circulators(desk.campaign)
    own = {key: each.name for key, each in people.items() if desk.shows(each.chapter)}
    remarks = [
        each
        for each in found.result["remarks"]
        if desk.sees is None or each["circulator"] in own
    ]
    by_person = [
        (key, own.get(key, ""), list(group))
        for key, group in groupby(remarks, key=lambda each: each["circulator"])
    ]
    return show(
        request,
        "people/checked",
        desk,
        {"job": found, "found": found.result, "by_person": by_person},
    )


def _counted(back: Sequence[Return]) -> list[tuple[str, int, Return]]:
    """Return serial, lines and return of every section counted by itself."""
    return [
        (serial_text(section), lines, each)
        for each in reversed(back)
        for section, lines in sorted(each.counted.items())
    ]


def _checks(request: HttpRequest, desk: Desk) -> QuerySet[Job]:
    """Return the checks a person may see: a chapter those it asked for itself."""
    jobs = Job.objects.filter(kind=JOB, given__measure=desk.measure.id)
    if desk.sees is not None:
        jobs = jobs.filter(by=seat_of(request).email)
    return jobs.order_by("-asked_at")


def _handed_in(request: HttpRequest, desk: Desk) -> HttpResponse | str:
    files: Mapping[str, Any] = request.FILES
    lines, sections = files.get("lines"), files.get("sections")
    if not isinstance(lines, UploadedFile) or not isinstance(sections, UploadedFile):
        return _("Choose both files: the lines and the sections.")
    if (lines.size or 0) + (sections.size or 0) > MOST_BYTES:
        return _("These files are too large; check them in parts.")
    measure = desk.measure.id
    job = start(
        JOB,
        title=_("Check of keyed lines"),
        by=seat_of(request).email,
        given={"measure": measure, "folder": put_aside(lines, sections)},
        lock=f"campaign:check:{measure}",
    )
    where = reverse("campaign:checked", args=[measure, job.pk])
    Job.objects.filter(pk=job.pk).update(next_url=where)
    return redirect("jobs:show", job=job.pk)
