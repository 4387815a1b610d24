"""The pages on which an office commits to its counts and draws."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.web.accounts.access import needs
from plebiscite.web.county.desks import (
    COMMITMENT,
    DRAWN,
    MANIFEST,
    committed_to,
    desk_of,
    taken,
)
from plebiscite.web.county.drawing.acts import (
    commit_counts,
    count_every_line,
    draw,
)
from plebiscite.web.county.models import Desk, Kind
from plebiscite.web.county.page import READ, person, posted_by_lead, show
from plebiscite.web.county.ready import is_ready_for_queue
from plebiscite.web.county.weight import swing
from plebiscite.web.county.work import start_queue

FILES = {"commitment": COMMITMENT, "manifest": MANIFEST, "drawn": DRAWN}


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show what is committed to; commit."""
    desk = desk_of(measure, county)
    problem = ""
    if posted_by_lead(request, desk):
        try:
            commit_counts(desk, by=person(request).name, at=now())
        except PlebisciteError as fault:
            problem = str(fault)
        else:
            messages.success(request, _("The counts are committed to."))
            return redirect("county:commit", measure=measure, county=county)
    return show(
        request,
        "commit",
        desk,
        {
            "commitment": committed_to(desk),
            "manifest": taken(desk, Kind.MANIFEST) or taken(desk, Kind.LINES),
            "problem": problem,
        },
        status=409 if problem else 200,
    )


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def roll_dice(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Take the digits of the dice, and draw."""
    desk = desk_of(measure, county)
    problem = seed = ""
    if posted_by_lead(request, desk):
        seed = request.POST.get("seed", "")
        try:
            _draw(request, desk, "".join(seed.split()))
        except PlebisciteError as fault:
            problem = str(fault)
        else:
            return redirect("county:draw", measure=measure, county=county)
    return show(
        request,
        "draw",
        desk,
        {
            "commitment": committed_to(desk),
            "problem": problem,
            "seed": seed,
            "swing": swing(desk),
        },
        status=409 if problem else 200,
    )


@needs(*READ)
@require_safe
def office_file(
    request: HttpRequest, measure: str, county: str, name: str
) -> HttpResponse:
    """Give a file of the draw: it holds no names, and is to be published."""
    desk = desk_of(measure, county)
    path = desk.office / FILES[name] if name in FILES else None
    if path is None or not desk.commitment or not path.is_file():
        raise Http404
    kind = "text/csv" if path.suffix == ".csv" else "application/json"
    answer = HttpResponse(path.read_bytes(), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return answer


def _draw(request: HttpRequest, desk: Desk, seed: str) -> None:
    by, at = person(request).name, now()
    if request.POST.get("act") == "every":
        number = count_every_line(desk, by=by, at=at)
    else:
        number = draw(desk, seed=seed, by=by, at=at, at_least=_at_least(request))
    messages.success(
        request, _("%(lines)s lines are to be looked at.") % {"lines": f"{number:,}"}
    )
    if is_ready_for_queue(desk):
        start_queue(desk, by=person(request).email)


def _at_least(request: HttpRequest) -> int | None:
    asked = request.POST.get("at_least", "").replace(",", "").strip()
    if not asked:
        return None
    if not asked.isdecimal():
        raise InputError(_("write how many lines to draw as a number"))
    return int(asked)
