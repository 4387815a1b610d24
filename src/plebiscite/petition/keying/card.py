"""What is to be keyed, and what was: a card for each line, and one for each section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from plebiscite.errors import InputError
from plebiscite.petition.section import Declaration

NOTHING: Mapping[str, str] = MappingProxyType({})
LINE_FIELDS = ("name", "address", "city", "zip")
DATE_FIELD = "signed_on"
SIGNATURE_FIELD = "signature_present"
SECTION_FIELDS = ("county", "circulator_id", "from", "to", "declaration", "paid")
LABELS = {
    "name": "Printed name",
    "address": "Residence",
    "city": "City",
    "zip": "ZIP",
    "signed_on": "Date",
    "signature_present": "Signature",
    "county": "County",
    "circulator_id": "Circulator",
    "from": "Signed from",
    "to": "Signed to",
    "declaration": "Declaration",
    "paid": "Paid",
}
LONGEST = 200
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?")
_YES = {"y": "yes", "yes": "yes", "1": "yes", "s": "yes", "sí": "yes"}
_NO = {"n": "no", "no": "no", "0": "no"}
_UNKNOWN = {"": "unknown", "u": "unknown", "?": "unknown", "unknown": "unknown"}


class Finding(StrEnum):
    """What a person found a card to be."""

    WRITTEN = "written"
    STRUCK = "struck"
    BLANK = "blank"


class Turn(StrEnum):
    """Whose turn a keying is: the first, another person's, or the settling of both."""

    FIRST = "first"
    SECOND = "second"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A line or a section to be keyed.

    Attributes:
        section: its serial, as stamped.
        row: the line's number on it; 0 for the section itself.
        fields: what is to be keyed, in order.
        picture: the image of all of it; None where nobody scanned it.
        images: the image of each field, where there is one.
        suggested: what may stand in a field; shown, never taken over unseen.

    """

    section: str
    row: int
    fields: tuple[str, ...]
    picture: Path | None = None
    images: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    suggested: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @property
    def place(self) -> tuple[str, int]:
        """Section and row."""
        return self.section, self.row

    @property
    def words(self) -> str:
        """Which card it is, in words."""
        if self.row:
            return f"section {self.section}, line {self.row}"
        return f"section {self.section}, the circulator's declaration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """What one person keyed of one card, once.

    Attributes:
        section, row: the card's place.
        turn: first, second or settled.
        finding: written, struck or blank.
        texts: what stands in each field, as written; empty ones are left out.
        voter: the voter the keyer took it to be; "" without one.
        by: who keyed it.

    """

    section: str
    row: int
    turn: Turn
    finding: Finding
    texts: Mapping[str, str]
    voter: str
    by: str

    @property
    def place(self) -> tuple[str, int]:
        """Section and row."""
        return self.section, self.row


def understood(name: str, typed: str, *, year: int) -> str:
    """Return what somebody typed into a field, as the files hold it; "" for nothing.

    Days may be typed 3/14 (in the `year` given), 3/14/17 or 2017-03-14, month before
    day; yes and no by their first letter.

    Raises:
        InputError: the field cannot hold this.

    """
    text = " ".join(typed.split())
    if len(text) > LONGEST:
        raise InputError(f"at most {LONGEST} letters")
    if not text.isprintable():
        raise InputError("it holds something that cannot be seen; type it anew")
    match name:
        case "signed_on" | "from" | "to":
            return day_text(text, year=year) if text else ""
        case "signature_present":
            return _choice(text, {**_YES, **_NO, **_UNKNOWN}, "y, n or u (unknown)")
        case "paid":
            ways = {**dict.fromkeys(_YES, "1"), **dict.fromkeys(_NO, "0"), "": ""}
            return _choice(text, ways, "y or n")
        case "declaration":
            return declaration_of(text)
    return text


def day_text(typed: str, *, year: int) -> str:
    """Return a day as 2017-03-14.

    >>> day_text("3/14", year=2017), day_text("3-14-17", year=2020)
    ('2017-03-14', '2017-03-14')

    Raises:
        InputError: it is no day.

    """
    found = _DAY.fullmatch(typed)
    try:
        if not found:
            return date.fromisoformat(typed).isoformat()
        written = found[3] or str(year)
        full = int(written) + (year // 100 * 100 if len(written) == len("17") else 0)
        return date(full, int(found[1]), int(found[2])).isoformat()
    except ValueError:
        raise InputError("a day is 3/14, 3/14/17 or 2017-03-14") from None


def declaration_of(typed: str) -> str:
    """Return the code of a declaration that somebody began to type.

    >>> declaration_of("c"), declaration_of("no place")
    ('complete', 'no_place')

    Raises:
        InputError: no code begins so, or several do.

    """
    wanted = typed.casefold().replace(" ", "_")
    codes = [each.value for each in Declaration]
    if wanted in codes:
        return wanted
    found = [code for code in codes if wanted and code.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise InputError(f"begin one of: {', '.join(found or codes)}")


def _choice(text: str, ways: Mapping[str, str], words: str) -> str:
    if text.casefold() in ways:
        return ways[text.casefold()]
    raise InputError(words)
