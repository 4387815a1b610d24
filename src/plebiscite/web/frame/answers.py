"""What pages and the API answer alike: whole addresses, ETags, errors for programs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CODES = {
    400: "bad_request",
    401: "no_key",
    403: "not_allowed",
    404: "not_found",
    405: "wrong_method",
    409: "conflict",
    413: "too_large",
    422: "refused",
    429: "too_many",
    503: "crowded",
}
"""HTTP statuses, and the word each is for programs."""


def site_address(request: HttpRequest) -> str:
    """Return where this site is, as the public knows it, without a slash at the end."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def whole_address(request: HttpRequest, path: str) -> str:
    """Return an address of this site with its host."""
    return f"{site_address(request)}{path}"


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give an answer its ETag; where the reader has it already, say only that (304)."""
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):  # a list, or weak: still it
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    response.headers["ETag"] = tag
    return response


def failed(
    status: int, message: str, refusals: Sequence[dict[str, str]] = ()
) -> dict[str, Any]:
    """Return the body of an error, as programs read it."""
    return {
        "error": {
            "code": CODES.get(status, "our_fault"),
            "message": message,
            "refusals": list(refusals),
        }
    }
