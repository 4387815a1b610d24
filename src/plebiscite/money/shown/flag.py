"""What in a ledger asks for a person to look: flags, never verdicts.

An address abroad is no proof of a foreign principal, and an address at home none to the
contrary: a citizen may live anywhere, and a foreign company may have a letter box in
Sacramento. So a flag says what stands in the report and which rule makes it worth a
look; it moves no total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from plebiscite.money.amount import said
from plebiscite.money.counted import with_person
from plebiscite.money.entry import Kind, LeftOut
from plebiscite.money.ledger import Ledger
from plebiscite.money.limit import Limits
from plebiscite.money.shown.places import HOME, STATES
from plebiscite.money.shown.public import with_names
from plebiscite.money.totals import GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something to look at.

    Attributes:
        kind: ``foreign``, ``anonymous``, ``top_contributor``, ``late``, ``committee``,
            ``not_in_report``, ``future``, ``no_day``, ``outside_transfer``,
            ``currencies`` or ``no_side``.
        committee: whose report it stands in; "" for the ledger as a whole.
        amount: None where none is meant.
        words: what stands there, and why it is worth a look.
        cite: the rule, and whether anybody read it; "" where no law is meant.
        row: of the file, as a spreadsheet numbers it; None for a sum of rows.

    """

    kind: str
    words: str
    committee: str = ""
    amount: Decimal | None = None
    currency: str = ""
    cite: str = ""
    row: int | None = None
    file: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the flag for JSON."""
        return {
            "kind": self.kind,
            "committee": self.committee,
            "amount": None if self.amount is None else f"{self.amount:.2f}",
            "currency": self.currency,
            "words": self.words,
            "cite": self.cite,
            "row": self.row,
            "file": self.file,
        }


def flags(
    ledger: Ledger,
    limits: Limits,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    election: date | None = None,
) -> list[Flag]:
    """Return everything worth a look, the foreign addresses first.

    `election` is the day of the vote, for reports due within 24 hours.
    """
    mark = limits.limit("itemised_from").amount
    every = ledger.judged(known_on=known_on)
    files = pl.Series("file", ledger.files, dtype=pl.String)
    every = every.with_columns(files.gather(every["file"]))
    counts = every.filter(pl.col("left_out").is_null())
    if as_of is not None:
        counts = counts.filter(pl.col("day") <= as_of)
    rows = with_names(counts, mark)
    given = rows.filter(pl.col("kind").is_in(GIVEN))
    return [
        *_foreign(given, limits),
        *_anonymous(given, limits),
        *_top(given, limits),
        *_committees(given, limits),
        *_late(every, given, limits, election),
        *_reports(ledger, every, known_on, as_of),
        *_whole(ledger, rows),
    ]


def _of_row(row: Mapping[str, Any], kind: str, words: str, cite: str = "") -> Flag:
    """Return what is to be looked at in one row."""
    return Flag(
        kind=kind,
        words=words,
        committee=row["committee"],
        amount=row["amount"],
        currency=row["currency"],
        cite=cite,
        row=row["_row"],
        file=row["file"],
    )


def _who(row: dict[str, object]) -> str:
    return str(row["shown"] or "nobody named")


def _foreign(given: pl.DataFrame, limits: Limits) -> Iterator[Flag]:
    country = pl.col("country").str.strip_chars().str.to_uppercase()
    state = pl.col("state").str.strip_chars().str.to_uppercase()
    abroad = (country.is_not_null() & ~country.is_in(HOME)) | (
        country.is_null() & state.is_not_null() & ~state.is_in(STATES)
    )
    text, cite = limits.words("foreign_sources")
    for row in given.filter(abroad).iter_rows(named=True):
        where = row["country"] or f"state or country {row['state']!r}"
        yield _of_row(
            row,
            "foreign",
            f"{said(row['amount'], row['currency'])} from {_who(row)}, whose "
            f"address is outside the United States ({where}). An address proves "
            "nothing: citizens, lawful permanent residents and organisations of the "
            "United States may give"
            + ("" if text else "; no rule on foreign sources is recorded for this day"),
            cite=cite,
        )


def _anonymous(given: pl.DataFrame, limits: Limits) -> Iterator[Flag]:
    limit = limits.limit("anonymous_below")
    if limit.amount is None:
        return
    nameless = given.filter(
        pl.col("name").is_null()
        & (pl.col("kind") != str(Kind.UNITEMISED))
        # A sum of small gifts of goods has no name either.
        & ~((pl.col("kind") == str(Kind.NON_MONETARY)) & (pl.col("line") == "2"))
        & (pl.col("amount") >= limit.amount)
    )
    for row in nameless.iter_rows(named=True):
        yield _of_row(
            row,
            "anonymous",
            f"{said(row['amount'], row['currency'])} from nobody named; from "
            f"{said(limit.amount, row['currency'])} on a giver is named",
            cite=limit.cite,
        )


def _top(given: pl.DataFrame, limits: Limits) -> Iterator[Flag]:
    limit = limits.limit("top_contributor_from")
    if limit.amount is None:
        return
    sums = (
        given.filter(pl.col("name").is_not_null())
        .group_by("committee", "currency", "person")
        .agg(pl.col("amount").sum(), pl.col("shown").min())
        .filter(pl.col("amount") >= limit.amount)
        .sort(["amount", "committee", "person"], descending=[True, False, False])
    )
    for row in sums.iter_rows(named=True):
        yield Flag(
            kind="top_contributor",
            words=f"{_who(row)} gave {said(row['amount'], row['currency'])} in all; "
            f"from {said(limit.amount, row['currency'])} on, a committee names its "
            "largest givers in advertisements",
            committee=row["committee"],
            amount=row["amount"],
            currency=row["currency"],
            cite=limit.cite,
        )


def _committees(given: pl.DataFrame, limits: Limits) -> Iterator[Flag]:
    """Yield the day on which each committee reached the mark in a calendar year."""
    limit = limits.limit("committee_from")
    if limit.amount is None:
        return
    running = (
        given.filter(pl.col("day").is_not_null())
        .sort("day", "_id")
        .with_columns(
            total=pl.col("amount")
            .cum_sum()
            .over("committee", "currency", pl.col("day").dt.year())
        )
        .filter(pl.col("total") >= limit.amount)
        .group_by("committee", "currency")
        .agg(pl.col("day").min())
        .sort("committee")
    )
    for row in running.iter_rows(named=True):
        yield Flag(
            kind="committee",
            words=f"received {said(limit.amount, row['currency'])} or more within the "
            f"year on {row['day'].isoformat()}, and has to report from then on",
            committee=row["committee"],
            amount=limit.amount,
            currency=row["currency"],
            cite=limit.cite,
        )


def _late(
    every: pl.DataFrame, given: pl.DataFrame, limits: Limits, election: date | None
) -> Iterator[Flag]:
    """Yield large gifts shortly before the vote that were not told within a day."""
    mark, days = limits.limit("late_from"), limits.limit("late_days")
    if election is None or mark.amount is None or days.amount is None:
        return
    first = election - timedelta(days=int(days.amount))
    gift = ["committee", "currency", "amount", "day", "person"]
    # The 24-hour report itself may be left out, as a copy of the periodic one.
    told = (
        with_person(every.filter(pl.col("kind").is_in(GIVEN)))
        .group_by(gift)
        .agg(pl.col("filed").min().alias("told"))
    )
    overdue = (
        given.filter(
            pl.col("day").is_between(first, election)
            & (pl.col("amount") >= mark.amount)
        )
        .join(told, on=gift, how="left", nulls_equal=True, maintain_order="left")
        # Only days are known, not hours: a report on the next day may be in time.
        .filter(pl.col("told") > pl.col("day") + pl.duration(days=1))
    )
    for row in overdue.iter_rows(named=True):
        yield _of_row(
            row,
            "late",
            f"{said(row['amount'], row['currency'])} received on "
            f"{row['day'].isoformat()} is first found in a report filed on "
            f"{row['told'].isoformat()}; within {days.amount} days of the vote it is "
            "told within 24 hours. A 24-hour report may exist that these files lack",
            cite=mark.cite,
        )


def _reports(
    ledger: Ledger, every: pl.DataFrame, known_on: date | None, as_of: date | None
) -> Iterator[Flag]:
    """Yield what reports say of each other, and of days that cannot be."""
    copies = every.filter(pl.col("left_out") == str(LeftOut.LATE_COPY))
    late = with_person(copies.filter(pl.col("kind") == str(Kind.LATE_CONTRIBUTION)))
    gift = ["committee", "amount", "person"]
    listed = every.filter(
        pl.col("left_out").is_null()
        & pl.col("kind").is_in(GIVEN)
        & pl.col("amount").is_in(late["amount"].implode())
    )
    missing = late.join(
        with_person(listed).select(gift), on=gift, how="anti", nulls_equal=True
    )
    for row in missing.iter_rows(named=True):
        yield _of_row(
            row,
            "not_in_report",
            f"a 24-hour report of {said(row['amount'], row['currency'])} is not "
            "found in the periodic report of its time; the periodic report counts",
        )
    future = every.filter(
        pl.col("left_out").is_null() & (pl.col("day") > pl.col("filed"))
    )
    for row in future.iter_rows(named=True):
        yield _of_row(
            row,
            "future",
            f"dated {row['day'].isoformat()}, after its report was filed on "
            f"{row['filed'].isoformat()}",
        )
    if as_of is not None:
        for currency, totals in ledger.undated(known_on=known_on).items():
            yield Flag(
                kind="no_day",
                words=f"{totals.rows:,} rows have no day, and are in no sum as of a "
                "day",
                amount=totals.contributions + totals.non_monetary + totals.spent,
                currency=currency,
            )


def _whole(ledger: Ledger, rows: pl.DataFrame) -> Iterator[Flag]:
    if len(ledger.currencies) > 1:
        yield Flag(
            kind="currencies",
            words=f"there are sums in {' and '.join(ledger.currencies)}; they are "
            "never added up",
        )
    reporting = set(rows.filter(pl.col("kind").is_in(GIVEN))["committee"].to_list())
    outside = rows.filter(
        pl.col("kind").is_in(GIVEN)
        & pl.col("source_committee").is_in(
            [n for n in ledger.committees if n not in reporting]
        )
    )
    for row in outside.iter_rows(named=True):
        yield _of_row(
            row,
            "outside_transfer",
            f"{said(row['amount'], row['currency'])} from committee "
            f"{row['source_committee']}, whose own receipts are not in these files; it "
            "counts here as money from outside",
        )
    for committee in ledger.committees.values():
        if ledger.is_sided and not committee.sides and committee.id in reporting:
            yield Flag(
                kind="no_side",
                words="nobody says which side it is on; name it in a list of "
                "committees (committee,name,measure,side)",
                committee=committee.id,
            )
