"""Which page it is by what stands in print on it, where both of its codes are covered.

Between its corner marks a page says twice in plain print who it is: above, section,
county and page; below, all that the code says, closed by letters that check it. A
reader of print makes mistakes, so nothing is believed that is said once only: either
the check letters are right, or both lines say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from plebiscite.errors import InputError
from plebiscite.petition.form.geometry import Box, page_of
from plebiscite.petition.form.layout import (
    CHECK,
    CHECKED_BY,
    Layout,
    PageName,
    Paper,
    check_letters,
    serial_text,
)
from plebiscite.petition.scan.extra import Picture, Points, opencv
from plebiscite.petition.scan.sight.ink import clean
from plebiscite.petition.scan.sight.look import Sight
from plebiscite.petition.scan.sight.plane import PIXEL, Plane, corners_of

Reader = Callable[[Picture], str]
"""From a picture of one line of print to what it says."""
FEWEST = 2
"""Corner marks without which nobody knows where to read."""
LARGER = 3
"""How many times finer than 200 dpi the print is laid flat."""
DARK = 60
APART = 9
"""Parts of a line stand apart by more than so many pixels of 200 dpi, and are read one
by one."""
AROUND = 4
OFF = 6
"""Pixels by which marks may be off the places of a size of paper."""
_ALIKE = str.maketrans("OoQDIl|!ZSBG", "000011112586")
_SECTION = re.compile(r"Section\W*([0-9OoIl|SB]{6,8})")
_PAGES = re.compile(r"Page\W*([0-9OIl|SB]{1,3})\W*of\W*([0-9OIl|SB]{1,3})")
_COUNTY = re.compile(r"County\s*of\s*([^\d·|]+)")
_PAPER = re.compile("|".join(each.name for each in Paper))
_BEFORE = re.compile(r"([0-9OoQIl|SBZ]{7,11})/([0-9OoQIl|SBZ]{1,3})$")
_AFTER = re.compile(
    r"([0-9OoQIl|BZ]{1,3})[+t十]([0-9OoQIl|BZ]{1,2})"  # an S is a flag
    rf"(DS|D|S|)(?:.?([{CHECKED_BY}]{{{CHECK}}})|)"
)
_SERIALS = (6, 7, 8)
_FLAGS = ("", "D", "S", "DS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the running lines of a page say.

    Attributes:
        name: which page it is; None where that is not sure.
        section: its section as stamped, and `page` of `pages`, as the upper line says;
            empty and 0 where it cannot be read.
        county: as it is printed, blanks perhaps lost; empty where it cannot be read.

    """

    name: PageName | None
    section: str = ""
    page: int = 0
    pages: int = 0
    county: str = ""


def by_print(
    picture: Picture, sight: Sight, reader: Reader, measures: Sequence[str] = ()
) -> Printed | None:
    """Return what a page says in print; None where nothing can be read.

    Args:
        picture: the page, as it came.
        sight: its corner marks; at least `FEWEST` are needed.
        reader: reads one line of print.
        measures: ids that it may be of, in case the reader mistakes a letter.

    """
    best = None
    for plane, paper in _planes(sight):
        head, foot = (
            _said(picture, plane, box, reader)
            for box in page_of(Layout(paper=paper)).running
        )
        found = understood(head, foot, measures)
        if found and found.name and found.name.layout.paper is paper:
            return found
        best = best or found
    return best and Printed(
        name=None,
        section=best.section,
        page=best.page,
        pages=best.pages,
        county=best.county,
    )


