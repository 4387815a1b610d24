"""No view is open that does not say to whom; no desk is left open when nobody is at it.

Django calls `process_view` with the view it found: one without an `access` mark is
refused here, whatever it would have done.
"""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

SEEN = "seen_at"
GRAIN_SECONDS = 60
"""A session's last use is written down at most so often."""


class deny_by_default:  # noqa: N801 - named in the settings like a function
    """Refuses unmarked views; ends a session that nobody used for a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: list[Any],
        kwargs: dict[str, Any],
    ) -> None:
        """Refuse a view without a mark; for others than public ones, mind the clock."""
        access = getattr(view, "access", None)
        if access is None:
            raise PermissionDenied
        if access != "public":
            _mind_the_clock(request)


def _mind_the_clock(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        return
    now, seen = int(time()), request.session.get(SEEN)
    if seen is not None and now - seen > settings.IDLE_SECONDS:
        logout(request)
    elif seen is None or now - seen >= GRAIN_SECONDS:
        request.session[SEEN] = now
