"""A circulator's own page, by a link and without an account."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.errors import PlebisciteError
from plebiscite.petition.campaign.chapters import chapters
from plebiscite.petition.form.language import language, languages
from plebiscite.petition.form.layout import Paper
from plebiscite.petition.measure import read_measure
from plebiscite.web.accounts.access import public
from plebiscite.web.campaign.given import number, sections, words
from plebiscite.web.campaign.page import REFUSED, told
from plebiscite.web.campaign.sheets.carrying import (
    AT_ONCE,
    Carrier,
    carrier_of,
    take_sheets,
    tell,
    told_of,
)
from plebiscite.web.campaign.sheets.views import counties_of, wished

GONE = 410


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest, token: str) -> HttpResponse:
    """Show a circulator what is out with them; take sheets; tell what comes back."""
    carrier, problem = carrier_of(token), ""
    if carrier is None:
        return render(request, "campaign/people/link_is_old.html", status=GONE)
    if request.method == "POST":
        try:
            _do(request, carrier)
        except PlebisciteError as refusal:
            problem = told(refusal)
        else:
            return redirect("campaign:carry", token=token)
    measure = read_measure(carrier.folder)
    counties, why_not = counties_of(measure)
    held = carrier.holds()
    return render(
        request,
        "campaign/people/carry.html",
        {
            "measure": measure,
            "carrier": carrier,
            "chapter": chapters(carrier.campaign)[carrier.circulator.chapter],
            "token": token,
            "held": [(each, told_of(measure.id, each.bundle)) for each in held],
            "files": carrier.files(),
            "counties": counties,
            "why_not": why_not,
            "languages": [(code, language(code).name) for code in languages()],
            "papers": [(each.name, each.name.capitalize()) for each in Paper],
            "at_once": AT_ONCE,
            "problem": problem,
            "said": request.POST,
        },
        status=REFUSED if problem else 200,
    )


@public
@never_cache
@require_safe
def carried_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Give a circulator the file of sections that are out with them."""
    carrier = carrier_of(token)
    found = carrier.files().get(name) if carrier else None
    if found is None:
        raise Http404
    answer = FileResponse(
        found.open("rb"),
        as_attachment=True,
        filename=f"sections-{name}",
        content_type="application/pdf",
    )
    return cast("HttpResponse", answer)


def _do(request: HttpRequest, carrier: Carrier) -> None:
    """Do what the page's form asks for."""
    if words(request, "act") == "tell":
        lines = number(request, "lines", _("Lines in all"))
        tell(carrier, words(request, "bundle"), lines, sections(request, "missing"))
    else:
        take_sheets(carrier, wished(request, carrier.circulator.chapter))
