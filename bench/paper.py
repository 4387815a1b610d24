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
WORDS, HIDDEN, HIDDEN_SEED = 60, 100, 7
"""Pages whose handwriting is read beside the scan, and pages whose codes are hidden:
fewer, since both take long."""


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
        say("reading handwriting beside the scan")
        some = folder / "some"
        read = [PLEBISCITE, "petition", "scan", *map(str, few), *what[:2]]
        read += ["--workers", "1", "--readers", "1", "--ocr", "--out", str(some)]
        beside = cost(read, folder)
        say("scanning pages without codes")
        made = [PLEBISCITE, "simulate", "sheets", *what, *size[2:4], "--hidden"]
        made += ["--pages", str(HIDDEN), "--seed", str(HIDDEN_SEED)]
        bare, found = folder / "bare", folder / "found"
        cost([*made, "--out", str(bare)], folder)
        scan = [PLEBISCITE, "petition", "scan", str(bare / "sheets"), *what[:2]]
        alone = cost([*scan, "--workers", "1", "--out", str(found)], folder)
        return [
            *_told(box, out, spent),
            *_worded(box, some / "suggestions.jsonl", beside),
            *_bare(bare, found, alone),
        ]


def _truth(box: Path) -> list[dict]:
    lines = (box / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [each for each in map(json.loads, lines) if each["file"]]


def _pages(out: Path) -> dict[str, dict]:
    told = json.loads((out / "pages.json").read_text(encoding="utf-8"))
    return {f"sheets/{page['file']}": page for page in told["pages"]}


def _worded(box: Path, file: Path, beside: Cost) -> list[str]:
    """Return how far suggestions are from what was written; case does not count."""
    written = {
        f"{page['section']}-{line['row']}": line
        for page in _truth(box)
        if page["what"] == "page"
        for line in page["lines"]
    }
    said = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rows = []
    for field in FIELDS[:4]:
        pairs = [
            (line["words"].get(field, [""])[0].casefold(), text.casefold())
            for line in said
            for here in [written[line["line_id"]]]
            if not here["struck"] and (text := here["texts"].get(field))
        ]
        wrong = sum(_edits(got, text) for got, text in pairs)
        letters = sum(len(text) for _, text in pairs)
        exact = sum(got.split() == text.split() for got, text in pairs)
        share, right = wrong / max(1, letters), exact / max(1, len(pairs))
        rows.append(f"| {field} | {len(pairs):,} | {share:.1%} | {right:.0%} |")
    return [
        "### Suggestions from handwriting",
        "",
        f"Read beside the scan of {WORDS} pages by one process that gives way to it: "
        f"{len(said):,} lines in the {beside.wall:.0f} s from the start of the scan to "
        f"the last suggestion, {len(said) / max(beside.wall, 1):.1f} a second. Each is "
        "on the disk when it is made, and who keys does not wait. The handwriting is "
        "of fonts; a hand is harder.",
        "",
        "| field | written | letters wrong | all right |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
    ]


def _edits(got: str, text: str) -> int:
    """Return how many letters to change, put in or take out make one the other."""
    last = list(range(len(text) + 1))
    for at, letter in enumerate(got, 1):
        row = [at]
        for here, wanted in enumerate(text, 1):
            row.append(
                min(last[here] + 1, row[-1] + 1, last[here - 1] + (letter != wanted))
            )
        last = row
    return last[-1]


def _bare(box: Path, out: Path, spent: Cost) -> list[str]:
    """Return how many pages are known without their codes, and each that is not."""
    truth = [page for page in _truth(box) if page["what"] == "page"]
    pages, failures = _pages(out), []
    known = wrong = 0
    for each in truth:
        page = pages[each["file"]]
        if page["standing"] in READ:
            known += page["says"] == each["says"]
            wrong += page["says"] != each["says"]
        else:
            hidden = " and ".join(each["wear"][:2])
            file = each["file"].removeprefix("sheets/")
            failures.append(f"{file} ({hidden}): {page['why']}")
    return [
        f"### {len(truth)} pages whose codes are both hidden",
        "",
        "Stickers, blots, scrawl, or corners torn off with their marks; the pages are "
        f"known by their print alone: {known} of {len(truth)} "
        f"({known / max(1, len(truth)):.1%}), {wrong} of them taken for another page. "
        f"{spent.processor / max(1, len(truth)):.2f} s of processor time a page.",
        "",
        *(["Not known, each with what to do:", ""] if failures else []),
        *(f"- {each}" for each in failures),
        *([""] if failures else []),
    ]


def _told(box: Path, out: Path, spent: Cost) -> list[str]:
    truth = _truth(box)
    pages = _pages(out)
    seen: Counter[str] = Counter()
    off: list[float] = []
    failures: list[str] = []
    for each in truth:
        file = each["file"].removeprefix("sheets/")
        page = pages[each["file"]]
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
        "images cut and written.",
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
