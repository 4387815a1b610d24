"""A county desk from its files to the certificate, on whatever database is named.

Run by itself: `desk.py certify FILES` works a desk by the site's own acts and prints
what it published, file → SHA-256; `desk.py upgrade` fills the tables of the first
version with a row each, upgrades them, and prints what became of the rows. The settings
stand in the environment, as `plebiscite serve` sets them.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

NOON = datetime(2017, 9, 1, 12, tzinfo=UTC)
MEASURE, COUNTY = "us/ca/example", "Los Angeles"
LAW = "us/ca/constitutional_initiative"
SEED = "314159265358"
PEOPLE = ("first", "second", "lead")
TURNS = (
    *(("first", "find"), ("second", "second"), ("first", "second")),
    *(("lead", "second"), ("lead", "dispute")),
)
APPS = ("accounts", "jobs", "measures", "county", "campaign")


def started() -> Path:
    """Start the site in this process; return its home, made."""
    import django
    from django.conf import settings

    django.setup()
    from plebiscite.web.serve import make_home

    home = Path(settings.HOME)
    make_home(home)
    return home


def certify(files: Path) -> dict[str, str]:
    """Work a desk; return what it published, and the docket."""
    home = started()
    from plebiscite.web.measures.shelf import take_in
    from plebiscite.web.serve import upgrade
    from prove.again.case import hashes
    from prove.frame.upload import upload

    upgrade()
    take_in(files / "measure")
    from plebiscite.web.accounts.models import User
    from plebiscite.web.county.models import Desk

    for who in PEOPLE:
        User.objects.create_user(f"{who}@test.invalid", who, None)
    desk = Desk.objects.create(
        measure=MEASURE, title="A", law=LAW, county=COUNTY, opened_at=NOON
    )
    for kind in ("roll", "manifest", "lines", "sections"):
        upload(desk, kind, files / f"{kind}.csv")
    jobs_done(home)
    drawn(desk)
    jobs_done(home)
    decided(desk, files / "decisions.csv")
    closed(desk)
    folder = home / "measures" / MEASURE
    return hashes(folder, lambda name: not name.startswith(("public", "docket.jsonl")))


def jobs_done(home: Path) -> None:
    """Do every job that waits."""
    from plebiscite.web.jobs import worker
    from plebiscite.web.jobs.models import Job

    with worker.registered(home / "jobs") as me:
        while worker.take(me):
            pass
    bad = Job.objects.exclude(problem="").values_list("kind", "problem")
    if bad:
        sys.exit(f"jobs failed: {list(bad)}")


def drawn(desk: Any) -> None:
    """Commit to the counts, draw, and ask for the queue."""
    from plebiscite.web.county.drawing import acts
    from plebiscite.web.county.work import start_queue

    acts.commit_counts(desk, by="n", at=NOON)
    desk.refresh_from_db()
    acts.draw(desk, seed=SEED, by="n", at=NOON)
    desk.refresh_from_db()
    start_queue(desk, by="x")


def decided(desk: Any, decisions: Path) -> None:
    """Decide every line as people who know the truth."""
    from django.core.exceptions import BadRequest

    from plebiscite.errors import PlebisciteError
    from plebiscite.web.accounts.models import User
    from plebiscite.web.county.desks import reasons_of
    from plebiscite.web.county.queue.decide import Sitting, decide
    from plebiscite.web.county.queue.hand import Work, hand_out
    from plebiscite.web.county.queue.said import credited, finding_said

    desk.refresh_from_db()
    with decisions.open(encoding="utf-8", newline="") as file:
        truth = {row["line_id"]: row for row in csv.DictReader(file)}
    reasons = reasons_of(desk)
    for name, work in TURNS:
        user = User.objects.get(email=f"{name}@test.invalid")
        while (line := hand_out(desk, Work(work), user, now=NOON)) is not None:
            said = truth[line.line_id]
            act = said["decision"] + (f":{said['reason']}" if said["reason"] else "")
            for words, voter in ((act, said["voter_id"]), ("undecided", "")):
                sitting = Sitting(
                    user=user, at=NOON, seen=line.version, leads=name == "lead"
                )
                try:
                    finding = finding_said({"act": words, "voter": voter}, reasons)
                    decide(desk, line.pk, credited(desk, line, finding), sitting)
                except (BadRequest, PlebisciteError) as refusal:
                    why = refusal
                    continue
                break
            else:
                sys.exit(f"{name} at {work} cannot decide {line.line_id}: {why}")


def closed(desk: Any) -> None:
    """Close the count and certify."""
    from plebiscite.core.progress import silent
    from plebiscite.web.county.closing.certify import certify_desk, close

    desk.refresh_from_db()
    close(desk, at=NOON)
    certify_desk(
        desk,
        part=True,
        issued_on=date(2017, 9, 1),
        by="n",
        at=NOON,
        progress=silent,
    )


def upgraded() -> dict[str, Any]:
    """Fill the first version's tables, upgrade, and compare each row."""
    started()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from plebiscite.web.serve import upgrade

    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.nodes
    first = [(app, "0001_first") for app in APPS if (app, "0001_first") in nodes]
    executor.migrate(first)
    old = executor.loader.project_state(first).apps
    rows: dict[str, tuple[Any, dict[str, str]]] = {}
    for app, _ in first:
        if app == "measures":
            continue  # an index, made anew from the folders
        for model in old.get_app_config(app).get_models():
            rows_of = model._default_manager  # noqa: SLF001 # Django's own name
            row = rows_of.create(**filled(model))
            name = f"{app}.{model.__name__}"
            rows[name] = row.pk, told(rows_of.get(pk=row.pk))
    done = upgrade()
    again = upgrade()
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    lost = []
    for name, (key, before) in rows.items():
        now = told(apps.get_model(name).objects.get(pk=key))
        lost += [f"{name}.{at}" for at in before if now.get(at) != before[at]]
    return {"rows": len(rows), "steps": done, "again": again, "lost": lost}


def filled(model: Any) -> dict[str, Any]:
    """Return a value for each field of a row."""
    return {
        field.name: value_of(field)
        for field in model._meta.concrete_fields  # noqa: SLF001 # Django's own name
        if not (field.primary_key and not field.is_relation and field.auto_created)
    }


def value_of(field: Any) -> Any:
    """Return a value that a field takes."""
    if field.is_relation:
        return field.related_model.objects.first()
    kind = field.get_internal_type()
    if field.choices:
        return next(iter(field.choices))[0]
    values: dict[str, Any] = {
        "DateTimeField": NOON,
        "DateField": NOON.date(),
        "BooleanField": False,
        "JSONField": {"a": [1, "é"]},
        "UUIDField": field.get_default() if field.has_default() else None,
        "EmailField": "who@test.invalid",
    }
    if kind in values:
        return values[kind]
    if "Integer" in kind or kind in {"FloatField", "DecimalField"}:
        return 1
    return "é 1"[: field.max_length or 3]


def told(row: Any) -> dict[str, str]:
    """Return each field of a row, in words."""
    return {
        field.attname: str(getattr(row, field.attname))
        for field in row._meta.concrete_fields  # noqa: SLF001 # Django's own name
    }


def main() -> None:
    """Do what the words say and print it."""
    match sys.argv[1:]:
        case ["certify", files]:
            print(json.dumps(certify(Path(files))))
        case ["upgrade"]:
            print(json.dumps(upgraded()))
        case _:
            sys.exit("certify FILES, or upgrade")


if __name__ == "__main__":
    main()
