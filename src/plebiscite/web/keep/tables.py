"""The tables brought to this version's form: all of the way, or none of it.

Django makes each change of the tables in a transaction of its own, and notes only
afterwards that it is made. A site cut off between the two would never start again, for
the next start makes the same table once more. Here every change and every note stand in
one transaction; who starts at the same time waits for it, and finds all done.
"""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

AT_WORK = 0x706C6562
"""The lock, by number, that PostgreSQL gives to one start at a time."""


def make_tables() -> list[str]:
    """Bring the tables to this version's form; return the steps taken, by name."""
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    cache = settings.CACHES["default"]["LOCATION"]
    if steps or cache not in connection.introspection.table_names():
        # SQLite lets go of its constraints outside of a transaction only.
        with connection.constraint_checks_disabled(), transaction.atomic():
            _alone()
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
    return [f"{step.app_label} {step.name}" for step, _ in steps]


def _alone() -> None:
    """On PostgreSQL, wait for others at it, and hold what is written to the rules.

    Rows that wait to be held to them at the end would keep their table from change.
    SQLite gives a transaction to one at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AT_WORK])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
