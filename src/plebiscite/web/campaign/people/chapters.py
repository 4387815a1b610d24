"""The chapters of a campaign: added and changed by whoever leads it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plebiscite.petition.campaign.chapters import add_chapter, change_chapter
from plebiscite.petition.campaign.status import status
from plebiscite.web.accounts.access import needs
from plebiscite.web.campaign.desk import READ, Desk, desk_of
from plebiscite.web.campaign.given import number, words
from plebiscite.web.campaign.page import REFUSED, done, show


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def chapters_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Show the chapters and how each stands; add one, or change one."""
    desk, problem = desk_of(request, measure), ""
    if request.method == "POST":
        desk.needs_lead()
        answer = done(
            request, _act(request, desk), "campaign:chapters", measure=measure
        )
        if not isinstance(answer, str):
            return answer
        problem = answer
    rows = status(desk.campaign, desk.day).chapters
    return show(
        request,
        "people/chapters",
        desk,
        {
            "rows": [each for each in rows if desk.shows(each.key)],
            "problem": problem,
            "said": request.POST,
        },
        status=REFUSED if problem else 200,
    )


def _act(request: HttpRequest, desk: Desk) -> Callable[[], str]:
    name = words(request, "name")

    def add() -> str:
        made = add_chapter(
            desk.campaign,
            desk.booking(),
            words(request, "chapter"),
            name=name,
            quota=number(request, "quota", _("Quota")),
        )
        return _("Chapter “%(name)s” is added.") % {"name": made.name}

    def change() -> str:
        made = change_chapter(
            desk.campaign,
            desk.booking(),
            words(request, "chapter"),
            name=name or None,
            quota=number(request, "quota", _("Quota")),
        )
        return _("Chapter “%(name)s” is changed.") % {"name": made.name}

    return change if words(request, "act") == "change" else add
