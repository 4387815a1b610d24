"""The site's acts, cut off: files handed in, jobs, decisions, the database's own steps.

Each act is done as the site does it, by the same functions, in a fork that has opened
the database of its own home; nothing is done twice that the page would not offer twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plebiscite.core.files import whole_folder
from prove.faults.acts import office
from prove.frame.upload import upload

NOON = datetime(2017, 9, 1, 12, tzinfo=UTC)
COUNTY, MEASURE = "Los Angeles", "us/ca/test"
POSTGRESQL = "PROVE_POSTGRESQL"
"""Names an address; without it, SQLite."""
WRITES = ("INSERT", "UPDATE", "DELETE")
WORK, GROUND = "prove_work", "prove_ground"


def warm() -> None:
    """Load Django and the site's modules; open nothing."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "plebiscite.web.settings"
    os.environ["PLEBISCITE_HOME"] = os.environ["PROVE_BASE"]
    os.environ["PLEBISCITE_SECOND_FACTOR"] = "0"
    if os.environ.get(POSTGRESQL):
        os.environ["PLEBISCITE_DATABASE"] = os.environ[POSTGRESQL]
    import django

    django.setup()
    from django.db.migrations.executor import MigrationExecutor

    from plebiscite.web import urls
    from plebiscite.web.county import work

    del urls, work, MigrationExecutor


def opened(at: Path, *, name: str = WORK) -> Path:
    """Open the site whose home is in `at`, with a step at each step of its database."""
    from django.conf import settings
    from django.db import connection, connections

    from plebiscite.core import faultpoints
    from plebiscite.web.database import database

    home = at / "home"
    settings.HOME, settings.MEDIA_ROOT = home, home / "uploads"
    address = os.environ.get(POSTGRESQL, "")
    if address:
        address = address.rpartition("/")[0] + f"/{name}"
    settings.DATABASES["default"].update(database(address, home))
    settings.DATABASES["default"].pop("TEST", None)
    connections.__dict__.pop("settings", None)
    vars(connections)["_settings"] = None  # Django keeps what it read first
    if faultpoints.is_armed():
        _listen(connection)
    return home


