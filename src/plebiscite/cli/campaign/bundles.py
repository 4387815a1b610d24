"""`campaign bundles`: out, back, list, where, receipt, undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import FILE, NEW, answer, for_reader, json_option
from plebiscite.cli.campaign.options import (
    booking,
    by_option,
    day_option,
    folder,
    folder_options,
    read_sections,
    table,
)
from plebiscite.cli.said import many

if TYPE_CHECKING:
    from plebiscite.petition.campaign.bundles import Bundle, Return


@click.group("bundles")
def bundles() -> None:
    """Hand bundles of sections out, take them back, and see where each section is."""


@bundles.command("out")
@click.argument("sections")
@folder_options
@click.option("--to", "circulator", help="The circulator's key.")
@click.option("--to-chapter", "chapter", help="A chapter's own stock.")
@by_option
@day_option
@json_option
def out(
    sections: str,
    measure: str,
    campaign: Path | None,
    circulator: str | None,
    chapter: str | None,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Hand SECTIONS out: serials such as 1-10 or 1-10,15.

    A section is with one holder at a time. From a chapter's stock it may go on to a
    circulator of that chapter.

    \b
    Example:
      plebiscite campaign bundles out 1-10 --to C0001 --measure my-measure \\
        --by "Lee Park"
    """
    from plebiscite.petition.campaign.handing import hand_out

    made = hand_out(
        folder(measure, campaign),
        booking(by, day),
        read_sections(sections),
        circulator=circulator,
        chapter=chapter,
    )
    words = [
        f"Bundle {made.bundle}: {many(made.sections, 'section')} ({made.serials}) "
        f"out to {made.circulator or 'chapter ' + made.chapter} on {made.day}."
    ]
    answer(_bundle(made), for_reader(words), as_json=as_json)


