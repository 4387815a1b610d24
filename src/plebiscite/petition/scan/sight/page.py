"""One page, read: which it is, how it lies, and what is written in which line.

A page that cannot be read says why, in words for the person at the scanner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product

import numpy as np

from plebiscite.petition.form.geometry import Page, page_of
from plebiscite.petition.form.layout import PageName, serial_text
from plebiscite.petition.scan.extra import Picture, Points
from plebiscite.petition.scan.sight.ink import Written, written
from plebiscite.petition.scan.sight.lie import first_plane, misfit, settled
from plebiscite.petition.scan.sight.look import (
    ALL_MARKS,
    FEWEST_MARKS,
    Sight,
    by_marks,
    codes_by_parts,
    look,
    ours,
)
from plebiscite.petition.scan.sight.plane import Plane
from plebiscite.petition.scan.sight.printed import Printed, Reader, by_print
from plebiscite.petition.scan.source import DPI, Seen

COARSE = (1, 2)
"""Below so many pixels for one of 200 dpi, a page is too coarse to be keyed from."""
STEEP = (22, 10)
"""Above such a ratio of its largest scale to its smallest, a page lies too steep."""
BLANK = 3
"""Darkness that a page without any print does not reach, on the average."""
SMALL = 1_100
"""Pixels of the longer side below which a picture without a code is too small."""


BADLY = 225
"""From such a misfit on, a page's print does not lie where the page's name has it."""


class Standing(Enum):
    """What became of a page."""

    READ = "read"
    COARSE = "coarse"
    STEEP = "steep"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    OTHER = "other petition"
    DUPLICATE = "duplicate"
    BROKEN = "broken"


WHY = {
    Standing.COARSE: (
        "about {dpi} dpi: too coarse to key from; scan it again at 200 dpi or more"
    ),
    Standing.STEEP: (
        "photographed at too low an angle: the far lines are too small to read; "
        "hold the camera above the middle of the sheet"
    ),
    Standing.FOREIGN: (
        "no code and no corner marks of ours: another form, or a back side; take it out"
    ),
    Standing.UNKNOWN: (
        "our corner marks, but neither a code nor its words in print can be read: "
        "covered or cut off; scan it again, whole and flat"
    ),
    Standing.EMPTY: "an empty page",
}
TOO_SMALL = (
    "{width} by {height} pixels: too few to tell what it is; if it is a sheet, scan it "
    "again at 200 dpi or more"
)
BY_PRINT = (
    "read from print, as neither code can be read: section {section}, page {page}; see "
    "that it is"
)
HALF_READ = (
    "neither code can be read, and the print in part only: it seems to be section "
    "{section}; scan it again, whole and flat, or key it from the sheet "
    "(petition key --sections {section})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page is, and holds.

    Attributes:
        standing: what became of it.
        why: in words, empty where all is well.
        name: which page it is, where known.
        plane: how it lies in the picture.
        flat: the page laid flat.
        lines: what is written in each, in their order.
        marks: how many corner marks were seen.
        turned: degrees clockwise by which the page lay turned: 0, 90, 180 or 270.
        by_print: what its running lines say; None where a code says it.

    """

    standing: Standing
    why: str = ""
    name: PageName | None = None
    plane: Plane | None = None
    flat: Picture | None = None
    lines: tuple[Written, ...] = ()
    marks: int = 0
    turned: int = 0
    by_print: Printed | None = None


def read_page(
    seen: Seen, reader: Reader | None = None, measures: Sequence[str] = ()
) -> Reading:
    """Return what a picture shows.

    Args:
        seen: the picture.
        reader: reads print where both codes are covered; None where there is none.
        measures: ids of the petition that is expected, if one is.

    """
    picture = seen.picture
    sight = look(picture)
    known = ours(sight)
    if not known and (found := by_marks(picture, sight)):
        sight = replace(sight, codes=(*sight.codes, found))
        known = ours(sight)
    if known:
        return _coded(seen, sight, known)
    said = by_print(picture, sight, reader, measures) if reader else None
    if said and said.name:
        about = _read(seen, sight, said.name, [], surely=False)
        if about.standing is not Standing.UNKNOWN:
            section, page = serial_text(said.name.serial), said.name.page
            why = about.why or BY_PRINT.format(section=section, page=page)
            return replace(about, why=why, by_print=said)
    if parts := codes_by_parts(picture):
        sight = replace(sight, codes=(*sight.codes, *parts))
        if known := ours(sight):
            return _coded(seen, sight, known)
    about = _unknown(seen, sight)
    if said and said.section and about.standing is Standing.UNKNOWN:
        why = HALF_READ.format(section=said.section)
        return replace(about, why=why, by_print=said)
    return about


