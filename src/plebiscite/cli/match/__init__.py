"""`plebiscite match`: the voter behind each line, and how well that was found."""

from __future__ import annotations

import click

from plebiscite.cli.verbs import Verbs

VERBS = {
    "explain": "plebiscite.cli.match.judge:explain",
    "fit": "plebiscite.cli.match.judge:fit",
    "remember": "plebiscite.cli.match.run:remember",
    "run": "plebiscite.cli.match.run:run",
    "score": "plebiscite.cli.match.judge:score",
}


@click.group("match", cls=Verbs, verbs=VERBS)
def command() -> None:
    """Match petition lines with a voter roll."""
