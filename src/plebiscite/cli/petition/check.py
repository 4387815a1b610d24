"""`plebiscite petition check`: what to put right before the sections are filed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import (
    DAY,
    FILE,
    FOLDER,
    answer,
    for_reader,
    json_option,
    progress_bar,
)
from plebiscite.cli.faults import Exit
from plebiscite.cli.said import many
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.petition.check.act import Checked
    from plebiscite.petition.check.remark import Ground, Remark

LINES, SECTIONS, CAMPAIGN = "lines.csv", "sections.csv", "campaign"
MARKS = {"section": "FIX ", "line": "line", "look": "look"}


@click.command("check")
@click.argument("folder", type=FOLDER, required=False)
@click.option("--lines", type=FILE, help="The keyed lines, if not in FOLDER.")
@click.option("--sections", type=FILE, help="The declarations, if not in FOLDER.")
@click.option("--measure", required=True, help="A measure's folder, or a shipped id.")
@click.option("--law", help="A law's id or file; the measure's if left out.")
@click.option("--campaign", type=FOLDER, help="The campaign's records, if elsewhere.")
@click.option(
    "--closes", type=DAY, help="The last day of circulation, if not the law's."
)
@click.option(
    "--most-per-day",
    type=click.IntRange(1),
    default=400,
    show_default=True,
    help="Lines a day beyond which a circulator's pace is to be looked at.",
)
@click.option(
    "--fix-only", is_flag=True, help="Only what is to be mended in the sections."
)
@json_option
def check(
    folder: Path | None,
    lines: Path | None,
    sections: Path | None,
    measure: str,
    law: str | None,
    campaign: Path | None,
    closes: date | None,
    most_per_day: int,
    fix_only: bool,
    as_json: bool,
) -> None:
    """Check keyed lines and declarations in FOLDER before they are filed.

    By circulator, heaviest first: FIX, sections to be mended; line, lines that will not
    count as they stand; look, what a person should look at. A flag rejects nothing.
    Lines that a person marked as one hand's (campaign same-hand) are among them.

    Exits 1 where a section is to be mended, and 0 where none is.

    \b
    Example:
      plebiscite petition check keyed --measure my-measure
    """
    from plebiscite.petition.check.act import check_petition
    from plebiscite.petition.intake import read_lines, read_sections

    of_lines, of_sections = _files(folder, lines, sections)
    ground = _ground(measure, law, campaign, closes, most_per_day)
    with progress_bar() as progress:
        found = check_petition(
            read_lines(of_lines, progress=progress),
            read_sections(of_sections),
            ground,
            progress=progress,
        )
    shown = [each for each in found.remarks if not fix_only or each.weight == "section"]
    answer(_data(found, shown), for_reader(list(_words(found, shown))), as_json=as_json)
    if found.to_fix:
        sys.exit(Exit.NOT_MET)


def _files(
    folder: Path | None, lines: Path | None, sections: Path | None
) -> tuple[Path, Path]:
    if folder is None and (lines is None or sections is None):
        raise InputError("name the folder that 'petition key' wrote, or both files")
    home = folder or Path()
    return lines or home / LINES, sections or home / SECTIONS


def _ground(
    measure: str,
    law: str | None,
    campaign: Path | None,
    closes: date | None,
    most_per_day: int,
) -> Ground:
    from dataclasses import replace

    from plebiscite.petition.check.act import ground_of
    from plebiscite.petition.check.marks import same_hand
    from plebiscite.petition.measure import measure_folder, read_measure
    from plebiscite.rules.rulebook import open_law

    known = read_measure(measure)
    kept = campaign or measure_folder(measure) / CAMPAIGN
    found = ground_of(
        open_law(law or known.law).on(known.dates),
        most_per_day=most_per_day,
        same_hand=same_hand(kept),
    )
    return replace(found, closes=closes) if closes else found


def _words(found: Checked, shown: Sequence[Remark]) -> Iterator[str]:
    for circulator, own in groupby(shown, key=lambda each: each.circulator):
        yield circulator
        for each in own:
            rows = f", {_rows(each.rows)}" if each.rows else ""
            yield (
                f"  {MARKS[each.weight]} {each.county}, section {each.section}{rows}: "
                f"{each.words}. {each.remedy[0].upper()}{each.remedy[1:]}."
            )
    window = f"{found.opens or 'not known'} to {found.closes or 'not known'}"
    yield (
        f"{many(found.sections, 'section')}, {many(found.lines, 'line')} and "
        f"{found.struck:,} "
        f"struck ones looked at; window of circulation {window}."
    )
    yield (
        f"{many(len(found.to_fix), 'section')} to mend before filing."
        if found.to_fix
        else "No section has to be mended before filing."
    )


def _rows(rows: Sequence[int]) -> str:
    from plebiscite.petition.campaign.whereabouts import runs

    words = ", ".join(
        f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs(rows)
    )
    return f"{'line' if len(rows) == 1 else 'lines'} {words}"


def _data(found: Checked, shown: Sequence[Remark]) -> dict[str, Any]:
    return {
        "sections": found.sections,
        "lines": found.lines,
        "struck": found.struck,
        "opens": found.opens.isoformat() if found.opens else None,
        "closes": found.closes.isoformat() if found.closes else None,
        "to_fix": [
            {"county": county, "section": section} for county, section in found.to_fix
        ],
        "counts": dict(found.counts),
        "remarks": [
            {
                "circulator": each.circulator,
                "county": each.county,
                "section": each.section,
                "weight": each.weight.value,
                "code": each.code,
                "rows": list(each.rows),
                "words": each.words,
                "remedy": each.remedy,
                "cite": list(each.cite),
            }
            for each in shown
        ],
    }
