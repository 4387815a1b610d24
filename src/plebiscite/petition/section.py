"""A section: one sheet (or bundle) of a petition, with its circulator's declaration.

Which defects of a declaration void a section's lines is a question of law; here the
code of the defect is only carried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plebiscite.core.table import Column
from plebiscite.errors import InputError


class Declaration(StrEnum):
    """How a circulator's declaration stands, or what it lacks.

    Source: Cal. Elec. Code §§ 104, 9022 (read as summarised, not checked).
    """

    COMPLETE = "complete"
    MISSING = "missing"
    INCOMPLETE = "incomplete"
    UNSIGNED = "unsigned"
    UNDATED = "undated"
    NO_NAME = "no_name"
    NO_ADDRESS = "no_address"
    NO_PLACE = "no_place"
    DATES_MISSING = "dates_missing"
    NOT_OWN_HAND = "not_own_hand"
    NOT_OF_AGE = "not_of_age"

    @property
    def words(self) -> str:
        """What the code says, for the page."""
        return _WORDS[self]


NO_COUNTY = "(none)"
"""Written for the county of a section whose heading names none."""
_WORDS = {
    Declaration.COMPLETE: "the declaration is complete",
    Declaration.MISSING: "there is no declaration",
    Declaration.INCOMPLETE: "the declaration is incomplete",
    Declaration.UNSIGNED: "the declaration is not signed",
    Declaration.UNDATED: "the declaration does not say when it was signed",
    Declaration.NO_NAME: "the circulator's printed name is missing",
    Declaration.NO_ADDRESS: "the circulator's residence address is missing",
    Declaration.NO_PLACE: "the declaration does not say where it was signed",
    Declaration.DATES_MISSING: "the days between which lines were signed are missing",
    Declaration.NOT_OWN_HAND: "the declaration is not in the circulator's own hand",
    Declaration.NOT_OF_AGE: "the circulator does not declare to be 18 or over",
}

SECTION_COLUMNS: tuple[Column, ...] = (
    Column(name="section", required=True),
    Column(name="county", required=True),
    Column(name="circulator_id"),
    Column(name="from", kind="day"),
    Column(name="to", kind="day"),
    Column(
        name="declaration",
        kind="choice",
        required=True,
        choices=tuple(Declaration),
    ),
    Column(name="paid", kind="flag"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a petition.

    Attributes:
        section: its number, as stamped on it.
        county: the one county whose voters may sign it.
        circulator: a key for who circulated it; None if not recorded.
        first_day: the first day on which it was signed, by the declaration.
        last_day: the last such day.
        declaration: complete, or the code of its defect.
        paid: whether the circulator was paid; None if not recorded.

    Raises:
        InputError: the days run backwards.

    """

    section: str
    county: str
    circulator: str | None
    first_day: date | None
    last_day: date | None
    declaration: Declaration
    paid: bool | None = None

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise InputError(
                f"section {self.section}: signed from {self.first_day} to "
                f"{self.last_day}; the days run backwards"
            )

    def covers(self, day: date) -> bool:
        """Tell whether the declared days include `day`; days not declared exclude none.

        >>> from datetime import date
        >>> sheet = Section(section="1", county="Alpine", circulator=None,
        ...     first_day=date(2017, 2, 1), last_day=date(2017, 2, 9),
        ...     declaration=Declaration.COMPLETE)
        >>> sheet.covers(date(2017, 2, 9)), sheet.covers(date(2017, 2, 10))
        (True, False)
        """
        begun = self.first_day is None or self.first_day <= day
        return begun and (self.last_day is None or day <= self.last_day)
