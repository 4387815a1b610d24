"""`plebiscite campaign`: who has what, and how far each chapter is."""

from __future__ import annotations

import click

from plebiscite.cli.campaign.bundles import bundles
from plebiscite.cli.campaign.chapters import chapters
from plebiscite.cli.campaign.circulators import circulators
from plebiscite.cli.campaign.credit import credit
from plebiscite.cli.campaign.same_hand import same_hand
from plebiscite.cli.campaign.status import status
from plebiscite.cli.campaign.volunteers import volunteers


@click.group("campaign")
def command() -> None:
    """Keep a campaign's own records: chapters, circulators, sheets out and back.

    They lie in the folder 'campaign' of the measure's folder. Nothing in them says who
    signed; volunteers are a register of their own.
    """


for each in (status, bundles, chapters, circulators, volunteers, credit, same_hand):
    command.add_command(each)
