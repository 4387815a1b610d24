"""Which campaign a command is about, who writes an entry, and tables of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from plebiscite.cli.answer import DAY, NEW, today
from plebiscite.errors import InputError
from plebiscite.petition.campaign.register import Booking

CAMPAIGN = "campaign"
FIGURES = "0123456789-"
Command = TypeVar("Command", bound=Callable[..., Any])
by_option = click.option("--by", required=True, help="Who writes this down.")
day_option = click.option("--day", type=DAY, help="The day it happened; else today.")


def folder_options(command: Command) -> Command:
    """Add the options that say where a campaign's records are."""
    command = click.option(
        "--campaign",
        type=NEW,
        help="The folder of the records, if not 'campaign' in the measure's folder.",
    )(command)
    return click.option(
        "--measure", required=True, help="A measure's folder, or a shipped id."
    )(command)


def folder(measure: str, campaign: Path | None) -> Path:
    """Return the folder of a campaign's records.

    Raises:
        InputError: there is no such measure, or it has no folder of the user's own.

    """
    from plebiscite.petition.measure import measure_folder, shipped_measures

    own = measure_folder(measure)
    if campaign is not None:
        return campaign
    if measure in shipped_measures():
        raise InputError(
            f"{measure} comes with plebiscite and has no folder of yours; say where "
            "the campaign keeps its records: --campaign FOLDER"
        )
    return own / CAMPAIGN


def booking(by: str, day: date | None) -> Booking:
    """Return who writes an entry now, for a day."""
    return Booking(by=by, day=day or today(), at=datetime.now(UTC))


def read_sections(written: str) -> list[int]:
    """Return the serials somebody wrote, such as 1-10,15; none for nothing."""
    from plebiscite.petition.campaign.whereabouts import serials

    return serials(written)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table in words: figures stand to the right, words to the left."""
    cells = [list(heads), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    right = [
        all(not cell or cell[0] in FIGURES for cell in column[1:])
        for column in zip(*cells, strict=True)
    ]
    return [
        "  ".join(
            cell.rjust(width) if figures else cell.ljust(width)
            for cell, width, figures in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    ]
