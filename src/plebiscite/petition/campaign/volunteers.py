"""Volunteers: people who offered to help, and whether they may be written to.

A register of its own. What people signed may be used for nothing but to qualify the
measure, and least of all for a mailing list; so this register holds no key that stands
on a line, a section or a roll, not even that of a circulator, and nothing here reads
any of those. Whoever is not in here by their own asking is not in here.

Source: Cal. Elec. Code § 18650 (read as summarised, not checked).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError
from plebiscite.petition.campaign.chapters import (
    CHANGED,
    chapters,
    known_chapter,
)
from plebiscite.petition.campaign.register import (
    ADDED,
    Booking,
    Entry,
    book,
    checked_count,
    checked_words,
    held,
    latest,
    next_entry,
    read_entries,
    write_entries,
)

FILE = "volunteers.jsonl"
FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """Somebody who offered to help.

    Attributes:
        volunteer: the key in this register, such as ``V0001``; it stands nowhere else.
        person: what they call themselves; "" once forgotten.
        chapter: the chapter nearest to them.
        sheets: how many sheets they took or asked for.
        may_contact: whether they agreed to be written to.
        contact: where; "" without consent.
        since: the day they offered.

    """

    volunteer: str
    person: str
    chapter: str
    sheets: int
    may_contact: bool
    contact: str
    since: date


def volunteers(campaign: Path) -> dict[str, Volunteer]:
    """Return the volunteers by key, in the order of their coming.

    Raises:
        RecordError: the register cannot be read.

    """
    entries = read_entries(campaign, FILE)
    return {
        key: Volunteer(
            volunteer=key,
            person=body["person"],
            chapter=body["chapter"],
            sheets=body["sheets"],
            may_contact=body["may_contact"],
            contact=body["contact"],
            since=first.booking.day,
        )
        for key, (first, body) in latest(entries, "volunteer").items()
    }


def add_volunteer(
    campaign: Path,
    booking: Booking,
    *,
    person: str,
    chapter: str,
    sheets: int = 0,
    may_contact: bool = False,
    contact: str = "",
) -> Volunteer:
    """Add somebody who offered to help, and return the entry.

    Raises:
        InputError: the chapter is not known, or a contact is given without consent.

    """
    if contact and not may_contact:
        raise InputError(
            "an address to write to is kept only of who agreed to be written to; leave "
            "it out, or record the consent"
        )
    with held(campaign):
        key = f"V{len(volunteers(campaign)) + 1:04d}"
        body: dict[str, Json] = {
            "volunteer": key,
            "person": checked_words("the volunteer's name", person),
            "chapter": known_chapter(chapter, chapters(campaign)),
            "sheets": checked_count("the number of sheets", sheets),
            "may_contact": may_contact,
            "contact": checked_words("where to write to", contact) if contact else "",
        }
        book(campaign, FILE, booking, ADDED, body)
    return volunteers(campaign)[key]


def withdraw_consent(campaign: Path, booking: Booking, volunteer: str) -> Volunteer:
    """Note that somebody no longer agrees to be written to, and return the entry.

    The address is taken out of the whole register, not only out of what is shown.

    Raises:
        InputError: there is no such volunteer.

    """
    gone: dict[str, Json] = {"may_contact": False, "contact": ""}
    return _without(campaign, booking, volunteer, CHANGED, gone)


def forget_volunteer(campaign: Path, booking: Booking, volunteer: str) -> Volunteer:
    """Take a volunteer's name and address out of the whole register.

    The entry itself stays, without them: the one place where something written is
    taken away, because it is the person's own.

    Raises:
        InputError: there is no such volunteer.

    """
    gone: dict[str, Json] = {"person": "", "may_contact": False, "contact": ""}
    return _without(campaign, booking, volunteer, FORGOTTEN, gone)


def _without(
    campaign: Path,
    booking: Booking,
    volunteer: str,
    kind: str,
    gone: dict[str, Json],
) -> Volunteer:
    with held(campaign):
        if volunteer not in volunteers(campaign):
            raise InputError(f"there is no volunteer {volunteer!r}")

        def blanked(entry: Entry) -> Entry:
            if entry.body["volunteer"] != volunteer:
                return entry
            left = {
                name: "" if gone.get(name) == "" else said
                for name, said in entry.body.items()
            }
            return replace(entry, body=left)

        entries = [blanked(each) for each in read_entries(campaign, FILE)]
        body: dict[str, Json] = {"volunteer": volunteer, **gone}
        entries.append(next_entry(entries, kind, booking, body))
        write_entries(campaign, FILE, entries)
    return volunteers(campaign)[volunteer]
