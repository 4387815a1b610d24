"""What signatures cost before: published figures, each with its source.

They are of petitions that *qualified*, so they say what success cost, not what failure
did; and the requirement they are divided by is smaller than what was gathered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from plebiscite.core.table import Column, read_table
from plebiscite.money.amount import to_cent

SUBMITTED = Fraction("1.42")
"""Signatures filed for each one required, the mean of 187 American initiatives that
qualified from 2017 to 2025. Source: Ballotpedia, signature validity rates."""
FILE = Path(__file__).parent / "history.csv"
COLUMNS = (
    *(
        Column(name=each, required=True)
        for each in ("what", "place", "basis", "source")
    ),
    Column(name="year", kind="year", required=True),
    *(
        Column(name=each)
        for each in ("petitions", "cost", "required", "per_signature", "low", "high")
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A published cost.

    Attributes:
        petitions: how many it speaks of; None where that is not told.
        basis: what the cost is divided by: ``required``, ``raw`` or ``valid``
            signatures; ``range`` where only the bounds are known.
        cost: of one petition in US dollars, or the mean of several.
        per_signature: in US dollars.
        low: the cheapest among several.
        high: the dearest among several.

    """

    what: str
    place: str
    year: int
    petitions: int | None
    basis: str
    cost: Decimal | None
    required: int | None
    per_signature: Decimal | None
    low: Decimal | None
    high: Decimal | None
    source: str


def past(place: str | None = None, *, before: date | None = None) -> list[Past]:
    """Return the published costs of a place (all if None), oldest first.

    With `before`, only those of years that had ended by that day: a forecast may not
    know what came after it.
    """
    rows = read_table(FILE, COLUMNS).iter_rows(named=True)
    found = [
        Past(
            what=row["what"],
            place=row["place"],
            year=row["year"],
            petitions=int(row["petitions"]) if row["petitions"] else None,
            basis=row["basis"],
            cost=_money(row["cost"]),
            required=int(row["required"]) if row["required"] else None,
            per_signature=_money(row["per_signature"]),
            low=_money(row["low"]),
            high=_money(row["high"]),
            source=row["source"],
        )
        for row in rows
    ]
    return sorted(
        (
            each
            for each in found
            if place in {None, each.place}
            and (before is None or each.year < before.year)
        ),
        key=lambda each: (each.year, each.what),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What qualifying cost before, for a requirement of today's size, in US dollars.

    Attributes:
        low: at the cheapest price told.
        middle: at the median, each petition weighing one.
        high: at the dearest.
        of: the figures it is taken from.

    """

    required: int
    low: Decimal
    middle: Decimal
    high: Decimal
    of: tuple[Past, ...]


def budget(
    required: int, *, place: str = "us/ca", before: date | None = None, years: int = 4
) -> Budget | None:
    """Return what a drive of this size cost in the last `years` known.

    Prices no older than `years` before the newest; one told per line gathered is taken
    for `SUBMITTED` lines a required signature. None where none is known.
    """
    known = [
        each
        for each in past(place, before=before)
        if each.basis in {"required", "raw"} and each.per_signature is not None
    ]
    if not known:
        return None
    recent = [each for each in known if each.year > known[-1].year - years]
    rates = sorted(
        (_rate(each, each.per_signature), each.petitions or 1) for each in recent
    )
    ends = [
        _rate(each, bound)
        for each in recent
        for bound in (each.low, each.high, each.per_signature)
        if bound is not None
    ]

    def whole(rate: Fraction) -> Decimal:
        return to_cent(rate * required).quantize(Decimal(1))

    return Budget(
        required=required,
        low=whole(min(ends)),
        middle=whole(_median(rates)),
        high=whole(max(ends)),
        of=tuple(recent),
    )


def _rate(found: Past, price: Decimal | None) -> Fraction:
    """Return a price per required signature."""
    rate = Fraction(price or 0)
    return rate * SUBMITTED if found.basis == "raw" else rate


def _median(rates: Sequence[tuple[Fraction, int]]) -> Fraction:
    """Return the rate in the middle, each counted as often as its weight says."""
    half, reached = Fraction(sum(weight for _, weight in rates), 2), 0
    for place, (rate, weight) in enumerate(rates):
        reached += weight
        if reached > half:
            return rate
        if reached == half:
            return (rate + rates[place + 1][0]) / 2
    return rates[-1][0]


def _money(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
