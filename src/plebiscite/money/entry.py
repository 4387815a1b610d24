"""The words of a ledger: what a row may be, who reports it, and on which side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from plebiscite.errors import CountError


class Kind(StrEnum):
    """What a row of a report is."""

    CONTRIBUTION = "contribution"
    """Money given."""
    UNITEMISED = "unitemised"
    """Small gifts in one sum, without names."""
    NON_MONETARY = "non_monetary"
    """Goods and services given, at their value."""
    LOAN = "loan"
    """Money lent to the committee."""
    LOAN_REPAID = "loan_repaid"
    FORGIVEN = "forgiven"
    """A loan that need not be repaid: a gift, and no new cash."""
    OTHER_RECEIPT = "other_receipt"
    """Interest, refunds and the like: cash, and no contribution."""
    PAYMENT = "payment"
    """Money spent."""
    UNPAID = "unpaid"
    """A bill not yet paid; paying it is a payment, and a negative row here."""
    LATE_CONTRIBUTION = "late_contribution"
    """A contribution announced within 24 hours; the next report lists it again."""
    LATE_PAYMENT = "late_payment"
    """The same of money spent or given on."""


KINDS = tuple(str(kind) for kind in Kind)
RECEIVED = (Kind.CONTRIBUTION, Kind.UNITEMISED, Kind.LATE_CONTRIBUTION)
"""Kinds that are money given."""
SPENT = (Kind.PAYMENT, Kind.LATE_PAYMENT)
LATE = (Kind.LATE_CONTRIBUTION, Kind.LATE_PAYMENT)


class Side(StrEnum):
    """What a committee wants of a measure."""

    SUPPORT = "support"
    OPPOSE = "oppose"


class LeftOut(StrEnum):
    """Why a row of a report does not count."""

    AMENDED = "amended"
    """A later amendment restates the report it stands in."""
    CORRECTED = "corrected"
    """The same transaction stands corrected elsewhere."""
    REPEATED = "repeated"
    """It stands word for word in another row."""
    LATE_COPY = "late_copy"
    """A 24-hour report of what a periodic report lists."""
    MEMO = "memo"
    """Marked as a memo: its amount stands in another row."""
    DETAIL = "detail"
    """A schedule that repeats another one, or has no money of this committee."""
    NOT_YET_FILED = "not_yet_filed"
    """Filed after the day asked about, or nobody knows when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """Who reports money.

    Attributes:
        id: the number the office gave it, or its name.
        name: as it calls itself.
        sides: measure → side; a measure nobody named is "".

    """

    id: str
    name: str = ""
    sides: Mapping[str, Side] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One report, in one version.

    Attributes:
        id: its number; all its amendments share it.
        amendment: 0 is the first version.
        committee: who filed it.
        first_day: of the period it covers, or None (a 24-hour report).
        last_day: of that period.
        filed: the day it was filed, from which on everyone could know.

    """

    id: str
    amendment: int
    committee: str
    first_day: date | None = None
    last_day: date | None = None
    filed: date | None = None

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise CountError(
                f"filing {self.id} ends on {self.last_day}, before it begins on "
                f"{self.first_day}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One gift that counts, as a value.

    Attributes:
        committee: who received it.
        kind: money, goods, a loan, or a sum of small gifts.
        amount: in `currency`, below zero where it was given back or corrected.
        day: on which it was received, or the last day of the period it falls in.
        name: the giver's; empty in a sum of small gifts.
        source_committee: the giver's number, if it is a committee.

    """

    committee: str
    kind: Kind
    amount: Decimal
    currency: str
    day: date | None
    name: str
    city: str
    state: str
    country: str
    source_committee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expenditure:
    """One payment that counts, as a value.

    Attributes:
        committee: who paid.
        amount: in `currency`.
        day: on which it was made, or the last day of the period it falls in.
        payee: who was paid.
        purpose: the report's code, such as PET for circulating petitions.
        source_committee: the payee's number, if it is a committee.

    """

    committee: str
    kind: Kind
    amount: Decimal
    currency: str
    day: date | None
    payee: str
    purpose: str
    source_committee: str
