"""`plebiscite petition`: from the sheets to the certificate."""

from __future__ import annotations

import click

from plebiscite.cli.verbs import Verbs

VERBS = {
    "break-even": "plebiscite.cli.petition.counts:break_even_command",
    "certify": "plebiscite.cli.petition.verification:certify",
    "check": "plebiscite.cli.petition.check:check",
    "commit": "plebiscite.cli.petition.acts:commit",
    "deadlines": "plebiscite.cli.petition.clock:deadlines",
    "draw": "plebiscite.cli.petition.acts:draw",
    "find": "plebiscite.cli.petition.verification:find",
    "key": "plebiscite.cli.petition.key:key",
    "print": "plebiscite.cli.petition.print:print_command",
    "project": "plebiscite.cli.petition.counts:project_command",
    "purge": "plebiscite.cli.petition.purge:purge_command",
    "receipt": "plebiscite.cli.petition.print:receipt_command",
    "rollup": "plebiscite.cli.petition.counts:rollup_command",
    "scan": "plebiscite.cli.petition.scan:scan_command",
    "verify": "plebiscite.cli.petition.verification:verify",
}


@click.group("petition", cls=Verbs, verbs=VERBS)
def command() -> None:
    """Carry a petition from its lines to its certificate.

    An office counts and commits, draws, finds, certifies: four acts, in that order.
    """
