"""Where everything stands on a page of the form, for its printer and for its scanner.

A page is known by its `Layout` alone, which its QR code carries, so a sheet that comes
back can be read without asking whoever printed it. All measures are whole micrometres
from the top left corner of the page (at 200 dpi a pixel is 127 of them).

    ┌─────────────────────────────┐   ▣ corner marks
    │▣  running line            ▣ │   QR: who the page is, twice
    │ head                  ┌──┐  │
    │ (heading, title and   │QR│  │
    │  summary, notices,    └──┘  │
    │  county)                    │
    │ 1 │ name      │ residence│  │   lines, numbered through the section;
    │   │ signature │ city, zip│▒ │   ▒ an inch for the election office
    │ …                           │
    │ declaration           ┌──┐  │
    │                       │QR│  │
    │▣  running line        └──┘▣ │
    └─────────────────────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from plebiscite.errors import InputError
from plebiscite.petition.form.layout import Layout

MM = 1000
EDGE, MARK = 7 * MM, 7500
"""How far the corner marks stand from the paper's edge, and how wide they are."""
SIDE, BAND = 12 * MM, 17500
"""What is kept free at the sides, and at head and foot (where the marks stand)."""
CODE = 21 * MM
"""The width of a QR code, without the white around it."""
QUIET = 2500
NUMBER, OFFICIAL = 8 * MM, 26 * MM
"""The columns of the line numbers, and of the election office (an inch at least)."""
NAME, SIGNATURE, STRIP = 8 * MM, 9 * MM, 5500
"""Heights within a line; a strip is for words between name and signature."""
LABEL, INSET = 2600, 600
"""What the printed label of a cell takes at its top, and its rules all around."""
PROSE, ROWS = 23 * MM, (9500, 9500, 10 * MM)
"""Heights of the declaration: its words, then its rows of cells, beside the QR code."""
HEADS = 4 * MM
"""The height of the row of headings above the lines."""
GAP = 2500
BESIDE = 3 * MM
"""Between a corner mark and the running line beside it."""


class Box(NamedTuple):
    """A rectangle in micrometres: its left, its top, its width and its height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Where it ends to the right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Where it ends below."""
        return self.y + self.height


class Mark(NamedTuple):
    """A corner mark: its number in OpenCV's dictionary DICT_4X4_50, and its place."""

    id: int
    box: Box


