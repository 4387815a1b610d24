"""`money totals`: sums by side and by committee."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import answer, for_reader, json_option
from plebiscite.cli.money.given import about_option, basis, days, read, reading

if TYPE_CHECKING:
    from plebiscite.money.ledger import Ledger, Sum

SHOWN = (
    ("contributions", "given in money"),
    ("unitemised", "  of it in sums without names"),
    ("late", "  of it known from 24-hour reports alone"),
    ("non_monetary", "given in goods and services"),
    ("loans", "lent"),
    ("loans_repaid", "  repaid"),
    ("forgiven", "  forgiven"),
    ("other_receipts", "other receipts"),
    ("transfers_in", "from committees of the same side"),
    ("transfers_out", "to committees of the same side"),
    ("spent", "spent"),
    ("unpaid", "bills not yet paid"),
    ("cash", "in hand"),
)
ALWAYS = {"contributions", "spent", "cash"}


@click.command("totals")
@reading
@about_option
@click.option("--by-committee", is_flag=True, help="Each committee by itself, too.")
@json_option
def totals(
    *,
    paths: tuple[Path, ...],
    mapping: Path | None,
    as_of: date | None,
    known_on: date | None,
    about: str | None,
    by_committee: bool,
    as_json: bool,
) -> None:
    """Add up what each side received and spent, no dollar twice.

    Amendments replace what they amend, 24-hour reports give way to the periodic report
    of their time, and what one committee of a side passes to another counts once. Loans
    and goods stand apart. --as-of asks by the day money changed hands, --known-on by
    the day it was reported; both may be given.

    \b
    Example:
      plebiscite money totals money/ --as-of 2017-04-17
    """
    ledger = read(paths, mapping)
    sums = ledger.totals(as_of=as_of, known_on=known_on, measure=about)
    apart = ledger.by_committee(as_of=as_of, known_on=known_on) if by_committee else []
    data: dict[str, Any] = {
        **days(as_of, known_on),
        "sides": [sum_data(each) for each in sums],
        "left_out": left_out(ledger, known_on),
        "undated": _undated(ledger, as_of, known_on),
        "sources": [{"file": f, "sha256": h} for f, h in ledger.sources],
    }
    if by_committee:
        data["committees"] = [sum_data(each) for each in apart]
    lines = [f"Sums of {basis(as_of, known_on)}"]
    for each in (*sums, *apart):
        lines += ["", *sum_lines(each)]
    if not sums:
        lines.append("no row counts: nothing was received or spent")
    lines += ["", *_left_out_lines(data["left_out"])] if data["left_out"] else []
    lines += _undated_lines(data["undated"])
    answer(data, for_reader(lines), as_json=as_json)


def sum_data(found: Sum) -> dict[str, Any]:
    """Return one sum for JSON, amounts as text."""
    return {
        "measure": found.measure or None,
        "side": str(found.side) if found.side else None,
        "committee": found.committee.id if found.committee else None,
        "name": found.committee.name or None if found.committee else None,
        "currency": found.currency,
        **found.totals.as_data(),
    }


def sum_lines(found: Sum) -> Iterator[str]:
    """Yield one sum for a reader: what is not nought, and always what matters."""
    from plebiscite.money.amount import said

    yield headline(found)
    for name, words in SHOWN:
        amount = getattr(found.totals, name)
        if amount or name in ALWAYS:
            yield f"  {words:<42}{said(amount, found.currency):>22}"


def headline(found: Sum) -> str:
    """Name a side or a committee."""
    if found.committee:
        number = found.committee.id
        name = f"{found.committee.name} ({number})" if found.committee.name else number
        return f"{name}: {found.side or 'no side named'}"
    side = str(found.side).capitalize() if found.side else "No side named"
    return f"{side}: {found.measure}" if found.measure else side


def left_out(ledger: Ledger, known_on: date | None) -> dict[str, dict[str, Any]]:
    """Return how many rows do not count and what they come to, by reason."""
    import polars as pl

    rows = ledger.judged(known_on=known_on).filter(pl.col("left_out").is_not_null())
    found = rows.group_by("left_out").agg(pl.len(), pl.col("amount").sum())
    return {
        why: {"rows": count, "amount": f"{amount:.2f}"}
        for why, count, amount in found.sort("left_out").iter_rows()
    }


WHY = {
    "amended": "in a version that an amendment replaces",
    "corrected": "stated again by a later row",
    "repeated": "written twice",
    "late_copy": "in a 24-hour report of what a periodic report covers",
    "memo": "marked as a memo",
    "detail": "on a schedule that repeats another, or of another money",
    "not_yet_filed": "not yet filed on that day, or nobody knows when",
}


def _left_out_lines(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield "Not counted:"
    for why, each in found.items():
        yield f"  {each['rows']:,} rows {WHY[why]}"


def _undated(
    ledger: Ledger, as_of: date | None, known_on: date | None
) -> dict[str, dict[str, Any]]:
    if as_of is None:
        return {}
    found = ledger.undated(known_on=known_on)
    return {currency: dict(totals.as_data()) for currency, totals in found.items()}


def _undated_lines(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    for currency, sums in found.items():
        yield (
            f"{sums['rows']:,} rows have no day and are in no sum above: "
            f"{sums['contributions']} {currency} given, {sums['spent']} spent"
        )
