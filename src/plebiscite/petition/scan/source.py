"""Where pages come from: folders, PDF files, pictures; never more than memory holds.

Whatever lies in a folder is looked at with suspicion: how large a picture is, is asked
before it is opened, and every PDF is drawn no larger than a page needs. What cannot be
read says so in one sentence, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from plebiscite.errors import InputError
from plebiscite.petition.scan.extra import Picture, pillow

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
PDF = ".pdf"
DPI, FINEST = 200, 300
MOST_PIXELS = 120_000_000
"""Of one picture; a sheet of tabloid paper at 600 dpi has 67 million."""
LONGEST = 4_400
"""Pixels of the longer side that are worked with; larger pictures are made smaller."""
MOST_BYTES = 1_000_000_000
MOST_POINTS = 100_000
"""Of a side of a page of a PDF."""
MOST_PAGES = 5_000
"""Of one file."""
POINTS = 72
DAMAGED = (
    *(OSError, ValueError, SyntaxError, OverflowError, EOFError),
    *(TypeError, KeyError, IndexError, struct.error),
)
"""What the library of pictures raises at damaged ones."""
ORIENTATION, SIDEWAYS = 0x0112, (5, 6, 7, 8)
"""How a camera says that it was held upright."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that pages come in.

    Attributes:
        path: where it lies.
        name: how it is named in answers: below the folder that was given.
        print: changes when the file does.

    """

    path: Path
    name: str
    print: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One page as it came.

    Attributes:
        picture: grey.
        width, height: of the page as it came, in its own pixels (of a PDF, at the
            resolution it was drawn at).
        scale: how many pixels of the picture make one of those, at most 1.

    """

    picture: Picture
    width: int
    height: int
    scale: float


def sources(given: Sequence[Path]) -> list[Source]:
    """Return the files to look at, in the order given; those of a folder by name.

    Raises:
        InputError: there is none.

    """
    found = []
    for path in given:
        inside = path.is_dir()
        files = sorted(path.rglob("*")) if inside else [path]
        for file in files:
            if file.is_symlink() and inside:
                continue
            if not file.is_file() or any(p.startswith(".") for p in file.parts[-1:]):
                continue
            name = file.relative_to(path).as_posix() if inside else file.name
            found.append(Source(path=file, name=name, print=_print(file)))
    if not found:
        raise InputError("there is no file to scan", path=given[0] if given else None)
    return found


def _print(file: Path) -> str:
    stat = file.stat()
    said = f"{file.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}"
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def pages_in(path: Path) -> int:
    """Return how many pages a file holds.

    Raises:
        InputError: it is no PDF and no picture, locked, broken or too large.

    """
    _refuse_unfit(path)
    if path.suffix.lower() == PDF:
        document = _document(path)
        count = len(document)
        document.close()
    else:
        with _opened(path) as picture:
            try:
                count = int(getattr(picture, "n_frames", 1))
            except DAMAGED:
                raise InputError("it is no whole picture: it is torn") from None
    if not 1 <= count <= MOST_PAGES:
        raise InputError(f"it has {count:,} pages; give files of 1 to {MOST_PAGES:,}")
    return count


def page_of_file(path: Path, number: int) -> Seen:
    """Return page `number`, from 0, of a file.

    Raises:
        InputError: it cannot be read.

    """
    _refuse_unfit(path)
    if path.suffix.lower() == PDF:
        return _drawn(path, number)
    with _opened(path) as picture:
        try:
            picture.seek(number)
        except DAMAGED:
            raise InputError("it is no whole picture: it is torn") from None
        return _grey(picture)


def _refuse_unfit(path: Path) -> None:
    if path.suffix.lower() not in (PDF, *PICTURES):
        raise InputError(
            "it is neither a PDF nor a picture (PNG, JPEG, TIFF, BMP, WebP)"
        )
    if path.stat().st_size > MOST_BYTES:
        raise InputError("it is larger than a gigabyte; scan in smaller parts")
    if path.stat().st_size == 0:
        raise InputError("it is empty")


def _document(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as trouble:
        if "password" in str(trouble).lower():
            raise InputError(
                "it is protected with a password; save it without one"
            ) from None
        raise InputError(
            "it is no whole PDF: it is torn, or something else under that name"
        ) from None


def _drawn(path: Path, number: int) -> Seen:
    document = _document(path)
    try:
        page = document[number]
        width, height = page.get_size()
        if not 1 <= min(width, height) <= max(width, height) <= MOST_POINTS:
            raise InputError("the page has no size that paper can have")
        fine = _resolution(page, width)
        scale = min(fine / POINTS, LONGEST / max(width, height))
        picture = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        grey = np.array(picture.to_numpy())
    except pypdfium2.PdfiumError:
        raise InputError("this page of the PDF cannot be drawn; it is torn") from None
    finally:
        document.close()
    grey = grey[..., 0] if grey.ndim > 2 else grey  # noqa: PLR2004 - rows and columns
    return Seen(picture=grey, width=grey.shape[1], height=grey.shape[0], scale=1)


def _resolution(page: pypdfium2.PdfPage, width: float) -> float:
    """Return at how many dots an inch to draw: those of the one picture it holds."""
    pictures = list(page.get_objects(filter=[3], max_depth=2))[:2]
    if len(pictures) != 1:
        return DPI
    across, _ = pictures[0].get_px_size()
    left, _, right, _ = pictures[0].get_bounds()
    if (right - left) * 10 < width * 6:
        return DPI
    return float(max(min(across * POINTS / max(right - left, 1), FINEST), 1))


def _opened(path: Path) -> Any:
    image: Any = pillow()
    image.MAX_IMAGE_PIXELS = None  # refused below, with a message of our own
    try:
        picture = image.open(path)
    except DAMAGED:
        raise InputError(
            "it is no whole picture: it is torn, or something else under that name"
        ) from None
    if picture.width * picture.height > MOST_PIXELS:
        size = f"{picture.width:,} by {picture.height:,}"
        picture.close()
        raise InputError(
            f"it has {size} pixels, more than any sheet needs; scan at {DPI} dpi"
        )
    return picture


def _grey(picture: Any) -> Seen:
    from PIL import ImageOps

    try:
        whole = picture.size
        if picture.getexif().get(ORIENTATION, 1) in SIDEWAYS:
            whole = whole[1], whole[0]
        picture.draft("L", (LONGEST, LONGEST))
        if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
            picture = _on_white(picture)
        grey = ImageOps.exif_transpose(_to_grey(picture))
    except (*DAMAGED, MemoryError):
        raise InputError("it is no whole picture: it is torn in the middle") from None
    fits = LONGEST / max(grey.size)
    if fits < 1:
        size = round(grey.width * fits), round(grey.height * fits)
        if not all(size):
            raise InputError(
                f"it has {grey.width:,} by {grey.height:,} pixels, and no sheet is so "
                "narrow; it is torn"
            )
        grey = grey.resize(size, pillow().Resampling.BOX)
    return Seen(
        picture=np.array(grey),
        width=whole[0],
        height=whole[1],
        scale=grey.width / whole[0],
    )


def _to_grey(picture: Any) -> Any:
    if picture.mode.startswith("I"):  # 16 bits
        return pillow().fromarray((np.array(picture) >> 8).astype(np.uint8))
    return picture.convert("L")


def _on_white(picture: Any) -> Any:
    full = picture.convert("RGBA")
    paper = pillow().new("RGBA", full.size, "white")
    paper.alpha_composite(full)
    return paper
