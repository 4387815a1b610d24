"""`money cost`: what a signature cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import answer, for_reader, json_option
from plebiscite.cli.money.given import (
    basis,
    currency_option,
    days,
    one_side,
    read,
    reading,
    side_option,
)


@click.command("cost")
@reading
@side_option
@currency_option
@click.option("--raw", type=click.IntRange(min=0), help="Lines filed.")
@click.option("--valid", type=click.IntRange(min=0), help="Of them, valid.")
@click.option("--required", type=click.IntRange(min=0), help="What the law asks for.")
@json_option
def cost(
    *,
    paths: tuple[Path, ...],
    mapping: Path | None,
    as_of: date | None,
    known_on: date | None,
    side: str | None,
    currency: str | None,
    raw: int | None,
    valid: int | None,
    required: int | None,
    as_json: bool,
) -> None:
    """Say what a raw line, a valid line and a required signature cost.

    Only payments for circulating (code PET) are taken, where payments have codes; else
    all of them, and the answer says so. The last figure is the trade's CPRS.

    \b
    Example:
      plebiscite money cost money/ --raw 700000 --valid 518000 --required 585407
    """
    from plebiscite.money.amount import said

    ledger = read(paths, mapping, currency=currency)
    found = ledger.cost_per_line(
        raw=raw,
        valid=valid,
        required=required,
        side=one_side(side),
        as_of=as_of,
        known_on=known_on,
    )
    data = {
        **days(as_of, known_on),
        "currency": found.currency,
        "spent": f"{found.spent:.2f}",
        "petition_only": found.petition_only,
        "raw": raw,
        "valid": valid,
        "required": required,
        "per_raw": _text(found.per_raw),
        "per_valid": _text(found.per_valid),
        "per_required": _text(found.per_required),
    }
    what = (
        "on circulating the petition"
        if found.petition_only
        else "in all; no payment says what it was for"
    )
    lines = [
        f"{said(found.spent, found.currency)} spent {what} ({basis(as_of, known_on)})"
    ]
    for count, each, words in (
        (raw, found.per_raw, "raw line"),
        (valid, found.per_valid, "valid line"),
        (required, found.per_required, "required signature"),
    ):
        if count is not None:
            rate = "no cost can be told" if each is None else said(each, found.currency)
            lines.append(f"  {rate} for each of {count:,} {words}s")
    if raw is None and valid is None and required is None:
        lines.append("give --raw, --valid or --required to have it divided")
    answer(data, for_reader(lines), as_json=as_json)


def _text(amount: object) -> str | None:
    return None if amount is None else str(amount)
