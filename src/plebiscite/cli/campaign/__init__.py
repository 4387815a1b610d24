"""`plebiscite campaign`: who has what, and how far each chapter is."""

from __future__ import annotations

import click

from plebiscite.cli.verbs import Verbs

VERBS = {
    "bundles": "plebiscite.cli.campaign.bundles:bundles",
    "chapters": "plebiscite.cli.campaign.chapters:chapters",
    "circulators": "plebiscite.cli.campaign.circulators:circulators",
    "credit": "plebiscite.cli.campaign.credit:credit",
    "same-hand": "plebiscite.cli.campaign.same_hand:same_hand",
    "status": "plebiscite.cli.campaign.status:status",
    "volunteers": "plebiscite.cli.campaign.volunteers:volunteers",
}


@click.group("campaign", cls=Verbs, verbs=VERBS)
def command() -> None:
    """Keep a campaign's own records: chapters, circulators, sheets out and back.

    They lie in the folder 'campaign' of the measure's folder. Nothing in them says who
    signed; volunteers are a register of their own.
    """
