"""`plebiscite petition`: from the sheets to the certificate."""

from __future__ import annotations

import click

from plebiscite.cli.petition.acts import commit, draw
from plebiscite.cli.petition.check import check
from plebiscite.cli.petition.clock import deadlines
from plebiscite.cli.petition.counts import (
    break_even_command,
    project_command,
    rollup_command,
)
from plebiscite.cli.petition.key import key
from plebiscite.cli.petition.print import print_command, receipt_command
from plebiscite.cli.petition.scan import scan_command
from plebiscite.cli.petition.verification import certify, find, verify


@click.group("petition")
def command() -> None:
    """Carry a petition from its lines to its certificate.

    An office counts and commits, draws, finds, certifies: four acts, in that order.
    """


for act in (commit, draw, find, certify, verify):
    command.add_command(act)
for sheet in (print_command, receipt_command, scan_command):
    command.add_command(sheet)
for desk in (key, check):
    command.add_command(desk)
for question in (project_command, rollup_command, break_even_command, deadlines):
    command.add_command(question)
