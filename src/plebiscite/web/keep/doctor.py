"""Whether this machine and the site are sound: one line each, and what to do."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localdate

from plebiscite.docket import store
from plebiscite.errors import PlebisciteError

LEAST_FREE = 2 * 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at.

    Attributes:
        name: what.
        sound: whether it is as it should be; None where that cannot be said.
        words: how it is.
        remedy: what to do; "" where nothing.

    """

    name: str
    sound: bool | None
    words: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at everything; nothing is changed but a table made and dropped."""
    looks: list[Callable[[], Iterator[Finding]]] = [
        _python,
        _kernel,
        _home,
        _space,
        _database,
        _dockets,
        _retention,
        _settings,
    ]
    return [finding for look in looks for finding in look()]


def _python() -> Iterator[Finding]:
    said = ".".join(map(str, sys.version_info[:3]))
    yield Finding(name="python", sound=True, words=said)


def _kernel() -> Iterator[Finding]:
    if find_spec("plebiscite.match._kernel") is None:
        words = "not built: matching takes about ten times longer, with equal results"
        yield Finding(
            name="kernel",
            sound=None,
            words=words,
            remedy="see docs/how-to/build-the-kernel.md",
        )
    else:
        yield Finding(name="kernel", sound=True, words="built")


def _home() -> Iterator[Finding]:
    home: Path = settings.HOME
    open_to_others = [
        path
        for path in (home, home / "secret", home / "measures", home / "uploads")
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    yield Finding(
        name="home",
        sound=not open_to_others,
        words=f"{home}" + (", open to other users" if open_to_others else ""),
        remedy=f"chmod -R go= {home}" if open_to_others else "",
    )


def _space() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOME).free
    yield Finding(
        name="disk",
        sound=free >= LEAST_FREE,
        words=f"{free // 2**20:,} MiB free",
        remedy="" if free >= LEAST_FREE else "free some space: 2 GiB at least",
    )


DAMAGED = (
    "stop the site, keep the file for whoever can read it, and restore the last backup "
    "(plebiscite restore)"
)


def _damage() -> str:
    """Return what SQLite finds wrong with its own file, in short; "" for nothing."""
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(3)")
        said = [row[0] for row in cursor.fetchall()]
    if said == ["ok"]:
        return ""
    return f"sqlite: the file is damaged ({len(said)} faults or more)"


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE doctor_was_here (n integer)")
            cursor.execute("DROP TABLE doctor_was_here")
        damage = _damage()
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        damaged = "malformed" in str(problem) or "not a database" in str(problem)
        yield Finding(
            name="database",
            sound=False,
            words=f"{connection.vendor}: {type(problem).__name__}",
            remedy=DAMAGED
            if damaged
            else "see that it runs, and that PLEBISCITE_DATABASE is right",
        )
        return
    if damage:
        yield Finding(name="database", sound=False, words=damage, remedy=DAMAGED)
        return
    said = sqlite3.sqlite_version if connection.vendor == "sqlite" else ""
    yield Finding(
        name="database",
        sound=True,
        words=f"{connection.vendor} {said}".strip() + ", takes what is written",
    )
    yield Finding(
        name="tables",
        sound=not plan,
        words=f"{len(plan)} steps behind" if plan else "of this version",
        remedy="plebiscite upgrade" if plan else "",
    )


def _dockets() -> Iterator[Finding]:
    root, torn = settings.HOME / "measures", []
    paths = [
        path
        for path in sorted(root.rglob(store.FILE))
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    for path in paths:
        try:
            whole = store.verify(path.parent).is_whole
        except PlebisciteError:
            whole = False
        if not whole:
            torn.append(path.parent.relative_to(root).as_posix())
    yield Finding(
        name="dockets",
        sound=not torn,
        words=f"not whole: {', '.join(torn)}" if torn else f"{len(paths)}, all whole",
        remedy="restore the true docket from a backup" if torn else "",
    )


def _retention() -> Iterator[Finding]:
    """Tell of data kept beyond their term; a restored backup may bring them back."""
    from plebiscite.web.county.models import Desk
    from plebiscite.web.county.retention.term import holds, term_of

    late = []
    try:
        for desk in Desk.objects.all():
            if desk.purged_at is not None:
                over = not desk.purge.get("ended_at")
            else:
                over = term_of(desk, localdate()).is_over and not holds(desk)
            if over:
                late.append(str(desk))
    except (DatabaseError, PlebisciteError):
        return  # said above, of the database or the dockets
    yield Finding(
        name="retention",
        sound=None if late else True,
        words=f"kept beyond their term: {', '.join(late)}"
        if late
        else "no data of signers kept beyond their term",
        remedy="see Retention on the desk of the county" if late else "",
    )


def _settings() -> Iterator[Finding]:
    from plebiscite.web.safety import refuse_unsafe

    try:
        refuse_unsafe()
    except PlebisciteError as problem:
        yield Finding(
            name="settings", sound=False, words=" ".join(str(problem).split())
        )
    else:
        yield Finding(name="settings", sound=True, words="safe")
