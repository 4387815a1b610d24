"""`plebiscite measure`: a measure's life, its days, its text and its docket."""

from __future__ import annotations

import click

from plebiscite.cli.verbs import Verbs

VERBS = {
    "calendar": "plebiscite.cli.measure.days:calendar",
    "checkpoint": "plebiscite.cli.measure.keep:checkpoint",
    "claims": "plebiscite.cli.measure.claims:claims",
    "merge": "plebiscite.cli.measure.keep:merge",
    "next": "plebiscite.cli.measure.show:next_",
    "record": "plebiscite.cli.measure.keep:record",
    "show": "plebiscite.cli.measure.show:show",
    "text": "plebiscite.cli.measure.show:text",
    "timeline": "plebiscite.cli.measure.days:timeline",
    "verify": "plebiscite.cli.measure.keep:verify",
}


@click.group("measure", cls=Verbs, verbs=VERBS)
def command() -> None:
    """Follow a measure and its docket.

    MEASURE is the id of a measure that comes with plebiscite, such as us/ca/16-0011, or
    the folder that holds a measure.yaml and its docket.jsonl.
    """
