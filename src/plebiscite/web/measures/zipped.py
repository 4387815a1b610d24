"""A measure's folder as a ZIP: whole on its way out, guarded on its way in.

A ZIP from elsewhere may name places outside its folder, be links, or swell without end;
it is refused before a byte of it is kept.
"""

from __future__ import annotations

import errno
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from plebiscite.core.files import PRIVATE_FILE, passing_folder
from plebiscite.errors import InputError
from plebiscite.petition.measure import FILE
from plebiscite.report.page.certified import is_draft
from plebiscite.report.page.taken.kit import packed

MOST_BYTES = 2 * 2**30
MOST_FILES = 50_000
LINK = 0o120000
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways of packing that are read: others need a library, or let a bomb in."""
_TORN = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError),
    *(zlib.error, ValueError),
)


class TornError(Exception):
    """A ZIP that cannot be read: torn, locked, or no ZIP at all."""


@contextmanager
def reading() -> Iterator[None]:
    """Run a block that reads a ZIP, whose many ways to be broken become one.

    Raises:
        TornError: it cannot be read. What the disk itself says passes unchanged.

    """
    try:
        yield
    except _TORN as problem:
        raise TornError from problem
    except OSError as problem:
        if problem.errno != errno.EINVAL:
            raise
        raise TornError from problem


def zipped(folder: Path, holds: Callable[[str], bool] = bool) -> bytes:
    """Return a folder as a ZIP, the same bytes for the same files.

    `holds` says of each file, by its path within the folder, whether it goes along. A
    lock or a draft, whose name begins with a dot, belongs to the machine and stays.
    """
    found = (
        (name, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not is_draft(path, folder)
        and holds(name := path.relative_to(folder).as_posix())
    )
    return packed(found, mode=PRIVATE_FILE)


@contextmanager
def unzipped(file: IO[bytes], beside: Path) -> Iterator[Path]:
    """Yield the folder of a measure that a ZIP holds, for as long as the block runs.

    It lies in a private folder `beside`, on the disk where it will stay.

    Raises:
        InputError: it is no ZIP, holds no measure, or may not be trusted.

    """
    with passing_folder(beside, "import") as draft:
        _unpack(file, draft)
        yield _measure_in(draft)


def _unpack(file: IO[bytes], draft: Path) -> None:
    try:
        with reading(), zipfile.ZipFile(file) as archive:
            _refuse_dangerous(archive.infolist())
            left = MOST_BYTES
            for entry in archive.infolist():
                if not entry.is_dir():
                    left -= _unpack_one(archive, entry, draft, left)
    except TornError as problem:
        raise InputError(
            "this is no ZIP that can be read; make one of the measure's folder"
        ) from problem


def _unpack_one(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, draft: Path, left: int
) -> int:
    """Write one file and return its size, as counted and not as the ZIP says."""
    place = draft.joinpath(*PurePosixPath(entry.filename).parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(entry) as source, place.open("xb") as target:
        while piece := source.read(1 << 20):
            size += len(piece)
            if size > left:
                raise InputError(f"the ZIP holds more than {MOST_BYTES:,} bytes")
            target.write(piece)
    return size


def _refuse_dangerous(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise InputError(f"the ZIP holds more than {MOST_FILES:,} files")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise InputError("the ZIP holds two files of one name")
    if any(entry.compress_type not in PACKED for entry in entries):
        raise InputError("the ZIP is packed in an uncommon way; make a plain one")
    for entry in entries:
        path = PurePosixPath(entry.filename)
        outside = (
            not path.parts
            or path.is_absolute()
            or ".." in path.parts
            or "\\" in entry.filename
        )
        if outside or (entry.external_attr >> 16) & 0o170000 == LINK:
            raise InputError(
                "the ZIP names a place outside its folder, or holds a link; make one "
                "of the measure's folder itself"
            )


def _measure_in(draft: Path) -> Path:
    """Return where the measure stands: at the top of the ZIP, or in its one folder."""
    if (draft / FILE).is_file():
        return draft
    inner = [path for path in draft.iterdir() if (path / FILE).is_file()]
    if len(inner) != 1:
        raise InputError(f"the ZIP holds no {FILE}; make one of the measure's folder")
    return inner[0]
