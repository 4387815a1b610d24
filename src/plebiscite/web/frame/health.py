"""`/healthz`: whether the site can still write and read, not only answer."""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from plebiscite.web.accounts.access import public
from plebiscite.web.jobs.models import Pulse


@public
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Write a row and read it back; 503 where that fails."""
    try:
        with transaction.atomic():
            pulse, _ = Pulse.objects.update_or_create(
                name="healthz", defaults={"beat_at": now()}
            )
            # While the row is ours: another who asks now would write a later moment.
            mine = Pulse.objects.filter(name="healthz", beat_at=pulse.beat_at)
            sound = mine.exists()
    except DatabaseError:
        sound = False
    return JsonResponse(
        {"status": "ok" if sound else "failing", "database": connection.vendor},
        status=200 if sound else 503,
    )
