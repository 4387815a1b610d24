"""The circulators: who carries sheets, for which chapter, paid or not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plebiscite.petition.campaign.chapters import chapters
from plebiscite.petition.campaign.circulators import (
    add_circulator,
    change_circulator,
    circulators,
)
from plebiscite.petition.campaign.status import status
from plebiscite.web.accounts.access import needs
from plebiscite.web.campaign.desk import READ, Desk, desk_of
from plebiscite.web.campaign.given import number, ticked, words
from plebiscite.web.campaign.joining.links import code_of
from plebiscite.web.campaign.page import REFUSED, done, show
from plebiscite.web.campaign.sheets.carrying import new_link


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def circulators_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Show the circulators and how each stands; add one."""
    desk, problem = desk_of(request, measure), ""
    if request.method == "POST":
        desk.needs_chapter(words(request, "chapter"))
        answer = done(
            request, _add(request, desk), "campaign:circulators", measure=measure
        )
        if not isinstance(answer, str):
            return answer
        problem = answer
    rows = status(desk.campaign, desk.day).circulators
    known = chapters(desk.campaign)
    return show(
        request,
        "people/circulators",
        desk,
        {
            "rows": [each for each in rows if desk.shows(each.chapter)],
            "names": {key: each.name for key, each in known.items()},
            "chapters": _own(desk),
            "problem": problem,
            "said": request.POST,
        },
        status=REFUSED if problem else 200,
    )


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def circulator_page(
    request: HttpRequest, measure: str, circulator: str
) -> HttpResponse:
    """Show one circulator; change chapter, pay or quota."""
    desk, problem = desk_of(request, measure), ""
    found = circulators(desk.campaign).get(circulator)
    if found is None or not desk.shows(found.chapter):
        raise Http404
    link = ""
    if request.method == "POST" and words(request, "act") == "link":
        desk.needs_chapter(found.chapter)
        token = new_link(measure, circulator, by=desk.by)
        where = reverse("campaign:carry", args=[token])
        link = request.build_absolute_uri(where)
    elif request.method == "POST":
        desk.needs_chapter(found.chapter)
        desk.needs_chapter(words(request, "chapter"))
        answer = done(
            request,
            _change(request, desk, circulator),
            "campaign:circulators",
            measure=measure,
        )
        if not isinstance(answer, str):
            return answer
        problem = answer
    rows = status(desk.campaign, desk.day).circulators
    return show(
        request,
        "people/circulator",
        desk,
        {
            "circulator": found,
            "row": next(each for each in rows if each.key == circulator),
            "chapters": _own(desk),
            "may_link": desk.works is None or found.chapter in desk.works,
            "link": link,
            "code": code_of(link) if link else "",
            "problem": problem,
        },
        status=REFUSED if problem else 200,
    )


def _own(desk: Desk) -> list[tuple[str, str]]:
    """Return key and name of the chapters the person may write for."""
    return [
        (key, each.name)
        for key, each in chapters(desk.campaign).items()
        if desk.works is None or key in desk.works
    ]


def _add(request: HttpRequest, desk: Desk) -> Callable[[], str]:
    def add() -> str:
        made = add_circulator(
            desk.campaign,
            desk.booking(),
            name=words(request, "name"),
            chapter=words(request, "chapter"),
            paid=ticked(request, "paid"),
            quota=number(request, "quota", _("Quota")),
        )
        return _("%(name)s is circulator %(key)s.") % {
            "name": made.name,
            "key": made.circulator,
        }

    return add


def _change(request: HttpRequest, desk: Desk, circulator: str) -> Callable[[], str]:
    def change() -> str:
        made = change_circulator(
            desk.campaign,
            desk.booking(),
            circulator,
            name=words(request, "name") or None,
            chapter=words(request, "chapter") or None,
            paid=ticked(request, "paid"),
            quota=number(request, "quota", _("Quota")),
        )
        return _("%(name)s is changed.") % {"name": made.name}

    return change
