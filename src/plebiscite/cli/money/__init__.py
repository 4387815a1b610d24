"""`plebiscite money`: who gave, who spent, what a signature cost, how long it lasts."""

from __future__ import annotations

import click

from plebiscite.cli.verbs import Verbs

VERBS = {
    "check": "plebiscite.cli.money.check:check",
    "cost": "plebiscite.cli.money.cost:cost",
    "flags": "plebiscite.cli.money.check:flags",
    "ledger": "plebiscite.cli.money.ledger:ledger",
    "status": "plebiscite.cli.money.status:status",
    "totals": "plebiscite.cli.money.totals:totals",
}


@click.group("money", cls=Verbs, verbs=VERBS)
def command() -> None:
    """Follow the money of a measure, exact to the cent.

    PATHS are tables of contributions and payments, lists of filings and of committees,
    or folders of them: in our own columns, as CAL-ACCESS exports them, or any other
    with --mapping. Each row counts once, in its last version, or says why not.
    """
