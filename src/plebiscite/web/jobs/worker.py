"""The worker: takes jobs one after another, and those whose worker has died.

A worker holds a lock on a file of its own; the operating system lets go of it however
the worker ends, so that a job whose worker's file can be locked is known to be orphaned
at once, without a clock. All workers of a site run on one machine.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from types import FrameType
from uuid import uuid4

from django.db import Error, IntegrityError, close_old_connections
from django.db.models import F
from django.utils.timezone import now

REST_SECONDS = 1 / 4
MOST_ATTEMPTS = 5
"""A job that took its worker down so often is given up."""


@contextmanager
def registered(folder: Path) -> Iterator[str]:
    """Hold a lock file in `folder` for as long as the block runs; yield its name."""
    name = uuid4().hex
    path, draft = folder / f"{name}.lock", folder / f".{name}"
    with draft.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        draft.rename(path)  # never there without its lock: nobody takes it for dead
        try:
            yield name
        finally:
            path.unlink(missing_ok=True)


def is_alive(folder: Path, name: str) -> bool:
    """Return whether the worker called `name` still holds its lock file."""
    try:
        with (folder / f"{name}.lock").open("r") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def rescue(folder: Path, idle: str = "") -> int:
    """Put back the jobs whose worker has died; return how many there were.

    So are those of `idle`, the worker that asks: it is at none.
    """
    from plebiscite.web.jobs.models import Job, State

    found = 0
    for each in Job.objects.filter(state=State.RUNNING):
        if each.worker != idle and is_alive(folder, each.worker):
            continue
        given_up = each.attempts >= MOST_ATTEMPTS
        changes = (
            {
                "state": State.FAILED,
                "ended_at": now(),
                "problem": f"It was begun {each.attempts} times and cut off each time; "
                "see whether the machine has enough memory and disk.",
            }
            if given_up
            else {"state": State.WAITING}
        )
        mine = Job.objects.filter(pk=each.pk, state=State.RUNNING, worker=each.worker)
        found += mine.update(worker="", **changes)
    for path in folder.glob("*.lock"):
        if not is_alive(folder, path.stem):
            path.unlink(missing_ok=True)
    return found


def take(worker: str) -> bool:
    """Take the oldest job that may run now and run it; return whether there was one."""
    from plebiscite.web.jobs.models import Job, State
    from plebiscite.web.jobs.running import run

    busy = Job.objects.filter(state=State.RUNNING).exclude(lock="").values("lock")
    waiting = Job.objects.filter(state=State.WAITING).exclude(lock__in=busy)
    for pk in list(waiting.order_by("asked_at").values_list("pk", flat=True)[:20]):
        try:
            mine = Job.objects.filter(pk=pk, state=State.WAITING).update(
                state=State.RUNNING,
                worker=worker,
                attempts=F("attempts") + 1,
                started_at=now(),
                stop_asked=False,
            )
        except IntegrityError:  # another worker took one with the same lock
            continue
        if mine:
            run(Job.objects.get(pk=pk))
            return True
    return False


def _end_with(parent: int) -> None:
    """End this process when its parent has ended, however that ended."""

    def watch() -> None:
        while os.getppid() == parent:
            sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Unwind, so that drafts are taken away; the job is found orphaned and goes on."""
    sys.exit(0)


def main() -> None:
    """Work until the parent ends."""
    _end_with(os.getppid())
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    import django

    django.setup()
    from django.conf import settings

    from plebiscite.web.jobs.daily import look_daily

    folder = settings.HOME / "jobs"
    with registered(folder) as name, suppress(KeyboardInterrupt):
        while True:
            worked = False
            with suppress(Error):  # the database is away for a moment
                rescue(folder, idle=name)
                look_daily(now())
                worked = take(name)
            close_old_connections()
            if not worked:
                sleep(REST_SECONDS)


if __name__ == "__main__":
    main()
