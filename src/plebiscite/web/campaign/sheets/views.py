"""Ordering sections, and taking the files with their serials."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.errors import InputError, NotInForceError, PlebisciteError
from plebiscite.petition.campaign.chapters import chapters
from plebiscite.petition.form.issued.ledger import next_serial, read_issued
from plebiscite.petition.form.language import language, languages
from plebiscite.petition.form.layout import Paper
from plebiscite.petition.form.rules import form_rules
from plebiscite.petition.form.wording import read_wording
from plebiscite.petition.measure import Measure
from plebiscite.rules.rulebook import open_law
from plebiscite.web.accounts.access import needs, seat_of
from plebiscite.web.campaign.desk import READ, Desk, desk_of
from plebiscite.web.campaign.given import number, words
from plebiscite.web.campaign.page import REFUSED, done, show, told
from plebiscite.web.campaign.sheets.printing import (
    AT_ONCE,
    MOST,
    NOBODY,
    Wish,
    print_sections,
    prints,
)
from plebiscite.web.jobs.work import start

JOB = "campaign.print"
TYPES = {".pdf": "application/pdf", ".zip": "application/zip"}
LATEST = 50


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def sheets_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Show what was printed; print more: at once, or by a job where they are many."""
    desk, problem = desk_of(request, measure), ""
    if request.method == "POST":
        answer = _ordered(request, desk)
        if not isinstance(answer, str):
            return answer
        problem = answer
    counties, why_not = counties_of(desk.measure)
    known = {key: each.name for key, each in chapters(desk.campaign).items()}
    own = {k: n for k, n in known.items() if desk.works is None or k in desk.works}
    issues = read_issued(desk.campaign) if desk.sees is None else []
    return show(
        request,
        "people/sheets",
        desk,
        {
            "counties": counties,
            "why_not": why_not,
            "lacks": read_wording(desk.measure, desk.folder).lacks,
            "languages": [(code, language(code).name) for code in languages()],
            "papers": [(each.name, each.name.capitalize()) for each in Paper],
            "own": own,
            "files": _files(desk, known),
            "issues": issues[::-1][:LATEST],
            "next": next_serial(desk.campaign),
            "at_once": AT_ONCE,
            "most": MOST,
            "problem": problem,
            "said": request.POST,
        },
        status=REFUSED if problem else 200,
    )


@needs(*READ)
@require_safe
def sheets_file(
    request: HttpRequest, measure: str, chapter: str, name: str
) -> HttpResponse:
    """Give a file of printed sections."""
    desk = desk_of(request, measure)
    if not desk.shows(chapter):
        raise Http404
    own = "" if chapter == NOBODY else chapter
    found = {path.name: path for path in prints(measure, own)}.get(name)
    if found is None or (own and own not in chapters(desk.campaign)):
        raise Http404
    answer = FileResponse(
        found.open("rb"),
        as_attachment=True,
        filename=f"sections-{name}",
        content_type=TYPES[found.suffix],
    )
    return cast("HttpResponse", answer)


def _ordered(request: HttpRequest, desk: Desk) -> HttpResponse | str:
    """Print what is asked for, or have it printed; return the refusal in words."""
    chapter = words(request, "chapter")
    if chapter:
        desk.needs_chapter(chapter)
    else:
        desk.needs_lead()
    try:
        wish = wished(request, chapter)
    except PlebisciteError as problem:
        return told(problem)
    back = reverse("campaign:sheets", args=[desk.measure.id])
    if wish.many <= AT_ONCE:

        def act() -> str:
            made = print_sections(desk.folder, wish, desk.booking())
            said = _("Printed: %(name)s. Download it below; put it on paper once.")
            return said % {"name": made.name}

        return done(request, act, "campaign:sheets", measure=desk.measure.id)
    job = start(
        JOB,
        title=_("%(many)s sections of %(county)s")
        % {"many": f"{wish.many:,}", "county": wish.county},
        by=seat_of(request).email,
        given={
            **asdict(wish),
            "paper": wish.paper.name,
            "measure": desk.measure.id,
            "name": desk.by,
        },
        lock=f"campaign:print:{desk.measure.id}",
        next_url=back,
    )
    return redirect("jobs:show", job=job.pk)


def wished(request: HttpRequest, chapter: str) -> Wish:
    """Return the sections a form asks for.

    Raises:
        InputError: the form does not say, or asks for too many.

    """
    paper = words(request, "paper")
    if paper not in Paper.__members__:
        raise InputError(_("Choose one of the sizes of paper."))
    return Wish(
        county=words(request, "county"),
        language=words(request, "language"),
        paper=Paper[paper],
        many=number(request, "many", _("How many sections")) or 0,
        chapter=chapter,
    )


def _files(desk: Desk, known: dict[str, str]) -> list[dict[str, str]]:
    """Return the files a person may take, latest serials first."""
    seen = [(key, name) for key, name in known.items() if desk.shows(key)]
    whole = [("", _("nobody yet"))] if desk.sees is None else []
    found = [
        {"chapter": key or NOBODY, "for": name, "name": path.name}
        for key, name in (*seen, *whole)
        for path in prints(desk.measure.id, key)
    ]
    return sorted(found, key=lambda each: each["name"], reverse=True)[:LATEST]


def counties_of(measure: Measure) -> tuple[tuple[str, ...], str]:
    """Return the counties a form names, or why there is no form."""
    return _read_counties(measure.law, tuple(sorted(measure.dates.items())))


@lru_cache(maxsize=64)
def _read_counties(
    law: str, dates: tuple[tuple[str, date], ...]
) -> tuple[tuple[str, ...], str]:
    """Read a law once: that takes longer than answering a request."""
    try:
        return form_rules(open_law(law).on(dict(dates))).counties, ""
    except (InputError, NotInForceError) as problem:
        return (), told(problem)
