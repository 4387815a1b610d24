"""A docket: read by anybody, added to with a key."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.timezone import now
from ninja import Router

from plebiscite.docket import store
from plebiscite.errors import InputError
from plebiscite.web.accounts.roles import Role
from plebiscite.web.accounts.tokens import seat_behind
from plebiscite.web.api.answers import slice_of
from plebiscite.web.api.private import NOT_YOURS, Key, key_of
from plebiscite.web.api.public import WRONG, Number, Size, page_of
from plebiscite.web.api.shapes import Error, Event, Happened, Slice
from plebiscite.web.measures import shelf

router = Router(tags=["docket"])


@router.get("/measures/{path:measure}/docket", response={200: Slice[Event], **WRONG})
def docket(
    request: HttpRequest, measure: str, page: Number = 1, size: Size = 100
) -> dict[str, Any]:
    """Give the events of the docket, oldest first, as its lines say them."""
    found = page_of(measure, None)
    events = store.read(found.record.folder) if found.has_docket else []
    return slice_of(request, events, page=page, size=size, count=len(events))


@router.post(
    "/measures/{path:measure}/docket",
    auth=Key("record"),
    response={201: list[Event], 404: Error, 422: Error, **NOT_YOURS},
)
def record(
    request: HttpRequest, measure: str, happened: Happened
) -> tuple[int, list[dict[str, Any]]]:
    """Record an event in the docket; said twice, it is recorded once.

    For the state office of the measure, with a key of the scope `record`. The docket
    refuses what may not follow.
    """
    if not seat_behind(key_of(request)).may(Role.STATE, measure=measure):
        raise PermissionDenied
    try:
        folder = shelf.folder_of(measure)
    except InputError as unknown:
        raise Http404 from unknown
    if not folder.is_relative_to(shelf.shelf()):
        raise InputError(f"{measure} is not kept here; take its folder in first")
    added = store.append(
        folder,
        [store.Happening(**happened.model_dump())],
        recorded_at=now(),
        once=True,
    )
    shelf.index(measure)
    return 201, [each.as_data() for each in added]
