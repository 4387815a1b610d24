"""`plebiscite money`: who gave, who spent, what a signature cost, how long it lasts."""

from __future__ import annotations

from importlib import import_module

import click

VERBS = {
    "check": ("plebiscite.cli.money.check", "check"),
    "cost": ("plebiscite.cli.money.cost", "cost"),
    "flags": ("plebiscite.cli.money.check", "flags"),
    "ledger": ("plebiscite.cli.money.ledger", "ledger"),
    "status": ("plebiscite.cli.money.status", "status"),
    "totals": ("plebiscite.cli.money.totals", "totals"),
}


class Verbs(click.Group):
    """The verbs, each imported from its own file when it is called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs, by name."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of one verb, or None if there is no such verb."""
        if cmd_name not in VERBS:
            return None
        module, name = VERBS[cmd_name]
        found: click.Command = getattr(import_module(module), name)
        return found


@click.group("money", cls=Verbs)
def command() -> None:
    """Follow the money of a measure, exact to the cent.

    PATHS are tables of contributions and payments, lists of filings and of committees,
    or folders of them: in our own columns, as CAL-ACCESS exports them, or any other
    with --mapping. Each row counts once, in its last version, or says why not.
    """
