"""Jobs: killed and taken up again, alone where they share a lock, stopped, refused."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path

import psycopg
import pytest
from cluster import postgresql, why_not
from county_whole import Copies, connected

HERE = Path(__file__).parent
PATIENCE_S = 600


class Desk:
    """A home with tables, in which jobs are asked for and workers started."""

    def __init__(self, home, database):
        self.home = home
        self.environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("PLEBISCITE_")},
            "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
            "PLEBISCITE_HOME": str(home),
            "PYTHONPATH": str(HERE),
            **({"PLEBISCITE_DATABASE": database} if database else {}),
        }
        self.database = database

    def make(self):
        """Make the home and its tables."""
        from plebiscite.web.serve import make_home

        make_home(self.home)
        self._run(
            "import django; django.setup()\n"
            "from django.core.management import call_command\n"
            "call_command('migrate', verbosity=0)\n"
        )

    def ask(self, *jobs, more=""):
        """Ask for jobs: (kind, lock, given); then run `more`."""
        self._run(
            "import django; django.setup(); import json, steps\n"
            "from plebiscite.web.jobs.models import Job\n"
            "from plebiscite.web.jobs.work import start\n"
            f"for kind, lock, given in {jobs!r}:\n"
            "    start(kind, title='T', by='a@b', given=given, lock=lock)\n"
            f"{more}"
        )

    def _run(self, code):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def rows(self):
        """Return the jobs, asked of the database itself."""
        wanted = ("state", "attempts", "kept", "result", "problem")
        asked = f"SELECT {', '.join(wanted)} FROM jobs_job"  # noqa: S608 - ours
        if self.database:
            with psycopg.connect(self.database) as connection:
                found = connection.execute(asked).fetchall()
        else:
            # Not read-only: what a killed worker left half done must be taken back.
            path = self.home / "plebiscite.sqlite3"
            with closing(sqlite3.connect(path, timeout=PATIENCE_S)) as connection:
                found = connection.execute(asked).fetchall()
        return [
            {
                name: json.loads(value)
                if name in {"kept", "result"} and isinstance(value, str)
                else value
                for name, value in zip(wanted, row, strict=True)
            }
            for row in found
        ]

    @contextmanager
    def worker(self):
        process = subprocess.Popen(
            [sys.executable, HERE / "steps.py"], env=self.environ
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def wait(self):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            rows = self.rows()
            if all(each["state"] not in {"waiting", "running"} for each in rows):
                return rows
            time.sleep(0.1)
        raise AssertionError(rows)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    """A desk nobody works at: its copies are worked at."""
    first = Desk(tmp_path_factory.mktemp("jobs") / "first", "")
    first.make()
    return Copies(first, first.home.parent)


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory):
    """The same on PostgreSQL."""
    if reason := why_not():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("jobs")
    with postgresql() as address:
        with connected(address) as cursor:
            cursor.execute("CREATE DATABASE first")
        first = Desk(folder / "first", f"{address.rpartition('/')[0]}/first")
        first.make()
        yield Copies(first, folder)


def copy(copies):
    """Return a desk of its own."""
    made = copies.another()
    return Desk(made.home, made.database)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request):
    return copy(request.getfixturevalue(f"on_{request.param}"))


def until(mark, worker):
    """Wait until a job has come to where it waits to be killed."""
    end = time.monotonic() + PATIENCE_S
    while not mark.exists():
        assert worker.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_job_whose_worker_is_killed_again_and_again_still_ends_right(desk, tmp_path):
    """Kill -9 at three points; the next worker goes on from what was kept."""
    place, ends = tmp_path / "steps", ["3 written", "14 kept", "27 written"]
    place.mkdir()
    desk.ask(("test.steps", "", {"place": str(place), "steps": 40, "ends": ends}))
    for end in ends:
        with desk.worker() as worker:
            until(place / end, worker)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    with desk.worker():
        (row,) = desk.wait()

    assert (row["state"], row["attempts"]) == ("done", 4)
    assert row["result"] == {"steps": 40}
    assert row["kept"] == {"step": 40}
    # Nothing kept was done twice, and what was written and not kept was done again.
    writers = [(place / f"{step}.txt").read_text() for step in range(40)]
    assert [len([*each]) for _, each in groupby(writers)] == [3, 12, 12, 13]


def test_jobs_with_one_lock_follow_one_another_though_two_workers_wait(desk, tmp_path):
    desk.ask(*[("test.alone", "one", {"place": str(tmp_path)})] * 6)
    with desk.worker(), desk.worker():
        rows = desk.wait()

    assert [each["state"] for each in rows] == ["done"] * 6, rows


def test_a_job_that_takes_its_worker_down_each_time_is_given_up(on_sqlite, tmp_path):
    """Oracle: five attempts, then words that say what to look at."""
    from plebiscite.web.jobs.worker import MOST_ATTEMPTS

    desk = copy(on_sqlite)
    desk.ask(
        ("test.steps", "", {"place": str(tmp_path), "steps": 1, "ends": []}),
        more="Job.objects.update(state='running', worker='gone', "
        f"attempts={MOST_ATTEMPTS})",
    )
    with desk.worker():
        (row,) = desk.wait()

    assert row["state"] == "failed"
    assert "memory" in row["problem"]


@pytest.mark.django_db
def test_what_an_idle_worker_left_unfinished_is_put_back_and_no_other_job(tmp_path):
    """A database that went away in the middle leaves a job that nobody is at."""
    from plebiscite.web.jobs.models import Job
    from plebiscite.web.jobs.worker import registered, rescue

    with registered(tmp_path) as mine, registered(tmp_path) as other:
        for name in (mine, other):
            Job.objects.create(kind="x", title=name, state="running", worker=name)
        assert rescue(tmp_path) == 0
        assert rescue(tmp_path, idle=mine) == 1

        states = dict(Job.objects.values_list("title", "state"))
    assert states == {mine: "waiting", other: "running"}
