"""`money status`: what there is, how long it lasts, what such a drive cost before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import answer, for_reader, json_option, today
from plebiscite.cli.money.given import (
    basis,
    currency_option,
    days,
    measure_option,
    one_side,
    read,
    reading,
    side_option,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from plebiscite.money.history import Budget
    from plebiscite.money.totals import Totals
    from plebiscite.petition.measure import Measure

BASIS = {"required": "required signature", "raw": "line gathered"}


@click.command("status")
@reading
@measure_option
@side_option
@currency_option
@click.option("--required", type=click.IntRange(min=1), help="What the law asks for.")
@click.option(
    "--window",
    type=click.IntRange(min=1),
    default=28,
    show_default=True,
    help="Days over which the pace of spending is taken.",
)
@click.option(
    "--budget",
    "budgets",
    metavar="AMOUNT",
    multiple=True,
    help="With --measure: the chance of the signatures with so much, such as 3M.",
)
@json_option
def status(
    *,
    paths: tuple[Path, ...],
    mapping: Path | None,
    as_of: date | None,
    known_on: date | None,
    measure: str | None,
    side: str | None,
    currency: str | None,
    required: int | None,
    window: int,
    budgets: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say what was raised, what is left, how long it lasts, and what is needed.

    What is needed is told from what drives that qualified cost before, in years that
    had ended by then. With --measure, the forecast says besides what budget gives the
    signatures an even chance, or a better one, and what --budget would. A measure
    without a folder 'money' has raised nothing that anybody reported.

    \b
    Example:
      plebiscite money status --measure us/ca/16-0011 --as-of 2017-02-01 --budget 3M
    """
    from plebiscite.cli.money.chance import chance_data, chance_lines
    from plebiscite.money.history import budget
    from plebiscite.money.totals import Totals
    from plebiscite.report.chance.asked.bought import chances

    on = as_of or today()
    ledger = read(paths, mapping, measure=measure, currency=currency)
    required = required or _required(measure)
    wanted = one_side(side)
    rows = ledger.side(wanted, as_of=on, known_on=known_on)
    burn = ledger.burn(on, side=wanted, known_on=known_on, window_days=window)
    totals = _totals(rows).get(burn.currency, Totals())
    before = budget(required, before=on) if required else None
    nothing = not ledger.sources
    found = chances(measure, on, budgets)
    data: dict[str, Any] = {
        **days(as_of, known_on),
        "reported": not nothing,
        "currency": burn.currency,
        **totals.as_data(),
        "daily": str(burn.daily),
        "raised_daily": str(burn.raised_daily),
        "days_left": burn.days_left,
        "window_days": burn.window_days,
        "required": required,
        "needed": _needed_data(before, totals),
        "chances": chance_data(found),
    }
    lines = [
        *_have(totals, burn.currency, basis(on, known_on), nothing=nothing),
        f"{burn.words}"
        + (f" ({burn.daily:,.2f} a day over {burn.window_days})" if burn.spent else ""),
        *_needed(before, totals.contributions, burn.currency),
        *chance_lines(found),
    ]
    answer(data, for_reader(lines), as_json=as_json)


def _totals(rows: Any) -> dict[str, Totals]:
    from plebiscite.money.totals import summed

    return summed(rows)


def _required(measure: str | None) -> int | None:
    """Return the requirement of a measure's folder, or None where none is named."""
    if measure is None:
        return None
    from plebiscite.petition.measure import read_measure
    from plebiscite.rules.rulebook import open_law
    from plebiscite.verify.requirement import requirement

    found: Measure = read_measure(measure)
    stated = found.facts.get("required")
    book = open_law(found.law).on(found.dates)
    number, _ = requirement(
        book, stated=stated, facts=found.facts, by="as the measure states it"
    )
    return number


def _have(totals: Totals, currency: str, held: str, *, nothing: bool) -> list[str]:
    from plebiscite.money.amount import said

    raised = f"raised {said(totals.contributions, currency)}"
    goods = totals.non_monetary
    parts = [
        raised
        + (f" and {said(goods, currency)} in goods and services" if goods else ""),
        f"lent {said(totals.loans, currency)}" if totals.loans else "",
        f"spent {said(totals.spent, currency)}",
        f"in hand {said(totals.cash, currency)}",
        f"owed {said(totals.owed, currency)}" if totals.owed else "",
    ]
    words = "; ".join(each for each in parts if each)
    told = "no report of money is known here" if nothing else held
    return [f"{words} ({told})"]


def _needed(before: Budget | None, raised: Decimal, currency: str) -> list[str]:
    from plebiscite.forecast.shown import rounded

    if before is None:
        return ["what is needed is not known: give --required, or a later day"]
    years = sorted({each.year for each in before.of})
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
    short = before.middle - raised
    gap = (
        f"some {rounded(float(short))} {currency} short of the middle one"
        if short > 0
        else "the middle one is reached"
    )
    return [
        f"{before.required:,} signatures cost drives that qualified "
        f"${rounded(float(before.low))} to ${rounded(float(before.high))}, in the "
        f"middle ${rounded(float(before.middle))}, "
        f"at the prices of {span}: {gap}",
        *(
            f"  {each.what} ({each.year}): {each.per_signature} a {BASIS[each.basis]} "
            f"[{each.source}]"
            for each in before.of
        ),
    ]


def _needed_data(before: Budget | None, totals: Totals) -> dict[str, Any] | None:
    if before is None:
        return None
    return {
        "low": str(before.low),
        "middle": str(before.middle),
        "high": str(before.high),
        "short_of_middle": str(max(before.middle - totals.contributions, 0)),
        "from": [
            {
                "what": each.what,
                "year": each.year,
                "price": str(each.per_signature),
                "basis": each.basis,
                "source": each.source,
            }
            for each in before.of
        ],
    }
