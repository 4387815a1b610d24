"""Files that anyone can read, and no spreadsheet runs.

A manifest is published as it was committed to, byte for byte. So it must be a plain CSV
file that the stand-alone kit reads as we do, and no cell of it may begin like a
formula.
"""

from __future__ import annotations

import csv
from pathlib import Path

from plebiscite.core.table.spreadsheet import is_formula
from plebiscite.errors import InputError, Refusal
from plebiscite.petition.manifest import Manifest


def refuse_unplain(path: Path, manifest: Manifest) -> None:
    """Refuse a manifest the kit would read otherwise, or a spreadsheet would run.

    Raises:
        InputError: it is not a plain CSV file, or a name in it begins like a formula.

    """
    ours = [
        (each.county, each.section, each.claimed, each.struck)
        for each in manifest.sections
    ]
    if _as_the_kit_reads(path) != ours:
        raise InputError(
            "the manifest is published as it stands, so anyone must be able to read "
            "it; write plain CSV with the headings county,section,lines_claimed,"
            "lines_struck, and no spaces around the cells",
            path=path,
        )
    names = {name for county, section, *_ in ours for name in (county, section)}
    if wrong := sorted(name for name in names if is_formula(name)):
        raise InputError(
            "a spreadsheet would run these as formulas",
            path=path,
            refusals=[
                Refusal(problem="begin it with a letter or digit", value=name)
                for name in wrong
            ],
        )


def _as_the_kit_reads(path: Path) -> list[tuple[str, str, int, int]] | None:
    try:
        # Line by line: the kit parts lines first, so no cell may hold a line break.
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
        return [
            (
                row["county"],
                row["section"],
                int(row["lines_claimed"]),
                int(row.get("lines_struck") or 0),
            )
            for row in csv.DictReader(lines)
        ]
    except (KeyError, TypeError, ValueError, csv.Error):
        return None
