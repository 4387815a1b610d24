"""Saying what a job does, and asking for one.

    @job("county.roll")                      in the module `work.py` of an app
    def build(task: Task) -> dict[str, Json]:
        build_roll(Path(task.given["upload"]), progress=task.progress, …)
        return {"voters": 12}

    start("county.roll", title=…, given={…}, by=seat.user.email, lock="roll:alpine")

A job may be cut off at any moment and run again from its start: it writes whole files
or asks what is there already. What it wants to remember between runs it `keep`s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from plebiscite.core.canonical import Json
from plebiscite.web.jobs.models import Job, State

Result: TypeAlias = Mapping[str, Json]
OPEN = (State.WAITING, State.RUNNING)


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """Raised inside a job by `Task.progress` when it was asked to stop."""


class Task(Protocol):
    """What a job gets: what was asked, where it stood, and how to tell how it goes."""

    @property
    def given(self) -> Mapping[str, Any]:
        """What it was asked to do."""

    @property
    def kept(self) -> Mapping[str, Any]:
        """What an earlier run of it kept; {} in the first."""

    @property
    def job(self) -> Job:
        """Its row."""

    def keep(self, **facts: Json) -> None:
        """Remember `facts` for a later run, at once and for good."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Tell how far it is: a `plebiscite.core.progress.Progress`.

        Raises:
            Stopped: somebody asked it to stop.

        """


Work: TypeAlias = Callable[[Task], Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of job: its name and what it does."""

    name: str
    work: Work


KINDS: dict[str, Kind] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Make a function the work of the jobs called `name`."""

    def note(work: Work) -> Work:
        if name in KINDS and KINDS[name].work is not work:
            raise ValueError(f"two jobs are called {name!r}")
        KINDS[name] = Kind(name=name, work=work)
        return work

    return note


def start(
    kind: str,
    *,
    title: str,
    by: str,
    given: Mapping[str, Json] | None = None,
    lock: str = "",
    measure: str = "",
    county: str = "",
    next_url: str = "",
) -> Job:
    """Queue a job, and return its row; its page is ``jobs:show``.

    Inside a transaction it is queued when that commits. `title` says it to a person;
    `next_url` is where its page leads when it is done.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no job {kind!r}; known: {', '.join(sorted(KINDS))}")
    return Job.objects.create(
        kind=kind,
        title=title,
        by=by,
        given=dict(given or {}),
        lock=lock,
        measure=measure,
        county=county,
        next_url=next_url,
    )


def is_busy(lock: str) -> bool:
    """Whether a job with this lock runs or waits."""
    return Job.objects.filter(lock=lock, state__in=OPEN).exists()


def is_asked(kind: str, **given: Json) -> bool:
    """Whether a job of this kind that was given just this runs or waits."""
    told = {f"given__{name}": value for name, value in given.items()}
    return Job.objects.filter(kind=kind, state__in=OPEN, **told).exists()
