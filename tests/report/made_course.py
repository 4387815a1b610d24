"""A measure in circulation with a small campaign, for tests of a drive's numbers."""

from datetime import UTC, date, datetime

from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.register import Booking

MEASURE = """\
id: us/ca/17-9999
title: "An example. Initiative Constitutional Amendment."
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {filed: 2016-11-21, summary: 2017-01-26}
facts: {votes_for_governor: 12500, required: 1000}
"""
TODAY = date(2017, 3, 31)
AT = datetime(2017, 7, 30, 12, tzinfo=UTC)


def on(day):
    """Write down what happened on a day of 2017, such as "02-01"."""
    return Booking(by="Lee Park", day=date.fromisoformat(f"2017-{day}"), at=AT)


def small_drive(folder, *, returns=(("02-10", 120), ("03-10", 180), ("03-29", 84))):
    """Make a measure whose north gathers with C0001; each return is 20 sections."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    campaign = folder / "campaign"
    add_chapter(campaign, on("01-30"), "north", quota=900)
    add_chapter(campaign, on("01-30"), "south")
    add_circulator(campaign, on("01-30"), name="Ana Ruiz", chapter="north", paid=False)
    for at, (day, lines) in enumerate(returns):
        serials = range(1 + 20 * at, 21 + 20 * at)
        bundle = hand_out(campaign, on("02-01"), serials, circulator="C0001")
        counted = dict.fromkeys(serials, lines // 20) if lines % 20 == 0 else None
        take_back(campaign, on(day), bundle.bundle, lines=lines, counted=counted)
    return folder
