"""Sums over the rows that count: by committee, and by side without counting twice.

A committee that hands on what it was given reports it when it comes in, and the one
that receives it reports it again. Within one side of one measure the second report is
a transfer, and stands apart. So the side's total can be less than the sum of its
committees'; the difference is exactly the transfers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

import polars as pl

from plebiscite.money.entry import RECEIVED, SPENT, Committee, Kind, Side

NOTHING = Decimal(0)
GIVEN = [str(kind) for kind in (*RECEIVED, Kind.NON_MONETARY, Kind.LOAN)]
PAID = [str(kind) for kind in SPENT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums in one currency; each may be below zero where more was given back.

    Attributes:
        contributions: money given, with small sums without names and what is known
            from 24-hour reports alone.
        unitemised: of these, in sums without names.
        late: of these, known from 24-hour reports alone.
        non_monetary: goods and services given, at their value.
        loans: money lent; `loans_repaid` and `forgiven` take from what is owed.
        other_receipts: interest, refunds: cash, and no contribution.
        spent: payments made.
        unpaid: bills not yet paid.
        transfers_in: money from a committee of the same side, left out above.
        transfers_out: payments to a committee of the same side, left out above.
        rows: how many rows count.

    """

    contributions: Decimal = NOTHING
    unitemised: Decimal = NOTHING
    late: Decimal = NOTHING
    non_monetary: Decimal = NOTHING
    loans: Decimal = NOTHING
    loans_repaid: Decimal = NOTHING
    forgiven: Decimal = NOTHING
    other_receipts: Decimal = NOTHING
    spent: Decimal = NOTHING
    unpaid: Decimal = NOTHING
    transfers_in: Decimal = NOTHING
    transfers_out: Decimal = NOTHING
    rows: int = 0

    @property
    def cash(self) -> Decimal:
        """Money in hand: what came in as money, less what went out.

        What committees of one side pass to each other stays in the side's hands, also
        while only one of them has reported it.
        """
        came = self.contributions + self.loans + self.other_receipts
        return came - self.spent - self.loans_repaid

    @property
    def owed(self) -> Decimal:
        """Loans still to be repaid, and bills still to be paid."""
        return self.loans - self.loans_repaid - self.forgiven + self.unpaid

    def as_data(self) -> dict[str, str | int]:
        """Return the sums as text, under their names, for JSON."""
        money = [each.name for each in fields(self) if each.name != "rows"]
        return {
            **{name: f"{getattr(self, name):.2f}" for name in money},
            "cash": f"{self.cash:.2f}",
            "owed": f"{self.owed:.2f}",
            "rows": self.rows,
        }


def summed(rows: pl.DataFrame) -> dict[str, Totals]:
    """Return the totals of rows that count, by currency; `rows` has ``transfer``."""
    by_kind = rows.group_by("currency", "kind", "transfer").agg(
        pl.col("amount").sum(),
        pl.len().alias("rows"),
    )
    found: dict[str, dict[str, Decimal]] = {}
    counts: dict[str, int] = {}
    for row in by_kind.iter_rows(named=True):
        sums = found.setdefault(row["currency"], {})
        counts[row["currency"]] = counts.get(row["currency"], 0) + row["rows"]
        for name in _columns(row["kind"], transfer=row["transfer"]):
            sums[name] = sums.get(name, NOTHING) + row["amount"]
    return {
        currency: Totals(rows=counts[currency], **sums)
        for currency, sums in sorted(found.items())
    }


INTO = {
    Kind.CONTRIBUTION: ("contributions",),
    Kind.UNITEMISED: ("contributions", "unitemised"),
    Kind.LATE_CONTRIBUTION: ("contributions", "late"),
    Kind.LOAN: ("loans",),
    Kind.LOAN_REPAID: ("loans_repaid",),
    Kind.OTHER_RECEIPT: ("other_receipts",),
    Kind.PAYMENT: ("spent",),
    Kind.LATE_PAYMENT: ("spent",),
}
"""The sums that rows of a kind go into; other kinds have one of their own name."""


def _columns(kind: str, *, transfer: bool) -> tuple[str, ...]:
    if transfer:
        return ("transfers_out" if kind in PAID else "transfers_in",)
    return INTO.get(Kind(kind), (kind,))


def with_transfers(rows: pl.DataFrame, inside: Sequence[str]) -> pl.DataFrame:
    """Return the rows of the committees `inside`, with a column ``transfer``.

    A gift is a transfer where the giver is one of them and its own receipts stand in
    these rows; else its money would be counted nowhere. A payment is one where the
    payee is one of them and reports receipts.
    """
    here = rows.filter(pl.col("committee").is_in(inside))
    sources = here.filter(pl.col("kind").is_in(GIVEN))["committee"].unique().implode()
    other = pl.col("source_committee") != pl.col("committee")
    gift = pl.col("kind").is_in(
        [str(Kind.CONTRIBUTION), str(Kind.LATE_CONTRIBUTION)]
    ) & pl.col("source_committee").is_in(sources)
    payment = pl.col("kind").is_in(PAID) & pl.col("source_committee").is_in(sources)
    return here.with_columns(transfer=((gift | payment) & other).fill_null(value=False))


def no_transfers(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a column ``transfer`` that is false: a committee alone."""
    return rows.with_columns(transfer=pl.lit(value=False))


def sides(
    committees: Mapping[str, Committee], measure: str | None = None
) -> Iterator[tuple[str, Side | None, list[str]]]:
    """Yield each measure and side with the committees on it; last, those on none."""
    groups: dict[tuple[str, Side], list[str]] = {}
    for committee in committees.values():
        for name, side in committee.sides.items():
            if measure in {None, name}:
                groups.setdefault((name, side), []).append(committee.id)
    for (name, side), ids in sorted(groups.items()):
        yield name, side, sorted(ids)
    if measure is None and (none := [c.id for c in committees.values() if not c.sides]):
        yield "", None, sorted(none)
