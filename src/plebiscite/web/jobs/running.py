"""One job at work: its progress written down, and how it ended."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any

from django.utils.timezone import now

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError, PlebisciteError
from plebiscite.web.jobs.models import Job, State
from plebiscite.web.jobs.work import KINDS, Stopped

LOG = logging.getLogger(__name__)
BETWEEN_SECONDS = 1 / 2
"""Progress is written down at most so often: it costs a transaction."""


class Running:
    """A job at work: the `Task` that its function gets."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told = 0.0

    @property
    def given(self) -> Mapping[str, Any]:
        """What it was asked to do."""
        return dict(self.job.given)

    @property
    def kept(self) -> Mapping[str, Any]:
        """What an earlier run of it kept."""
        return dict(self.job.kept)

    def keep(self, **facts: Json) -> None:
        """Remember `facts` for a later run, at once and for good."""
        self.job.kept = {**self.job.kept, **facts}
        Job.objects.filter(pk=self.job.pk).update(kept=self.job.kept)

    def progress(self, what: str, done: int, total: int) -> None:
        """Write down how far it is, now and then; stop if that was asked.

        Raises:
            Stopped: somebody asked it to stop.

        """
        if monotonic() - self._told < BETWEEN_SECONDS and done < total:
            return
        self._told = monotonic()
        mine = Job.objects.filter(pk=self.job.pk)
        mine.update(what=what[:200], done=done, total=total)
        if mine.filter(stop_asked=True).exists():
            raise Stopped


def run(job: Job) -> None:
    """Do the work of a job that was taken, and write down how it ended."""
    try:
        result = KINDS[job.kind].work(Running(job))
    except Stopped:
        _end(job, state=State.STOPPED)
    except PlebisciteError as problem:
        _end(job, state=State.FAILED, **_told(problem))
    except Exception:
        LOG.exception("job %s (%s) failed", job.pk, job.kind)
        words = "This is a fault of ours, not of your input; it has been noted."
        _end(job, state=State.FAILED, problem=words)
    else:
        told = Job.objects.get(pk=job.pk)
        _end(job, state=State.DONE, result=dict(result), done=told.total)


def _end(job: Job, **changes: Any) -> None:
    Job.objects.filter(pk=job.pk).update(ended_at=now(), worker="", **changes)


def _told(problem: PlebisciteError) -> dict[str, Any]:
    """Return the words of a refusal, and a sentence for each bad row."""
    rows = problem.refusals if isinstance(problem, InputError) else ()
    return {
        "problem": str(problem).partition("\n  ")[0],
        "refusals": [str(each) for each in rows[: Job.SHOWN]],
    }