@bundles.command("back")
@click.argument("bundle")
@folder_options
@click.option("--lines", type=click.IntRange(0), help="Lines, as counted on taking.")
@click.option(
    "--counts", type=FILE, help="Lines of each section, instead: section,lines."
)
@click.option("--unused", default="", help="Sections that came back blank.")
@click.option("--lost", default="", help="Sections that are lost.")
@click.option("--spoilt", default="", help="Sections that cannot be filed.")
@click.option("--still-out", default="", help="Sections that stay with the holder.")
@click.option("--found", default="", help="Lost sections that turned up, with lines.")
@click.option("--receipt", type=NEW, help="The PDF of the receipt to write.")
@by_option
@day_option
@json_option
def back(
    bundle: str,
    measure: str,
    campaign: Path | None,
    lines: int | None,
    counts: Path | None,
    unused: str,
    lost: str,
    spoilt: str,
    still_out: str,
    found: str,
    receipt: Path | None,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Take BUNDLE back, all its sections that are out but for those named apart.

    \b
    Example:
      plebiscite campaign bundles back B0001 --lines 57 --lost 9 --still-out 10 \\
        --measure my-measure --by "Lee Park" --receipt receipt.pdf
    """
    from plebiscite.cli.campaign.counted import read_counts
    from plebiscite.petition.campaign.handing import take_back

    kept = folder(measure, campaign)
    counted, lines = read_counts(counts, lines)
    made = take_back(
        kept,
        booking(by, day),
        bundle,
        lines=lines,
        unused=read_sections(unused),
        lost=read_sections(lost),
        spoilt=read_sections(spoilt),
        still_out=read_sections(still_out),
        found=read_sections(found),
        counted=counted,
    )
    words = [f"Receipt {made.receipt}, {made.day}: {_received(made)}"]
    if receipt:
        _write_receipt(kept, made.receipt, measure, receipt)
        words.append(f"Receipt to be cut in two: {receipt}")
    answer(_return(made), for_reader(words), as_json=as_json)


@bundles.command("receipt")
@click.argument("receipt")
@folder_options
@click.option("--out", "path", type=NEW, required=True, help="The PDF to write.")
@json_option
def receipt_(
    receipt: str, measure: str, campaign: Path | None, path: Path, as_json: bool
) -> None:
    """Print RECEIPT again, such as R0001.

    \b
    Example:
      plebiscite campaign bundles receipt R0001 --out receipt.pdf --measure my-measure
    """
    _write_receipt(folder(measure, campaign), receipt, measure, path)
    answer({"receipt": receipt, "file": str(path)}, [str(path)], as_json=as_json)


@bundles.command("list")
@folder_options
@click.option("--chapter", help="Of one chapter only.")
@json_option
def list_(
    measure: str, campaign: Path | None, chapter: str | None, as_json: bool
) -> None:
    """List the bundles, what is out of each, and what came back under which receipt.

    \b
    Example:
      plebiscite campaign bundles list --measure my-measure
    """
    from plebiscite.petition.campaign.bundles import bundles as known
    from plebiscite.petition.campaign.bundles import returns

    kept = folder(measure, campaign)
    made = [b for b in known(kept).values() if chapter in (None, b.chapter)]
    came = [r for r in returns(kept).values() if chapter in (None, r.chapter)]
    heads = ("entry", "bundle", "day", "with", "sections", "out", "serials")
    rows = [
        [
            str(each.entry),
            each.bundle,
            each.day.isoformat(),
            each.circulator or f"chapter {each.chapter}",
            f"{each.sections:,}",
            f"{_bundle(each)['out']:,}",
            each.serials,
        ]
        for each in made
    ]
    words = table(heads, rows)
    words += [
        f"entry {each.entry}: {each.receipt}, {each.day}, of {each.bundle}: "
        f"{_received(each)}"
        for each in came
    ]
    data = {"bundles": list(map(_bundle, made)), "returns": list(map(_return, came))}
    answer(data, for_reader(words), as_json=as_json)


@bundles.command("where")
@click.argument("sections")
@folder_options
@json_option
def where_(sections: str, measure: str, campaign: Path | None, as_json: bool) -> None:
    """Say where SECTIONS are: serials such as 7 or 1-10.

    \b
    Example:
      plebiscite campaign bundles where 7 --measure my-measure
    """
    from plebiscite.petition.campaign.bundles import where
    from plebiscite.petition.form.layout import serial_text

    places = where(folder(measure, campaign)).places
    data, words = [], []
    for number in read_sections(sections):
        place = places.get(number)
        said = place.words if place else "never handed out"
        words.append(f"{serial_text(number)}  {said}")
        data.append(
            {
                "section": serial_text(number),
                "state": place.sheet.value if place else None,
                "holder": place.holder if place else None,
                "chapter": place.chapter if place else None,
                "since": place.since.isoformat() if place else None,
                "bundle": place.bundle if place else None,
                "receipt": (place.receipt or None) if place else None,
            }
        )
    answer(data, words, as_json=as_json)


@bundles.command("undo")
@click.argument("entry", type=click.IntRange(1))
@folder_options
@click.option("--why", required=True, help="What was wrong with it.")
@by_option
@day_option
@json_option
def undo_(
    entry: int,
    measure: str,
    campaign: Path | None,
    why: str,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Declare ENTRY (see bundles list) undone; both stay in the register.

    \b
    Example:
      plebiscite campaign bundles undo 12 --why "wrong circulator" \\
        --measure my-measure --by "Lee Park"
    """
    from plebiscite.petition.campaign.handing import undo

    undo(folder(measure, campaign), booking(by, day), entry, why=why)
    answer({"undone": entry}, [f"Entry {entry} counts no more."], as_json=as_json)


def _write_receipt(kept: Path, number: str, measure: str, path: Path) -> None:
    from plebiscite.core.files import write_whole
    from plebiscite.petition.campaign.bundles import receipt_of
    from plebiscite.petition.form.issued.receipt import receipt_pdf
    from plebiscite.petition.measure import read_measure

    write_whole(path, receipt_pdf(receipt_of(kept, number, read_measure(measure))))


def _received(made: Return) -> str:
    from plebiscite.petition.campaign.whereabouts import Sheet, written

    parts = [
        f"{many(made.lines, 'line')} received on "
        f"{many(len(made.sheets[Sheet.RETURNED]), 'section')}"
    ]
    for sheet, numbers in made.sheets.items():
        if numbers and sheet is not Sheet.RETURNED:
            name = "still out" if sheet is Sheet.OUT else sheet.value
            parts.append(f"{name}: {written(numbers)}")
    return "; ".join(parts) + "."


def _bundle(made: Bundle) -> dict[str, Any]:
    return {
        "bundle": made.bundle,
        "entry": made.entry,
        "chapter": made.chapter,
        "circulator": made.circulator,
        "day": made.day.isoformat(),
        "by": made.by,
        "serials": made.serials,
        "sections": made.sections,
        **{sheet.value: number for sheet, number in made.now.items()},
        "passed_on": made.passed_on,
    }


def _return(made: Return) -> dict[str, Any]:
    from plebiscite.petition.campaign.whereabouts import Sheet, written

    return {
        "receipt": made.receipt,
        "entry": made.entry,
        "bundle": made.bundle,
        "chapter": made.chapter,
        "circulator": made.circulator,
        "day": made.day.isoformat(),
        "by": made.by,
        "lines": made.lines,
        "sections": len(made.sheets[Sheet.RETURNED]),
        **{
            ("still_out" if sheet is Sheet.OUT else sheet.value): written(numbers)
            for sheet, numbers in made.sheets.items()
        },
    }
