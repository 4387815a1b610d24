"""How the API answers: pages of a list, ETags, and one shape for every error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import (
    AuthenticationError,
    AuthorizationError,
    HttpError,
    ValidationError,
)

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.web.frame.answers import failed, tagged, whole_address

MOST = 500
LARGEST_PAGE = 1_000_000


def slice_of(
    request: HttpRequest,
    found: Sequence[Any] | Any,
    *,
    page: int,
    size: int,
    count: int,
    row: Callable[[Any], Any] = lambda each: each,
) -> dict[str, Any]:
    """Return one page of a list; past its end, an empty one."""
    begin = (page - 1) * size
    return {
        "count": count,
        "items": [row(each) for each in found[begin : begin + size]],
        "next": _page(request, page + 1) if begin + size < count else None,
        "previous": _page(request, page - 1) if page > 1 else None,
    }


def _page(request: HttpRequest, number: int) -> str:
    said = request.GET.copy()
    said["page"] = str(number)
    path = f"{request.path}?{urlencode(list(said.lists()), doseq=True)}"
    return whole_address(request, path)


def answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give each answer its ETag, and say who may keep it; keys need no form token."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allow = response.headers["Allow"]
            said = failed(response.status_code, f"this address takes {allow} only")
            response = JsonResponse(
                said, status=response.status_code, headers={"Allow": allow}
            )
        is_read = request.method in {"GET", "HEAD"}
        if not is_read or response.status_code != HTTPStatus.OK:
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        response = tagged(request, response)
        private = "Authorization" in request.headers
        response.headers["Cache-Control"] = (
            "private, no-cache" if private else "public, max-age=60"
        )
        response.headers["Vary"] = "Authorization"
        if not private:
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def explain(api: NinjaAPI) -> None:
    """Turn every fault of an operation into the one shape."""

    def say(kind: type[Exception], status: int, words: str = "") -> None:
        @api.exception_handler(kind)
        def told(request: HttpRequest, problem: Exception) -> HttpResponse:
            return api.create_response(
                request, failed(status, words or str(problem)), status=status
            )

    say(PlebisciteError, 422)
    say(Http404, 404, "there is nothing of that name here")
    say(AuthenticationError, 401, "send a key: Authorization: Bearer plb_…")
    say(AuthorizationError, 403, "the key may not do this")
    say(PermissionDenied, 403, "the key, or whom it acts for, may not do this")

    @api.exception_handler(HttpError)
    def told(request: HttpRequest, problem: HttpError) -> HttpResponse:
        return api.create_response(
            request,
            failed(problem.status_code, problem.message),
            status=problem.status_code,
        )

    @api.exception_handler(InputError)
    def rows(request: HttpRequest, problem: InputError) -> HttpResponse:
        refused = [
            {"where": f"row {each.row}" if each.row else "", "problem": each.problem}
            for each in problem.refusals
        ]
        said = failed(422, str(problem).partition("\n  ")[0], refused)
        return api.create_response(request, said, status=422)

    @api.exception_handler(ValidationError)
    def unread(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        refused = [
            {"where": ".".join(map(str, each["loc"])), "problem": str(each["msg"])}
            for each in problem.errors
        ]
        words = "what was sent does not have the right form"
        return api.create_response(request, failed(422, words, refused), status=422)