def _coded(
    seen: Seen, sight: Sight, known: Sequence[tuple[PageName, Points]]
) -> Reading:
    """Return what is on a page whose codes say which it is."""
    name = Counter(each for each, _ in known).most_common(1)[0][0]
    return _read(seen, sight, name, [at for each, at in known if each == name])


def _read(
    seen: Seen,
    sight: Sight,
    name: PageName,
    places: Sequence[Points],
    *,
    surely: bool = True,
) -> Reading:
    """Return what is on a page whose name is known, `surely` where a code says it."""
    picture, page = seen.picture, page_of(name.layout)
    plane = _plane(picture, page, sight, places)
    marks = len({number for number, _ in sight.marks})
    if plane is None or (
        page.lines and not surely and misfit(picture, page, plane) > BADLY
    ):
        why = WHY[Standing.UNKNOWN]
        return Reading(standing=Standing.UNKNOWN, why=why, name=name, marks=marks)
    least, most = plane.resolution()
    about = Reading(
        standing=Standing.READ, name=name, plane=plane, marks=marks, turned=_turn(plane)
    )
    if most * STEEP[1] > least * STEEP[0]:
        return replace(about, standing=Standing.STEEP, why=WHY[Standing.STEEP])
    flat = plane.flat(picture)
    lines = tuple(written(flat, page))
    about = replace(about, flat=flat, lines=lines)
    if least * COARSE[1] < seen.scale * COARSE[0]:
        dpi = round(DPI * (least * most) ** (1 / 2) / seen.scale)
        why = WHY[Standing.COARSE].format(dpi=dpi)
        return replace(about, standing=Standing.COARSE, why=why)
    return about


def _plane(
    picture: Picture, page: Page, sight: Sight, places: Sequence[Points]
) -> Plane | None:
    """Return how the page lies, whichever of its two codes are which."""
    marks = len({number for number, _ in sight.marks})
    best: tuple[float, Plane] | None = None
    for numbers in product((0, 1), repeat=min(len(places), 2)):
        if len(numbers) > 1 and numbers[0] == numbers[1]:
            continue
        known = list(zip(numbers, places[:2], strict=True))
        for stiff in (False, True) if marks < FEWEST_MARKS else (False,):
            plane = first_plane(page, sight, known, stiff=stiff)
            if plane is None:
                continue
            plane = settled(picture, page, plane, sight)
            off = misfit(picture, page, plane)
            if best is None or off < best[0]:
                best = off, plane
        if marks == ALL_MARKS:  # the codes were not even asked
            break
    return best[1] if best else None


def _turn(plane: Plane) -> int:
    """Return by how many quarters the page lay turned, in degrees clockwise."""
    middle = plane.width // 2, plane.height // 2
    here, there = plane.at(np.array([middle, (middle[0] + 100, middle[1])]))
    across, down = there - here
    if abs(across) >= abs(down):
        return 0 if across > 0 else 180
    return 90 if down > 0 else 270


def _unknown(seen: Seen, sight: Sight) -> Reading:
    marks = len({number for number, _ in sight.marks})
    if float(255 - np.median(seen.picture)) < BLANK * 20 and _empty(seen.picture):
        return Reading(standing=Standing.EMPTY, why=WHY[Standing.EMPTY])
    if max(seen.width, seen.height) < SMALL:
        why = TOO_SMALL.format(width=seen.width, height=seen.height)
        return Reading(standing=Standing.UNKNOWN, why=why, marks=marks)
    foreign = [said for said, _ in sight.codes]
    standing = Standing.UNKNOWN if marks > 1 and not foreign else Standing.FOREIGN
    if standing is Standing.UNKNOWN and _squashed(sight):
        standing = Standing.STEEP
    return Reading(standing=standing, why=WHY[standing], marks=marks)


def _squashed(sight: Sight) -> bool:
    """Return whether the corner marks, which are squares, look anything but alike."""
    sides = np.concatenate(
        [np.linalg.norm(at - np.roll(at, 1, axis=0), axis=1) for _, at in sight.marks]
    )
    return bool(sides.max() * STEEP[1] > sides.min() * STEEP[0])


def _empty(picture: Picture) -> bool:
    """Return whether there is no print on a picture, but for its edges."""
    down, across = picture.shape
    inner = picture[down // 20 : -down // 20, across // 20 : -across // 20]
    small = inner[::4, ::4].astype(np.int32)
    steps = np.abs(np.diff(small, axis=1))
    return bool((steps > 60).mean() * 2_000 < 1)  # noqa: PLR2004 - the ink of a line
