"""Chapters: who gathers where, and how many lines each has taken upon itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError
from plebiscite.petition.campaign import register
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

FILE = "chapters.jsonl"
CHANGED = "changed"
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of the campaign.

    Attributes:
        chapter: its key, such as ``north``.
        name: as it calls itself.
        quota: how many lines it is to gather; None without one.
        since: the day it was added.

    """

    chapter: str
    name: str
    quota: int | None
    since: date


def chapters(campaign: Path) -> dict[str, Chapter]:
    """Return the chapters by key, in the order of being added.

    Raises:
        RecordError: the register cannot be read.

    """
    entries = read_entries(campaign, FILE)
    return {
        key: Chapter(
            chapter=key,
            name=body["name"],
            quota=body["quota"],
            since=first.booking.day,
        )
        for key, (first, body) in latest(entries, "chapter").items()
    }


def add_chapter(
    campaign: Path,
    booking: Booking,
    chapter: str,
    *,
    name: str = "",
    quota: int | None = None,
) -> Chapter:
    """Add a chapter and return it; `name` is the key where left out.

    Raises:
        InputError: the key is taken or malformed, or the quota is below zero.

    """
    if not _KEY.fullmatch(chapter):
        raise InputError(
            f"a chapter's key is small letters, figures and hyphens, such as "
            f"'san-diego': not {chapter!r}"
        )
    body: dict[str, Json] = {
        "chapter": chapter,
        "name": checked_words("the chapter's name", name or chapter),
        "quota": checked_count("a quota", quota),
    }
    with held(campaign):
        if chapter in chapters(campaign):
            raise InputError(f"there is a chapter {chapter!r} already; change that one")
        book(campaign, FILE, booking, ADDED, body)
    return chapters(campaign)[chapter]


def change_chapter(
    campaign: Path,
    booking: Booking,
    chapter: str,
    *,
    name: str | None = None,
    quota: int | None = None,
) -> Chapter:
    """Change a chapter's name or quota (what is None stays), and return it.

    Raises:
        InputError: there is no such chapter, or the quota is below zero.

    """
    changed: dict[str, Json] = {"chapter": chapter}
    if name is not None:
        changed["name"] = checked_words("the chapter's name", name)
    if quota is not None:
        changed["quota"] = checked_count("a quota", quota)
    with held(campaign):
        known_chapter(chapter, chapters(campaign))
        book(campaign, FILE, booking, CHANGED, changed)
    return chapters(campaign)[chapter]


def known_chapter(chapter: str, known: dict[str, Any]) -> str:
    """Return a key if it is known.

    Raises:
        InputError: it is not; the nearest one is suggested.

    """
    register.known("chapter", chapter, known, otherwise="add it first")
    return chapter
