"""Memory as a disk: whether it has room, and a folder in it that no dead run leaves.

Whoever makes a folder here holds a lock on it for as long as it lives, whatever its
number; the kernel lets go of the lock however it ends. A folder of which nobody holds
the lock is a dead run's, and is cleared away by the next.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 # only folders of our own are made in it
PREFIX = "plebiscite-run-"
PROC, GROUPS = Path("/proc"), Path("/sys/fs/cgroup")


def room(memory: Path = MEMORY, proc: Path = PROC, groups: Path = GROUPS) -> int:
    """Return how many bytes can be written to it: the least that any limit leaves.

    Counted are the file system, the machine's memory and the limits of the control
    groups (version 2) that the process is in. 0 where there is no such folder, where
    it is not ours to write in or no program may be run from it, or where the machine
    does not tell of its memory.
    """
    try:
        free = shutil.disk_usage(memory).free
        barred = os.statvfs(memory).f_flag & os.ST_NOEXEC
        told = (proc / "meminfo").read_text(encoding="utf-8")
    except OSError:
        return 0
    available = re.search(r"^MemAvailable: *(\d+) kB$", told, re.MULTILINE)
    if barred or available is None or not os.access(memory, os.W_OK | os.X_OK):
        return 0
    return max(min(free, int(available[1]) << 10, *limits(proc, groups)), 0)


def limits(proc: Path = PROC, groups: Path = GROUPS) -> Iterator[int]:
    """Yield how many bytes each control group leaves us, from our own one up."""
    own = ""
    with suppress(OSError):
        told = (proc / "self" / "cgroup").read_text(encoding="utf-8")
        own = next((at[3:] for at in told.splitlines() if at.startswith("0::")), "")
    parts = [part for part in own.split("/") if part]
    for depth in range(len(parts), -1, -1):
        group = groups.joinpath(*parts[:depth])
        with suppress(OSError, ValueError):  # no such file; or "max": no limit
            most = int((group / "memory.max").read_text(encoding="utf-8"))
            now = int((group / "memory.current").read_text(encoding="utf-8"))
            yield most - now


def made(memory: Path = MEMORY) -> tuple[Path, int]:
    """Return a new folder, and the open file that holds it: for this process's life."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=memory))
        held = hold(folder)
        if held is not None:
            folder.chmod(0o711)  # PostgreSQL's own user goes through it
            return folder, held


def hold(folder: Path) -> int | None:
    """Hold a folder beside others; None where it is gone, or is being cleared."""
    held = _locked(folder, fcntl.LOCK_SH)
    if held is not None and not folder.exists():  # cleared just before it was held
        os.close(held)
        return None
    return held


def clear(memory: Path = MEMORY) -> list[Path]:
    """Take away the folders of runs that have ended; return which."""
    gone = []
    for folder in sorted(memory.glob(f"{PREFIX}*")):
        held = _locked(folder, fcntl.LOCK_EX)
        if held is None:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)
        gone.append(folder)
    return gone


def _locked(folder: Path, how: int) -> int | None:
    """Lock a folder of our own user's; None if others hold it, or it is not there."""
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        if os.fstat(held).st_uid == os.geteuid():
            fcntl.flock(held, how | fcntl.LOCK_NB)
            return held
    except OSError:
        pass
    os.close(held)
    return None
