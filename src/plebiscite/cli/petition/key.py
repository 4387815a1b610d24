"""`plebiscite petition key`: people key what stands on the sheets, in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import (
    FILE_OR_FOLDER,
    FOLDER,
    NEW,
    answer,
    json_option,
    progress_bar,
    today,
)
from plebiscite.cli.faults import Exit
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.petition.keying.card import Card
    from plebiscite.petition.keying.session import Session

CAMPAIGN = "campaign"


@click.command("key")
@click.option("--scan", type=FOLDER, help="The folder that 'petition scan' wrote.")
@click.option("--sections", help="Serials to key from the sheets: 1-10,15.")
@click.option(
    "--rows",
    type=click.IntRange(1, 500),
    help="Lines on each section; by the campaign's ledger if left out.",
)
@click.option("--measure", help="Its folder: county and circulator are then known.")
@click.option("--campaign", type=FOLDER, help="The campaign's records, if elsewhere.")
@click.option("--county", default="", help="Of sections nobody knows the county of.")
@click.option("--roll", type=FILE_OR_FOLDER, help="Shows voters who come near.")
@click.option("--dates", is_flag=True, help="The form asks each signer for the date.")
@click.option(
    "--twice",
    default="5%",
    show_default=True,
    help="The share of lines that a second person keys.",
)
@click.option("--seed", help="Digits that pick these lines; drawn if left out.")
@click.option("--by", required=True, help="Who keys.")
@click.option("--out", type=NEW, required=True, help="A folder; it is gone on with.")
@json_option
def key(
    scan: Path | None,
    sections: str | None,
    rows: int | None,
    measure: str | None,
    campaign: Path | None,
    county: str,
    roll: Path | None,
    dates: bool,
    twice: str,
    seed: str | None,
    by: str,
    out: Path,
    as_json: bool,
) -> None:
    """Key lines and declarations, one card after another, from scans or from paper.

    Every decision is on the disk before the next card comes; leave at any time, and the
    same command goes on. Lines picked by a seed are keyed again by a second person, and
    where two differ, a person settles it. Writes lines.csv, sections.csv and voters.csv
    (whom a keyer took a line to be) into --out, which only its owner can enter.

    With --json nothing is asked: the files are written, and how far it is is told.
    Exits 0 when all is keyed, 3 while something is left.

    \b
    Example:
      plebiscite petition key --scan scanned --measure my-measure --roll roll \\
        --by "Lee Park" --out keyed
    """
    from plebiscite.cli.keying.settings import settings
    from plebiscite.petition.keying.journal import opened
    from plebiscite.petition.keying.session import Session
    from plebiscite.petition.keying.written import write_keyed

    kept = campaign or _campaign(measure)
    cards, known = _cards(scan, sections, rows, kept, dates=dates)
    if not as_json and not sys.stdin.isatty():
        raise InputError("keying needs a terminal; --json tells how far it is, without")
    with opened(out) as journal:
        picked, share = settings(out, seed, _share(twice))
        session = Session(cards=cards, journal=journal, by=by, seed=picked, share=share)
        if not as_json:
            _shown(session, _finder(roll), _year(measure), scan)
        holders = {name: each.get("circulator_id", "") for name, each in known.items()}
        counties = {name: each.get("county", "") for name, each in known.items()}
        written = write_keyed(
            out, session, counties=counties, county=county, holders=holders
        )
        _say(session, written, out, as_json=as_json)
        if not session.progress().done:
            sys.exit(Exit.OPEN)


def _cards(
    scan: Path | None,
    sections: str | None,
    rows: int | None,
    campaign: Path | None,
    *,
    dates: bool,
) -> tuple[list[Card], Mapping[str, Mapping[str, str]]]:
    """Return what is to be keyed, and what is known of each section."""
    from plebiscite.petition.campaign.issue import known_sections, most_lines
    from plebiscite.petition.campaign.whereabouts import serials, written
    from plebiscite.petition.keying.scanned import cards_of_scan, cards_of_serials

    known = known_sections(campaign) if campaign and campaign.is_dir() else {}
    if (scan is None) == (sections is None):
        raise InputError("say what to key: --scan FOLDER, or --sections 1-10")
    if scan is not None:
        return cards_of_scan(scan, dates=dates, known=known), known
    wanted = serials(sections or "")
    room = most_lines(campaign, wanted) if campaign and not rows else {}
    lines = {number: rows or room.get(number, 0) for number in wanted}
    if missing := [number for number, most in lines.items() if not most]:
        raise InputError(
            f"nobody knows how many lines {written(missing)} has; say --rows"
        )
    return cards_of_serials(wanted, lines, dates=dates, known=known), known


def _campaign(measure: str | None) -> Path | None:
    from plebiscite.petition.measure import measure_folder

    return measure_folder(measure) / CAMPAIGN if measure else None


def _share(written: str) -> Fraction:
    try:
        share = Fraction(written.rstrip("%")) / (100 if written.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise InputError(f"write the share keyed twice as 5% or 1/20, not {written!r}")
    return share


def _finder(roll: Path | None) -> Callable[[str], list[dict[str, Any]]] | None:
    if roll is None:
        return None
    from plebiscite.match.look.finder import finder_for
    from plebiscite.roll.store import open_roll

    with progress_bar() as progress:
        opened = open_roll(roll, progress=progress)
        return finder_for(opened, progress=progress).find


def _year(measure: str | None) -> int:
    """Return the year of a day typed without one: of the circulation, or this year."""
    from plebiscite.petition.measure import read_measure

    days: Mapping[str, date] = read_measure(measure).dates if measure else {}
    return days.get("summary", today()).year


def _shown(
    session: Session,
    find: Callable[[str], list[dict[str, Any]]] | None,
    year: int,
    scan: Path | None,
) -> None:
    from plebiscite.cli.keying.screen import Keying
    from plebiscite.petition.keying.readings import Readings

    readings = Readings(scan) if scan else None
    Keying(session, find=find, year=year, readings=readings).run()


def _say(
    session: Session, written: tuple[int, int], out: Path, *, as_json: bool
) -> None:
    from plebiscite.cli.keying.told import agreed, reached
    from plebiscite.petition.keying.double import agreement

    far = session.progress()
    both = agreement(session.journal.decided.values())
    data = {
        "cards": far.cards,
        "keyed": far.keyed,
        "twice": far.twice,
        "second": far.again,
        "differ": far.differ,
        "seed": session.seed,
        "agreement": {
            "lines": both.lines,
            "alike": both.alike,
            "share": None if both.share is None else str(both.share),
            "fields": {
                name: {"alike": good, "of": all_}
                for name, (good, all_) in both.fields.items()
            },
        },
        "lines": written[0],
        "sections": written[1],
        "out": str(out),
    }
    words = [
        f"{reached(far)}.",
        *agreed(both),
        f"{out}: {written[0]:,} lines, {written[1]:,} sections.",
    ]
    answer(data, words, as_json=as_json)
