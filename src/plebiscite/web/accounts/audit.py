"""Noting that signer data were read. Call it before the page is made."""

from __future__ import annotations

from django.http import HttpRequest

from plebiscite.web.accounts.access import seat_of
from plebiscite.web.accounts.models import Look


def looked(
    request: HttpRequest,
    what: str,
    subject: str,
    *,
    measure: str,
    county: str = "",
    count: int = 1,
) -> None:
    """Note that whoever sits at the desk read `count` records.

    `what` is a word of the domain (``line``, ``look-up``, ``rejects``, ``image``);
    `subject` a number or id of ours, never a name or an address.
    """
    seat = seat_of(request)
    grant = getattr(request, "grant", None)
    Look.objects.create(
        who=seat.email,
        role=grant.role if grant else "",
        what=what,
        subject=subject,
        measure=measure,
        county=county,
        count=count,
    )
