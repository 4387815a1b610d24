"""What the site keeps and gives away, cut off: backup, mirror, the end of a desk."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from plebiscite.core.progress import silent
from plebiscite.docket.store import Happening, append
from plebiscite.errors import PlebisciteError
from prove.faults.acts import site
from prove.faults.acts.site import GROUND, NOON, begun, closed, laid_out, opened, queued

PASSPHRASE = "four horses under a bridge"  # noqa: S105 # of a proof


class Noon:
    """A clock that stands."""

    @staticmethod
    def now(_zone: object) -> datetime:
        """Return its moment."""
        return NOON


def backup(at: Path) -> int:
    """Write the site into one file, by the command; its clock stands."""
    from plebiscite.cli.site import backup as asked

    opened(at)
    os.environ["PLEBISCITE_BACKUP_KEY"] = PASSPHRASE
    vars(asked).update(started=lambda *_, **__: {}, datetime=Noon)
    words = [str(at / "site.backup"), "--data", str(at / "home")]
    try:
        asked.command.main(words, prog_name="plebiscite backup", standalone_mode=False)
    except PlebisciteError as refusal:
        print(f"Error: {refusal}")
        return 2
    return 0


def backed_up(at: Path) -> int:
    """Print what a backup holds."""
    from plebiscite.web.keep.sealed import Opening

    found = []
    if (at / "site.backup").exists():
        with (
            (at / "site.backup").open("rb") as source,
            Opening(source, PASSPHRASE) as unsealed,
            tarfile.open(fileobj=io.BufferedReader(unsealed), mode="r|gz") as packed,
        ):
            for entry in packed:
                raw = packed.extractfile(entry)
                digest = hashlib.sha256(raw.read() if raw else b"").hexdigest()
                found.append((entry.name, digest))
    print(json.dumps(found))
    return 0


def archived(at: Path) -> None:
    """A backup of a site at work, and no site."""
    laid_out(queued, at)
    opened(at, name=GROUND)
    backup(at)
    closed()
    shutil.rmtree(at / "home")


def restore(at: Path) -> int:
    """Bring the site back from its backup."""
    from plebiscite.web.keep.backup import restore as restored
    from plebiscite.web.serve import make_home

    make_home(at / "home")
    opened(at)
    try:
        with (at / "site.backup").open("rb") as source:
            restored(source, PASSPHRASE, progress=silent)
    except PlebisciteError as refusal:
        print(f"Error: {refusal}")
        return 2
    return 0


BEFORE, AFTER = 3, 6
"""Files of a measure in the mirror that stands, and in the one that follows it."""


def mirrored(at: Path) -> None:
    """A site, and an earlier mirror of some of its pages."""
    laid_out(begun, at)
    opened(at, name=GROUND)
    _mirror(at, BEFORE)
    closed()


def publish(at: Path) -> int:
    """Write the mirror anew, in place of the earlier one."""
    opened(at)
    _mirror(at, AFTER)
    return 0


def _mirror(at: Path, most: int) -> None:
    from plebiscite.web.measures import mirror, shelf

    page = shelf.page_of(site.MEASURE, NOON.date())
    some = list(islice(mirror._of_measure(page), most))  # noqa: SLF001 # its own list
    whole: dict[str, Any] = {"pages": mirror.pages, "files": mirror.files}
    vars(mirror).update(pages=lambda: some, files=list)
    try:
        mirror.write(at / "mirror", progress=silent)
    finally:
        vars(mirror).update(whole)


def overdue(at: Path) -> None:
    """A desk that certified long ago, and whose data are to be destroyed."""
    laid_out(site.settled, at)
    opened(at, name=GROUND)
    from plebiscite.web.county.closing.certify import certify_desk
    from plebiscite.web.county.models import Desk
    from plebiscite.web.county.retention.purge import start_purge
    from plebiscite.web.jobs.models import Job

    Job.objects.filter(kind="county.certify").delete()  # it would certify today
    certify_desk(
        Desk.objects.get(),
        part=False,
        issued_on=NOON.date(),
        by="n",
        at=NOON,
        progress=silent,
    )
    later = NOON.replace(year=2018)
    ended = Happening(
        day=later.date(), kind="removed_by_court", by="a test", authority="none"
    )
    append(at / "home" / "measures" / site.MEASURE, [ended], recorded_at=later)
    start_purge(Desk.objects.get(), name="n", by="x")
    closed()


def ends(at: Path) -> int:
    """Print what the tables say, and how far the destruction of the data has come."""
    code = site.tables(at)
    from plebiscite.web.county.models import Desk

    desk = Desk.objects.get()
    print(desk.purged_at is not None, bool(desk.purge.get("ended_at")))
    return code
