"""A voter, and the columns of a roll.

Everything here but county, precinct and status is personal: it is compared, and never
shown in a message. A confidential voter is compared like any other, and never shown at
all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plebiscite.core.table import Column


class Status(StrEnum):
    """How a registration stands."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    CANCELLED = "cancelled"
    PENDING = "pending"


ROLL_COLUMNS: tuple[Column, ...] = (
    Column(name="voter_id", required=True, private=True),
    Column(name="last", required=True, private=True),
    Column(name="first", private=True),
    Column(name="middle", private=True),
    Column(name="suffix", private=True),
    Column(name="former_last", private=True),
    Column(name="house", private=True),
    Column(name="unit", private=True),
    Column(name="street", private=True),
    Column(name="city", private=True),
    Column(name="zip", private=True),
    Column(name="mail_address", private=True),
    Column(name="county", required=True),
    Column(name="precinct"),
    Column(name="birth_year", kind="year", private=True),
    Column(name="registered_on", kind="day", private=True),
    # Not a person's, but where a column is mixed up, a name may stand in it.
    Column(
        name="status",
        kind="choice",
        required=True,
        choices=tuple(Status),
        private=True,
    ),
    Column(name="confidential", kind="flag", default=False, private=True),
    Column(name="former_house", private=True),
    Column(name="former_unit", private=True),
    Column(name="former_street", private=True),
    Column(name="former_city", private=True),
    Column(name="former_zip", private=True),
    Column(name="changed_on", kind="day", private=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """One registration.

    Its text form shows the county only, so that no voter enters a log by accident.

    Attributes:
        voter_id: the registrar's key, unique in a roll.
        last: the surname.
        county: where registered.
        status: how the registration stands.
        changed_on: the day name or address last changed; the former ones held before.
        confidential: the voter's particulars may not be shown to anyone.

    """

    voter_id: str
    last: str
    county: str
    status: Status
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None
    former_last: str | None = None
    house: str | None = None
    unit: str | None = None
    street: str | None = None
    city: str | None = None
    zip: str | None = None
    mail_address: str | None = None
    precinct: str | None = None
    birth_year: int | None = None
    registered_on: date | None = None
    confidential: bool = False
    former_house: str | None = None
    former_unit: str | None = None
    former_street: str | None = None
    former_city: str | None = None
    former_zip: str | None = None
    changed_on: date | None = None

    def __repr__(self) -> str:
        return f"Voter(county={self.county!r})"
