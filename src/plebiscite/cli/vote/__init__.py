"""`plebiscite vote`: from results to what the law makes of them, and the audit."""

from __future__ import annotations

import click

from plebiscite.cli.verbs import Verbs

VERBS = {
    "audit": "plebiscite.cli.vote.audit:audit",
    "break-even": "plebiscite.cli.vote.table:break_even",
    "compare": "plebiscite.cli.vote.beside:compare",
    "judge": "plebiscite.cli.vote.judge:judge",
    "map": "plebiscite.cli.vote.table:map_",
    "reconcile": "plebiscite.cli.vote.beside:reconcile",
    "table": "plebiscite.cli.vote.table:table",
    "what-if": "plebiscite.cli.vote.what_if:what_if",
}


@click.group("vote", cls=Verbs, verbs=VERBS)
def command() -> None:
    """Judge a vote by its law, set it beside others, and audit it.

    Results come as a table (part,registered,cast,valid,blank,yes,no), as openelections'
    files, as NIST 1500-100 XML, or as a small YAML file. They are checked before
    anything is judged.
    """
