"""Which images there are of a line and of a voter, and where.

The folder of a voter's specimens has a name that tells nobody whose it is; it stands in
addresses too, so that no voter's number enters a log.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from plebiscite.web.county.desks import taken
from plebiscite.web.county.files.unzip import images_in, plain
from plebiscite.web.county.models import Desk, Kind, Line, Upload

TYPES = {".png": "image/png", ".jpg": "image/jpeg"}


def disguised(desk: Desk, voter_id: str) -> str:
    """Return the name under which a voter's specimens are kept."""
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    text = f"{desk.pk}/{voter_id}".encode()
    return blake2b(text, key=key, digest_size=16).hexdigest()


def images_folder(upload: Upload) -> Path:
    """Return where the images of an upload lie, once unpacked."""
    return upload.desk.folder / upload.kind / str(upload.pk)


def line_image(upload: Upload | None, line: Line) -> Path | None:
    """Return the image of a line among those handed in, if there is one."""
    if upload is None:
        return None
    stem = images_folder(upload) / plain(line.line_id)
    found = (stem.with_name(stem.name + ending) for ending in TYPES)
    return next((path for path in found if path.is_file()), None)


def specimens(desk: Desk, upload: Upload | None, voter_id: str) -> list[str]:
    """Return the names of a voter's specimen images, the newest first."""
    if upload is None or not voter_id:
        return []
    folder = images_folder(upload) / disguised(desk, voter_id)
    return [path.name for path in images_in(folder)]


def specimen(desk: Desk, folder: str, name: str) -> Path | None:
    """Return one specimen image, by the names its page gave it."""
    upload = taken(desk, Kind.SPECIMENS)
    if upload is None or plain(folder) != folder:
        return None
    inside = images_folder(upload) / folder
    return next((path for path in images_in(inside) if path.name == name), None)
