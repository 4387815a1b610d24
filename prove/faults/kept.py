"""The site's backup, and the site brought back from it, cut off."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path

from plebiscite.core.files import PRIVATE_FILE, whole_file
from plebiscite.core.progress import silent
from prove.faults.site import GROUND, NOON, closed, laid_out, opened, queued

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
