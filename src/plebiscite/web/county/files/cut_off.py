"""Files without a row: what was being handed in when the site was killed.

A file takes its name just before its row is settled. Whoever is killed between the two
leaves a file that no page shows, and that holds signers' data. It is removed once it is
a day old: then nobody is at it any more.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from plebiscite.core.files import sync_folder
from plebiscite.web.county.models import Desk

AGE = timedelta(days=1)
NUMBERED = re.compile(r"(\d+)-[a-z]+\.[a-z]+")


def sweep(desk: Desk, at: datetime) -> list[str]:
    """Remove files of a desk's uploads that have no row and are a day old.

    Return their names, in order. Other names than those of uploads are left alone.
    """
    place = desk.folder / "uploads"
    rows = set(desk.uploads.values_list("pk", flat=True))
    gone = []
    for path in sorted(place.glob("*")):
        found = NUMBERED.fullmatch(path.name)
        if found is None or int(found[1]) in rows or not path.is_file():
            continue
        if at - datetime.fromtimestamp(path.stat().st_mtime, tz=at.tzinfo) >= AGE:
            path.unlink(missing_ok=True)
            gone.append(path.name)
    if gone:
        sync_folder(place)
    return gone
