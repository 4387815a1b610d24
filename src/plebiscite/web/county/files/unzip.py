"""Images out of a ZIP file, by names of ours: nothing a name says is used as a path.

Line images are named after the line (``Alpine/0001/3.png``, or with another mark in
place of the slashes); specimens stand in a folder named after the voter and carry their
day (``V123/2016-05-01.png``). On disk that folder has a name that tells nobody whose it
is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from plebiscite.core.files import PRIVATE, whole_folder
from plebiscite.core.progress import Progress
from plebiscite.errors import InputError, Refusal
from plebiscite.web.measures.zipped import PACKED, TornError, reading

KINDS = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
LARGEST, MOST, ALL = 5 * 2**20, 500_000, 50 * 2**30
"""Bytes of one image; images of one file; bytes of them all, unpacked."""
ODD = re.compile(r"[^A-Za-z0-9_-]+")


def plain(name: str) -> str:
    """Return a name that is safe in a path, and the same for the same name.

    >>> plain("Alpine/01-0001/3")
    'Alpine_01-0001_3'
    """
    return ODD.sub("_", name).strip("_")


def unpack(
    source: Path,
    out: Path,
    *,
    folder_of: Callable[[str], str] | None = None,
    progress: Progress,
) -> int:
    """Unpack the images of `source` into the folder `out`; return how many.

    With `folder_of`, an image goes into the folder it gives for the name of the one the
    image stands in.

    Raises:
        InputError: it is no ZIP file, or holds something else; nothing is kept.

    """
    with (
        _opened(source) as packed,
        whole_folder(out, replace=True, mode=PRIVATE) as draft,
    ):
        entries = [each for each in packed.infolist() if not _is_noise(each)]
        if len(entries) > MOST or sum(each.file_size for each in entries) > ALL:
            raise InputError("this file unpacks to too much; split it", path=source)
        refusals = []
        for done, entry in enumerate(entries, start=1):
            raw = _image(packed, entry)
            if raw is None:
                refusals.append(
                    Refusal(
                        problem="not a PNG or JPEG image of at most 5 MB",
                        value=PurePosixPath(entry.filename).suffix or None,
                    )
                )
                continue
            place = draft.joinpath(*_place(entry, folder_of))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.with_name(place.name + raw[1]).write_bytes(raw[0])
            progress("unpacking images", done, len(entries))
        if refusals or not entries:
            raise InputError(
                f"{len(refusals):,} of {len(entries):,} entries are no images; nothing "
                "of this file was taken over"
                if entries
                else "this file holds no image",
                path=source,
                refusals=refusals,
            )
    return len(entries)


def _opened(source: Path) -> ZipFile:
    with suppress(TornError), reading():
        if zipfile.is_zipfile(source):
            return ZipFile(source)
    raise InputError("this is no ZIP file; pack the images into one", path=source)


def images_in(folder: Path) -> Iterator[Path]:
    """Yield the images of a folder, the name that sorts last (the newest day) first."""
    if folder.is_dir():
        yield from sorted(folder.iterdir(), key=lambda path: path.name, reverse=True)


def _is_noise(entry: ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    hidden = not parts or parts[-1].startswith(".")
    return hidden or entry.is_dir() or "__MACOSX" in parts


def _image(packed: ZipFile, entry: ZipInfo) -> tuple[bytes, str] | None:
    if entry.file_size > LARGEST or entry.compress_type not in PACKED:
        return None
    try:
        with reading():
            raw = packed.read(entry)
    except TornError:
        return None
    ending = next((end for mark, end in KINDS.items() if raw.startswith(mark)), None)
    return None if ending is None else (raw, ending)


def _place(entry: ZipInfo, folder_of: Callable[[str], str] | None) -> tuple[str, ...]:
    path = PurePosixPath(entry.filename)
    if folder_of is not None:
        return folder_of(path.parent.name), plain(path.stem) or "_"
    inner = "/".join([*path.parts[:-1], path.stem])
    return (plain(inner) or "_",)
