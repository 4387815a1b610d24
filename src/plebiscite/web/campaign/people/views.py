"""The desks a person may open, and the first page of one."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plebiscite.petition.campaign.status import Status, status
from plebiscite.web.accounts.access import needs, seat_of
from plebiscite.web.campaign.desk import CAMPAIGN, READ, Desk, desk_of
from plebiscite.web.campaign.page import show
from plebiscite.web.campaign.people.ready import told_waits
from plebiscite.web.measures.models import Measure
from plebiscite.web.measures.shelf import shelf


@needs(*READ)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the measures whose desk a person may open, those at work first."""
    seat = seat_of(request)
    mine = [each for each in Measure.objects.all() if seat.may(*READ, measure=each.id)]
    rows = [(each, (shelf() / each.id / CAMPAIGN).is_dir()) for each in mine]
    return render(
        request,
        "campaign/home.html",
        {
            "begun": [each for each, begun in rows if begun],
            "others": [each for each, begun in rows if not begun],
        },
    )


@needs(*READ)
@require_safe
def desk(request: HttpRequest, measure: str) -> HttpResponse:
    """Show how a campaign stands, what comes next, and who waits."""
    found = desk_of(request, measure)
    return show(
        request,
        "people/desk",
        found,
        {"stands": _seen(found), "waits": told_waits(found)},
    )


def _seen(desk: Desk) -> Status:
    """Return how the campaign stands, as far as the person sees."""
    found = status(desk.campaign, desk.day)
    return replace(
        found,
        chapters=tuple(each for each in found.chapters if desk.shows(each.key)),
        circulators=tuple(
            each for each in found.circulators if desk.shows(each.chapter)
        ),
    )
