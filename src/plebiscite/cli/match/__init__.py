"""`plebiscite match`: the voter behind each line, and how well that was found."""

from __future__ import annotations

import click

from plebiscite.cli.match.judge import explain, fit, score
from plebiscite.cli.match.run import remember, run


@click.group("match")
def command() -> None:
    """Match petition lines with a voter roll."""


for each in (run, score, fit, explain, remember):
    command.add_command(each)
