"""Work that is looked for once a day, by whichever worker comes first.

    @daily("county.retention")               in the module `work.py` of an app
    def look(today: date) -> None:
        …                                    start a job for what is due

The day on which it was last looked for stands in the database; the worker that moves it
on is the one that looks. A look that fails is noted, and made again the next day.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, make_aware

from plebiscite.web.jobs.models import Pulse

LOG = logging.getLogger(__name__)
LOOKS: dict[str, Callable[[date], None]] = {}


def daily(name: str) -> Callable[[Callable[[date], None]], Callable[[date], None]]:
    """Have a function called once a day, with the day."""

    def note(look: Callable[[date], None]) -> Callable[[date], None]:
        LOOKS[name] = look
        return look

    return note


def look_daily(at: datetime) -> list[str]:
    """Look for what no worker has looked for today; return the names."""
    today = localdate(at)
    begun = make_aware(datetime.combine(today, time()))
    mine = [name for name in sorted(LOOKS) if _is_mine(f"daily:{name}", begun, at)]
    for name in mine:
        try:
            LOOKS[name](today)
        except Exception:
            LOG.exception("the daily look %s failed", name)
    return mine


def _is_mine(name: str, begun: datetime, at: datetime) -> bool:
    """Move the day on, if nobody else has; whether it was us."""
    if Pulse.objects.filter(name=name, beat_at__lt=begun).update(beat_at=at):
        return True
    if Pulse.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Pulse.objects.create(name=name, beat_at=at)
    except IntegrityError:
        return False
    return True
