"""What a person wrote: ink told from paper, from print, from stains and from shadow.

The paper's own brightness is taken away first, so that a shadow or a coffee stain, wide
as they are, leave nothing; a stroke of a pen is thin and stays. How dark a stroke must
be is measured on the page itself: its printed rules are as thin as a pen's strokes, and
blur and fading thin them alike. What touches is one piece, and belongs to the cell that
holds most of it, so that a long tail does not fill the line below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from plebiscite.petition.form.geometry import Box, Cell, Line, Page
from plebiscite.petition.scan.extra import Picture, opencv
from plebiscite.petition.scan.sight.plane import PIXEL, pixels

FIELDS = ("name", "residence", "city", "zip", "signature")
WIDE = 25
"""Pixels: what is wider than this is no stroke."""
RULE = 3
"""Pixels on either side of a sharp printed rule that are not looked at."""
SPECK = 9
"""Pixels of ink: less is dust."""
SHORT = 11
"""Pixels: a piece both lower and narrower is a speck, not a letter."""
ENOUGH = 60
"""Pixels of ink of pieces that make a cell written in."""
STREAK = (7, 10)
"""Share of a column of pixels that is dark where a scanner's glass is dirty."""
FULL = (92, 100)
"""Share of a way along which a stroke shows."""
STRUCK = (55, 100)
"""Share of a line's width that a stroke crosses where the line is crossed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written in one line.

    Attributes:
        number: of the line in its section.
        ink: pixels of ink of each field, in the order of `FIELDS`.
        fields: those written in.
        struck: whether a stroke crosses the line out.

    """

    number: int
    ink: tuple[int, ...]
    fields: tuple[str, ...]
    struck: bool

    @property
    def written(self) -> bool:
        """Whether there is ink in its name or its signature."""
        return self.struck or bool({"name", "signature"} & set(self.fields))


