"""The table of jobs, and of pulses: who is alive."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class Job(models.Model):
    """A piece of long work.

    Attributes:
        kind: the name under which the work is known.
        given: what it was asked to do, as data.
        kept: its checkpoint: where a new run takes it up.
        result: what came of it, as data.
        lock: jobs with the same lock follow one another; "" for none.
        what, done, total: its progress, in words and steps.
        problem: why it failed, in words for the person who asked for it.
        refusals: one sentence for each bad row, at most `SHOWN`.
        attempts: how often it was taken up; more than one after a crash.
        worker: who is at it: the name of a lock file that the worker holds.

    """

    SHOWN = 500

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    given = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    lock = models.CharField(max_length=200, blank=True, default="")
    measure = models.CharField(max_length=120, blank=True, default="")
    county = models.CharField(max_length=80, blank=True, default="")
    by = models.CharField(max_length=254)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    what = models.CharField(max_length=200, blank=True, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    problem = models.TextField(blank=True, default="")
    refusals = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True, default="")
    stop_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=now, editable=False)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    next_url = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["lock"],
                condition=Q(state="running") & ~Q(lock=""),
                name="one_job_at_a_time_per_lock",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in {State.DONE, State.FAILED, State.STOPPED}


class Pulse(models.Model):
    """When something was last alive: the health page writes one."""

    name = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
