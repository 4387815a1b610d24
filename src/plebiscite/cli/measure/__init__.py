"""`plebiscite measure`: a measure's life, its days, its text and its docket."""

from __future__ import annotations

import click

from plebiscite.cli.measure.claims import claims
from plebiscite.cli.measure.days import calendar, timeline
from plebiscite.cli.measure.keep import checkpoint, merge, record, verify
from plebiscite.cli.measure.show import next_, show, text


@click.group("measure")
def command() -> None:
    """Follow a measure and its docket.

    MEASURE is the id of a measure that comes with plebiscite, such as us/ca/16-0011, or
    the folder that holds a measure.yaml and its docket.jsonl.
    """


for each in (
    *(show, next_, calendar, timeline, text),
    *(record, verify, merge, checkpoint),
    claims,
):
    command.add_command(each)
