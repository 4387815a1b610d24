"""Destroying what names signers at a desk: rows, files, what the database kept of them.

It is begun by one row that says so, and from then on completed however often it is cut
off: rows go, then files, then what the database still holds of deleted rows, and last
the docket is told. What the desk published stays, byte for byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from time import time
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from plebiscite.core.canonical import Json
from plebiscite.core.progress import Progress
from plebiscite.errors import InputError
from plebiscite.rules.keeping import Keeping
from plebiscite.verify.find.folder import PUBLIC
from plebiscite.verify.publish.purge import contents, purge, why_kept
from plebiscite.web.county.desks import (
    forget_rolls,
    measure_of,
    verifications,
)
from plebiscite.web.county.docket import record
from plebiscite.web.county.models import Desk, Taken, Upload
from plebiscite.web.county.retention.emptied import emptied, leave_no_trace
from plebiscite.web.county.retention.term import holds, term_of
from plebiscite.web.jobs.models import Job
from plebiscite.web.jobs.work import start

EVENT = "signers_data_destroyed"
STALE_SECONDS = 24 * 3600
"""A temporary file so old belongs to an upload or a backup that was cut off."""
STALE = ("uploads/*.upload*", ".backup.*")


def begin(desk: Desk, *, by: str, at: datetime) -> Desk:
    """Note that the data of a desk are destroyed from now on; the desk is shut.

    Raises:
        InputError: their term has not ended or is not known, something holds them, or
            a file of the desk is being read.

    """
    term = term_of(desk, localdate(at))
    with transaction.atomic():
        held = Desk.objects.select_for_update().get(pk=desk.pk)
        if held.purged_at is not None:
            return held
        if not term.is_over:
            raise InputError(why_kept(term))
        if kept_by := holds(held):
            raise InputError(
                _("kept on hold: %(why)s") % {"why": "; ".join(map(str, kept_by))}
            )
        if held.uploads.filter(state__in=[Taken.WAITING, Taken.TAKING]).exists():
            raise InputError(_("a file of this desk is being read; wait for it"))
        held.purged_at = at
        held.closed_at = held.closed_at or at
        held.purge = {"by": by, "rows": _rows(held), "ended_at": None}
        held.save(update_fields=["purged_at", "closed_at", "purge"])
    return held


def destroy(desk: Desk, *, at: datetime, progress: Progress) -> Mapping[str, Any]:
    """Destroy the data of a desk whose destruction was begun; return the record.

    Raises:
        InputError: it was not begun.

    """
    if desk.purged_at is None:
        raise InputError(_("nobody has begun to destroy the data of this desk"))
    if desk.purge.get("ended_at"):
        return dict(desk.purge)
    with emptied():
        progress("rows", 0, 3)
        _delete_rows(desk)
        progress("files", 1, 3)
        done = purge(
            desk.folder,
            _term(desk),
            by=str(desk.purge["by"]),
            at=at,
            about={"measure": desk.measure, "law": measure_of(desk).law},
            keep=kept_of(desk),
        )
        _delete_stale()
        forget_rolls()
        progress("what the database kept", 2, 3)
        leave_no_trace()
    _tell(desk, done)
    told = {**done, "rows": desk.purge["rows"]}
    Desk.objects.filter(pk=desk.pk).update(purge=told)
    progress("destroyed", 3, 3)
    return told


def start_purge(desk: Desk, *, name: str, by: str) -> Job:
    """Queue the destruction of a desk's data."""
    return start(
        "county.purge",
        title=f"{desk.county}: the data of signers",
        given={"desk": desk.pk, "name": name},
        by=by,
        lock=f"county:{desk.pk}",
        measure=desk.measure,
        county=desk.county,
        next_url=reverse("county:retention", args=[desk.measure, desk.county]),
    )


def planned(desk: Desk) -> dict[str, Any]:
    """Return what would go, and what would stay."""
    return {**contents(desk.folder, keep=kept_of(desk)).as_data(), "rows": _rows(desk)}


def kept_of(desk: Desk) -> list[str]:
    """Return what of a desk's folder stays: the public acts, and what was certified."""
    return ["office", *(f"{name}/{PUBLIC}" for name in verifications(desk))]


def _term(desk: Desk) -> Keeping:
    """Return the term as of the day the destruction was begun: it was over then."""
    assert desk.purged_at is not None
    return term_of(desk, localdate(desk.purged_at))


def _rows(desk: Desk) -> dict[str, int]:
    return {
        "lines": desk.lines.count(),
        "decisions": desk.decisions.count(),
        "uploads": desk.uploads.count(),
    }


def _delete_rows(desk: Desk) -> None:
    """Delete lines and decisions; of uploads and jobs keep only what names nobody."""
    with transaction.atomic():
        # Django would load every decision first, to look for those that name it.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM county_decision WHERE desk_id = %s", [desk.pk])
            cursor.execute("DELETE FROM county_line WHERE desk_id = %s", [desk.pk])
        Upload.objects.filter(desk=desk).update(
            name="", told="", refusals=[], state=Taken.DESTROYED
        )
        jobs = Job.objects.filter(
            kind__startswith="county.", measure=desk.measure, county=desk.county
        )
        jobs.update(kept={}, result={}, what="", problem="", refusals=[])
        jobs.filter(kind="county.take").update(title=desk.county)


def _delete_stale() -> None:
    """Delete what uploads and backups that were cut off have left behind."""
    home = Path(settings.HOME)
    for pattern in STALE:
        for path in home.glob(pattern):
            if time() - path.lstat().st_mtime < STALE_SECONDS:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _tell(desk: Desk, done: Mapping[str, Any]) -> None:
    """Tell the docket, once: how much went, and until when it was kept."""
    body: dict[str, Json] = {
        "kept_until": done["kept_until"],
        "county": desk.county,
        "files": done["files"],
        "lines": desk.purge["rows"]["lines"],
    }
    assert desk.purged_at is not None
    said = "; ".join(done["cite"])
    record(desk, [(EVENT, body)], at=desk.purged_at, authority=said)
