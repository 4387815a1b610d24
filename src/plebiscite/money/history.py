"""What signatures cost before: published figures, each with its source.

They are of petitions that *qualified*, so they say what success cost, not what failure
did; and the requirement they are divided by is smaller than what was gathered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from plebiscite.core.table import Column, read_table
from plebiscite.money.amount import CENT

FILE = Path(__file__).parent / "history.csv"
COLUMNS = (
    *(
        Column(name=each, required=True)
        for each in ("what", "place", "basis", "source")
    ),
    Column(name="year", kind="year", required=True),
    *(
        Column(name=each)
        for each in ("cost", "required", "per_signature", "low", "high")
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A published cost.

    Attributes:
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
    """What qualifying cost before, for a requirement of today's size.

    Attributes:
        low: at the cheapest of the figures taken.
        middle: at their median.
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
    """Return what a drive of this size cost in the last `years` known, by petition.

    Costs per required signature of single petitions and of whole years, no older than
    `years` before the newest; None where none is known.
    """
    known = [
        each
        for each in past(place, before=before)
        if each.basis == "required" and each.per_signature is not None
    ]
    if not known:
        return None
    recent = [each for each in known if each.year > known[-1].year - years]
    rates = sorted(each.per_signature for each in recent if each.per_signature)
    half = len(rates) // 2
    middle = rates[half] if len(rates) % 2 else (rates[half - 1] + rates[half]) / 2
    return Budget(
        required=required,
        low=(rates[0] * required).quantize(CENT),
        middle=(middle * required).quantize(CENT),
        high=(rates[-1] * required).quantize(CENT),
        of=tuple(recent),
    )


def _money(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
