"""Credit: what the campaign's own checks found, section by section.

A check compares the lines of returned sections with the roll and says of each section
how many were looked at and how many are valid: two counts, and nothing of who signed. A
section checked again is credited by the later check alone, so no line counts twice.
Whoever had the section when it came back is credited with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from plebiscite.core.canonical import Json
from plebiscite.errors import CountError, InputError
from plebiscite.petition.campaign.bundles import where
from plebiscite.petition.campaign.register import (
    Booking,
    book,
    checked_words,
    held,
    mark_of,
    read_entries,
)
from plebiscite.petition.campaign.whereabouts import Sheet, written
from plebiscite.petition.form.layout import serial_text

FILE = "checks.jsonl"
CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a check found of one or more sections.

    Attributes:
        checked: lines looked at.
        valid: those of them that are valid, each voter once.

    Raises:
        CountError: more are valid than were looked at.

    """

    checked: int = 0
    valid: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.valid <= self.checked:
            raise CountError(f"{self.valid:,} lines valid of {self.checked:,} checked")

    def __add__(self, other: Credit) -> Credit:
        return Credit(
            checked=self.checked + other.checked, valid=self.valid + other.valid
        )


def note_check(
    campaign: Path, booking: Booking, found: Mapping[int, Credit], *, how: str
) -> None:
    """Note what a check found, by serial; `how` says with which roll, in words.

    Raises:
        InputError: nothing was checked, or a section is not back.
        RecordError: a register cannot be read.

    """
    if not found:
        raise InputError("a check without a section is none")
    with held(campaign):
        places = where(campaign).places
        away = [
            number
            for number in found
            if number not in places or places[number].sheet is not Sheet.RETURNED
        ]
        if away:
            raise InputError(
                f"these sections are not back: {written(away)}; take their bundles "
                "back first, or correct the serials"
            )
        body: dict[str, Json] = {
            "how": checked_words("how it was checked", how),
            "sections": {
                serial_text(number): [credit.checked, credit.valid]
                for number, credit in sorted(found.items())
            },
        }
        book(campaign, FILE, booking, CHECKED, body)


def credits_by_section(campaign: Path) -> Mapping[int, Credit]:
    """Return what the latest check of each section found, by serial.

    Raises:
        RecordError: the register cannot be read.

    """
    return _credits(campaign, mark_of(campaign, FILE))


@lru_cache(maxsize=8)
def _credits(campaign: Path, _mark: object) -> Mapping[int, Credit]:
    found = {
        int(number): Credit(checked=checked, valid=valid)
        for entry in read_entries(campaign, FILE)
        for number, (checked, valid) in entry.body["sections"].items()
    }
    return MappingProxyType(found)
