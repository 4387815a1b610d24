"""`money check` and `money flags`: is the file right, and what asks for a look."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import DAY, answer, for_reader, json_option, today
from plebiscite.cli.money.given import days, law_option, read, reading
from plebiscite.cli.money.totals import WHY, left_out


@click.command("check")
@reading
@json_option
def check(
    *,
    paths: tuple[Path, ...],
    mapping: Path | None,
    as_of: date | None,
    known_on: date | None,
    as_json: bool,
) -> None:
    """Read files of money and say what is in them; refuse what cannot be right.

    Everything wrong with a file is told at once, with row, value and remedy.

    \b
    Example:
      plebiscite money check money/
    """
    ledger = read(paths, mapping)
    rows = ledger.counted(as_of=as_of, known_on=known_on)
    kinds = dict(sorted(rows.group_by("kind").len().iter_rows()))
    out = left_out(ledger, known_on)
    dated = rows["day"].drop_nulls()
    span = [f"{dated.dt.min()}", f"{dated.dt.max()}"] if len(dated) else [None, None]
    data = {
        **days(as_of, known_on),
        "rows": len(ledger.rows),
        "counted": kinds,
        "left_out": out,
        "committees": len(ledger.committees),
        "filings": len(ledger.filings),
        "currencies": list(ledger.currencies),
        "first_day": span[0],
        "last_day": span[1],
        "sources": [{"file": f, "sha256": h} for f, h in ledger.sources],
    }
    lines = [
        f"{len(ledger.rows):,} rows of {len(ledger.committees):,} committees in "
        f"{len(ledger.sources)} files; {len(rows):,} count",
        *(f"  {count:,} {kind.replace('_', ' ')}" for kind, count in kinds.items()),
        *(f"  {each['rows']:,} do not: {WHY[why]}" for why, each in out.items()),
    ]
    if span[0] is not None:
        lines.append(f"from {span[0]} to {span[1]}, in {', '.join(ledger.currencies)}")
    answer(data, for_reader(lines), as_json=as_json)


@click.command("flags")
@reading
@law_option
@click.option("--election", type=DAY, help="The day of the vote.")
@json_option
def flags(
    *,
    paths: tuple[Path, ...],
    mapping: Path | None,
    as_of: date | None,
    known_on: date | None,
    law: str,
    election: date | None,
    as_json: bool,
) -> None:
    """Say what a person should look at: flags, never verdicts.

    Addresses abroad, gifts without a name, the largest givers, the day a committee has
    to report from, large gifts told late, reports that do not agree. Names of small
    givers are hidden. No flag changes a sum.

    \b
    Example:
      plebiscite money flags money/ --election 2018-11-06
    """
    from plebiscite.money.limit import Limits
    from plebiscite.money.shown.flag import flags as found_in

    ledger = read(paths, mapping)
    on = as_of or known_on or today()
    found = found_in(
        ledger,
        Limits.on(on, law),
        as_of=as_of,
        known_on=known_on,
        election=election,
    )
    data = {
        **days(as_of, known_on),
        "law": law,
        "flags": [each.as_data() for each in found],
    }
    lines = []
    for each in found:
        place = f", {Path(each.file).name} row {each.row:,}" if each.row else ""
        whose = f" {each.committee}" if each.committee else ""
        cite = f" [{each.cite}]" if each.cite else ""
        lines.append(f"{each.kind.replace('_', ' ')}{whose}{place}: {each.words}{cite}")
    answer(data, for_reader(lines or ["nothing asks for a look"]), as_json=as_json)
