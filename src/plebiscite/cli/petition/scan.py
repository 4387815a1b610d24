"""`plebiscite petition scan`: sheets in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import (
    FILE_OR_FOLDER,
    FOLDER,
    NEW,
    answer,
    for_reader,
    json_option,
    progress_bar,
)
from plebiscite.cli.said import tell

if TYPE_CHECKING:
    from plebiscite.petition.scan.box import Box
    from plebiscite.petition.scan.suggest import Suggesting

SHOWN = 40
"""Pages that need a hand, listed on the screen; pages.json has all of them."""
WHILE = (
    "All pages are read: keying can begin (petition key --scan {out}). Handwriting is "
    "still being read; Ctrl-C stops that, and the same command goes on with it."
)


@click.command("scan")
@click.argument("given", nargs=-1, required=True, type=FILE_OR_FOLDER)
@click.option("--out", type=NEW, required=True, help="A folder; it is made private.")
@click.option("--measure", help="Whose petition it is, by its id or its folder.")
@click.option("--county", default="", help="Of sections that no ledger knows.")
@click.option(
    "--campaign", type=FOLDER, help="The ledger of issued sections, for their counties."
)
@click.option("--ocr", is_flag=True, help="Suggest what the handwriting says.")
@click.option(
    "--roll", type=FILE_OR_FOLDER, help="With --ocr: suggest voters of this roll."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that read pages; as many as there are cores if left out.",
)
@click.option(
    "--readers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="With --ocr: processes that read handwriting beside them.",
)
@json_option
def scan_command(
    given: Sequence[Path],
    out: Path,
    measure: str | None,
    county: str,
    campaign: Path | None,
    ocr: bool,
    roll: Path | None,
    workers: int | None,
    readers: int,
    as_json: bool,
) -> None:
    """Read scanned sheets: GIVEN are PDFs, pictures, or folders of them.

    Pages are found by their codes and corner marks, laid flat, and cut into lines and
    fields for keying. Blank lines are told from written ones. Handwriting is suggested
    at most, never decided, and read beside the scan: keying can begin before it is
    through. A page whose codes are covered is known by its print. One that cannot be
    read is named with what to do about it, and the rest goes on. Broken off, the same
    command goes on where it stopped. Nothing leaves this machine.

    \b
    Example:
      plebiscite petition scan scans --measure us/ca/16-0011 --county Alpine \\
        --out scanned
    """
    from plebiscite.petition.scan.folder import scan

    ours, made = _id(measure), 0
    with (
        _suggesting(out, ours, roll, readers) if ocr else nullcontext() as suggesting,
        progress_bar() as progress,
    ):
        box = scan(
            given,
            out,
            measure=ours,
            counties=_counties(measure, campaign, county),
            spelt=_spelt(measure),
            workers=workers or os.cpu_count() or 1,
            heard=suggesting.hear if suggesting else lambda _: None,
            progress=progress,
        )
        if suggesting:
            tell(WHILE.format(out=out), err=True)
            made = suggesting.wait(box, progress=progress)
    data = box.as_data()
    counts = data["counts"]
    said = [
        f"{counts['read']:,} of {counts['pages']:,} pages read, of "
        f"{counts['sections']:,} sections of {box.measure or 'no petition'}.",
        f"{counts['lines']:,} lines: {counts['written']:,} written in, "
        f"{counts['blank']:,} blank; {counts['struck']:,} crossed out.",
        *_by_print(box),
        *_bad(box),
        f"To key: {out / 'lines.csv'}",
    ]
    if ocr:
        counts["suggested"] = made
        said.append(f"Suggestions for {made:,} lines: {out / 'suggestions.jsonl'}")
    shown = {
        "measure": data["measure"],
        "counts": counts,
        "sections": data["sections"],
        "from_print": _named(box.printed),
        "bad": _bad_pages(box),
        "out": str(out),
    }
    answer(shown, for_reader(said), as_json=as_json)


def _id(measure: str | None) -> str | None:
    from plebiscite.petition.measure import read_measure

    return read_measure(measure).id if measure else None


def _counties(
    measure: str | None, campaign: Path | None, county: str
) -> Callable[[str], str]:
    """Return what tells a section's county: the ledger of issued ones, or `county`."""
    from plebiscite.petition.form.issued.ledger import read_issued
    from plebiscite.petition.measure import measure_folder, shipped_measures

    if campaign is None and measure and measure not in shipped_measures():
        campaign = measure_folder(measure) / "campaign"
    issues = read_issued(campaign) if campaign else []

    def of_section(section: str) -> str:
        serial = int(section)
        return next(
            (each.county for each in issues if each.first <= serial <= each.last),
            county,
        )

    return of_section


def _spelt(measure: str | None) -> Callable[[str], str]:
    """Return what spells a county as the measure's law does; nothing without one."""
    from plebiscite.errors import InputError
    from plebiscite.petition.form.rules import form_rules
    from plebiscite.petition.measure import read_measure
    from plebiscite.rules.rulebook import open_law

    if measure is None:
        return lambda _: ""
    found = read_measure(measure)

    def spelt(printed: str) -> str:
        try:
            return form_rules(open_law(found.law).on(found.dates)).spelt(printed)
        except InputError:
            return ""

    return spelt


def _suggesting(
    out: Path, measure: str | None, roll: Path | None, readers: int
) -> Suggesting:
    from plebiscite.petition.scan.suggest import Suggesting

    return Suggesting(out, measure=measure, voters=_voters(roll), workers=readers)


def _voters(roll: Path | None) -> Callable[[Mapping[str, str]], list[dict[str, Any]]]:
    """Return what finds voters by the words of a line; nobody without a roll."""
    if roll is None:
        return lambda _: []
    from plebiscite.match.look.finder import finder_for
    from plebiscite.petition.scan.suggest import CANDIDATES
    from plebiscite.roll.store import open_roll

    finder = finder_for(open_roll(roll))

    def near(words: Mapping[str, str]) -> list[dict[str, Any]]:
        from plebiscite.errors import InputError

        query = f"{words.get('name', '')} {words.get('residence', '')}".strip()
        try:
            return finder.find(query, limit=CANDIDATES)
        except InputError:  # not a letter in it
            return []

    return near


def _bad_pages(box: Box) -> list[dict[str, Any]]:
    return _named(
        page for page in box.pages if page["standing"] not in {"read", "empty"}
    )


def _named(pages: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "file": page["file"],
            "page_of_file": page["number"] + 1,
            "standing": page["standing"],
            "why": page["why"],
        }
        for page in pages
    ]


def _by_print(box: Box) -> list[str]:
    shown = [
        f"  {each['file']}, page {each['page_of_file']}: {each['why']}"
        for each in _named(box.printed)
    ]
    if len(shown) > SHOWN:
        shown = [*shown[:SHOWN], f"  … and {len(shown) - SHOWN:,} more, in pages.json"]
    return ["Known by their print, not by a code:", *shown] if shown else []


def _bad(box: Box) -> list[str]:
    bad = [
        f"  {each['file']}, page {each['page_of_file']}: {each['why']}"
        for each in _bad_pages(box)
    ]
    lacking = [
        f"  section {each['section']}: page "
        f"{', '.join(map(str, each['missing']))} of {each['pages']} is missing"
        for each in box.sections
        if each["missing"]
    ]
    both = [*bad, *lacking]
    if len(both) > SHOWN:
        both = [*both[:SHOWN], f"  … and {len(both) - SHOWN:,} more, in pages.json"]
    return ["To put right:", *both] if both else []
