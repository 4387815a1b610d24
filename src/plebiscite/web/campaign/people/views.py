"""The desks a person may open, and the first page of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plebiscite.web.accounts.access import needs, seat_of
from plebiscite.web.campaign.desk import READ, desk_of
from plebiscite.web.campaign.page import show
from plebiscite.web.measures.models import Measure


@needs(*READ)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the measures whose desk a person may open."""
    seat = seat_of(request)
    mine = [each for each in Measure.objects.all() if seat.may(*READ, measure=each.id)]
    return render(request, "campaign/home.html", {"rows": mine})


@needs(*READ)
@require_safe
def desk(request: HttpRequest, measure: str) -> HttpResponse:
    """Show how a campaign stands, what comes next, and who waits."""
    return show(request, "people/desk", desk_of(request, measure))
