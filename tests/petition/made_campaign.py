"""A small campaign for the tests: two chapters, three circulators, no ledger."""

from datetime import UTC, date, datetime

from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.register import Booking

AT = datetime(2017, 7, 1, 12, tzinfo=UTC)


def on(day, by="Lee Park"):
    """Write down what happened on a day of 2017, such as "02-01"."""
    return Booking(by=by, day=date.fromisoformat(f"2017-{day}"), at=AT)


def small_campaign(folder):
    """Make chapters north and south; C0001, C0002 in the north, C0003 in the south."""
    campaign = folder / "campaign"
    for chapter, quota in (("north", 100), ("south", None)):
        add_chapter(campaign, on("02-01"), chapter, quota=quota)
    for name, chapter, paid in (
        ("Ana Ruiz", "north", False),
        ("Ben Cole", "north", True),
        ("Cy Dunn", "south", False),
    ):
        add_circulator(campaign, on("02-01"), name=name, chapter=chapter, paid=paid)
    return campaign
