"""A job for tests, and a worker that knows it: `python steps.py` works until it dies.

The job takes steps. Each leaves a file, and is kept only when that is written.
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
        task.keep(step=step + 1)
        task.progress("steps", step + 1, count)
        time.sleep(task.given["pause"])
    return {"steps": len(list(place.glob("*.txt")))}


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
