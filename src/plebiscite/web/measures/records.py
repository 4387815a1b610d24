"""A campaign's own records within a measure's folder: carried, and never lost.

A folder that is taken in may lack them (the public copy does), or hold an earlier or a
later state of them. They are kept where the folder lacks them, go on where it goes on
from them, and whatever would lose an entry or bring back somebody who was forgotten is
refused.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from plebiscite.core.files import PRIVATE, PRIVATE_FILE, whole_folder, write_whole
from plebiscite.errors import InputError, RecordError
from plebiscite.money.filed import CAMPAIGN, MONEY, gone
from plebiscite.petition.campaign.bundles import bundles
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.campaign.credit import credits_by_section
from plebiscite.petition.campaign.register import held
from plebiscite.petition.campaign.volunteers import FILE as VOLUNTEERS
from plebiscite.petition.campaign.volunteers import volunteers
from plebiscite.petition.form.issued.ledger import claiming, read_issued
from plebiscite.petition.form.wording import FILE as FORM
from plebiscite.petition.form.wording import read_wording
from plebiscite.petition.measure import read_measure

KEPT = (FORM, CAMPAIGN, MONEY)
"""What a folder that lacks it does not take away from the one kept here."""
GIVEN = ("measure.yaml", "docket.jsonl", *KEPT)
"""What a campaign takes with it; nothing of who signed is among it."""


def is_not_the_campaigns(name: str) -> bool:
    """Return whether a file of a measure's folder is no record of the campaign's."""
    return name.partition("/")[0] != CAMPAIGN


def is_the_campaigns_to_take(name: str) -> bool:
    """Return whether the campaign may take a file of its measure's folder away."""
    return name.partition("/")[0] in GIVEN


@contextmanager
def still(place: Path) -> Iterator[None]:
    """Hold the campaign's records for the length of the block, if there are any."""
    if (place / CAMPAIGN).is_dir():
        with held(place / CAMPAIGN), claiming(place / CAMPAIGN):
            yield
    else:
        yield


def refuse_lossy(place: Path, source: Path) -> None:
    """Refuse a folder whose campaign's records would lose an entry of those here.

    Raises:
        InputError: they would, or would bring back a volunteer who was forgotten.
        RecordError: a register cannot be read.

    """
    here, there = place / CAMPAIGN, source / CAMPAIGN
    if not here.is_dir() or not there.is_dir():
        return
    for register in sorted(here.rglob("*.jsonl")):
        name = register.relative_to(here)
        ours, theirs = _entries(register), _entries(there / name)
        if theirs[: len(ours)] != ours:
            raise InputError(
                f"the campaign's {name.name} kept here has {len(ours)} entries that "
                "the folder does not begin with; take the newer one"
            )
    theirs_now = volunteers(there)
    for key, each in volunteers(here).items():
        if (theirs_now[key].person and not each.person) or (
            theirs_now[key].may_contact and not each.may_contact
        ):
            raise InputError(
                "the folder names a volunteer who was forgotten here, or withdrew; "
                "take out of it what they had erased"
            )


def _entries(register: Path) -> list[str]:
    """Return what may never change of a register's entries.

    Of volunteers that is whose entry it is, its number, time and kind: they may have
    their name erased.
    """
    if not register.is_file():
        return []
    lines = register.read_text(encoding="utf-8").splitlines()
    if register.name != VOLUNTEERS:
        return lines
    try:
        return [
            f"{entry['seq']} {entry['kind']} {entry['recorded_at']} "
            f"{entry['body']['volunteer']}"
            for entry in map(json.loads, lines)
        ]
    except (KeyError, TypeError, ValueError) as problem:
        raise RecordError(f"{register.name} is no register; restore it") from problem


def keep(place: Path, draft: Path) -> None:
    """Put into a draft what it lacks of the folder it takes the place of.

    A report of money that its register tells to have been taken out stays out.
    """
    for name in KEPT:
        ours = place / name
        if ours.is_file() and not (draft / name).exists():
            shutil.copy2(ours, draft / name)
        elif ours.is_dir():
            _fill(ours, draft / name, leave=gone(draft) if name == MONEY else ())
    close(draft / CAMPAIGN)


def _fill(ours: Path, draft: Path, *, leave: Collection[str] = ()) -> None:
    for path in sorted(ours.rglob("*")):
        place = draft / path.relative_to(ours)
        if path.is_file() and not place.exists() and path.name not in leave:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place)


def close(campaign: Path) -> None:
    """Let nobody but the owner read a campaign's records."""
    if campaign.is_dir():
        campaign.chmod(PRIVATE)
        for path in campaign.rglob("*"):
            path.chmod(PRIVATE if path.is_dir() else PRIVATE_FILE)


def take_records(place: Path, source: Path) -> None:
    """Take the campaign's records of `source`, and its form, over into `place`.

    Raises:
        InputError: the folder is another measure's, holds no records, or would lose an
            entry.
        RecordError: a register in it is damaged.

    """
    measure = read_measure(place)
    if read_measure(source).id != measure.id:
        raise InputError(f"this is another measure's folder, not of {measure.id}")
    if not (source / CAMPAIGN).is_dir() and not (source / FORM).is_file():
        raise InputError(f"the folder holds neither {CAMPAIGN}/ nor {FORM}")
    read_wording(measure, source)
    _refuse_damaged(source / CAMPAIGN, measure.id)
    with still(place):
        refuse_lossy(place, source)
        if (source / CAMPAIGN).is_dir():
            here = place / CAMPAIGN
            with whole_folder(here, replace=here.exists(), mode=PRIVATE) as draft:
                shutil.copytree(source / CAMPAIGN, draft, dirs_exist_ok=True)
                if here.is_dir():
                    _fill(here, draft)
                close(draft)
    if (source / FORM).is_file():
        write_whole(place / FORM, (source / FORM).read_bytes())


def _refuse_damaged(campaign: Path, measure: str) -> None:
    for read in (circulators, bundles, volunteers, credits_by_section):
        read(campaign)
    other = {each.measure for each in read_issued(campaign)} - {measure}
    if other:
        raise InputError(f"sections of {', '.join(sorted(other))} were printed from it")
