"""What every page of a campaign's desk shares: its frame, its places, its refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.web.campaign.desk import Desk

PLACES: tuple[tuple[str, str | Promise], ...] = (
    ("desk", _("Desk")),
    ("chapters", _("Chapters")),
    ("circulators", _("Circulators")),
    ("volunteers", _("Volunteers")),
    ("sheets", _("Sheets")),
    ("bundles", _("Bundles")),
    ("intake", _("Intake")),
    ("pace", _("Pace")),
    ("validity", _("Validity")),
    ("to_file", _("How many to file")),
    ("money", _("Money")),
    ("budget", _("Budget")),
    ("filing", _("Filing")),
)
LEAD_ONLY = frozenset({"to_file", "money", "budget", "filing"})
"""What is the whole campaign's, and no chapter's."""
HERE: Mapping[str, str] = {
    "bundle": "bundles",
    "circulator": "circulators",
    "checked": "intake",
}
"""The place that is marked while a page below it is shown."""
REFUSED = 422
SHOWN = 20


def show(
    request: HttpRequest,
    template: str,
    desk: Desk,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render ``campaign/<template>.html``, which extends ``campaign/frame.html``.

    The last part of `template` is the name of its route. A template finds `desk`,
    `measure` (its id), `places`, `here`, and `problem` where something was refused.
    """
    name = template.rpartition("/")[2]
    return render(
        request,
        f"campaign/{template}.html",
        {
            "desk": desk,
            "measure": desk.measure.id,
            "places": [each for each in PLACES if each[0] not in _hidden(desk)],
            "here": HERE.get(name, name),
            **(context or {}),
        },
        status=status,
    )


def _hidden(desk: Desk) -> frozenset[str]:
    """Return the places that are not for the person at a desk."""
    common = frozenset() if desk.sees is None else LEAD_ONLY
    return common if desk.works is None or desk.works else common | {"volunteers"}


def done(
    request: HttpRequest, act: Callable[[], str], route: str, **kwargs: Any
) -> HttpResponse | str:
    """Do what a form asks: redirect to a route with words of success, or the refusal.

    answer = done(request, act, "campaign:chapters", measure=measure)
    if not isinstance(answer, str):
        return answer
    return show(request, "people/chapters", desk, {"problem": answer, …}, status=422)
    """
    try:
        said = act()
    except PlebisciteError as problem:
        return told(problem)
    messages.success(request, said)
    answer: HttpResponse = redirect(route, **kwargs)
    return answer


def told(problem: PlebisciteError) -> str:
    """Return a refusal in words: a line for each reason, the first of many."""
    rows = problem.refusals if isinstance(problem, InputError) else ()
    first = str(problem).partition("\n  ")[0]
    said = "\n".join([first, *(str(each) for each in rows[:SHOWN])])
    # Where the site keeps its files is nobody's business.
    return said.replace(f"{settings.HOME}/measures/", "")
