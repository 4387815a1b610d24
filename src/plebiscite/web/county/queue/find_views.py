"""Looking voters up, and the lists of lines and decisions."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.errors import InputError
from plebiscite.web.accounts.access import needs
from plebiscite.web.accounts.audit import looked
from plebiscite.web.county.desks import all_taken, cards_of, desk_of, finder_of, roll_in
from plebiscite.web.county.files.images import disguised, specimens
from plebiscite.web.county.models import Desk, Kind, Line, State
from plebiscite.web.county.page import READ, WORK, show
from plebiscite.web.county.queue.hand import Work
from plebiscite.web.county.queue.shown import written
from plebiscite.web.frame.asked import whole_number

SHOWN, LONGEST_QUERY, A_PAGE = 10, 200, 100


@needs(*WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Look voters up by what was typed; for a line, or for nothing.

    What was typed comes in a form, never in the address: it holds names.
    """
    desk = desk_of(measure, county)
    query = request.POST.get("query", "").strip()[:LONGEST_QUERY]
    number, work = request.POST.get("line", ""), request.POST.get("work", "")
    known = whole_number(number)
    line = None if known is None else get_object_or_404(Line, pk=known, desk=desk)
    found, problem = [], ""
    if query:
        looked(request, "look-up", "", measure=measure, county=county, count=SHOWN)
        try:
            found = _found(desk, query)
        except InputError as fault:
            problem = str(fault)
    return show(
        request,
        "find",
        desk,
        {
            "query": query,
            "found": found,
            "problem": problem,
            "line": line,
            "written": written(line) if line else [],
            "work": work if work in Work.values else Work.FIND,
        },
    )


@needs(*READ)
@require_safe
def lines(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """List the lines of a desk by what they wait for; without names."""
    desk = desk_of(measure, county)
    state = request.GET.get("state", "")
    every = desk.lines.select_related("first_by", "held_by").defer(
        "written", "candidates", "matched"
    )
    if state in State.values:
        every = every.filter(state=state)
    page = Paginator(every, A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "lines",
        desk,
        {"page": page, "state": state, "states": State.choices},
    )


@needs(*READ)
@require_safe
def history(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """List every decision, newest first: who, when, what, from which version."""
    desk = desk_of(measure, county)
    made = desk.decisions.select_related("line", "takes_back").order_by("-id")
    page = Paginator(made, A_PAGE).get_page(request.GET.get("page"))
    return show(request, "history", desk, {"page": page})


def _found(desk: Desk, query: str) -> list[dict[str, Any]]:
    """Return voters that fit; a confidential one is never among them."""
    files = all_taken(desk)
    roll, upload = roll_in(desk, files), files.get(Kind.SPECIMENS)
    if roll is None:
        return []
    cards = cards_of(roll)
    found = []
    for each in finder_of(roll).find(query, limit=SHOWN):
        card = cards.card(each["voter_id"])
        if card is not None:
            found.append(
                {
                    "card": card,
                    "score": each["score"],
                    "why": each["why"],
                    "folder": disguised(desk, card.voter_id) if upload else "",
                    "specimens": specimens(desk, upload, card.voter_id),
                }
            )
    return found
