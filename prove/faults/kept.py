"""What the site keeps and gives away, cut off: backup, mirror, the end of a desk."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from plebiscite.core.files import PRIVATE_FILE, whole_file
from plebiscite.core.progress import silent
from plebiscite.docket.store import Happening, append
from prove.faults import site
from prove.faults.site import GROUND, NOON, begun, closed, laid_out, opened, queued

PASSPHRASE = "four horses under a bridge"  # noqa: S105 # of a proof


def backup(at: Path) -> int:
    """Write the site into one file."""
    from plebiscite.web.keep.backup import back_up

    opened(at)
    with (
        whole_file(at / "site.backup", mode=PRIVATE_FILE) as draft,
        draft.open("r+b") as out,
    ):
        back_up(out, PASSPHRASE, at=NOON, progress=silent)
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
    from plebiscite.errors import PlebisciteError
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


BEFORE, AFTER = 4, 8
"""Pages, and files, of the mirror that stands, and of the one that takes its place."""


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
    from plebiscite.web.measures import mirror

    whole: dict[str, Any] = {"pages": mirror.pages, "files": mirror.files}
    some = {name: list(islice(each(), most)) for name, each in whole.items()}
    vars(mirror).update({name: lambda name=name: some[name] for name in whole})
    try:
        mirror.write(at / "mirror", progress=silent)
    finally:
        vars(mirror).update(whole)


def overdue(at: Path) -> None:
    """A desk that certified long ago, and whose data are to be destroyed."""
    laid_out(site.settled, at)
    site.work(at, GROUND)
    from plebiscite.web.county.models import Desk
    from plebiscite.web.county.retention.purge import start_purge

    ended = Happening(
        day=date(2018, 7, 18), kind="removed_by_court", by="a test", authority="none"
    )
    folder = at / "home" / "measures" / site.MEASURE
    append(folder, [ended], recorded_at=datetime(2018, 7, 18, tzinfo=UTC))
    start_purge(Desk.objects.get(), name="n", by="x")
    closed()


def ends(at: Path) -> int:
    """Print what the tables say, and how far the destruction of the data has come."""
    code = site.tables(at)
    from plebiscite.web.county.models import Desk

    desk = Desk.objects.get()
    print(desk.purged_at is not None, bool(desk.purge.get("ended_at")))
    return code
