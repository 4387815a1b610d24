"""How a page lies: first by its marks and codes, then by every rule printed on it.

Marks alone are enough where all four are seen. Where a corner is cut off, or the paper
waves, the printed rules of the lines tell the rest: their places are known, so that how
far each is off its place says how the paper bends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from plebiscite.petition.form.geometry import Page
from plebiscite.petition.scan.extra import Picture, Points, opencv
from plebiscite.petition.scan.sight.look import ALL_MARKS, Sight
from plebiscite.petition.scan.sight.plane import PIXEL, TERMS, Plane, bends, corners_of

NEAR = 8
"""Pixels of the page by which a mark may be off and still belong to the others."""
BESIDE = 5
"""Pixels from a rule to the white beside it."""
EVERY = 10
"""Pixels between two places where a rule is looked for."""
WINDOWS = (26, 12, 7)
"""How far off a rule is looked for, in one round after another."""
HALF = 4
LEAST_POINTS = 24
STIFF = np.array([0, 0, 0, 1, 1, 1]) / 200
"""How much paper resists bending, beside being moved."""


def first_plane(
    page: Page, sight: Sight, codes: Sequence[tuple[int, Points]], *, stiff: bool
) -> Plane | None:
    """Return how a page lies by its marks and codes; None if they do not agree.

    Args:
        page: where everything stands on it.
        sight: the marks found.
        codes: the corners of its codes, each with its number, 0 above and 1 below.
        stiff: whether it is turned, shifted and sized only, not seen in perspective:
            all that can be told from one side of it.

    """
    cv2 = opencv()
    size = round(page.width / PIXEL), round(page.height / PIXEL)
    marks = [(corners_of(page.marks[n].box), at) for n, at in sight.marks]
    known = [(corners_of(page.codes[n]), at) for n, at in codes]
    enough = len({n for n, _ in sight.marks}) == ALL_MARKS == len(marks)
    every = marks if enough else [*marks, *known]  # the codes' corners are rougher
    if not every:
        return None
    ours = np.concatenate([here for here, _ in every])
    theirs = np.concatenate([there for _, there in every])
    if stiff:
        seen = _stiff(ours, theirs)
    else:
        pixel = _pixel(every)
        seen, _ = cv2.findHomography(ours, theirs, cv2.RANSAC, NEAR * pixel)
    if seen is None:
        return None
    return Plane(seen=seen, width=size[0], height=size[1])


def _pixel(every: Sequence[tuple[Points, Points]]) -> float:
    """Return how many pixels of the picture one of the page is, roughly."""
    ratios = [
        np.linalg.norm(there[0] - there[2]) / np.linalg.norm(here[0] - here[2])
        for here, there in every
    ]
    return float(np.median(ratios))


def _stiff(ours: Points, theirs: Points) -> Points | None:
    """Return a turn, a size and a shift: all that one small square can tell."""
    cv2 = opencv()
    seen, _ = cv2.estimateAffinePartial2D(ours, theirs)
    return None if seen is None else np.vstack([seen, [0, 0, 1]])


def settled(picture: Picture, page: Page, plane: Plane, sight: Sight) -> Plane:
    """Return the plane made exact by the rules printed on the page, and its marks."""
    rules = _rules(page)
    if not rules:
        return plane
    known = np.concatenate(
        [np.empty((0, 4)), *(_anchors(page, plane, n, at) for n, at in sight.marks)]
    )
    sure = len(known) == ALL_MARKS * 4
    top = max(0, page.lines[0].whole.y // PIXEL - 3 * WINDOWS[0])
    low = min(plane.height, page.lines[-1].whole.bottom // PIXEL + 3 * WINDOWS[0])
    for window in WINDOWS[1 if sure else 0 :]:
        flat = 255 - plane.flat(picture, range(top, low)).astype(np.float32)
        at, off, across = _offsets(flat, top, rules, window)
        if len(at) < LEAST_POINTS:
            return plane
        plane = replace(plane, bend=plane.bend + _bend(plane, at, off, across, known))
    return plane


def _anchors(page: Page, plane: Plane, number: int, at: Points) -> Points:
    """Return the corners of a mark, and how far the plane has each off its place.

    None of them, if the mark does not belong to the others.
    """
    ours = corners_of(page.marks[number].box)
    off = plane.back(at) - ours
    far = np.abs(off).max() > 2 * NEAR
    return np.empty((0, 4)) if far else np.column_stack([ours, off])


def _rules(page: Page) -> list[tuple[int, int, int, bool]]:
    """Return the rules of the lines: place, start, end, and whether they lie across."""
    found: set[tuple[int, int, int, bool]] = set()
    for line in page.lines:
        whole = line.whole
        found |= {
            (whole.y, whole.x, whole.right, True),
            (whole.bottom, whole.x, whole.right, True),
            (line.city.box.y, line.residence.box.x, line.residence.box.right, True),
            (line.signature.box.y, line.name.box.x, line.name.box.right, True),
            (whole.x, whole.y, whole.bottom, False),
            (whole.right, whole.y, whole.bottom, False),
            (line.name.box.x, whole.y, whole.bottom, False),
            (line.official.x, whole.y, whole.bottom, False),
            (line.residence.box.x, line.residence.box.y, line.city.box.bottom, False),
        }
    return sorted(found)


def _offsets(
    flat: Picture,
    top: int,
    rules: Sequence[tuple[int, int, int, bool]],
    window: int,
) -> tuple[Points, Points, Points]:
    """Return where rules were looked for, how far off they are, and which lie across.

    At each place the darkest thin stripe within the window counts, if it is clearly
    darker than what lies beside it.
    """
    cv2 = opencv()
    along = {
        True: cv2.blur(flat, (2 * HALF + 1, 3)),
        False: cv2.blur(flat, (3, 2 * HALF + 1)),
    }
    reach = np.arange(-window, window + 1)
    places, offsets, ways, depths = [], [], [], []
    for place, start, end, across in rules:
        steps = np.arange(start / PIXEL + EVERY, end / PIXEL - EVERY, EVERY)
        middle = place / PIXEL
        rows = (np.full(len(steps), middle), steps)[:: 1 if across else -1]
        dark = along[across]
        y = np.rint(rows[0] - 1 / 2 - top).astype(int)[:, None]
        y = y + (reach if across else 0)
        x = np.rint(rows[1] - 1 / 2).astype(int)[:, None] + (0 if across else reach)
        inside = (
            (y.min(1) >= 0)
            & (x.min(1) >= 0)
            & (y.max(1) < flat.shape[0])
            & (x.max(1) < flat.shape[1])
        )
        profile = dark[y[inside], x[inside]]
        if not len(profile):
            continue
        best = profile.argmax(1)
        depths.append(profile.max(1) - np.median(profile, axis=1))
        base = (y + top if across else x)[inside, 0] + 1 / 2
        offsets.append(base + best + _between(profile, best) - middle)
        places.append(np.column_stack([rows[1], rows[0]])[inside])
        ways.append(np.full(len(best), across))
    if not places:
        return np.empty((0, 2)), np.empty(0), np.empty(0, dtype=bool)
    depth = np.concatenate(depths)
    clear = depth > max(12, np.median(depth) / 2)
    return (
        np.concatenate(places)[clear],
        np.concatenate(offsets)[clear],
        np.concatenate(ways)[clear],
    )


def _between(profile: Points, best: Points) -> Points:
    """Return where between pixels a peak lies, by the parabola through it."""
    last = profile.shape[1] - 1
    rows = np.arange(len(profile))
    left = profile[rows, np.maximum(best - 1, 0)]
    right = profile[rows, np.minimum(best + 1, last)]
    top = profile[rows, best]
    bow = np.minimum(left - 2 * top + right, -1)
    return np.asarray(np.clip((left - right) / (2 * bow), -1, 1))


def _bend(
    plane: Plane, at: Points, off: Points, across: Points, known: Points
) -> Points:
    """Return the bend that brings the rules to their places, outliers left out."""
    fixed = bends(known[:, :2], plane.width, plane.height)
    left_over = known[:, 2:] - fixed @ plane.bend
    terms = bends(at, plane.width, plane.height)
    found = np.zeros((TERMS, 2))
    for axis, chosen in ((1, across), (0, ~across)):
        here, by = terms[chosen], off[chosen]
        if len(here) < LEAST_POINTS // 2:
            continue
        stiff = np.diag(STIFF * len(here) + 1 / 10)
        heavy = len(here) / (2 * max(1, len(fixed)))
        stiff = stiff + heavy * fixed.T @ fixed
        pull = heavy * fixed.T @ left_over[:, axis]
        fitted = np.zeros(TERMS)
        fitted[0] = np.median(by)
        for _ in range(8):
            left = by - here @ fitted
            spread = max(1, 2 * np.median(np.abs(left)))
            weight = np.clip(1 - (left / (3 * spread)) ** 2, 0, 1) ** 2
            square = (here * weight[:, None]).T @ here + stiff
            fitted = np.linalg.solve(square, (here * weight[:, None]).T @ by + pull)
        found[:, axis] = fitted
    return found


def misfit(picture: Picture, page: Page, plane: Plane) -> float:
    """Return how badly a page's print falls on its places: 255 where nothing does.

    Looked at are the rules of its lines and the white beside them, or on a page without
    lines the corners of its codes.
    """
    on: list[Points] = []
    beside: list[Points] = []
    for place, start, end, across in _rules(page):
        along = np.arange(start + EVERY * PIXEL, end, EVERY * PIXEL)
        for off, kept in ((0, on), (-BESIDE, beside), (BESIDE, beside)):
            still = np.full(len(along), place + off * PIXEL)
            kept.append(np.column_stack((along, still) if across else (still, along)))
    for box in () if on else page.codes:
        side = box.width // 29  # a square of the code, or a little less
        middle, low = side // 2, box.bottom - side // 2
        right = box.right - middle
        here = [(box.x + middle, box.y + middle), (right, box.y + middle)]
        on.append(np.array([*here, (box.x + middle, low)]))
        away = [(box.x - side * 2, box.y + box.height // 2), (right, low + side * 3)]
        beside.append(np.array(away))
    return 255 + _shown(picture, plane, on) - _shown(picture, plane, beside)


def _shown(picture: Picture, plane: Plane, places: Sequence[Points]) -> float:
    """Return how bright the picture is at places of the page, on the average."""
    at = np.floor(plane.at(np.concatenate(places) / PIXEL)).astype(int)
    x = np.clip(at[:, 0], 0, picture.shape[1] - 1)
    y = np.clip(at[:, 1], 0, picture.shape[0] - 1)
    return float(picture[y, x].mean())