class Cell(NamedTuple):
    """A field to write in: within its rules, and the part without the printed label."""

    box: Box
    ink: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The cells of one numbered line; `official` is the election office's to write in.

    Attributes:
        number: its number in the section, from 1.
        whole: all of it, the number's column included.

    """

    number: int
    whole: Box
    name: Cell
    residence: Cell
    city: Cell
    zip: Cell
    signature: Cell
    official: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """The circulator's declaration: the room of its words, and its cells."""

    whole: Box
    words: Box
    name: Cell
    residence: Cell
    first_day: Cell
    last_day: Cell
    signed_on: Cell
    signed_at: Cell
    signature: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a section.

    Attributes:
        width, height: of the paper.
        marks: the corner marks 0-3: top left, top right, bottom right, bottom left.
        codes: the two places of the QR code, each `CODE` wide, white around.
        running: the running lines at head and foot, which say in print who the page
            is: serial, measure, county and page above, and below all that the code
            says (`PageName.printed`).
        head: the room for words above the lines; all of it on a page of text.
        heads: the row of headings right above the lines; None without lines.
        lines: the numbered lines, none on a page of text.
        declaration: None where the page has none.

    """

    width: int
    height: int
    marks: tuple[Mark, Mark, Mark, Mark]
    codes: tuple[Box, Box]
    running: tuple[Box, Box]
    head: Box
    heads: Box | None
    lines: tuple[Line, ...]
    declaration: Declaration | None


def page_of(layout: Layout) -> Page:
    """Return where everything stands on a page laid out so.

    Raises:
        InputError: its lines leave no room for the words above them.

    """
    width, height = layout.paper.size
    foot = height - BAND
    declaration = _declaration(width, foot) if layout.declaration else None
    below = declaration.whole.y - GAP if declaration else foot - QUIET - CODE - GAP
    top = below - layout.lines * line_height(layout)
    words_end = top - HEADS if layout.lines else below
    if words_end < BAND + CODE + GAP:
        raise InputError(
            f"{layout.lines} lines do not fit on paper of the size "
            f"{layout.paper.name.lower()}; print fewer, or on longer paper"
        )
    right, low = width - EDGE - MARK, height - EDGE - MARK
    return Page(
        width=width,
        height=height,
        marks=(
            Mark(0, Box(EDGE, EDGE, MARK, MARK)),
            Mark(1, Box(right, EDGE, MARK, MARK)),
            Mark(2, Box(right, low, MARK, MARK)),
            Mark(3, Box(EDGE, low, MARK, MARK)),
        ),
        codes=(
            Box(width - SIDE - QUIET - CODE, BAND, CODE, CODE),
            Box(width - SIDE - QUIET - CODE, foot - QUIET - CODE, CODE, CODE),
        ),
        running=(_beside(width, EDGE), _beside(width, low)),
        head=Box(SIDE, BAND, width - 2 * SIDE, words_end - BAND),
        heads=(Box(SIDE, words_end, width - 2 * SIDE, HEADS) if layout.lines else None),
        lines=tuple(
            _line(width, top + at * line_height(layout), layout, layout.first + at)
            for at in range(layout.lines)
        ),
        declaration=declaration,
    )


def _beside(width: int, top: int) -> Box:
    """Return the room between two corner marks."""
    left = EDGE + MARK + BESIDE
    return Box(left, top, width - 2 * left, MARK)


def line_height(layout: Layout) -> int:
    """Return how high a line is, the words between name and signature included."""
    return NAME + SIGNATURE + (STRIP if layout.strip else 0)


def _line(width: int, top: int, layout: Layout, number: int) -> Line:
    left, right = SIDE + NUMBER, width - SIDE - OFFICIAL
    name_width = (right - left) * 47 // 100
    second, zip_width = left + name_width, 24 * MM
    height = line_height(layout)
    half = height - SIGNATURE
    return Line(
        number=number,
        whole=Box(SIDE, top, width - 2 * SIDE, height),
        name=_cell(left, top, name_width, NAME),
        residence=_cell(second, top, right - second, half),
        city=_cell(second, top + half, right - second - zip_width, SIGNATURE),
        zip=_cell(right - zip_width, top + half, zip_width, SIGNATURE),
        signature=_cell(left, top + half, name_width, SIGNATURE),
        official=Box(right, top, OFFICIAL, height),
    )


def _declaration(width: int, foot: int) -> Declaration:
    top = foot - PROSE - sum(ROWS)
    whole = Box(SIDE, top, width - 2 * SIDE, foot - top)
    first, second, third = (top + PROSE + sum(ROWS[:row]) for row in range(3))
    room = whole.width - CODE - 2 * QUIET
    name_width, day = room * 42 // 100, room * 22 // 100
    return Declaration(
        whole=whole,
        words=Box(SIDE, top, whole.width, PROSE),
        name=_cell(SIDE, first, name_width, ROWS[0]),
        residence=_cell(SIDE + name_width, first, room - name_width, ROWS[0]),
        first_day=_cell(SIDE, second, day, ROWS[1]),
        last_day=_cell(SIDE + day, second, day, ROWS[1]),
        signed_on=_cell(SIDE + 2 * day, second, day, ROWS[1]),
        signed_at=_cell(SIDE + 3 * day, second, room - 3 * day, ROWS[1]),
        signature=_cell(SIDE, third, room, ROWS[2]),
    )


def _cell(x: int, y: int, width: int, height: int) -> Cell:
    return Cell(
        Box(x, y, width, height),
        Box(x + INSET, y + LABEL, width - 2 * INSET, height - LABEL - INSET),
    )
