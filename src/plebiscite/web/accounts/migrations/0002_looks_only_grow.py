"""The database itself refuses to change or remove a row of the audit of reads."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "accounts_look"
WHY = "looks are only ever added"


def forbid(_apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Lay the triggers."""
    for statement in _statements(schema.connection.vendor):
        schema.execute(statement)


def allow(_apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    on = f" ON {TABLE}" if schema.connection.vendor == "postgresql" else ""
    for act in ("update", "delete"):
        schema.execute(f"DROP TRIGGER looks_only_grow_{act}{on}")


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER looks_only_grow_{act} BEFORE {act.upper()} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
            for act in ("update", "delete")
        ]
    return [
        "CREATE OR REPLACE FUNCTION looks_only_grow() RETURNS trigger AS "
        f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$ LANGUAGE plpgsql",
        *(
            f"CREATE TRIGGER looks_only_grow_{act} BEFORE {act.upper()} ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION looks_only_grow()"
            for act in ("update", "delete")
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]
    operations = [migrations.RunPython(forbid, allow)]
