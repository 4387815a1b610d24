"""A printed page filled in: what each line is, and the ink on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plebiscite.petition.form.geometry import Cell, Line, Page
from plebiscite.petition.scan.sight.plane import PIXEL
from plebiscite.simulate.sheets.hand import (
    Hand,
    Layer,
    hand,
    scribble,
    stroke,
    words,
)

FIELDS = ("name", "residence", "city", "zip")
KINDS = ("whole", "blank", "signature_only", "name_only", "crossed_out", "hasty")
ODDS = (0.74, 0.13, 0.03, 0.02, 0.04, 0.04)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What one line holds in truth.

    Attributes:
        number: of the line in its section.
        kind: one of `KINDS`.
        texts: what was written in which field; "signature" has none.
        line_id: the line of the simulated petition, or empty.

    """

    number: int
    kind: str
    texts: Mapping[str, str]
    line_id: str

    @property
    def written(self) -> bool:
        """Whether there is ink in its name or its signature."""
        return self.kind != "blank"


def fill(
    paper: NDArray[np.uint8],
    page: Page,
    signers: Sequence[Mapping[str, str]],
    *,
    fonts: Sequence[Path | None],
    rng: np.random.Generator,
) -> list[Filled]:
    """Write on a page (rows of red, green, blue; changed), a signer for each line.

    Once a circulator stops, the lines that follow stay blank, as on real sheets.
    """
    stops = rng.random() < 0.25
    ends = int(rng.integers(0, len(page.lines) + 1)) if stops else len(page.lines)
    out = []
    for at, line in enumerate(page.lines):
        kind = KINDS[int(rng.choice(len(KINDS), p=ODDS))] if at < ends else "blank"
        signer = signers[at] if kind != "blank" else {}
        texts = _fill_line(paper, line, kind, signer, by=hand(fonts, rng), rng=rng)
        line_id = signer.get("line_id", "")
        out.append(Filled(number=line.number, kind=kind, texts=texts, line_id=line_id))
    if page.declaration:
        _declare(paper, page, hand(fonts, rng), rng)
    return out


def _fill_line(
    paper: NDArray[np.uint8],
    line: Line,
    kind: str,
    signer: Mapping[str, str],
    *,
    by: Hand,
    rng: np.random.Generator,
) -> dict[str, str]:
    if kind == "blank":
        return {}
    chosen = {
        "signature_only": (),
        "name_only": ("name",),
        "hasty": ("name", "city"),
    }.get(kind, FIELDS)
    texts = {field: signer[field] for field in chosen if signer[field]}
    signed, struck = kind != "name_only", kind == "crossed_out"
    write_line(paper, line, texts, signed=signed, struck=struck, by=by, rng=rng)
    return texts


def write_line(
    paper: NDArray[np.uint8],
    line: Line,
    texts: Mapping[str, str],
    *,
    signed: bool,
    struck: bool,
    by: Hand,
    rng: np.random.Generator,
) -> None:
    """Write on a line of a page (changed): texts, by field, a signature, a stroke."""
    for field, text in texts.items():
        _write(paper, getattr(line, field), text, by, rng)
    if signed:
        _sign(paper, line.signature, by, rng)
    if struck:
        _cross(paper, line, by, rng)


def _write(
    paper: NDArray[np.uint8], cell: Cell, text: str, by: Hand, rng: np.random.Generator
) -> None:
    width = cell.box.width // PIXEL
    ink = words(text, by, width - 24, rng)
    base = cell.box.bottom / PIXEL - rng.uniform(4, 12)
    left = cell.box.x / PIXEL + rng.uniform(-6, min(40, width / 6))
    _lay(paper, ink, int(left), int(base - by.size * 2 * 0.72), by)


def _sign(
    paper: NDArray[np.uint8], cell: Cell, by: Hand, rng: np.random.Generator
) -> None:
    height = int(cell.box.height / PIXEL * rng.uniform(0.55, 0.95))
    ink = scribble(by, cell.box.width // PIXEL - 30, height, rng)
    left = cell.box.x / PIXEL - height // 2 + rng.uniform(6, 40)
    top = cell.box.y / PIXEL + rng.uniform(2, 14) - height // 2
    _lay(paper, ink, int(left), int(top), by)


def _cross(
    paper: NDArray[np.uint8], line: Line, by: Hand, rng: np.random.Generator
) -> None:
    box = line.whole
    layer = np.zeros(paper.shape[:2], np.uint8)
    left = line.name.box.x / PIXEL + rng.uniform(-20, 60)
    right = line.official.x / PIXEL - rng.uniform(-20, 120)
    top, low = box.y / PIXEL + 20, box.bottom / PIXEL - 20
    ways = int(rng.integers(3))
    if ways == 0:
        y = (top + low) / 2 + rng.normal(0, 10)
        lines = [[(left, y), (right, y + rng.normal(0, 12))]]
    elif ways == 1:
        lines = [[(left, low), (right, top)], [(left, top), (right, low)]]
    else:
        many = int(rng.integers(5, 12))
        x = np.linspace(left, right, many)
        heights = np.where(np.arange(many) % 2, top, low)
        lines = [list(zip(x.tolist(), heights.tolist(), strict=True))]
    for each in lines:
        stroke(layer, np.array(each, dtype=np.float64), 3 + by.pen)
    _lay(paper, layer, 0, 0, by)


def _declare(
    paper: NDArray[np.uint8], page: Page, by: Hand, rng: np.random.Generator
) -> None:
    said = page.declaration
    if said is None or rng.random() < 0.1:
        return
    _write(paper, said.name, "Robin Circulator", by, rng)
    _write(paper, said.residence, "12 Oak St, Markleeville", by, rng)
    for cell in (said.first_day, said.last_day, said.signed_on):
        _write(paper, cell, f"{rng.integers(1, 13)}/{rng.integers(1, 29)}/17", by, rng)
    _write(paper, said.signed_at, "Markleeville", by, rng)
    _sign(paper, said.signature, by, rng)


def _lay(paper: NDArray[np.uint8], ink: Layer, left: int, top: int, by: Hand) -> None:
    """Lay ink over paper; what falls beside the paper is lost."""
    height, width = paper.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + ink.shape[1]), min(height, top + ink.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    much = ink[y0 - top : y1 - top, x0 - left : x1 - left, None] / 255 * by.press
    under = paper[y0:y1, x0:x1]
    colour = np.minimum(under, np.array(by.ink))
    paper[y0:y1, x0:x1] = (under * (1 - much) + colour * much).astype(np.uint8)
