"""The database itself refuses to change a decision, or to remove one before its term.

A decision may go only with its desk's signer data, when the law's term has ended and
the desk says so (`purged_at`).
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLE = "county_decision"
WHY = "decisions are only ever added"
HELD = "EXISTS (SELECT 1 FROM county_desk WHERE id = OLD.desk_id AND purged_at IS NULL)"


def forbid(apps: Any, schema: Any) -> None:
    """Set the triggers."""
    for statement in _statements(schema.connection.vendor):
        schema.execute(statement)


def allow(apps: Any, schema: Any) -> None:
    """Take the triggers away."""
    on = f" ON {TABLE}" if schema.connection.vendor == "postgresql" else ""
    for act in ("update", "delete"):
        schema.execute(f"DROP TRIGGER decisions_only_grow_{act}{on}")


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        fail = f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        return [
            f"CREATE TRIGGER decisions_only_grow_update BEFORE UPDATE ON {TABLE} "
            f"{fail}",
            f"CREATE TRIGGER decisions_only_grow_delete BEFORE DELETE ON {TABLE} "
            f"WHEN {HELD} {fail}",
        ]
    # PostgreSQL allows no question of another table in WHEN: the function asks it.
    return [
        "CREATE OR REPLACE FUNCTION decisions_only_grow() RETURNS trigger AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' OR {HELD} THEN RAISE EXCEPTION '{WHY}'; END IF; "
        "RETURN OLD; END $$ LANGUAGE plpgsql",
        *(
            f"CREATE TRIGGER decisions_only_grow_{act} BEFORE {act.upper()} ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION decisions_only_grow()"
            for act in ("update", "delete")
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("county", "0001_first")]
    operations = [migrations.RunPython(forbid, allow)]
