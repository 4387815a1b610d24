"""How much a place publishes while a petition is gathered and counted.

Some laws keep the count from the public until an office has certified it, some keep a
county's part from it. What is kept back is kept back everywhere: on the page, in the
tables, in the feed, and the docket's file with it, whose head is shown instead. Once
the signatures are decided on, everything is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from plebiscite.docket.folder import Record
from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.part import part_of
from plebiscite.report.page.figure import KEYS, Figure

UNDECIDED = frozenset(
    {
        "titled",
        "circulating",
        "filed_with_counties",
        "raw_counted",
        "sampling",
        "counted",
        "full_count_due",
        "full_count",
        "curing",
    }
)
"""Stages at which the signatures are not yet decided on."""
FREE = frozenset({"required", "registered"})


class Level(StrEnum):
    """How much is published before the signatures are decided on."""

    ALL = "all"
    TOTALS = "totals"
    STAGE = "stage"


WORDS = {
    Level.ALL: "",
    Level.TOTALS: "Counts by county are published once the signatures are decided on.",
    Level.STAGE: "Counts are published once the signatures are decided on.",
}


def kept_back(level: Level, stage: str) -> bool:
    """Tell whether anything is kept back at a stage."""
    return level is not Level.ALL and stage in UNDECIDED


def shown_of(record: Record, level: Level) -> Record:
    """Return a record as it may be shown at a level."""
    if not kept_back(level, record.life.stage):
        return record
    events = tuple(_bare(each, level) for each in record.events)
    return replace(record, events=events)


def shown_figures(found: Mapping[str, Figure], level: Level) -> dict[str, Figure]:
    """Return the figures that may be shown, without parts."""
    if level is Level.STAGE:
        return {name: each for name, each in found.items() if each.kind == "required"}
    return {
        name: replace(
            each,
            revisions=tuple(replace(one, parts=None) for one in each.revisions),
        )
        for name, each in found.items()
    }


def _bare(event: Happened, level: Level) -> Happened:
    # What one county says of its own lines is a count by county, whatever its form.
    level = Level.STAGE if part_of(event) else level

    def told(key: str, value: object) -> bool:
        if isinstance(value, dict):
            return False
        if level is Level.TOTALS or key in FREE:
            return True
        is_count = isinstance(value, int) and not isinstance(value, bool)
        return not is_count and key not in KEYS

    body = {key: value for key, value in event.body.items() if told(key, value)}
    return replace(event, body=body)
