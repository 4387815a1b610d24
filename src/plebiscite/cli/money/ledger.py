"""`money ledger`: every row with whether it counts, as a table to work with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import NEW, answer, json_option, today
from plebiscite.cli.money.given import days, law_option, read, reading

SHOWN = 20


@click.command("ledger")
@reading
@law_option
@click.option("--all", "every", is_flag=True, help="Rows that do not count as well.")
@click.option("--out", type=NEW, help="Write the table here (.csv).")
@json_option
def ledger(
    *,
    paths: tuple[Path, ...],
    mapping: Path | None,
    as_of: date | None,
    known_on: date | None,
    law: str,
    every: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """List the rows that count, and with --all the others with the reason why not.

    A giver's name is shown where the law makes it public: from its mark on, within a
    calendar year and one committee. Text a spreadsheet would run as a formula is
    written so that it does not.

    \b
    Example:
      plebiscite money ledger money/ --as-of 2017-04-17 --out ledger.csv
    """
    from plebiscite.core.files import write_whole
    from plebiscite.errors import InputError
    from plebiscite.money.limit import Limits
    from plebiscite.money.shown.table import ledger_table

    if out and out.suffix != ".csv":
        raise InputError(f"--out {out}: name a file that ends in .csv")
    found = read(paths, mapping)
    limit = Limits.on(as_of or known_on or today(), law).limit("itemised_from")
    table = ledger_table(
        found, limit.amount, as_of=as_of, known_on=known_on, every=every
    )
    if out:
        write_whole(out, table.write_csv())
    rows = table.to_dicts()
    data = {
        **days(as_of, known_on),
        "rows": rows if out is None else len(rows),
        "out": str(out) if out else None,
        "names_from": None if limit.amount is None else str(limit.amount),
        "cite": limit.cite,
    }
    if out:
        lines = [f"{out}: {len(rows):,} rows"]
    else:
        lines = [
            "  ".join(str("" if cell is None else cell) for cell in row.values())
            for row in rows[:SHOWN]
        ]
        if len(rows) > SHOWN:
            lines.append(f"… {len(rows) - SHOWN:,} rows more; --out writes them all")
    if limit.amount is not None:
        lines.append(f"names are shown from {limit.amount} on [{limit.cite}]")
    answer(data, lines, as_json=as_json)
