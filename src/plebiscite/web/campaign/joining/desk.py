"""The volunteers of a chapter, and the link under which they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plebiscite.petition.campaign.chapters import Chapter, chapters
from plebiscite.petition.campaign.volunteers import (
    Volunteer,
    forget_volunteer,
    volunteers,
    withdraw_consent,
)
from plebiscite.web.accounts.access import needs
from plebiscite.web.accounts.audit import looked
from plebiscite.web.campaign.desk import WORK, Desk, desk_of
from plebiscite.web.campaign.given import words
from plebiscite.web.campaign.joining.links import (
    code_of,
    end_link,
    new_link,
    standing_link,
)
from plebiscite.web.campaign.joining.public import join_address
from plebiscite.web.campaign.page import REFUSED, done, show


@needs(*WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def volunteers_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Show who offered to help, by chapter; make links, withdraw, forget.

    No auditor comes here: what a volunteer left is between them and their chapter.
    """
    desk, problem = desk_of(request, measure), ""
    if request.method == "POST":
        answer = done(
            request, _act(request, desk), "campaign:volunteers", measure=measure
        )
        if not isinstance(answer, str):
            return answer
        problem = answer
    known = chapters(desk.campaign)
    mine = [each for each in known.values() if desk.shows(each.chapter)]
    rows = [_hall(request, desk, each) for each in mine]
    looked(
        request,
        "volunteers",
        ", ".join(each.chapter for each in mine)[:200],
        measure=measure,
        count=sum(len(row.people) for row in rows),
    )
    return show(
        request,
        "people/volunteers",
        desk,
        {"rows": rows, "problem": problem},
        status=REFUSED if problem else 200,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A chapter with the people who offered to help it.

    Attributes:
        chapter: the chapter.
        address, code: of its link, and the same as a QR code; "" without a link.
        people: who is in the register, but for those forgotten.
        forgotten: how many were.

    """

    chapter: Chapter
    address: str
    code: str
    people: tuple[Volunteer, ...]
    forgotten: int

    @property
    def reachable(self) -> int:
        """How many of them may be written to."""
        return sum(1 for each in self.people if each.may_contact)


def _hall(request: HttpRequest, desk: Desk, chapter: Chapter) -> Hall:
    link = standing_link(desk.measure.id, chapter.chapter)
    address = join_address(request, link.token) if link else ""
    found = volunteers(desk.campaign).values()
    mine = [each for each in found if each.chapter == chapter.chapter]
    people = tuple(each for each in mine if each.person)
    return Hall(
        chapter=chapter,
        address=address,
        code=code_of(address) if link else "",
        people=people,
        forgotten=len(mine) - len(people),
    )


def _act(request: HttpRequest, desk: Desk) -> Callable[[], str]:
    """Return what a form asks to be done, if the person may do it."""
    act = words(request, "act")
    if act in {"link", "end"}:
        chapter = desk.needs_chapter(words(request, "chapter"))
        if chapter not in chapters(desk.campaign):
            raise Http404
        return lambda: _link(desk, chapter, act)
    found = volunteers(desk.campaign).get(words(request, "volunteer"))
    if found is None or act not in GOING:
        raise Http404
    desk.needs_chapter(found.chapter)
    return lambda: _go(desk, found.volunteer, act)


def _link(desk: Desk, chapter: str, act: str) -> str:
    if act == "end":
        end_link(desk.measure.id, chapter)
        return _("The link has ended; whoever opens it is told so.")
    new_link(desk.measure.id, chapter, by=desk.by)
    return _("The link is made. An earlier one has ended.")


def _go(desk: Desk, volunteer: str, act: str) -> str:
    going, said = GOING[act]
    going(desk.campaign, desk.booking(), volunteer)
    return said()


GOING: Mapping[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "withdraw": (
        withdraw_consent,
        lambda: _("The consent is withdrawn and the address erased."),
    ),
    "forget": (forget_volunteer, lambda: _("Name and address are erased.")),
}
