"""The long work of the county desk, done in the background."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import now

from plebiscite.core.canonical import Json
from plebiscite.web.county.closing.certify import certify_desk
from plebiscite.web.county.files.take import take
from plebiscite.web.county.models import Desk, Upload
from plebiscite.web.county.queue.prepare import prepare
from plebiscite.web.county.ready import is_ready_for_queue
from plebiscite.web.jobs.models import Job
from plebiscite.web.jobs.work import Task, job, start


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
        next_url=f"/county/{desk.measure}/{desk.county}/",
    )
