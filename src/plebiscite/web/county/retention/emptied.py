"""What a database keeps of rows that were deleted, taken away.

SQLite leaves deleted text in its pages, and PostgreSQL in dead rows and in the samples
its planner took of each column. Both are told to write their tables anew; PostgreSQL's
samples are dropped too, for it keeps those of a table that has become empty. What a
server archives or copies elsewhere (its log of writes, a standby) is for whoever runs
it, as backups are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = ("county_line", "county_decision", "county_upload", "jobs_job")
"""Where data of signers stood."""
COLUMNS = """
    SELECT quote_ident(attname), format_type(atttypid, atttypmod)
    FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
        AND format_type(atttypid, NULL) IN ('character varying', 'text', 'jsonb')
"""


@contextmanager
def emptied() -> Iterator[None]:
    """Have SQLite write zeros over whatever is deleted in the block."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        before = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA secure_delete = {before}")


def leave_no_trace() -> None:
    """Write anew the tables that held data of signers; not inside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            return
        for table in TABLES:
            cursor.execute(COLUMNS, [table])
            for name, kind in cursor.fetchall():
                # The type it has already: what changes is that its samples are dropped.
                cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {name} TYPE {kind}")
            cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
        # The samples dropped are dead rows too. Only the database's owner may do this;
        # for another account PostgreSQL leaves it undone, with a warning in its log.
        cursor.execute("VACUUM (FULL) pg_statistic")