def clean(flat: Picture) -> Picture:
    """Return a page laid flat as darkness, 0 for paper to 255, its background gone."""
    cv2 = opencv()
    small = cv2.resize(flat, None, fx=1 / 2, fy=1 / 2, interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(small, 3)
    square = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (WIDE // 2, WIDE // 2))
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, square)
    paper = cv2.blur(paper, (9, 9))
    paper = cv2.resize(paper, flat.shape[::-1], interpolation=cv2.INTER_LINEAR)
    bright = cv2.divide(flat, np.maximum(paper, 24), scale=255)
    return np.asarray(255 - bright)


def written(flat: Picture, page: Page) -> list[Written]:
    """Return what is written in each line of a page laid flat, in their order."""
    if not page.lines:
        return []
    cv2 = opencv()
    first, last = page.lines[0].whole, page.lines[-1].whole
    top = max(0, first.y // PIXEL - WIDE)
    low = min(flat.shape[0], last.bottom // PIXEL + WIDE)
    dark = cv2.GaussianBlur(clean(flat[top:low]), (3, 3), 0)
    least = _least(dark, page, top)
    reach = _reach(dark, page, top, least)
    print_, rules = _printed(page, dark.shape, top, reach)
    ink = (dark > least).astype(np.uint8)
    ink[print_] = 0
    ink = _bridged(_unstreaked(ink), rules, reach)
    found = cv2.connectedComponentsWithStats(ink, connectivity=8)
    owner = _owners(found, page, top)
    return [
        _line(line, owner[at], found, struck=_crossed(line, ink, rules, top))
        for at, line in enumerate(page.lines)
    ]


def _printed(
    page: Page, shape: tuple[int, int], top: int, reach: int
) -> tuple[Picture, Picture]:
    """Return where nothing is looked at (rules, numbers, office), and the rules."""
    rules = np.zeros(shape, dtype=bool)
    print_ = np.ones(shape, dtype=bool)
    for line in page.lines:
        rows, _ = pixels(_shifted(line.whole, top))
        left, right = line.name.box.x // PIXEL, line.official.x // PIXEL
        print_[rows, left:right] = False
        for cell in (getattr(line, field) for field in FIELDS):
            rows, columns = pixels(_shifted(cell.box, top))
            for y in (rows.start, rows.stop):
                rules[max(0, y - reach) : y + reach, columns] = True
            for x in (columns.start, columns.stop):
                rules[rows, max(0, x - reach) : x + reach] = True
    return print_ | rules, rules


def _shifted(box: Box, top: int) -> Box:
    return box._replace(y=box.y - top * PIXEL)


def _least(dark: Picture, page: Page, top: int) -> int:
    """Return from which darkness on a pixel is ink.

    Two fifths of what the printed rules are, and well above the paper's own grain.
    """
    line = page.lines[0].whole
    columns = slice(line.x // PIXEL + 4, line.right // PIXEL - 4)
    heights = [each.whole.bottom // PIXEL - top for each in page.lines]
    rule = np.median([dark[max(0, y - 2) : y + 3, columns].max(0) for y in heights])
    office = [dark[pixels(_shifted(each.official, top))] for each in page.lines]
    paper = np.concatenate([each[8:-8, 8:-8].ravel() for each in office])
    grain = np.percentile(paper, 95) - np.median(paper)
    return int(min(max(rule * 2 / 5, np.median(paper) + 3 * grain, 20), 110))


def _reach(dark: Picture, page: Page, top: int, least: int) -> int:
    """Return how many pixels a printed rule reaches to either side: blur widens it.

    Measured in the election office's column, where nobody else writes.
    """
    wide = []
    for line in page.lines:
        _, columns = pixels(line.official)
        y = line.whole.bottom // PIXEL - top
        across = dark[y - 8 : y + 9, columns.start + 8 : columns.stop - 8]
        wide.append(int((np.median(across, axis=1) > least).sum()))
    return min(max(RULE, int(np.median(wide)) // 2 + 2), 2 * RULE)


def _bridged(ink: Picture, rules: Picture, reach: int) -> Picture:
    """Join what a printed rule cuts: strokes that go on on its other side."""
    cv2 = opencv()
    joined = np.zeros_like(ink)
    long = reach + 1
    for x, y in ((6, 0), (5, 3), (3, 5), (0, 6), (-3, 5), (-5, 3)):
        way = np.zeros((2 * long + 1, 2 * long + 1), np.uint8)
        ends = [
            (long + at * x * long // 6, long + at * y * long // 6) for at in (-1, 1)
        ]
        cv2.line(way, ends[0], ends[1], 1)
        joined |= cv2.morphologyEx(ink, cv2.MORPH_CLOSE, way)
    return np.where(rules, joined, ink)


def _unstreaked(ink: Picture) -> Picture:
    """Take away what a scanner with dirty glass draws down the whole page."""
    cv2 = opencv()
    down = ink.mean(0) * STREAK[1] > STREAK[0]
    if down.any():
        wider = cv2.dilate(down.astype(np.uint8).reshape(1, -1), np.ones((1, 5)))
        ink[:, wider.ravel() > 0] = 0
    return ink


def _crossed(line: Line, ink: Picture, rules: Picture, top: int) -> bool:
    """Return whether a straight stroke runs across most of a line.

    Every straight way from its left to its right is tried. Where the way runs along a
    printed rule nothing can be seen, so that part counts for neither.
    """
    cv2 = opencv()
    left, right = line.name.box.x // PIXEL, line.official.x // PIXEL
    rows, _ = pixels(_shifted(line.whole, top))
    room = slice(rows.start + RULE, rows.stop - RULE), slice(left, right)
    tall = np.ones((5, 1), np.uint8)
    inked = cv2.dilate(ink[room], tall)[:, ::4]
    seen = cv2.dilate(rules[room].astype(np.uint8), tall)[:, ::4] == 0
    height, width = inked.shape
    y = np.arange(0, height, 3)
    starts, ends = (each.ravel() for each in np.meshgrid(y, y))
    along = np.linspace(0, 1, width)
    ways = np.rint(starts[:, None] + (ends - starts)[:, None] * along).astype(int)
    columns = np.arange(width)
    shown = seen[ways, columns]
    hits = (inked[ways, columns] > 0) & shown
    part = width * STRUCK[0] // STRUCK[1]
    shown_in, hits_in = (_windows(each, part) for each in (shown, hits))
    full = hits_in * FULL[1] >= shown_in * FULL[0]
    return bool((full & (shown_in * 5 >= part * 2)).any())


def _windows(ways: Picture, part: int) -> Picture:
    """Return how many of `part` places after one another are true, from each place."""
    sums = np.cumsum(ways, axis=1, dtype=np.int32)
    sums = np.pad(sums, ((0, 0), (1, 0)))
    return np.asarray(sums[:, part:] - sums[:, :-part])


def _owners(found: Any, page: Page, top: int) -> list[dict[str, list[tuple[int, int]]]]:
    """Return, of each line and field, its pieces: number and ink within the cell."""
    _, labels, stats, _ = found
    cells = [
        (at, field, getattr(line, field))
        for at, line in enumerate(page.lines)
        for field in FIELDS
    ]
    shares = np.zeros((len(cells), len(stats)), dtype=np.int64)
    for row, (_, _, cell) in enumerate(cells):
        within = labels[pixels(_shifted(_room(cell), top))]
        shares[row] = np.bincount(within.ravel(), minlength=len(stats))
    shares[:, 0] = 0
    best = shares.argmax(0)
    owner: list[dict[str, list[tuple[int, int]]]] = [
        {field: [] for field in FIELDS} for _ in page.lines
    ]
    cell_width = page.lines[0].name.box.width // PIXEL
    for piece in range(1, len(stats)):
        area, width, height = (int(stats[piece][key]) for key in (4, 2, 3))
        most = int(shares[best[piece], piece])
        if area < SPECK or max(width, height) < SHORT or most * 6 < area:
            continue
        for row, (at, field, _) in enumerate(cells):
            inside = int(shares[row, piece])
            across = width >= cell_width and at == cells[best[piece]][0]
            if inside * 3 >= area or (across and inside):
                owner[at][field].append((piece, inside))
    return owner


def _room(cell: Cell) -> Box:
    """Return the part of a cell where ink counts: without its label."""
    box, ink = cell.box, cell.ink
    return Box(box.x, ink.y, box.width, box.bottom - ink.y)


def _line(
    line: Line,
    pieces: dict[str, list[tuple[int, int]]],
    found: Any,
    *,
    struck: bool,
) -> Written:
    _, _, stats, _ = found
    ink = tuple(sum(inside for _, inside in pieces[field]) for field in FIELDS)
    room = line.official.x - line.name.box.x
    widest = max(
        (stats[piece][2] for each in pieces.values() for piece, _ in each), default=0
    )
    return Written(
        number=line.number,
        ink=ink,
        fields=tuple(
            field for field, much in zip(FIELDS, ink, strict=True) if much >= ENOUGH
        ),
        struck=struck or bool(widest * PIXEL * STRUCK[1] >= room * STRUCK[0]),
    )
