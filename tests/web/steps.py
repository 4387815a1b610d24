"""A job for tests, and a worker that knows it: `python steps.py` works until it dies.

The job takes steps. Each leaves a file, and is kept only when that is written. Where it
is told to, it waits, once, to be killed: nobody need be quick to come in time.
"""

import os
import time
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()

from plebiscite.web.jobs.work import job


@job("test.steps")
def steps(task):
    place, count = Path(task.given["place"]), task.given["steps"]
    for step in range(task.kept.get("step", 0), count):
        (place / f"{step}.txt").write_text(f"{os.getpid()}")
        wait_for_the_end(task, f"{step} written")
        task.keep(step=step + 1)
        wait_for_the_end(task, f"{step} kept")
        task.progress("steps", step + 1, count)
    return {"steps": len(list(place.glob("*.txt")))}


def wait_for_the_end(task, where):
    """Wait to be killed, if it is to happen here and has not happened yet."""
    mark = Path(task.given["place"]) / where
    if where in task.given["ends"] and not mark.exists():
        mark.touch()
        while True:
            time.sleep(60)


@job("test.alone")
def alone(task):
    """Fail if another job with the same lock is at work."""
    mark = Path(task.given["place"]) / "at-work"
    mark.open("x").close()
    time.sleep(0.05)
    mark.unlink()
    return {}


if __name__ == "__main__":
    from plebiscite.web.jobs.worker import main

    main()