def _listen(connection: Any) -> None:
    from plebiscite.core import faultpoints

    def told(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not sql.startswith(WRITES):
            return execute(sql, params, many, context)
        faultpoints.step("before a row")
        answer = execute(sql, params, many, context)
        faultpoints.step("after a row")
        return answer

    connection.execute_wrappers.append(told)
    commit = connection._commit  # noqa: SLF001 # no other place stands at the commit

    def committed() -> Any:
        faultpoints.step("before a commit")
        answer = commit()
        faultpoints.step("after a commit")
        return answer

    connection._commit = committed  # noqa: SLF001


def begun(at: Path) -> None:
    """A site with a desk for a petition of 700 lines, and three people."""
    from django.core.management import call_command

    from plebiscite.web.accounts.models import User
    from plebiscite.web.county.models import Desk
    from plebiscite.web.measures.shelf import take_in
    from plebiscite.web.serve import make_home

    office.docket(at)
    _cleared(GROUND)
    make_home(at / "home")
    opened(at, name=GROUND)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    take_in(at / "m")
    shutil.rmtree(at / "m")
    for who in ("first", "second", "lead"):
        User.objects.create_user(f"{who}@test.invalid", who, None)
    Desk.objects.create(
        measure=MEASURE, title="A", law=office.LAW, county=COUNTY, opened_at=NOON
    )
    closed()


def laid_out(stage: Callable[[Path], None], at: Path) -> None:
    """Lay a stage out; on SQLite from a copy, if it was laid out before."""
    kept = Path(os.environ["PROVE_BASE"]) / "grounds" / stage.__name__
    if os.environ.get(POSTGRESQL):
        stage(at)
    elif kept.is_dir():
        shutil.copytree(kept, at, dirs_exist_ok=True)
    else:
        stage(at)
        with suppress(OSError), whole_folder(kept) as draft:
            shutil.copytree(at, draft, dirs_exist_ok=True)


def handed_in(at: Path) -> None:
    """The same, with every file handed in and none read."""
    laid_out(begun, at)
    opened(at, name=GROUND)
    files = office.base() / "petition"
    upload(_desk(), "roll", office.base() / "v.csv")
    for kind in ("manifest", "lines", "sections"):
        upload(_desk(), kind, files / f"{kind}.csv")
    closed()


def taken(at: Path) -> None:
    """The same, every file read."""
    laid_out(handed_in, at)
    _work(at, GROUND)
    closed()


def committed(at: Path) -> None:
    """The same, its counts committed to."""
    laid_out(taken, at)
    _act(at, _commit, GROUND)
    closed()


def drawn(at: Path) -> None:
    """The same, drawn, the queue asked for."""
    laid_out(committed, at)
    _act(at, _draw, GROUND)
    from plebiscite.web.county.work import start_queue

    start_queue(_desk(), by="x")
    closed()


def queued(at: Path) -> None:
    """The same, its queue made."""
    laid_out(drawn, at)
    _work(at, GROUND)
    closed()


def settled(at: Path) -> None:
    """The same, every line looked at, the count closed, the certificate asked for."""
    laid_out(queued, at)
    opened(at, name=GROUND)
    from plebiscite.web.county.closing.certify import close
    from plebiscite.web.county.models import Line, State
    from plebiscite.web.jobs.work import start

    desk = _desk()
    _decide(desk.lines.exclude(state=State.RECORD))
    Line.objects.filter(desk=desk).exclude(state=State.RECORD).update(
        state=State.SETTLED
    )
    close(desk, at=NOON)
    start(
        "county.certify",
        title="c",
        given={"desk": desk.pk, "part": False, "day": "2017-09-01", "name": "n"},
        by="x",
    )
    closed()


def hand_in(at: Path) -> int:
    """Hand a roll in, unless one is there."""

    def act() -> None:
        if not _desk().uploads.exists():
            upload(_desk(), "roll", office.base() / "v.csv")

    return _act(at, act)


def commit(at: Path) -> int:
    """Commit to the counts."""
    return _act(at, _commit)


def draw(at: Path) -> int:
    """Draw the sample."""
    return _act(at, _draw)


def decide(at: Path) -> int:
    """Decide the first five lines, each once."""

    def act() -> None:
        from plebiscite.web.county.models import State

        first = _desk().lines.exclude(state=State.RECORD).order_by("position")[:5]
        _decide(line for line in first if not line.version)

    return _act(at, act)


def _decide(lines: Iterable[Any]) -> None:
    """Say of each line, once, that it cannot be told."""
    from plebiscite.verify.find.decision import Word
    from plebiscite.web.accounts.models import User
    from plebiscite.web.county.queue.decide import Finding, Sitting, decide

    user = User.objects.get(email="first@test.invalid")
    for line in lines:
        sitting = Sitting(user=user, at=NOON, seen=0)
        decide(line.desk, line.pk, Finding(word=Word("undecided")), sitting)


def work(at: Path, name: str = WORK) -> int:
    """Start a worker after a crash: rescue what was cut off, do all there is to do."""
    return _work(at, name)


def tables(at: Path) -> int:
    """Print what the tables say, without moments; and where they contradict."""
    opened(at)
    from plebiscite.web.county.files.cut_off import NUMBERED
    from plebiscite.web.county.models import Decision, Desk, Line, Upload
    from plebiscite.web.jobs.models import Job

    told = {
        "desks": list(
            Desk.objects.values_list(
                "commitment", "seed", "drawn", "head", "standing", "committed_by"
            )
        ),
        "uploads": list(
            Upload.objects.order_by("id").values_list(
                "kind", "state", "rows", "told", "sha256"
            )
        ),
        "lines": list(
            Line.objects.order_by("position").values_list("line_id", "state", "version")
        ),
        "decisions": list(
            Decision.objects.order_by("id").values_list("line__line_id", "number")
        ),
        "jobs": sorted(Job.objects.values_list("kind", "state", "problem")),
        "files": [
            hashlib.sha256(u.path.read_bytes()).hexdigest()
            for u in Upload.objects.order_by("id")
            if u.path.is_file()
        ],
        # A file without a row is swept after a day, if it has the name of one.
        "never swept": [
            path.name
            for desk in Desk.objects.all()
            for path in (desk.folder / "uploads").glob("[!.]*")
            if path.is_file() and not NUMBERED.fullmatch(path.name)
        ],
        "missing files": [u.pk for u in Upload.objects.all() if not u.path.is_file()],
        "versions without a decision": [
            line.line_id
            for line in Line.objects.all()
            if line.version != line.decisions.count()
        ],
    }
    print(json.dumps(told, default=str))
    return 0


def fresh(_at: Path) -> int:
    """Make the database of the work a copy of the ground's."""
    _cleared(WORK, template=GROUND)
    return 0


def _cleared(name: str, *, template: str = "template0") -> None:
    """Make an empty database on PostgreSQL, or a copy of another."""
    address = os.environ.get(POSTGRESQL)
    if not address:
        return
    import psycopg

    with psycopg.connect(address, autocommit=True) as at:
        at.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = ANY(%s)",
            [[name, template]],
        )
        at.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        at.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


def closed() -> None:
    """Let go of the database, so that it can be copied."""
    from django.db import connection

    connection.close()
    pool = getattr(connection, "close_pool", None)
    if pool is not None:
        pool()


def _desk() -> Any:
    from plebiscite.web.county.models import Desk

    return Desk.objects.get()


def _act(at: Path, act: Callable[[], object], name: str = WORK) -> int:
    """Do an act in the site; a refusal is told and exits 2."""
    from plebiscite.errors import PlebisciteError

    opened(at, name=name)
    try:
        act()
    except PlebisciteError as refusal:
        print(f"Error: {refusal}")
        return 2
    return 0


def _commit() -> None:
    from plebiscite.web.county.drawing.acts import commit_counts

    commit_counts(_desk(), by="n", at=NOON)


def _draw() -> None:
    from plebiscite.web.county.drawing import acts as drawing

    drawing.draw(_desk(), seed=office.SEED, by="n", at=NOON)


def _work(at: Path, name: str) -> int:
    from plebiscite.web.jobs import worker

    home = opened(at, name=name)
    with worker.registered(home / "jobs") as me:
        while True:
            worker.rescue(home / "jobs", idle=me)
            if not worker.take(me):
                return 0
