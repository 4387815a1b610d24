"""`plebiscite vote`: from results to what the law makes of them, and the audit."""

from __future__ import annotations

from importlib import import_module

import click

VERBS = {
    "audit": ("plebiscite.cli.vote.audit", "audit"),
    "break-even": ("plebiscite.cli.vote.table", "break_even"),
    "compare": ("plebiscite.cli.vote.beside", "compare"),
    "judge": ("plebiscite.cli.vote.judge", "judge"),
    "map": ("plebiscite.cli.vote.table", "map_"),
    "reconcile": ("plebiscite.cli.vote.beside", "reconcile"),
    "table": ("plebiscite.cli.vote.table", "table"),
    "what-if": ("plebiscite.cli.vote.what_if", "what_if"),
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


@click.group("vote", cls=Verbs)
def command() -> None:
    """Judge a vote by its law, set it beside others, and audit it.

    Results come as a table (part,registered,cast,valid,blank,yes,no), as openelections'
    files, as NIST 1500-100 XML, or as a small YAML file. They are checked before
    anything is judged.
    """
