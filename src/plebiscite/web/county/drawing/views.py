"""The pages on which an office commits to its counts and draws."""

from __future__ import annotations

import re

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
    numbered,
    taken,
)
from plebiscite.web.county.drawing.acts import (
    commit_counts,
    count_every_line,
    draw,
)
from plebiscite.web.county.drawing.further import (
    count_every_line_now,
    draw_further,
    revise_counts,
)
from plebiscite.web.county.models import Desk, Further, FurtherAct, Kind, Upload
from plebiscite.web.county.page import READ, person, posted_by_lead, show
from plebiscite.web.county.ready import is_ready_for_queue
from plebiscite.web.county.weight import swing
from plebiscite.web.county.work import start_queue
from plebiscite.web.frame.asked import whole_number

FILES = {"commitment": COMMITMENT, "manifest": MANIFEST, "drawn": DRAWN}
OFFICE_FILE = re.compile(r"(commitment|manifest|drawn)(?:-([1-9][0-9]?))?")


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show what is committed to; commit."""
    desk = desk_of(measure, county)
    problem = ""
    if posted_by_lead(request, desk):
        try:
            _commit(request, desk)
        except PlebisciteError as fault:
            problem = str(fault)
        else:
            return redirect("county:commit", measure=measure, county=county)
    return show(
        request,
        "commit",
        desk,
        {
            "commitment": committed_to(desk),
            "manifest": taken(desk, Kind.MANIFEST) or taken(desk, Kind.LINES),
            "corrected": _corrected(desk),
            "revisions": _numbered(desk, Further.REVISED),
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
            "extensions": _numbered(desk, Further.EXTENDED),
            "every": desk.further.filter(kind=Further.EVERY_LINE).first(),
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
    asked = OFFICE_FILE.fullmatch(name)
    path = (
        desk.office / numbered(FILES[asked[1]], int(asked[2] or 1)) if asked else None
    )
    if path is None or not desk.commitment or not path.is_file():
        raise Http404
    kind = "text/csv" if path.suffix == ".csv" else "application/json"
    answer = HttpResponse(path.read_bytes(), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return answer


def _commit(request: HttpRequest, desk: Desk) -> None:
    by, at = person(request).name, now()
    if request.POST.get("act") == "revise":
        revise_counts(desk, by=by, at=at)
        messages.success(request, _("The counts are revised; both are shown."))
        _go_on(request, desk)
    else:
        commit_counts(desk, by=by, at=at)
        messages.success(request, _("The counts are committed to."))


def _corrected(desk: Desk) -> Upload | None:
    """Return the manifest handed in since the counts were committed to, if any."""
    handed, known = taken(desk, Kind.MANIFEST), committed_to(desk)
    if handed is None or known is None or handed.sha256 == known.manifest_sha256:
        return None
    return handed


def _numbered(desk: Desk, kind: Further) -> list[tuple[str, FurtherAct]]:
    """Return the acts of a kind, each with the number in its file's name."""
    return [(str(each.number + 1), each) for each in desk.further.filter(kind=kind)]


def _draw(request: HttpRequest, desk: Desk, seed: str) -> None:
    by, at = person(request).name, now()
    match request.POST.get("act"):
        case "every":
            number = count_every_line(desk, by=by, at=at)
        case "further":
            further = _number(request, "further")
            number = draw_further(desk, seed=seed, further=further, by=by, at=at)
        case "every_now":
            source = request.POST.get("source", "")
            number = count_every_line_now(desk, source=source, by=by, at=at)
        case _:
            least = _number(request, "at_least")
            number = draw(desk, seed=seed, by=by, at=at, at_least=least)
    messages.success(
        request, _("%(lines)s lines are to be looked at.") % {"lines": f"{number:,}"}
    )
    _go_on(request, desk)


def _go_on(request: HttpRequest, desk: Desk) -> None:
    """Make the queue, where nothing is missing for it."""
    desk.refresh_from_db()
    if is_ready_for_queue(desk):
        start_queue(desk, by=person(request).email)


def _number(request: HttpRequest, field: str) -> int | None:
    asked = request.POST.get(field, "").replace(",", "").strip()
    if not asked:
        return None
    found = whole_number(asked)
    if found is None:
        raise InputError(_("write how many lines to draw as a number"))
    return found
