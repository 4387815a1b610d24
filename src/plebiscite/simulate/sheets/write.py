"""A folder of simulated sheets: pictures as a scanner or camera gives them, and truth.

The pages are real: printed by the form's own printer, drawn, then written on. The truth
says of every picture which page it shows, what each line holds, and where in the
picture each field lies.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from plebiscite.core.files import whole_folder
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.petition.form.geometry import page_of
from plebiscite.petition.form.layout import PageName, serial_text
from plebiscite.petition.form.section import Order, Plan, plan, section_pdf
from plebiscite.petition.scan.sight.plane import corners_of
from plebiscite.simulate.sheets import lens, wear
from plebiscite.simulate.sheets.fill import FIELDS, Filled, fill
from plebiscite.simulate.sheets.hand import hands
from plebiscite.simulate.sheets.hide import hide
from plebiscite.simulate.sheets.lens import Lens
from plebiscite.simulate.sheets.signers import signers
from plebiscite.simulate.sheets.strange import foreign

TRUTH, KEYED = "truth.jsonl", "lines.csv"
PICTURES = "sheets"
DPI = 200
AT_ONCE = 10
"""Sections printed together."""
PHOTOGRAPHED, STAINED, SHADED, MISSING = 0.3, 0.15, 0.4, 0.01
TABLES = ((96, 72, 50), (40, 42, 46), (170, 160, 150))
STRANGE = ("coarse", "tilted", "other_petition", "foreign")
"""What else turns up in a box: scanned at 72 dpi, photographed from far too low, a
page of another petition, a form that is none of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a folder of simulated sheets holds, in figures.

    Attributes:
        pages: pictures that a scanner should read.
        missing: pages of its sections that are not there.
        strange: pictures of other things, by kind.
        lines: lines on the pages, by kind.

    """

    pages: int
    missing: int
    strange: Mapping[str, int]
    lines: Mapping[str, int]


def write_sheets(
    out: Path,
    order: Order,
    *,
    pages: int,
    seed: int,
    petition: Path | None = None,
    strange: int = 0,
    clean: bool = False,
    hidden: bool = False,
    progress: Progress = silent,
) -> Made:
    """Write simulated sheets into the folder `out`, which must not exist.

    Files: ``sheets/`` with a JPEG for each picture, ``truth.jsonl`` with a line for
    each, ``lines.csv`` as a careful person would key it. The same arguments and fonts
    give the same sheets.

    Args:
        out: where the folder goes.
        order: what is printed.
        pages: how many pages there are, text pages included.
        seed: any whole number from 0.
        petition: the folder of a simulated petition whose lines are written down.
        strange: how many pictures of each kind of `STRANGE` lie between them.
        clean: whether the pages stay as they were printed and filled, unharmed.
        hidden: whether both codes of every page are covered or torn away.
        progress: told of each page.

    Raises:
        InputError: Pillow or OpenCV is not installed, or `out` exists.

    """
    if out.exists():
        raise InputError("exists; give a new place", path=out)
    made, fonts = plan(order), hands()
    printer = _Printer(made)
    people = signers(petition, order.county, seed=seed)
    counted: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    with whole_folder(out) as draft:
        (draft / PICTURES).mkdir()
        with (
            (draft / TRUTH).open("w", encoding="utf-8") as truth,
            (draft / KEYED).open("w", encoding="utf-8", newline="") as keyed,
        ):
            rows = csv.writer(keyed, lineterminator="\n")
            rows.writerow(KEYED_COLUMNS)
            wanted = _wanted(made, pages, strange, seed)
            for done, (number, name, what) in enumerate(wanted):
                rng = np.random.Generator(np.random.PCG64([seed, 7, number]))
                page = page_of(name.layout)
                if what == "missing":
                    counted["missing"] += 1
                    truth.write(_json({"file": None, **_named(name, what)}))
                    continue
                if what == "foreign":
                    paper: NDArray[np.uint8] = foreign(rng)
                    filled: list[Filled] = []
                else:
                    paper = printer.paper(name, what)
                    chosen = [next(people) for _ in page.lines]
                    filled = fill(paper, page, chosen, fonts=fonts, rng=rng)
                covered = hide(paper, page, rng) if hidden and what == "page" else []
                seen, raw, worn = _picture(paper, what, rng, clean=clean)
                file = f"scan-{number:05d}.jpg"
                (draft / PICTURES / file).write_bytes(raw)
                truth.write(
                    _json(
                        {
                            "file": f"{PICTURES}/{file}",
                            **_named(name, what),
                            "wear": [*covered, *worn],
                            "size": list(seen.size),
                            "lines": _lines(page, filled, seen),
                        }
                    )
                )
                counted[what] += 1
                if what in {"page", "coarse"}:
                    kinds.update(line.kind for line in filled)
                if what == "page":
                    rows.writerows(_keyed(name, order.county, filled))
                progress("sheets simulated", done + 1, pages + strange * len(STRANGE))
    return Made(
        pages=counted["page"],
        missing=counted["missing"],
        strange={kind: counted[kind] for kind in STRANGE},
        lines=dict(kinds),
    )


KEYED_COLUMNS = (
    "line_id", "section", "row", "county", "circulator_id", "name", "address", "city",
    "zip", "signed_on", "signature_present", "struck", "withdrawn_on",
)  # fmt: skip


def _wanted(
    made: Plan, pages: int, strange: int, seed: int
) -> Iterator[tuple[int, PageName, str]]:
    """Yield the pictures: number, page, and what becomes of it."""
    rng = np.random.Generator(np.random.PCG64([seed, 3]))
    names = [
        made.name(serial, page)
        for serial in range(1, -(-pages // made.pages) + 1)
        for page in range(1, made.pages + 1)
    ][:pages]
    every = [(name, "missing" if rng.random() < MISSING else "page") for name in names]
    for kind in STRANGE:
        for one in range(strange):
            lined = names[(one * made.pages + made.pages - 1) % len(names)]
            other = replace(lined, serial=900_000 + 100 * STRANGE.index(kind) + one)
            every.insert(int(rng.integers(len(every) + 1)), (other, kind))
    for number, (name, what) in enumerate(every, 1):
        yield number, name, what


_Sheet = NDArray[np.uint8]


class _Printer:
    """Prints sections, and keeps the last one for its other pages."""

    def __init__(self, made: Plan) -> None:
        self._made = made
        self._last: tuple[int, bytes] = (0, b"")

    def paper(self, name: PageName, what: str) -> _Sheet:
        """Return a printed page at 200 dpi."""
        if what == "other_petition":
            other = replace(self._made.order, measure=name.measure + "-other")
            return drawn(section_pdf(plan(other), [name.serial]), name.page)
        if self._last[0] != name.serial:
            self._last = name.serial, section_pdf(self._made, [name.serial])
        return drawn(self._last[1], name.page)


def drawn(pdf: bytes, page: int) -> _Sheet:
    """Return a page of a PDF, from 1, at 200 dpi: rows of red, green, blue."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[page - 1].render(scale=DPI / 72, rev_byteorder=True)
    paper = np.array(drawn.to_numpy())[..., :3]
    document.close()
    return np.ascontiguousarray(paper)


