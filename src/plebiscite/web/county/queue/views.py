"""Working the queue: the next line, deciding it, taking a decision back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from plebiscite.errors import PlebisciteError
from plebiscite.web.accounts.access import needs
from plebiscite.web.accounts.audit import looked
from plebiscite.web.county.desks import desk_of, reasons_of
from plebiscite.web.county.models import Desk, Line, State
from plebiscite.web.county.page import READ, WORK, leads, person, show, works
from plebiscite.web.county.queue.decide import (
    Changed,
    Finding,
    Sitting,
    decide,
    take_back,
)
from plebiscite.web.county.queue.hand import Work, hand_out, let_go
from plebiscite.web.county.queue.reasons import grouped
from plebiscite.web.county.queue.said import credited, finding_said
from plebiscite.web.county.queue.shown import shown, written
from plebiscite.web.county.weight import swing
from plebiscite.web.frame.asked import whole_number

OF_STATE = {
    State.OPEN: Work.FIND,
    State.SECOND: Work.SECOND,
    State.DISPUTE: Work.DISPUTE,
}


@needs(*WORK)
@require_safe
def queue(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Hand out the next line and show it."""
    desk, work = desk_of(measure, county), _work(request.GET.get("work", Work.FIND))
    if desk.closed_at is not None or desk.prepared_at is None:
        return show(request, "empty", desk, {"work": work})
    after = request.GET.get("after", "")
    if after:
        let_go(desk, person(request))
    place = whole_number(after) or 0
    with transaction.atomic():  # one write for both: who has it, and that they read it
        line = hand_out(desk, work, person(request), now=now(), after=place)
        if line is not None:
            _note_look(request, desk, line)
    last = _last(request, desk)
    if line is None:
        return show(request, "empty", desk, {"work": work, "last": last})
    return _line(request, desk, line, work=work, context={"last": last})


@needs(*READ)
def line(request: HttpRequest, measure: str, county: str, number: int) -> HttpResponse:
    """Show one line; decide it."""
    desk = desk_of(measure, county)
    found = get_object_or_404(Line, pk=number, desk=desk)
    asked = request.POST.get("work") or request.GET.get("work")
    work = _work(asked) if asked else OF_STATE.get(State(found.state), Work.FIND)
    if request.method != "POST":
        _note_look(request, desk, found)
        return _line(request, desk, found, work=work)
    if not works(request, desk):
        raise PermissionDenied
    finding = finding_said(request.POST, reasons_of(desk))
    sitting = _sitting(request, desk, found, blind=work is Work.REKEY)
    try:
        after = decide(desk, number, credited(desk, found, finding), sitting)
    except PlebisciteError as fault:
        return _refused(request, desk, found, work, finding, problem=str(fault))
    if isinstance(after, Changed):
        return _refused(request, desk, after.line, work, finding, changed=after)
    return redirect(_next(desk, work, after))


@needs(*WORK)
@require_POST
def undo(request: HttpRequest, measure: str, county: str, number: int) -> HttpResponse:
    """Take back the last decision on a line."""
    desk = desk_of(measure, county)
    found = get_object_or_404(Line, pk=number, desk=desk)
    work = _work(request.POST.get("work", Work.FIND))
    try:
        after = take_back(desk, number, _sitting(request, desk, found))
    except PlebisciteError as fault:
        return _refused(request, desk, found, work, None, problem=str(fault))
    if isinstance(after, Changed):
        return _refused(request, desk, after.line, work, None, changed=after)
    where = reverse("county:line", args=[measure, county, number])
    return redirect(f"{where}?{urlencode({'work': work})}")


def _line(
    request: HttpRequest,
    desk: Desk,
    line: Line,
    *,
    work: Work,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a line."""
    blind = work is Work.REKEY
    holder = line.held_by if line.held_by_id != person(request).pk else None
    return show(
        request,
        "line",
        desk,
        {
            "line": line,
            "shown": shown(desk, line, blind=blind),
            "written": written(line),
            "groups": grouped(reasons_of(desk)),
            "work": work,
            "blind": blind,
            "holder": holder if line.held_until and line.held_until > now() else None,
            "swing": swing(desk) if line.pair else None,
            **(context or {}),
        },
        status=status,
    )


def _refused(
    request: HttpRequest,
    desk: Desk,
    line: Line,
    work: Work,
    finding: Finding | None,
    *,
    problem: str = "",
    changed: Changed | None = None,
) -> HttpResponse:
    """Show a line that could not be decided, with what the person had said."""
    line.refresh_from_db()
    _note_look(request, desk, line)
    context = {"problem": problem, "changed": changed, "mine": finding}
    return _line(request, desk, line, work=work, context=context, status=409)


def _note_look(request: HttpRequest, desk: Desk, line: Line) -> None:
    """Write down that a line was read; never what stands on it."""
    looked(request, "line", line.line_id, measure=desk.measure, county=desk.county)


def _sitting(
    request: HttpRequest, desk: Desk, line: Line, *, blind: bool = False
) -> Sitting:
    seen = whole_number(request.POST.get("seen", ""))
    if seen is None:
        raise BadRequest
    return Sitting(
        user=person(request),
        at=now(),
        seen=seen,
        leads=leads(request, desk),
        blind=blind,
        shown=shown(desk, line, blind=blind).record(),
    )


def _next(desk: Desk, work: Work, line: Line) -> str:
    where = reverse("county:queue", args=[desk.measure, desk.county])
    return f"{where}?{urlencode({'work': str(work), 'last': str(line.pk)})}"


def _last(request: HttpRequest, desk: Desk) -> Line | None:
    """Return the line decided just before, so that it can be taken back."""
    last = whole_number(request.GET.get("last", ""))
    if last is None:
        return None
    return Line.objects.filter(pk=last, desk=desk).first()


def _work(text: str) -> Work:
    if text not in Work.values:
        raise BadRequest
    return Work(text)
