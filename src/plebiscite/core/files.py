"""Files and folders that appear whole or not at all, and stay once they are named.

Everything is written beside its place under a passing name, forced onto the disk, and
moved there in one step, so that a crash, a full disk or Ctrl-C leaves the old state,
never half a new one. When a function here returns, the new state outlives a power cut.
What a killed program left under a passing name goes with the next write to that place:
whoever is writing holds a lock on the passing name, and the lock goes with the program.
"""

from __future__ import annotations

import atexit
import ctypes
import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from plebiscite.core import faultpoints

PRIVATE = 0o700
PRIVATE_FILE = 0o600
AT_ONCE = 8
"""Files forced onto the disk at the same time: the disk gathers them."""
_HERE, _SWAP = -100, 2
"""Of Linux: paths are seen from the working folder; two names change places."""
_UNTIL_EXIT: dict[tuple[int, Path], Path] = {}
"""What goes when a process ends, by the process and where its temporary files stand."""


def write_whole(path: Path, content: str | bytes, *, mode: int = 0o644) -> None:
    """Write `content` to `path` in one step, making the folders above it.

    Nobody whom `mode` shuts out can read it, not even for a moment.

    Raises:
        OSError: the place cannot be written; the file there before is unchanged.

    """
    raw = content.encode() if isinstance(content, str) else content
    with whole_file(path, mode=mode) as draft, draft.open("r+b") as file:
        for piece in faultpoints.pieces(raw):
            file.write(piece)
            file.flush()


