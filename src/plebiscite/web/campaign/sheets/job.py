"""Printing many sections, in the background."""

from __future__ import annotations

from django.utils import timezone

from plebiscite.core.canonical import Json
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.form.layout import Paper
from plebiscite.web.campaign.desk import kept
from plebiscite.web.campaign.sheets.printing import Wish, print_sections
from plebiscite.web.campaign.sheets.views import JOB
from plebiscite.web.jobs.work import Task, job


@job(JOB)
def print_many(task: Task) -> dict[str, Json]:
    """Print what was asked for; a run that was cut off prints under new serials."""
    if name := task.kept.get("name"):
        return {"name": name}
    given = task.given
    wish = Wish(
        county=given["county"],
        language=given["language"],
        paper=Paper[given["paper"]],
        many=given["many"],
        chapter=given["chapter"],
    )
    booking = Booking(by=given["name"], day=timezone.localdate(), at=timezone.now())
    made = print_sections(kept(given["measure"]), wish, booking, progress=task.progress)
    task.keep(name=made.name)
    return {"name": made.name}
