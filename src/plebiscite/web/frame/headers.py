"""What every answer carries, and what every page may say of the site itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plebiscite import __version__
from plebiscite.web.accounts.access import seat_of
from plebiscite.web.frame.answers import site_address

Answer = Callable[[HttpRequest], HttpResponse]


def headers(get_response: Answer) -> Answer:
    """Add the headers that Django does not, and keep desks out of every cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.headers.get("Vary", "").find("Cookie") >= 0:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return what every template may use: `demo`, `version`, `public_url`, `seat`.

    `seat` is lazy: a page that does not ask for it does not touch the session.
    """
    return {
        "demo": settings.DEMO,
        "version": __version__,
        "public_url": site_address(request),
        "seat": lambda: seat_of(request),
    }
