"""What needs a key: who one is, and one's jobs."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router
from ninja.security import HttpBearer

from plebiscite.web.accounts.models import Token
from plebiscite.web.accounts.tokens import bearer, seat_behind
from plebiscite.web.api.answers import slice_of
from plebiscite.web.api.public import Number, Size
from plebiscite.web.api.shapes import Error, JobRow, Me, Slice
from plebiscite.web.jobs.models import Job

NOT_YOURS = {401: Error, 403: Error}


class Key(HttpBearer):
    """A key that has a scope; anything else is refused."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """Return the key, None for none that works.

        Raises:
            PermissionDenied: it lacks the scope.

        """
        found = bearer(request)
        if found is not None and self.scope and self.scope not in found.scopes:
            raise PermissionDenied
        return found


class Opened(HttpRequest):
    """A request that a key opened, as ninja hands it on."""

    auth: Token


router = Router(tags=["with a key"])


def key_of(request: HttpRequest) -> Token:
    """Return the key that opened an operation."""
    return cast("Opened", request).auth


@router.get("/me", auth=Key(), response={200: Me, **NOT_YOURS})
def me(request: HttpRequest) -> dict[str, Any]:
    """Say whom the key acts for, with the roles they hold now."""
    key = key_of(request)
    return {
        "email": key.user.email,
        "name": key.user.name,
        "scopes": key.scopes,
        "roles": [
            {
                "role": each.role,
                "measure": each.measure,
                "county": each.county,
                "chapter": each.chapter,
            }
            for each in seat_behind(key).grants
        ],
    }


@router.get(
    "/jobs", auth=Key("jobs"), response={200: Slice[JobRow], 422: Error, **NOT_YOURS}
)
def jobs(request: HttpRequest, page: Number = 1, size: Size = 50) -> dict[str, Any]:
    """List one's own jobs, newest first.

    The key needs the scope `jobs`.
    """
    found = Job.objects.filter(by=key_of(request).user.email).order_by("-asked_at")
    return slice_of(request, found, page=page, size=size, count=found.count(), row=_job)


@router.get(
    "/jobs/{uuid:job}",
    auth=Key("jobs"),
    response={200: JobRow, 404: Error, 422: Error, **NOT_YOURS},
)
def job(request: HttpRequest, job: UUID) -> dict[str, Any]:
    """Say how far one of one's own jobs is, and what came of it.

    The key needs the scope `jobs`.
    """
    found = Job.objects.filter(pk=job, by=key_of(request).user.email).first()
    if found is None:
        raise Http404
    return _job(found)


def _job(found: Job) -> dict[str, Any]:
    fields = JobRow.model_fields.keys() - {"id"}
    return {name: getattr(found, name) for name in fields} | {"id": str(found.pk)}
