"""Files and folders that appear whole or not at all.

Everything is written beside its place under a temporary name and moved there in one
step, so that a crash, a full disk or Ctrl-C leaves the old state, never half a new one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRIVATE = 0o700
PRIVATE_FILE = 0o600


def write_whole(path: Path, content: str | bytes, *, mode: int = 0o644) -> None:
    """Write `content` to `path` in one step, making the folders above it.

    Nobody whom `mode` shuts out can read it, not even for a moment.

    Raises:
        OSError: the place cannot be written; the file there before is unchanged.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def whole_folder(
    path: Path, *, replace: bool = False, mode: int = 0o755
) -> Iterator[Path]:
    """Yield a temporary folder that becomes `path` when the block ends well.

    With `replace`, an existing folder gives way at the very end, and where `path` is a
    link, the folder it points to; without, the caller must have made sure that `path`
    does not exist. While it is made, and ever after
    with `mode` `PRIVATE`, only its owner can enter it.
    """
    path = path.resolve() if replace else path
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    old = draft.with_name(draft.name + ".old")
    try:
        yield draft
        draft.chmod(mode)
        if replace and path.exists():
            path.replace(old)
            draft.replace(path)
            shutil.rmtree(old)
        else:
            draft.replace(path)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        if old.exists() and not path.exists():
            old.replace(path)
        raise


def private_folder(path: Path) -> Path:
    """Make `path` a folder only its owner can enter (mode 0700), and return it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(PRIVATE)
    return path
