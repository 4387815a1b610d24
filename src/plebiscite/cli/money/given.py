"""What the commands of money have in common: files, days, sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plebiscite.cli.answer import (
    DAY,
    FILE,
    FILE_OR_FOLDER,
    Command,
    progress_bar,
)
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.money.entry import Side
    from plebiscite.money.ledger import Ledger

paths_argument = click.argument("paths", nargs=-1, type=FILE_OR_FOLDER)
mapping_option = click.option(
    "--mapping", type=FILE, help="How the headings of other offices' files become ours."
)
as_of_option = click.option(
    "--as-of", type=DAY, help="Only what happened by the end of this day."
)
known_on_option = click.option(
    "--known-on", type=DAY, help="Only what had been filed by the end of this day."
)
about_option = click.option(
    "--about",
    metavar="MEASURE",
    help="Only committees on this measure, as the list of committees names it.",
)
side_option = click.option(
    "--side", type=click.Choice(["support", "oppose"]), help="Only this side."
)
currency_option = click.option(
    "--currency", metavar="USD", help="Only rows in this currency."
)
measure_option = click.option(
    "--measure",
    metavar="M",
    help="A measure folder or the id of a shipped one; its folder 'money' is read.",
)
law_option = click.option(
    "--law",
    default="us/ca/campaign_finance",
    show_default=True,
    help="Where the thresholds of disclosure stand.",
)


def reading(command: Command) -> Command:
    """Add the options of what is read, and of which day."""
    for option in (known_on_option, as_of_option, mapping_option, paths_argument):
        command = option(command)
    return command


def read(
    paths: Sequence[Path],
    mapping: Path | None,
    *,
    measure: str | None = None,
    currency: str | None = None,
) -> Ledger:
    """Return the ledger of files named, or of a measure's folder ``money``.

    A measure without that folder has an empty ledger: nobody reported anything.

    Raises:
        InputError: neither was given, or a file is refused.

    """
    from plebiscite.core.table import read_mapping
    from plebiscite.money import Ledger
    from plebiscite.petition.measure import measure_folder

    if not paths and measure is None:
        raise InputError(
            "name the files of contributions and payments, or a folder of them"
        )
    if not paths and measure is not None:
        inside = measure_folder(measure) / "money"
        if not inside.is_dir():
            return Ledger.empty()
        paths = [inside]
    with progress_bar() as progress:
        found = Ledger.read(
            paths,
            mapping=read_mapping(mapping) if mapping else None,
            progress=progress,
        )
    return found if currency is None else only(found, currency)


def only(ledger: Ledger, currency: str) -> Ledger:
    """Return the rows in one currency.

    Raises:
        InputError: there are none.

    """
    from dataclasses import replace

    import polars as pl

    wanted = currency.upper()
    if ledger.currencies and wanted not in ledger.currencies:
        raise InputError(
            f"--currency {currency}: these rows are in {', '.join(ledger.currencies)}"
        )
    return replace(ledger, rows=ledger.rows.filter(pl.col("currency") == wanted))


def one_side(text: str | None) -> Side | None:
    """Return the side named, or None."""
    from plebiscite.money.entry import Side

    return None if text is None else Side(text)


def basis(as_of: date | None, known_on: date | None) -> str:
    """Say as of which days an answer holds."""
    words = [
        f"received and spent by {as_of}" if as_of else "",
        f"known from reports filed by {known_on}" if known_on else "",
    ]
    return ", ".join(each for each in words if each) or "all that was reported"


def days(as_of: date | None, known_on: date | None) -> dict[str, str | None]:
    """Return the two days for JSON."""
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "known_on": known_on.isoformat() if known_on else None,
    }