def _planes(sight: Sight) -> Iterator[tuple[Plane, Paper]]:
    """Yield how the page may lie, for each size of paper its marks may stand on."""
    cv2 = opencv()
    many = len({number for number, _ in sight.marks})
    if many < FEWEST:
        return
    theirs = np.concatenate([at for _, at in sight.marks])
    for paper in Paper:
        page = page_of(Layout(paper=paper))
        ours = np.concatenate([corners_of(page.marks[n].box) for n, _ in sight.marks])
        if many > FEWEST:
            seen, _ = cv2.findHomography(ours, theirs, 0)
        else:
            flat, _ = cv2.estimateAffinePartial2D(ours, theirs, method=cv2.LMEDS)
            seen = None if flat is None else np.vstack([flat, [0, 0, 1]])
        if seen is None:
            continue
        plane = Plane(seen=seen, width=page.width // PIXEL, height=page.height // PIXEL)
        if np.abs(plane.back(theirs) - ours).max() <= OFF * many:
            yield plane, paper


def _said(picture: Picture, plane: Plane, box: Box, reader: Reader) -> str:
    """Return what one running line says, part by part from the left."""
    strip = _strip(picture, plane, box)
    dark = clean(strip) > DARK
    rows = np.flatnonzero(dark.sum(1) > LARGER)
    if not len(rows):
        return ""
    first, last = rows[0], rows[-1] + 1
    columns = np.flatnonzero(dark[first:last].any(0))
    starts = np.flatnonzero(np.diff(columns) > APART * LARGER) + 1
    parts = np.split(columns, starts)
    return " ".join(
        reader(_framed(strip[first:last, part[0] : part[-1] + 1]))
        for part in parts
        if len(part) > LARGER * AROUND
    )


def _strip(picture: Picture, plane: Plane, box: Box) -> Picture:
    """Return a running line laid flat and made larger."""
    cv2 = opencv()
    width, height = (LARGER * side // PIXEL for side in (box.width, box.height))
    square = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    there: Points = plane.corners(box).astype(np.float32)
    turn = cv2.getPerspectiveTransform(there, square)
    return np.asarray(
        cv2.warpPerspective(
            picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255
        )
    )


def _framed(part: Picture) -> Picture:
    """Return print with white around it, in the colours a reader expects."""
    cv2 = opencv()
    edge = LARGER * AROUND
    paper = int(np.percentile(part, 90))
    ways = {"borderType": cv2.BORDER_CONSTANT, "value": paper}
    wider = cv2.copyMakeBorder(
        np.ascontiguousarray(part), edge, edge, edge, edge, **ways
    )
    return np.asarray(cv2.cvtColor(wider, cv2.COLOR_GRAY2RGB))


def understood(head: str, foot: str, measures: Sequence[str] = ()) -> Printed | None:
    """Return what the running lines say, where they say it twice or rightly checked.

    >>> foot = "PLB1us/ca/16-0011 000123 4/4 LETTER 1+5D EEPKC"
    >>> understood("", foot).name.serial
    123
    >>> understood("", foot.replace("123", "128")) is None
    True
    """
    section, page, pages = _above(head)
    county = _COUNTY.search(head)
    shown = Printed(
        name=_below(foot, (section, page, pages), measures),
        section=section,
        page=page,
        pages=pages,
        county=_spaced(county[1]) if county else "",
    )
    return shown if shown.name or section else None


def _above(head: str) -> tuple[str, int, int]:
    section, pages = _SECTION.search(head), _PAGES.search(head)
    if not section or not section[1].translate(_ALIKE).isdecimal():
        return "", 0, 0
    page, of = (
        (each.translate(_ALIKE) for each in pages.groups()) if pages else ("0", "0")
    )
    known = page.isdecimal() and of.isdecimal()
    numbers = (int(page), int(of)) if known else (0, 0)
    return serial_text(int(section[1].translate(_ALIKE))), *numbers


def _spaced(county: str) -> str:
    """Return a county with the blanks that the reader lost: LosAngeles."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", county.partition("Page")[0])
    return " ".join(apart.split())


def _below(
    foot: str, above: tuple[str, int, int], measures: Sequence[str]
) -> PageName | None:
    """Return the page whose code's words these are, if that is sure."""
    said = "".join(foot.split())
    paper = _PAPER.search(said)
    before = paper and _BEFORE.search(said[: paper.start()])
    after = paper and _AFTER.match(said, paper.end())
    if not (paper and before and after):
        return None
    digits, of = (each.translate(_ALIKE) for each in before.groups())
    first, lines = (each.translate(_ALIKE) for each in after.groups()[:2])
    if not (of + first + lines).isdecimal() or not digits.isdecimal():
        return None
    read = said[4 : before.start()]
    for flags in dict.fromkeys((after[3], *_FLAGS)):
        layout = Layout(
            paper=Paper[paper[0]],
            first=int(first),
            lines=int(lines),
            declaration="D" in flags,
            strip="S" in flags,
        )
        for start, stop in _splits(len(digits)):
            numbers = digits[start:stop], digits[stop:], of
            shown = read + before[1][:start]
            alike = [each for each in measures if len(each) == len(shown)]
            for measure in dict.fromkeys((shown, *alike)):
                name = _named(measure, numbers, layout)
                known = measure in alike and flags == after[3]
                if name and _sure(name, after[4], above, known=known):
                    return name
    return None


def _splits(digits: int) -> Iterator[tuple[int, int]]:
    """Yield where a serial may begin and end within digits that run together."""
    for many in _SERIALS:
        for start in range(digits - many):
            yield start, start + many


def _named(measure: str, numbers: Sequence[str], layout: Layout) -> PageName | None:
    serial, page, pages = map(int, numbers)
    try:
        name = PageName(
            measure=measure, serial=serial, page=page, pages=pages, layout=layout
        )
        page_of(layout)
    except InputError:
        return None
    return name if serial_text(serial) == numbers[0] else None


def _sure(
    name: PageName, check: str | None, above: tuple[str, int, int], *, known: bool
) -> bool:
    """Tell whether a reading is checked, or said twice of a petition that is known."""
    if check == check_letters(str(name)):
        return True
    return known and above == (serial_text(name.serial), name.page, name.pages)
