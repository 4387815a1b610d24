"""How public pages answer: the same bytes to everybody, kept until a file changes.

Nothing in them depends on who asks. So they carry an ETag, may be kept by any cache for
a minute, and a static mirror holds the very same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plebiscite.errors import PlebisciteError, RecordError
from plebiscite.petition.measure import EARLIEST
from plebiscite.report.page.page import Page
from plebiscite.web.accounts.access import public
from plebiscite.web.frame.answers import tagged
from plebiscite.web.measures import shelf

FRESH_SECONDS = 60
OPEN_TO_ALL = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}
"""What may stand in other sites' pages: data, badges, pictures."""


def published(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to everybody; what it reads that is not there, is not found."""

    @public
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except RecordError as problem:
            return _broken(request, kwargs.get("measure", ""), str(problem))
        except PlebisciteError as problem:
            raise Http404(str(problem)) from problem
        return _kept(request, response)

    return answer


def _broken(request: HttpRequest, measure: str, words: str) -> HttpResponse:
    """Say that a record is not whole: none of its numbers may be taken for true."""
    told = {"measure": measure, "words": words.partition("docket.jsonl: ")[2] or words}
    return render(request, "measures/broken.html", told, status=503)


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != HTTPStatus.OK or response.streaming:
        return response
    response = tagged(request, response)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def page(request: HttpRequest, measure: str) -> Page:
    """Return a measure's page as of the day asked about (``?on=2017-03-01``) or today.

    Raises:
        InputError: there is no such measure.
        Http404: the day is none.

    """
    return shelf.page_of(measure, day_asked(request))


def day_asked(request: HttpRequest) -> date:
    """Return the day a page is asked as of; today without one, or with a later one."""
    asked = request.GET.get("on", "")
    try:
        day = date.fromisoformat(asked) if asked else None
    except ValueError as problem:
        raise Http404("write the day as 2017-03-01") from problem
    if day is not None and day < EARLIEST:
        raise Http404("no record reaches so far back")
    return shelf.day_shown(day)


def file(
    content: str | bytes, kind: str, *, name: str = "", to_all: bool = True
) -> HttpResponse:
    """Return a file; with a `name`, one to be saved under it."""
    response = HttpResponse(content, content_type=kind)
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if to_all:
        for header, value in OPEN_TO_ALL.items():
            response.headers[header] = value
    return response


@lru_cache(maxsize=64)
def drawn_once(draw: Callable[[str], bytes], svg: str) -> bytes:
    """Return a drawing as PNG; the same drawing is drawn once."""
    return draw(svg)
