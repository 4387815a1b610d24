"""Circulators: who carries sheets, for which chapter, paid or not.

A circulator's key stands on the sections and lines they gathered, and in the list of
sections to fix. The register says nothing of how to reach them, and nothing of anybody
who signed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError
from plebiscite.petition.campaign import register
from plebiscite.petition.campaign.chapters import (
    CHANGED,
    chapters,
    known_chapter,
)
from plebiscite.petition.campaign.register import (
    ADDED,
    Booking,
    book,
    checked_count,
    checked_words,
    held,
    latest,
    read_entries,
)

FILE = "circulators.jsonl"
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulator:
    """Somebody who carries sheets.

    Attributes:
        circulator: the key, such as ``C0012``.
        name: as printed in the declarations.
        chapter: the key of the chapter.
        paid: whether the circulator is paid.
        quota: how many lines to gather; None without one.
        since: the day of being added.

    """

    circulator: str
    name: str
    chapter: str
    paid: bool
    quota: int | None
    since: date


def circulators(campaign: Path) -> dict[str, Circulator]:
    """Return the circulators by key, in the order of being added.

    Raises:
        RecordError: the register cannot be read.

    """
    entries = read_entries(campaign, FILE)
    return {
        key: Circulator(
            circulator=key,
            name=body["name"],
            chapter=body["chapter"],
            paid=body["paid"],
            quota=body["quota"],
            since=first.booking.day,
        )
        for key, (first, body) in latest(entries, "circulator").items()
    }


def add_circulator(
    campaign: Path,
    booking: Booking,
    *,
    name: str,
    chapter: str,
    paid: bool,
    circulator: str | None = None,
    quota: int | None = None,
) -> Circulator:
    """Add a circulator and return it; without a key the next number is the key.

    Raises:
        InputError: the key is taken or malformed, the chapter is not known, or the
            quota is below zero.

    """
    if circulator is not None and not _KEY.fullmatch(circulator):
        raise InputError(
            "a circulator's key is letters, figures, hyphens and dots, such as C0012: "
            f"not {circulator!r}"
        )
    with held(campaign):
        known = circulators(campaign)
        key = circulator or _free(known)
        if key in known:
            raise InputError(f"there is a circulator {key} already: {known[key].name}")
        body: dict[str, Json] = {
            "circulator": key,
            "name": checked_words("the circulator's name", name),
            "chapter": known_chapter(chapter, chapters(campaign)),
            "paid": paid,
            "quota": checked_count("a quota", quota),
        }
        book(campaign, FILE, booking, ADDED, body)
    return circulators(campaign)[key]


def change_circulator(
    campaign: Path,
    booking: Booking,
    circulator: str,
    *,
    name: str | None = None,
    chapter: str | None = None,
    paid: bool | None = None,
    quota: int | None = None,
) -> Circulator:
    """Change a circulator (what is None stays), and return it.

    Sheets that are out stay with the chapter they were handed out for.

    Raises:
        InputError: there is no such circulator or chapter, or the quota is below zero.

    """
    changed: dict[str, Json] = {"circulator": circulator}
    if name is not None:
        changed["name"] = checked_words("the circulator's name", name)
    if paid is not None:
        changed["paid"] = paid
    if quota is not None:
        changed["quota"] = checked_count("a quota", quota)
    with held(campaign):
        known_circulator(circulator, circulators(campaign))
        if chapter is not None:
            changed["chapter"] = known_chapter(chapter, chapters(campaign))
        book(campaign, FILE, booking, CHANGED, changed)
    return circulators(campaign)[circulator]


def known_circulator(circulator: str, known: dict[str, Circulator]) -> Circulator:
    """Return a circulator by key.

    Raises:
        InputError: there is no such key; the nearest one is suggested.

    """
    add = "add the circulator first"
    return register.known("circulator", circulator, known, otherwise=add)


def _free(known: dict[str, Circulator]) -> str:
    number = len(known) + 1
    while f"C{number:04d}" in known:
        number += 1
    return f"C{number:04d}"
