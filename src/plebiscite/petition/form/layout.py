"""Who a page is: measure, section, page, and how it is laid out; its QR code says it.

>>> who = PageName.read("PLB1 us/ca/16-0011 000123 4/4 LETTER 1+5 D")
>>> who.serial, who.page, who.layout.lines, who.layout.declaration
(123, 4, 5, True)
>>> str(who)
'PLB1 us/ca/16-0011 000123 4/4 LETTER 1+5 D'

The same words stand in print on the page, closed by letters that check them:

>>> who.printed
'PLB1 us/ca/16-0011 000123 4/4 LETTER 1+5 D EEPKC'
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import Enum

from plebiscite.errors import InputError

FORM = "PLB1"
"""The version of the form: another geometry is another version."""
LONGEST_ID = 60
MOST_SERIAL, MOST_PAGES, MOST_LINES = 99_999_999, 999, 60
CHECK, CHECKED_BY = 5, "ACEFHKLMNPRTXY"
"""How many letters check the printed words, of letters that no reader mistakes."""
_PAGE = re.compile(
    r"PLB1 (?P<measure>[^\s]{1,60}) (?P<serial>[0-9]{6,8}) "
    r"(?P<page>[0-9]{1,3})/(?P<pages>[0-9]{1,3}) (?P<paper>[A-Z0-9]+) "
    r"(?P<first>[0-9]{1,3})\+(?P<lines>[0-9]{1,2}) (?P<flags>-|D?S?)"
)


class Paper(Enum):
    """A size of paper, upright: width and height in micrometres."""

    LETTER = (215_900, 279_400)
    LEGAL = (215_900, 355_600)
    TABLOID = (279_400, 431_800)
    A4 = (210_000, 297_000)

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height in micrometres."""
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What decides where things stand on a page.

    Attributes:
        paper: its size.
        first: the number of its first line; 0 without lines.
        lines: how many lines it has.
        declaration: whether the circulator's declaration stands below them.
        strip: whether words stand between name and signature (top funders).

    """

    paper: Paper = Paper.LETTER
    first: int = 0
    lines: int = 0
    declaration: bool = False
    strip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageName:
    """One page of one section of one measure's petition.

    Attributes:
        measure: the measure's id, at most `LONGEST_ID` bytes, without blanks.
        serial: the section's number, 1 to `MOST_SERIAL`.
        page, pages: which page of how many, from 1.
        layout: how it is laid out.

    Raises:
        InputError: a value lies beyond its bounds.

    """

    measure: str
    serial: int
    page: int
    pages: int
    layout: Layout

    def __post_init__(self) -> None:
        if len(self.measure.encode()) > LONGEST_ID or len(self.measure.split()) != 1:
            raise InputError(
                f"the id {self.measure!r} cannot stand in a QR code; give the measure "
                f"an id of at most {LONGEST_ID} letters without blanks"
            )
        if not 1 <= self.serial <= MOST_SERIAL:
            raise InputError(f"a serial lies between 1 and {MOST_SERIAL:,}")
        if not 1 <= self.page <= self.pages <= MOST_PAGES:
            raise InputError(f"a section has at most {MOST_PAGES} pages")

    def __str__(self) -> str:
        """Return what its QR code says."""
        made = self.layout
        flags = "D" * made.declaration + "S" * made.strip
        return (
            f"{FORM} {self.measure} {serial_text(self.serial)} {self.page}/{self.pages}"
            f" {made.paper.name} {made.first}+{made.lines} {flags or '-'}"
        )

    @property
    def printed(self) -> str:
        """What stands in print on the page: the code's words, and letters to check."""
        return f"{self} {check_letters(str(self))}"

    @classmethod
    def read(cls, said: str) -> PageName:
        """Return the page whose QR code says this.

        Raises:
            InputError: it is no code of this form, or of a later version of it.

        """
        found = _PAGE.fullmatch(said)
        if not found or found["paper"] not in Paper.__members__:
            shown = said if said.isprintable() and len(said) <= LONGEST_ID else "…"
            raise InputError(
                f"this code is not of our form, or of a later one: {shown}"
            )
        return cls(
            measure=found["measure"],
            serial=int(found["serial"]),
            page=int(found["page"]),
            pages=int(found["pages"]),
            layout=Layout(
                paper=Paper[found["paper"]],
                first=int(found["first"]),
                lines=int(found["lines"]),
                declaration="D" in found["flags"],
                strip="S" in found["flags"],
            ),
        )


def check_letters(said: str) -> str:
    """Return the letters that check the words of a code: wrong ones have others.

    Of half a million wrong readings one has the same.
    """
    left = int.from_bytes(hashlib.sha256(said.encode()).digest()[:8])
    letters = ""
    for _ in range(CHECK):
        left, at = divmod(left, len(CHECKED_BY))
        letters += CHECKED_BY[at]
    return letters


def serial_text(serial: int) -> str:
    """Return a serial as it is stamped: six digits, or more where it needs them."""
    return f"{serial:06d}"
