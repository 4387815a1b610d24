"""`petition purge`: the data of signers destroyed when their term has ended."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from plebiscite.cli.answer import (
    DAY,
    FOLDER,
    answer,
    json_option,
    progress_bar,
    today,
)
from plebiscite.cli.faults import Exit
from plebiscite.docket.folder import open_record
from plebiscite.docket.lawful.ground import Ground
from plebiscite.docket.lawful.kept import kept
from plebiscite.docket.life import Life
from plebiscite.docket.store import FILE as DOCKET
from plebiscite.docket.store import Happening, append
from plebiscite.errors import InputError
from plebiscite.petition.measure import FILE as MEASURE
from plebiscite.petition.measure import read_measure
from plebiscite.rules.keeping import Keeping, keeping
from plebiscite.rules.rulebook import Law, open_law
from plebiscite.verify.publish.certify import day_of_issue
from plebiscite.verify.publish.purge import contents, purge, read_purge, told, why_kept

EVENT, EXAMINED = "signers_data_destroyed", "final_examination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked on the command line.

    Attributes:
        law: the law that says how long.
        measure: the measure's id; None where none was named.
        ground, life: the measure and what its docket tells; None without a measure.
        dates: dates given one by one.
        to_vote: whether it goes to the voters, where somebody said so.
        on: the day.

    """

    law: Law
    measure: str | None
    ground: Ground | None
    life: Life
    dates: Mapping[str, date]
    to_vote: bool | None
    on: date

    def keeping(self) -> Keeping:
        """Return how long the petition is kept."""
        dates = {**self.dates, **self.life.dates}
        if self.ground is None:
            return keeping(self.law, dates, on=self.on, to_vote=self.to_vote)
        return kept(
            self.ground,
            dates,
            has_ended=self.life.has_ended,
            on=self.on,
            to_vote=self.to_vote,
        )


@click.command("purge")
@click.argument("folder", type=FOLDER)
@click.option("--law", required=True, help="A law's id, or a law file.")
@click.option("--measure", help="A measure's folder, file or id, for its dates.")
@click.option("--measure-folder", type=FOLDER, help="Whose docket is asked, and told.")
@click.option(
    "--date",
    "more",
    type=(str, DAY),
    multiple=True,
    metavar="NAME DAY",
    help="A date the law counts from, such as 'final_examination'.",
)
@click.option(
    "--to-vote/--no-vote",
    default=None,
    help="Whether the measure goes to the voters, where no docket tells.",
)
@click.option("--day", type=DAY, help="The day asked about; without, today.")
@click.option("--by", default="election office", help="Who destroys, for the record.")
@click.option("--dry-run", is_flag=True, help="Say what would go; destroy nothing.")
@json_option
def purge_command(
    folder: Path,
    law: str,
    measure: str | None,
    measure_folder: Path | None,
    more: Sequence[tuple[str, date]],
    to_vote: bool | None,
    day: date | None,
    by: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Destroy the data of signers in FOLDER, once the law's term for them has ended.

    FOLDER is a verification's or a measure's; confidential/ and petition/ go, all that
    is published stays, and purged.json tells what went under which law. Laws know
    exceptions, such as a pending action: whoever runs this has made sure there is none.
    Exits 0 if the data are destroyed (or could be, with --dry-run), 1 while they must
    be kept, 3 if it cannot be told until when.

    \b
    Example:
      plebiscite petition purge verification --law us/ca/constitutional_initiative \\
        --no-vote --date final_examination 2025-10-13 --dry-run
    """
    if measure_folder is None and (folder / DOCKET).is_file():
        measure_folder = folder
    if measure is None and (measure_folder or folder / MEASURE).exists():
        measure = str(measure_folder or folder)
    asked = _asked(folder, law, measure, measure_folder, more, to_vote, day or today())
    found = asked.keeping()
    if dry_run or not (found.is_over or _is_begun(folder)):
        _say(folder, found, as_json=as_json)
    with progress_bar() as progress:
        record = purge(
            folder,
            found,
            by=by,
            at=datetime.now(UTC),
            about={"measure": asked.measure, "law": asked.law.id},
            progress=progress,
        )
    if measure_folder is not None:
        _record(measure_folder, record, on=asked.on, by=by)
    words = [
        f"{record['files']:,} files ({record['bytes']:,} bytes) that named signers are "
        f"destroyed: {', '.join(record['destroyed']) or 'none were left'}.",
        f"They were kept through {record['kept_until']} "
        f"({'; '.join(each['rule'] for each in record['terms'])}).",
        f"{len(record['stays']):,} files stay; the record is {folder / 'purged.json'}.",
        record["beyond"],
    ]
    answer({"standing": "met", **record}, words, as_json=as_json)


def _is_begun(folder: Path) -> bool:
    """Return whether a purge was cut off here, or has left nothing to destroy."""
    before = read_purge(folder)
    return before is not None and not (before["ended_at"] and contents(folder).goes)


def _asked(
    folder: Path,
    law: str,
    measure: str | None,
    measure_folder: Path | None,
    more: Sequence[tuple[str, date]],
    to_vote: bool | None,
    on: date,
) -> Asked:
    opened = open_law(law)
    named = read_measure(measure) if measure else None
    if named and open_law(named.law).digest != opened.digest:
        raise InputError(f"{named.id} goes by {named.law}, not by {law}; name that law")
    life = open_record(measure_folder, on).life if measure_folder else Life()
    given = dict(more)
    if EXAMINED not in given and (issued := day_of_issue(folder)):
        given[EXAMINED] = issued
    return Asked(
        law=opened,
        measure=named.id if named else None,
        ground=Ground(measure=named, law=opened) if named else None,
        life=life,
        dates=given,
        to_vote=to_vote,
        on=on,
    )


def _say(folder: Path, found: Keeping, *, as_json: bool) -> None:
    """Say what would go and until when it is kept, and end."""
    going = contents(folder)
    standing = "met" if found.is_over else "not_met" if found.until else "open"
    words = [
        f"{going.files:,} files ({going.size:,} bytes) name signers: "
        f"{', '.join(going.goes) or 'none'}.",
        f"{len(going.stays):,} files stay: what is published, and the docket.",
        f"They may go: they were kept through {found.until}."
        if found.is_over
        else f"Nothing is destroyed: {why_kept(found)}.",
    ]
    for term in found.terms:
        titles = "; ".join(source.title for source in term.cite)
        mark = "" if term.checked else "  ** its first day is not checked **"
        words.append(f"  {term.day}  {term.rule}  [{titles}]{mark}")
    if found.then:
        titles = "; ".join(source.title for source in found.cite)
        words.append(f"  Then it {found.then} [{titles}]")
    answer(
        {"standing": standing, **told(found), **going.as_data()}, words, as_json=as_json
    )
    ends = {"met": Exit.DONE, "not_met": Exit.NOT_MET, "open": Exit.OPEN}
    sys.exit(ends[standing])


def _record(folder: Path, record: Mapping[str, Any], *, on: date, by: str) -> None:
    """Tell the docket: how many files went, and until when they were kept."""
    body = {
        "kept_until": record["kept_until"],
        "files": record["files"],
        "destroyed": list(record["destroyed"]),
    }
    authority = "; ".join(record["cite"])
    event = Happening(day=on, kind=EVENT, by=by, authority=authority, body=body)
    append(folder, [event], recorded_at=datetime.now(UTC), once=True)
