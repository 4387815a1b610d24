"""Readers that are no command of their own: scans, ZIPs of the site, the backup."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from unittest.mock import patch

from plebiscite.core.files import passing_folder
from plebiscite.core.progress import silent
from plebiscite.docket import store
from plebiscite.errors import RecordError
from plebiscite.petition.measure import read_measure

PASSPHRASE = "four horses under a bridge"  # noqa: S105 # of a proof
SIZE = 300, 200


def lay_out(at: Path) -> None:
    """Write a small good file of each kind into the ground."""
    from PIL import Image

    from plebiscite.web.keep.sealed import Sealing
    from plebiscite.web.measures.zipped import zipped

    picture = Image.linear_gradient("L").resize(SIZE)
    for kind in ("png", "jpg", "tif", "bmp", "webp", "pdf"):
        picture.save(at / f"sheet.{kind}")
    (at / "m.zip").write_bytes(zipped(at / "m"))
    with zipfile.ZipFile(at / "images.zip", "w", zipfile.ZIP_DEFLATED) as images:
        for row in (1, 2):
            images.write(at / "sheet.png", f"Alpine/0001/{row}.png")
    with (at / "site.backup").open("wb") as out:
        sealing = Sealing(out, PASSPHRASE)
        with tarfile.open(fileobj=sealing, mode="w|gz") as held:
            held.add(at / "m", "home/measures/m")
        sealing.close()


def scanned(path: Path) -> None:
    """Look at each page of a scan."""
    from plebiscite.petition.scan.source import page_of_file, pages_in

    for number in range(min(pages_in(path), 3)):
        page_of_file(path, number)


def taken_in(path: Path) -> None:
    """Take a measure's folder in, as the state's desk does."""
    from plebiscite.web.measures.zipped import unzipped

    with path.open("rb") as file, unzipped(file, path.parent) as folder:
        read_measure(folder)
        store.verify(folder)


def images(path: Path) -> None:
    """Take the images of lines in, as the county's desk does."""
    from plebiscite.web.county.files.unzip import unpack

    unpack(path, path.parent / "out", progress=silent)


@cache
def remembered() -> Callable[[str, bytes], bytes]:
    """Return what makes a passphrase's key, a fifth of a second's work, but once."""
    from plebiscite.web.keep.sealed import key_of

    return lru_cache(1000)(key_of)


def unsealed(path: Path) -> None:
    """Open a backup and lay out what it holds, as restoring does before all else."""
    from plebiscite.web.keep import sealed
    from plebiscite.web.keep.backup import _unpack

    with (
        path.open("rb") as source,
        passing_folder(path.parent, "backup") as folder,
        patch.object(sealed, "key_of", remembered()),
    ):
        opened = sealed.Opening(source, PASSPHRASE)
        try:
            with tarfile.open(fileobj=io.BufferedReader(opened), mode="r|gz") as held:
                _unpack(held, folder)
        except (tarfile.TarError, EOFError, OSError) as problem:
            raise RecordError("the backup was changed or cut off") from problem


def main() -> None:
    """Give one file to one of these readers, with the messages of a command."""
    from plebiscite.cli.faults import explained

    readers = {each.__name__: each for each in (scanned, taken_in, images, unsealed)}
    with explained():
        readers[sys.argv[1]](Path(sys.argv[2]))


if __name__ == "__main__":
    main()
