"""`plebiscite forecast`: does it stand a chance, and what would it take?"""

from __future__ import annotations

import click

from plebiscite.cli.verbs import Verbs

VERBS = {
    "hurdles": "plebiscite.cli.forecast.run:hurdles",
    "needed": "plebiscite.cli.forecast.ask:needed",
    "pace": "plebiscite.cli.forecast.pace:pace",
    "polls": "plebiscite.cli.forecast.polls:polls",
    "run": "plebiscite.cli.forecast.run:run",
    "score": "plebiscite.cli.forecast.score:score",
    "to-file": "plebiscite.cli.forecast.filing:to_file",
    "what-if": "plebiscite.cli.forecast.ask:what_if",
}


@click.group("forecast", cls=Verbs, verbs=VERBS)
def command() -> None:
    """Say whether a measure stands a chance, and keep a record of having said so.

    Chances that are opinion (courts, consents) are marked as such and can be moved.
    """
