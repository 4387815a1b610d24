"""The columns of a roll, and how a registration stands.

Everything here but county, precinct and status is personal: it is compared, and never
shown in a message. A confidential voter is compared like any other, and never shown at
all.
"""

from __future__ import annotations

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
