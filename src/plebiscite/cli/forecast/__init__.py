"""`plebiscite forecast`: does it stand a chance, what would it take, and were we right?

Each verb is loaded from its own file when it is called for, so that help is fast.
"""

from __future__ import annotations

from importlib import import_module

import click

VERBS = {
    "hurdles": ("run", "hurdles", "List the hurdles of a measure, and its priors."),
    "needed": ("ask", "needed", "Say what would have to be true."),
    "pace": ("pace", "pace", "Tell how far the signatures will come."),
    "polls": ("polls", "polls", "Average the polls as of a day."),
    "run": ("run", "run", "Forecast a measure from what was known on a day."),
    "score": ("score", "score", "Score published forecasts whose outcome came."),
    "to-file": ("filing", "to_file", "Say how many lines to file."),
    "what-if": ("ask", "what_if", "Set several suppositions side by side."),
}


class Verbs(click.Group):
    """The verbs, each imported from its own file when it is called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs, by name."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one verb's command, or None if there is no such verb."""
        if cmd_name not in VERBS:
            return None
        module, name, _ = VERBS[cmd_name]
        found: click.Command = getattr(
            import_module(f"plebiscite.cli.forecast.{module}"), name
        )
        return found

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the verbs with their one-line descriptions, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (*_, words) in VERBS.items()])


@click.group("forecast", cls=Verbs)
def command() -> None:
    """Say whether a measure stands a chance, and keep a record of having said so.

    Chances that are opinion (courts, consents) are marked as such and can be moved.
    """
