"""The long work of the county desk, done in the background."""

from __future__ import annotations

import logging
from datetime import date

from django.urls import reverse
from django.utils.timezone import now

from plebiscite.core.canonical import Json
from plebiscite.web.county.closing.certify import certify_desk
from plebiscite.web.county.files.cut_off import sweep
from plebiscite.web.county.files.take import take
from plebiscite.web.county.models import Desk, Upload
from plebiscite.web.county.queue.prepare import prepare
from plebiscite.web.county.ready import is_ready_for_queue
from plebiscite.web.county.retention import purge
from plebiscite.web.county.retention.purge import start_purge
from plebiscite.web.county.retention.term import holds, term_of
from plebiscite.web.jobs.daily import daily
from plebiscite.web.jobs.models import Job
from plebiscite.web.jobs.work import Task, job, start

LOG = logging.getLogger(__name__)


@job("county.take")
def take_file(task: Task) -> dict[str, Json]:
    """Take a file over; then, where nothing else is missing, make the queue ready."""
    upload = Upload.objects.select_related("desk").get(pk=task.given["upload"])
    take(upload, task.progress)
    desk = Desk.objects.get(pk=upload.desk_id)
    if is_ready_for_queue(desk):
        start_queue(desk, by=task.job.by)
    return {"rows": upload.rows, "told": upload.told}


@job("county.queue")
def make_queue(task: Task) -> dict[str, Json]:
    """Make the queue ready."""
    desk = Desk.objects.get(pk=task.given["desk"])
    return {"lines": prepare(desk, now=now(), progress=task.progress)}


@job("county.certify")
def certify(task: Task) -> dict[str, Json]:
    """Issue the certificate, with its bundle."""
    desk = Desk.objects.get(pk=task.given["desk"])
    made = certify_desk(
        desk,
        part=bool(task.given["part"]),
        issued_on=date.fromisoformat(task.given["day"]),
        by=str(task.given["name"]),
        at=now(),
        progress=task.progress,
    )
    return {"head": made.head, "standing": made.standing}


@job("county.purge")
def destroy(task: Task) -> dict[str, Json]:
    """Destroy the data of signers at a desk whose term has ended."""
    desk = Desk.objects.get(pk=task.given["desk"])
    begun = purge.begin(desk, by=str(task.given["name"]), at=now())
    done = purge.destroy(begun, at=now(), progress=task.progress)
    return {"files": done["files"], "kept_until": done["kept_until"]}


@daily("county.retention")
def look_for_ended_terms(today: date) -> None:
    """Destroy what somebody asked to have destroyed, on the day its term has ended.

    A destruction that was begun and cut off for good is taken up again.
    """
    for desk in Desk.objects.filter(purged_at=None).exclude(purge_asked_at=None):
        if not holds(desk) and term_of(desk, today).is_over:
            start_purge(desk, name=desk.purge_asked_by, by="")
    for desk in Desk.objects.exclude(purged_at=None):
        if not desk.purge.get("ended_at"):
            start_purge(desk, name=str(desk.purge["by"]), by="")


@daily("county.cut_off")
def look_for_files_cut_off(_today: date) -> None:
    """Remove what was handed in when the site was killed, before it had a row."""
    for desk in Desk.objects.all():
        for name in sweep(desk, now()):
            LOG.warning(
                "%s, %s: %s had no row and is gone", desk.measure, desk.county, name
            )


def start_queue(desk: Desk, *, by: str) -> Job:
    """Queue the making of the queue."""
    return start(
        "county.queue",
        title=f"{desk.county}: the queue",
        given={"desk": desk.pk},
        by=by,
        lock=f"county:{desk.pk}",
        measure=desk.measure,
        county=desk.county,
        next_url=reverse("county:board", args=[desk.measure, desk.county]),
    )