@contextmanager
def whole_file(path: Path, *, mode: int = 0o644) -> Iterator[Path]:
    """Yield an empty file that becomes `path` when the block ends well.

    It is there to be written into, by its name; until the end only its owner can.

    Raises:
        OSError: the place cannot be written; the file there before is unchanged.

    """
    _make(path.parent)
    handle, draft = _draft_of(path)
    try:
        faultpoints.step("draft made")
        yield draft
        faultpoints.step("written")
        _sync_file(draft)
        faultpoints.step("synced")
        draft.chmod(mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    faultpoints.step("named")
    sync_folder(path.parent)
    faultpoints.step("folder synced")


def _draft_of(path: Path) -> tuple[int, Path]:
    """Open the passing name of a file, for this writer alone; wait for another's end.

    The name is always the same, so that what a killed program left is taken away here.
    """
    draft = path.with_name(f".{path.name}.draft")
    while True:
        with suppress(FileExistsError):
            handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
            _lock(handle)
            if _is_still(draft, handle):
                return handle, draft
            os.close(handle)  # somebody took it for a dead program's
            continue
        try:
            _take_away(draft)
        except OSError:  # another user's, or none of ours: leave it alone
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            return handle, Path(name)


def _take_away(draft: Path) -> None:
    """Remove a dead program's draft; wait for the writer if it is alive."""
    try:
        handle = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_still(draft, handle):
            draft.unlink()
    finally:
        os.close(handle)


def clear_drafts(folder: Path) -> None:
    """Remove the drafts that killed programs left in a folder, whatever their names.

    For places where no two files are ever of one name, so that no later write clears
    up. A draft that somebody is writing is left alone.
    """
    for draft in folder.glob(".*.draft"):
        with suppress(OSError):
            handle = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                draft.unlink()
            finally:
                os.close(handle)


def mark_of(path: Path) -> tuple[int, ...] | None:
    """Return what is another whenever a file was written; None where there is none.

    Its number tells apart what was put in its place within one tick of the clock; the
    moment of its last change, what has the size and the moment of writing set as they
    were: nobody can set that one.
    """
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return about.st_ino, about.st_mtime_ns, about.st_ctime_ns, about.st_size


def _lock(handle: int) -> None:
    with suppress(OSError):  # a disk that knows no locks: nobody clears up there
        fcntl.flock(handle, fcntl.LOCK_EX)


def _is_still(path: Path, handle: int, *, through_links: bool = False) -> bool:
    """Return whether a name still means the file that was opened by it."""
    try:
        now = path.stat(follow_symlinks=through_links)
        return os.path.samestat(now, os.fstat(handle))
    except FileNotFoundError:
        return False


@contextmanager
def alone(place: Path, *, make: bool = False) -> Iterator[None]:
    """Keep others out of a place for the length of the block.

    It is a folder or a file, which is its own lock; with `make`, a file that is nothing
    but one, made where it is missing. Where another takes its place while somebody
    waits for it, that one is waited for too.

    Raises:
        OSError: there is no such place.

    """
    handle = _waited_for(place, os.O_CREAT if make else 0)
    try:
        yield
    finally:
        # Closing is not enough: a child forked within the block has the handle too.
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def _waited_for(place: Path, make: int) -> int:
    while True:
        handle = os.open(place, os.O_RDONLY | make, PRIVATE_FILE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_still(place, handle, through_links=True):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


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
    _make(path.parent)
    with passing_folder(path.parent, path.name) as draft:
        faultpoints.step("folder made")
        yield draft
        faultpoints.step("folder filled")
        sync_tree(draft)
        faultpoints.step("tree synced")
        draft.chmod(mode)
        _put(draft, path, replace=replace)
        faultpoints.step("folder named")
        sync_folder(path.parent)
    faultpoints.step("old folder gone")


def _put(draft: Path, path: Path, *, replace: bool) -> None:
    """Give a draft its name; what stood there before has the draft's name then."""
    if not replace or not path.exists():
        draft.replace(path)
        return
    if _changed_places(draft, path):
        return
    old = draft.with_name(draft.name + ".old")
    with _in_use(path):  # else another maker would put it back at once
        path.replace(old)
        try:
            faultpoints.step("old folder aside")
            draft.replace(path)
        except BaseException:
            old.replace(path)
            raise
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    """Lock a folder, unless whoever works on it has done so already."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


@contextmanager
def passing_folder(beside: Path, name: str) -> Iterator[Path]:
    """Yield a folder that only its owner can enter, and remove it after the block.

    It stands in the folder `beside`, on the same disk. One that a killed program left
    there under the same name goes with it.
    """
    _clear_up(beside / name)
    lock, draft = _draft_folder(beside, name)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        os.close(lock)


@contextmanager
def folder_until_exit(name: str) -> Iterator[Path]:
    """Yield a temporary folder that is removed when the program ends.

    Only its owner can enter it. If the block fails it goes at once; what a killed
    program of the same owner left behind goes with the next.
    """
    home = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_until_exit()))
    try:
        yield home
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _until_exit() -> Path:
    """Return this process's own folder for such folders: one lock, however many."""
    process, beside = os.getpid(), Path(tempfile.gettempdir())
    found = _UNTIL_EXIT.get((process, beside))
    if found is None or not found.is_dir():
        kept = ExitStack()
        found = kept.enter_context(passing_folder(beside, f"plebiscite-{os.getuid()}"))
        _UNTIL_EXIT[process, beside] = found
        # Not by a fork of this process, when that ends.
        atexit.register(lambda: kept.close() if os.getpid() == process else None)
    return found


def _draft_folder(beside: Path, name: str) -> tuple[int, Path]:
    """Make a folder under a passing name, and lock it.

    Before the lock is held another maker may take it for a dead program's, and away.
    """
    while True:
        draft = Path(tempfile.mkdtemp(dir=beside, prefix=f".{name}.draft-"))
        with suppress(FileNotFoundError):
            lock = os.open(draft, os.O_RDONLY)
            _lock(lock)
            if _is_still(draft, lock):
                return lock, draft
            os.close(lock)


def _clear_up(path: Path) -> None:
    """Remove the drafts of `path` whose programs have died; put an old folder back."""
    name = re.compile(re.escape(f".{path.name}.draft-") + r"[a-z0-9_]{8}(\.old)?")
    with os.scandir(path.parent) as entries:
        left = [Path(each.path) for each in entries if name.fullmatch(each.name)]
    for each in left:
        with suppress(OSError):
            handle = os.open(each, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if each.suffix == ".old" and not path.exists():
                    each.replace(path)
                else:
                    shutil.rmtree(each)
            finally:
                os.close(handle)


def _changed_places(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if swap is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(swap(_HERE, names[0], _HERE, names[1], _SWAP) == 0)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder onto the disk, where the system lets us."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder that may be written and not be read
        return
    try:
        os.fsync(handle)
    except OSError as problem:
        if problem.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EROFS}:
            raise
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Force every file below a folder, and the names of all, onto the disk."""
    files, folders = [], []
    for root, _, names in os.walk(folder):
        folders.append(Path(root))
        files += [path for name in names if (path := Path(root, name)).is_file()]
    if len(files) > AT_ONCE:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(_sync_file, files))
    else:
        for path in files:
            _sync_file(path)
    for each in reversed(folders):
        sync_folder(each)


def _make(folder: Path) -> None:
    """Make a folder and those above it; their names are on the disk with them."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        sync_folder(each.parent)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private_folder(path: Path) -> Path:
    """Make `path` a folder only its owner can enter (mode 0700), and return it."""
    _make(path)
    path.chmod(PRIVATE)
    return path
