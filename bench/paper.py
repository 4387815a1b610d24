"""Sheets in: simulated pages scanned, and what was found held to their truth.

`python bench/paper.py [PAGES]` prints the chapter; `make bench` puts it on the page.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from measure import Cost, cost
from subjects import PLEBISCITE, say

PAGES, LINES, SEED, STRANGE = 500, 20, 81, 5
FIELDS = ("name", "residence", "city", "zip", "signature")
READ = {"read", "coarse"}
WORDS = 24
"""Pages whose handwriting is read for suggestions, since that takes long."""


def chapter(pages: int = PAGES) -> list[str]:
    """Make sheets, scan them on one core, and return the chapter of the page."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        box, out = folder / "box", folder / "out"
        say(f"simulating {pages:,} sheets")
        what = ["--measure", "us/ca/16-0011", "--county", "Alpine"]
        size = ["--pages", str(pages), "--lines", str(LINES), "--strange", str(STRANGE)]
        made = [PLEBISCITE, "simulate", "sheets", *what, *size, "--seed", str(SEED)]
        cost([*made, "--out", str(box)], folder)
        say("scanning them")
        scan = [PLEBISCITE, "petition", "scan", str(box / "sheets"), *what[:2]]
        spent = cost([*scan, "--workers", "1", "--out", str(out)], folder)
        few = sorted((box / "sheets").iterdir())[:WORDS]
        say("reading handwriting")
        some = folder / "some"
        read = [PLEBISCITE, "petition", "scan", *map(str, few), *what[:2]]
        read += ["--workers", "1", "--out", str(some)]
        cost(read, folder)
        slow = cost([*read, "--ocr"], folder)  # the pages are there already
        suggested = _suggestions(some / "suggestions.jsonl")
        return _told(box, out, spent, (slow.wall, suggested))


def _suggestions(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _told(box: Path, out: Path, spent: Cost, words: tuple[float, int]) -> list[str]:
    lines = (box / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = [each for each in map(json.loads, lines) if each["file"]]
    told = json.loads((out / "pages.json").read_text(encoding="utf-8"))
    pages = {page["file"]: page for page in told["pages"]}
    seen: Counter[str] = Counter()
    off: list[float] = []
    failures: list[str] = []
    for each in truth:
        file = each["file"].removeprefix("sheets/")
        page = pages[file]
        if each["what"] != "page":
            seen["strange"] += 1
            seen["strange named"] += page["standing"] != "read"
            continue
        seen["pages"] += 1
        if page["standing"] not in READ or page.get("says") != each["says"]:
            failures.append(f"{file}: {page['standing']} {page['why']}")
            continue
        seen["identified"] += 1
        for true, found in zip(each["lines"], page["lines"], strict=True):
            failures += [f"{file}: {said}" for said in _line(true, found, seen)]
            scale = page["dpi"] / 200
            off += [_off(true, found, field) / scale for field in FIELDS]
    rows = [
        ("pages identified", seen["identified"], seen["pages"], "≥ 99.5%"),
        ("written lines found", seen["found"], seen["written"], "≥ 99%"),
        ("blank lines taken for written", seen["ghosts"], seen["blank"], "≤ 0.5%"),
        ("crossed-out lines flagged", seen["flagged"], seen["struck"], ""),
        ("other lines flagged as crossed out", seen["wrongly"], seen["whole"], ""),
        ("fields within 3 pixels", sum(x <= 3 for x in off), len(off), "all"),  # noqa: PLR2004
        ("pages that do not belong, named", seen["strange named"], seen["strange"], ""),
    ]
    seconds, suggested = words
    return [
        f"## Sheets in: {seen['pages']:,} simulated pages",
        "",
        "Sections of 16-0011 as printed, filled in with handwriting fonts, then skewed, "
        "turned, photographed, shaded, stained, blurred, made grainy and saved as JPEG "
        "by `plebiscite simulate sheets`, whose maker is also the scanner's: a scan "
        "from elsewhere is a harder judge.",
        "",
        "| what | number | of | share | asked |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {what} | {much:,} | {of:,} | {much / max(1, of):.2%} | {asked} |"
            for what, much, of, asked in rows
        ),
        "",
        f"Fields are {max(off):.2f} pixels of 200 dpi off at the most. Reading took "
        f"{spent.processor / len(truth):.2f} s of processor time a page, on one core, "
        "images cut and written. Suggestions from handwriting came at "
        f"{suggested / max(seconds, 1):.1f} lines "
        "a second.",
        "",
        *(["Every failure:", ""] if failures else ["No failures.", ""]),
        *(f"- {each}" for each in failures),
        *([""] if failures else []),
    ]


def _line(true: dict, found: dict, seen: Counter[str]) -> list[str]:
    """Count one line, and return what is wrong with it."""
    wrong = []
    kind = "written" if true["written"] else "blank"
    seen[kind] += 1
    if true["written"]:
        seen["found"] += found["written"]
    else:
        seen["ghosts"] += found["written"]
    if true["written"] != found["written"]:
        wrong.append(f"line {true['row']} ({true['kind']}) taken for the contrary")
    seen["struck" if true["struck"] else "whole"] += 1
    seen["flagged" if true["struck"] else "wrongly"] += found["struck"]
    if true["struck"] != found["struck"]:
        flag = "not flagged" if true["struck"] else "flagged"
        wrong.append(f"line {true['row']} {flag} as crossed out")
    return wrong


def _off(true: dict, found: dict, field: str) -> float:
    pairs = zip(true["boxes"][field], found["boxes"][field], strict=True)
    return max(
        abs(a - b) for here, there in pairs for a, b in zip(here, there, strict=True)
    )


if __name__ == "__main__":
    print("\n".join(chapter(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)))
