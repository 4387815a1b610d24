"""Pairs, the certificate and its bundle, and the proponent's examination."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.errors import InputError, PlebisciteError, RecordError
from plebiscite.report.page.certified import is_draft
from plebiscite.web.accounts.access import needs
from plebiscite.web.accounts.audit import looked
from plebiscite.web.county.closing.certify import close
from plebiscite.web.county.closing.issued import certificate_words, certified_data
from plebiscite.web.county.desks import desk_of, public_folder
from plebiscite.web.county.docket import (
    knows_others,
    refuse_as_whole,
    refuse_if_unready,
)
from plebiscite.web.county.models import Desk
from plebiscite.web.county.page import READ, person, posted_by_lead, show, works
from plebiscite.web.county.queue.pairs import pairs, sweep
from plebiscite.web.county.weight import swing
from plebiscite.web.jobs.work import is_busy, start


@needs(*READ)
@require_safe
def twins(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show the lines that credit one voter, and what one duplicate takes off."""
    desk = desk_of(measure, county)
    if desk.closed_at is None and works(request, desk):
        sweep(desk)
    groups = pairs(desk)
    if groups:
        number = sum(map(len, groups))
        looked(request, "pairs", "", measure=measure, county=county, count=number)
    return show(request, "pairs", desk, {"groups": groups, "swing": swing(desk)})


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show the certificate, or what is missing for it; close the count and issue it."""
    desk = desk_of(measure, county)
    problem = ""
    if posted_by_lead(request, desk):
        try:
            return _issue(request, desk)
        except PlebisciteError as fault:
            problem = str(fault)
    data = certified_data(desk)
    return show(
        request,
        "certify",
        desk,
        {
            "data": data,
            "told": certificate_words(data) if data else [],
            "swing": swing(desk),
            "groups": pairs(desk) if desk.prepared_at else [],
            "others": _others(desk),
            "today": localdate().isoformat(),
            "at_work": is_busy(f"county:{desk.pk}"),
            "problem": problem,
        },
        status=409 if problem else 200,
    )


@needs(*READ)
@require_safe
def bundle(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Give the public part of the verification as one ZIP file."""
    desk = desk_of(measure, county)
    folder = public_folder(desk)
    if desk.certified_at is None or not folder.is_dir():
        raise Http404
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not is_draft(path, folder):
                out.write(path, path.relative_to(folder).as_posix())
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    name = f"{measure}-{county}".replace("/", "-").replace(" ", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def _others(desk: Desk) -> bool:
    """Whether the docket tells of other counties; a broken one tells nothing."""
    try:
        return desk.certified_at is None and knows_others(desk)
    except RecordError:
        return False


def _issue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Close the count and have the certificate made.

    Where the count is closed and nobody is at its certificate (the disk was full, say),
    it is made again.
    """
    day, part = _day(request.POST.get("day", "")), request.POST.get("part") == "1"
    if not part:
        refuse_as_whole(desk)
    if desk.closed_at is None:
        refuse_if_unready(desk)
        close(desk, at=now())
    elif desk.certified_at is not None or is_busy(f"county:{desk.pk}"):
        raise InputError(_("the count is closed already"))
    job = start(
        "county.certify",
        title=_("%(county)s: the certificate") % {"county": desk.county},
        given={
            "desk": desk.pk,
            "part": part,
            "day": day.isoformat(),
            "name": person(request).name,
        },
        by=person(request).email,
        lock=f"county:{desk.pk}",
        measure=desk.measure,
        county=desk.county,
        next_url=request.path,
    )
    messages.info(request, _("Decisions are frozen; the certificate is being made."))
    return redirect("jobs:show", job=job.pk)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return localdate()