def _picture(
    paper: _Sheet, what: str, rng: np.random.Generator, *, clean: bool
) -> tuple[Lens, bytes, list[str]]:
    """Return how the page lies, its picture as a file, and what it went through."""
    size = (paper.shape[1], paper.shape[0])
    if clean:
        seen = Lens(seen=np.eye(3), bend=np.ones((2, 3)) * 0, size=size, page=size)
        return seen, wear.as_jpeg(paper, 90), []
    worn = []
    if rng.random() < STAINED:
        paper = wear.stained(paper, rng)
        worn.append("stained")
    camera = what == "tilted" or (what == "page" and rng.random() < PHOTOGRAPHED)
    ways = {"coarse": lens.coarse, "tilted": lens.tilted}
    way = ways.get(what, lens.photographed if camera else lens.scanned)
    seen = way(size, rng)
    worn.append(way.__name__)
    behind = TABLES[int(rng.integers(len(TABLES)))] if camera else (250, 250, 250)
    picture = seen.take(paper, behind)
    if camera or rng.random() < SHADED:
        picture = wear.shaded(picture, rng)
        worn.append("shaded")
    picture = wear.worn(picture, rng, hard=camera)
    return seen, wear.as_jpeg(picture, int(rng.integers(45, 96))), worn


def pictured(paper: _Sheet, rng: np.random.Generator) -> bytes:
    """Return a filled page as it comes from a scanner or a camera, as a JPEG file."""
    return _picture(paper, "page", rng, clean=False)[1]


def _named(name: PageName, what: str) -> dict[str, Any]:
    return {
        "what": what,
        "section": serial_text(name.serial),
        "page": name.page,
        "pages": name.pages,
        "says": str(name),
    }


def _lines(page: Any, filled: list[Filled], seen: Lens) -> list[dict[str, Any]]:
    out = []
    for line, held in zip(page.lines, filled, strict=False):
        cells = {name: getattr(line, name).box for name in (*FIELDS, "signature")}
        out.append(
            {
                "row": line.number,
                "kind": held.kind,
                "written": held.written,
                "struck": held.kind == "crossed_out",
                "texts": dict(held.texts),
                "line_id": held.line_id,
                "boxes": {
                    name: seen.onto(corners_of(box)).round(2).tolist()
                    for name, box in {"whole": line.whole, **cells}.items()
                },
            }
        )
    return out


def _keyed(name: PageName, county: str, filled: list[Filled]) -> Iterator[list[Any]]:
    section = serial_text(name.serial)
    for line in filled:
        if not line.written:
            continue
        texts = [line.texts.get(field, "") for field in FIELDS]
        signed = "no" if line.kind == "name_only" else "yes"
        struck = int(line.kind == "crossed_out")
        yield [
            f"{section}-{line.number}", section, line.number, county, "", *texts, "",
            signed, struck, "",
        ]  # fmt: skip


def _json(said: Mapping[str, Any]) -> str:
    text = io.StringIO()
    json.dump(said, text, ensure_ascii=False)
    return text.getvalue() + "\n"
