"""The ledger: every row of every report, and the sums over those that count.

>>> from pathlib import Path
>>> ledger = Ledger.read([Path("money")])            # doctest: +SKIP
>>> ledger.totals(as_of=date(2017, 4, 17))           # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from plebiscite.core.canonical import file_digest
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import ColumnMapping, Refusals
from plebiscite.errors import InputError
from plebiscite.money.burn import Burn, burn
from plebiscite.money.cost import Cost, cost
from plebiscite.money.counted import judged
from plebiscite.money.entry import (
    Committee,
    Contribution,
    Expenditure,
    Kind,
    Side,
)
from plebiscite.money.intake.joined import committees_of, joined
from plebiscite.money.intake.read import (
    FILINGS,
    ROWS,
    entries_of,
    money_files,
    read_entries,
    read_list,
)
from plebiscite.money.intake.shapes import Known, recognise
from plebiscite.money.totals import (
    GIVEN,
    PAID,
    Totals,
    no_transfers,
    sides,
    summed,
    with_transfers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The totals of one side of one measure, or of one committee, in one currency.

    Attributes:
        measure: as the list of committees names it; "" where nobody did.
        side: None where nobody said which.
        committee: its number, in a sum by committee.

    """

    measure: str
    side: Side | None
    committee: Committee | None
    currency: str
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Reports of money as they were read, whole.

    Attributes:
        rows: one a row of a report, with its filing's committee and days.
        filings: one a version of a filing.
        committees: number → committee, with the sides it is on.
        sources: each file and its SHA-256.
        files: those with rows of money, as ``file`` in `rows` counts them.

    """

    rows: pl.DataFrame
    filings: pl.DataFrame
    committees: Mapping[str, Committee]
    sources: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @classmethod
    def read(
        cls,
        paths: Sequence[Path],
        *,
        mapping: ColumnMapping | None = None,
        progress: Progress = silent,
    ) -> Ledger:
        """Read files, or folders of files, of contributions, payments and filings.

        Args:
            paths: CSV in UTF-8, or Parquet; `mapping` reads those whose headings are
                neither ours nor CAL-ACCESS's.
            mapping: how their headings become ours.
            progress: told how much of each file is read.

        Raises:
            InputError: anything is wrong with a file; all of it in one message.

        """
        knowns = [recognise(path, mapping) for path in money_files(paths)]
        sources = _sources(knowns)
        frames = list[pl.DataFrame]()
        lists: dict[str, list[pl.DataFrame]] = {"filings": [], "committees": []}
        for place, known in enumerate(entries_of(knowns)):
            refusals = Refusals()
            frames.append(read_entries(known, place, refusals, progress))
            refusals.raise_any(known.path)
        for known in knowns:
            if known.table != "entries":
                refusals = Refusals()
                lists[known.table].append(read_list(known, refusals))
                refusals.raise_any(known.path)
        rows = pl.concat(frames) if frames else pl.DataFrame(schema=ROWS)
        filings = _filings(lists["filings"])
        rows = joined(rows, filings, [each.path for each in entries_of(knowns)])
        return cls(
            rows=rows.with_row_index("_id"),
            filings=filings,
            committees=committees_of(rows, filings, lists["committees"]),
            sources=sources,
            files=tuple(str(each.path) for each in entries_of(knowns)),
        )

    @classmethod
    def empty(cls) -> Ledger:
        """Return a ledger of no reports at all."""
        rows = joined(pl.DataFrame(schema=ROWS), _filings([]), [])
        return cls(
            rows=rows.with_row_index("_id"),
            filings=_filings([]),
            committees={},
            sources=(),
        )

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that occur, sorted."""
        return tuple(sorted(self.rows["currency"].unique().to_list()))

    @property
    def is_sided(self) -> bool:
        """Whether any committee is said to be for or against."""
        return any(each.sides for each in self.committees.values())

    def judged(self, *, known_on: date | None = None) -> pl.DataFrame:
        """Return every row with ``left_out``: null where it counts, else why not."""
        return judged(self.rows, self.filings, known_on=known_on)

    def counted(
        self, *, as_of: date | None = None, known_on: date | None = None
    ) -> pl.DataFrame:
        """Return the rows that count.

        Args:
            as_of: only what happened by the end of that day; rows without a day are
                then left out (see `undated`).
            known_on: only what had been filed by the end of that day.

        """
        rows = self.judged(known_on=known_on).filter(pl.col("left_out").is_null())
        return rows if as_of is None else rows.filter(pl.col("day") <= as_of)

    def undated(self, *, known_on: date | None = None) -> dict[str, Totals]:
        """Return the sums of rows that count and have no day, by currency."""
        rows = self.counted(known_on=known_on).filter(pl.col("day").is_null())
        return summed(no_transfers(rows))

    def totals(
        self,
        *,
        as_of: date | None = None,
        known_on: date | None = None,
        measure: str | None = None,
    ) -> list[Sum]:
        """Return the totals of each side of each measure, transfers left out.

        A committee on several measures counts in each, whole.
        """
        rows = self.counted(as_of=as_of, known_on=known_on)
        return [
            Sum(measure=name, side=side, committee=None, currency=each, totals=totals)
            for name, side, ids in sides(self.committees, measure)
            for each, totals in summed(with_transfers(rows, ids)).items()
        ]

    def by_committee(
        self, *, as_of: date | None = None, known_on: date | None = None
    ) -> list[Sum]:
        """Return the totals of each committee, as it reports them itself."""
        rows = self.counted(as_of=as_of, known_on=known_on)
        parts = rows.partition_by("committee", as_dict=True)
        found = []
        for (number,), part in sorted(parts.items(), key=lambda each: str(each[0][0])):
            committee = self.committees[str(number)]
            side = next(iter(committee.sides.values()), None)
            found += [
                Sum(
                    measure=" + ".join(sorted(committee.sides)),
                    side=side if len(set(committee.sides.values())) == 1 else None,
                    committee=committee,
                    currency=currency,
                    totals=totals,
                )
                for currency, totals in summed(no_transfers(part)).items()
            ]
        return found

    def side(
        self,
        side: Side | None,
        *,
        as_of: date | None = None,
        known_on: date | None = None,
        measure: str | None = None,
    ) -> pl.DataFrame:
        """Return the rows that count of one side, with ``transfer``; None is all."""
        rows = self.counted(as_of=as_of, known_on=known_on)
        groups = list(sides(self.committees, measure))
        wanted = {i for _, s, ids in groups if side in {None, s} for i in ids}
        return with_transfers(rows, sorted(wanted))

    def cost_per_line(
        self,
        *,
        raw: int | None = None,
        valid: int | None = None,
        required: int | None = None,
        side: Side | None = None,
        as_of: date | None = None,
        known_on: date | None = None,
    ) -> Cost:
        """Return what a line cost: raw, valid, and per signature required."""
        rows = self.side(side, as_of=as_of, known_on=known_on)
        return cost(rows, raw=raw, valid=valid, required=required)

    def burn(
        self,
        as_of: date,
        *,
        side: Side | None = None,
        known_on: date | None = None,
        window_days: int = 28,
    ) -> Burn:
        """Return how fast money is spent as of a day, and how long it lasts."""
        rows = self.side(side, as_of=as_of, known_on=known_on)
        return burn(rows, as_of=as_of, window_days=window_days)

    def contributions(self, **days: date | None) -> Iterator[Contribution]:
        """Yield the gifts and loans that count; `days` as `counted` takes them."""
        rows = self.counted(**days).filter(pl.col("kind").is_in(GIVEN))
        for row in rows.iter_rows(named=True):
            yield Contribution(
                committee=row["committee"],
                kind=Kind(row["kind"]),
                amount=row["amount"],
                currency=row["currency"],
                day=row["day"],
                name=row["name"] or "",
                city=row["city"] or "",
                state=row["state"] or "",
                country=row["country"] or "",
                source_committee=row["source_committee"] or "",
            )

    def expenditures(self, **days: date | None) -> Iterator[Expenditure]:
        """Yield the payments that count; `days` as `counted` takes them."""
        rows = self.counted(**days).filter(pl.col("kind").is_in(PAID))
        for row in rows.iter_rows(named=True):
            yield Expenditure(
                committee=row["committee"],
                kind=Kind(row["kind"]),
                amount=row["amount"],
                currency=row["currency"],
                day=row["day"],
                payee=row["name"] or "",
                purpose=row["purpose"] or "",
                source_committee=row["source_committee"] or "",
            )


def _sources(knowns: Sequence[Known]) -> tuple[tuple[str, str], ...]:
    """Return each file with its hash; the same file twice is refused."""
    found: dict[str, Path] = {}
    for known in knowns:
        hashed = file_digest(known.path)
        if hashed in found:
            raise InputError(
                f"this file is the same, byte for byte, as {found[hashed]}; "
                "give it once",
                path=known.path,
            )
        found[hashed] = known.path
    return tuple((str(path), hashed) for hashed, path in found.items())


def _filings(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    if parts:
        return pl.concat(parts)
    return pl.DataFrame(
        schema={**{c.name: c.dtype for c in FILINGS}, "_row": pl.Int64()}
    )
