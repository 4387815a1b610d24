"""Files of lines that are only ever added to, each line on the disk before the next.

A line that a crash tore is no line: it is set aside, and the file ends with a whole one
again. Whoever adds must be the only one: the caller holds a lock, or owns the folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from plebiscite.core import faultpoints
from plebiscite.core.files import PRIVATE_FILE, sync_folder, write_whole


def append_lines(path: Path, raw: bytes, *, mode: int = PRIVATE_FILE) -> None:
    """Add whole lines to the end of a file; when this returns, they are on the disk.

    `raw` ends with a line's end, and so does the file. `mode` is a new file's.

    Raises:
        OSError: the disk refuses; the file is as it was before.

    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
    try:
        size = os.fstat(handle).st_size
        faultpoints.step("draft made")
        try:
            for piece in faultpoints.pieces(raw):
                _write_all(handle, piece)
            faultpoints.step("written")
            os.fsync(handle)
        except BaseException:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)
    faultpoints.step("synced")
    sync_folder(path.parent)  # always: who made the file may have died before it did
    faultpoints.step("folder synced")


def whole_lines(path: Path, *, torn: Path | None = None) -> bytes:
    """Return the whole lines of a file, b"" where there is none.

    With `torn`, a last line without an end is moved into that file, on a line of its
    own, so that nothing is thrown away and the next line follows a whole one.
    """
    raw = path.read_bytes() if path.exists() else b""
    whole = raw[: raw.rfind(b"\n") + 1]
    if whole != raw and torn is not None:
        append_lines(torn, raw[len(whole) :] + b"\n")
        write_whole(path, whole, mode=PRIVATE_FILE)
    return whole


def _write_all(handle: int, raw: bytes) -> None:
    while raw:
        raw = raw[os.write(handle, raw) :]
