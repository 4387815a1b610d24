"""Bundles: handed out, found again, undone; and the receipts for what came back."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from plebiscite.errors import InputError
from plebiscite.petition.campaign.bundles import FILE as BUNDLES
from plebiscite.petition.campaign.bundles import (
    bundles,
    receipt_of,
    returns,
    where,
)
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.campaign.handing import hand_out, undo
from plebiscite.petition.campaign.register import mark_of
from plebiscite.petition.campaign.whereabouts import Sheet, written
from plebiscite.petition.form.issued.ledger import FILE as ISSUED
from plebiscite.petition.form.issued.ledger import read_issued
from plebiscite.petition.form.issued.receipt import receipt_pdf
from plebiscite.petition.form.layout import Paper
from plebiscite.web.accounts.access import needs
from plebiscite.web.campaign.desk import READ, WORK, Desk, desk_of
from plebiscite.web.campaign.given import day, number, sections, words
from plebiscite.web.campaign.page import REFUSED, done, show
from plebiscite.web.campaign.sheets.places import Holders, held, places_of

LATEST, A_PAGE = 60, 100


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def bundles_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Show the bundles and receipts, and where one section is; hand sections out."""
    desk, problem = desk_of(request, measure), ""
    if request.method == "POST":
        answer = done(
            request, _hand_out(request, desk), "campaign:bundles", measure=measure
        )
        if not isinstance(answer, str):
            return answer
        problem = answer
    return _page(request, desk, problem)


@needs(*WORK)
@require_POST
def undo_entry(request: HttpRequest, measure: str) -> HttpResponse:
    """Declare a bundle or a return undone; the entry stays, with why."""
    desk = desk_of(request, measure)
    entry = number(request, "entry", _("Entry"))
    desk.needs_chapter(_chapter_of(desk, entry))

    def act() -> str:
        undo(desk.campaign, desk.booking(), entry or 0, why=words(request, "why"))
        return _("Undone. The entry stays in the register, and counts no more.")

    answer = done(request, act, "campaign:bundles", measure=measure)
    return _page(request, desk, answer) if isinstance(answer, str) else answer


@needs(*READ)
@require_safe
def receipt(request: HttpRequest, measure: str, number: str) -> HttpResponse:
    """Give the receipt for what came back, as a PDF."""
    desk = desk_of(request, measure)
    found = returns(desk.campaign).get(number)
    if found is None or not desk.shows(found.chapter):
        raise Http404
    paper = next((Paper[i.paper] for i in read_issued(desk.campaign)), Paper.LETTER)
    pdf = receipt_pdf(receipt_of(desk.campaign, number, desk.measure), paper=paper)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="receipt-{number}.pdf"'
    return answer


def _page(request: HttpRequest, desk: Desk, problem: str) -> HttpResponse:
    holders, own = Holders.of(desk), desk.works
    seen = [
        each
        for each in list(bundles(desk.campaign).values())[::-1]
        if desk.shows(each.chapter)
    ]
    out = [each for each in seen if each.now[Sheet.OUT]]
    page = Paginator(out, A_PAGE).get_page(request.GET.get("page"))
    settled = islice((each for each in seen if not each.now[Sheet.OUT]), LATEST)
    back = [
        each for each in returns(desk.campaign).values() if desk.shows(each.chapter)
    ]
    asked = request.GET.get("serial", "").strip()
    return show(
        request,
        "people/bundles",
        desk,
        {
            "out": [held(each, desk, holders) for each in page],
            "page": page,
            "settled": [held(each, desk, holders) for each in settled],
            "returns": [
                (each, holders.name(each.chapter, each.circulator))
                for each in back[::-1][:LATEST]
            ],
            "circulators": [
                (each.circulator, f"{each.name} ({each.circulator}, {each.chapter})")
                for each in holders.circulators.values()
                if own is None or each.chapter in own
            ],
            "chapters": [
                (key, each.name)
                for key, each in holders.chapters.items()
                if own is None
            ],
            "asked": asked,
            "spots": places_of(desk, asked) if asked else (),
            "free": _free(desk),
            "problem": problem,
            "said": request.POST,
        },
        status=REFUSED if problem else 200,
    )


def _free(desk: Desk) -> str:
    """Return the serials that a person could hand out now, in words."""
    marks = mark_of(desk.campaign, BUNDLES), mark_of(desk.campaign, ISSUED)
    return _to_be_had(desk.campaign, marks, desk.works)


@lru_cache(maxsize=64)
def _to_be_had(campaign: Path, _marks: object, works: frozenset[str] | None) -> str:
    places = where(campaign).places
    stock = {
        n
        for n, each in places.items()
        if (each.sheet is Sheet.OUT and each.circulator is None)
        or each.sheet is Sheet.UNUSED
        if works is None or each.chapter in works
    }
    if works is None:
        for issue in read_issued(campaign):
            if not issue.specimen:
                run = range(issue.first, issue.last + 1)
                stock |= {n for n in run if n not in places}
    return written(stock)


def _chapter_of(desk: Desk, entry: int | None) -> str:
    """Return whose an entry is: of a bundle or of a return.

    Raises:
        Http404: nothing of that number stands.

    """
    for kept in (bundles(desk.campaign), returns(desk.campaign)):
        for each in kept.values():
            if each.entry == entry:
                return each.chapter
    raise Http404


def _hand_out(request: HttpRequest, desk: Desk) -> Callable[[], str]:
    """Return the handing out that a form asks for, if the person may do it."""
    kind, _sep, key = words(request, "to").partition(":")
    if kind == "circulator":
        person = circulators(desk.campaign).get(key)
        if person is None:
            raise Http404
        desk.needs_chapter(person.chapter)
    elif kind == "chapter":
        desk.needs_lead()

    def act() -> str:
        if kind not in {"circulator", "chapter"}:
            raise InputError(_("choose to whom the sections go"))
        wanted = sections(request, "serials")
        _refuse_foreign(desk, wanted)
        made = hand_out(
            desk.campaign,
            desk.booking(day(request)),
            wanted,
            circulator=key if kind == "circulator" else None,
            chapter=key if kind == "chapter" else None,
        )
        return _("Bundle %(bundle)s is out: sections %(serials)s.") % {
            "bundle": made.bundle,
            "serials": made.serials,
        }

    return act


def _refuse_foreign(desk: Desk, wanted: list[int]) -> None:
    """Refuse sections a chapter does not have; what others have is not told."""
    if desk.works is None:
        return
    places = where(desk.campaign).places
    strange = [
        n for n in wanted if n not in places or places[n].chapter not in desk.works
    ]
    if strange:
        raise InputError(
            _("These sections are not your chapter's: %(serials)s. Ask the campaign.")
            % {"serials": written(strange)}
        )
