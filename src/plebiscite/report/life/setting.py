"""Figures given of a measure's setting: by whom, when, and of which year.

The economy, the people, the taxes: none of it is the measure's, and none of it is taken
for true. It stands in the story as what was said, beside who said it.
"""

from __future__ import annotations

from typing import Any

from plebiscite.docket.folder import Record
from plebiscite.report.claims.known.context import Figure, context_of

KINDS = {
    "economy_rank": "the economy's rank",
    "economy_size": "the size of the economy",
    "taxes_paid": "federal taxes paid",
    "population": "the people",
}
"""The kinds told, in words; figures of other votes are not."""


def setting(record: Record) -> list[Figure]:
    """Return the figures given by the day of the record, by kind and then by day."""
    order = list(KINDS)
    told = [
        each
        for each in context_of(record).figures
        if each.kind in KINDS and each.on <= record.on
    ]
    return sorted(told, key=lambda each: (order.index(each.kind), each.on))


def setting_lines(record: Record) -> list[str]:
    """Return the figures as lines: what of which year, who said it when, and where."""
    return [
        f"{KINDS[each.kind]}, of {each.of}: {each.words}, by {each.by} on {each.on}  "
        f"[{each.source}]"
        for each in setting(record)
    ]


def setting_data(record: Record) -> list[dict[str, Any]]:
    """Return the figures as JSON data."""
    return [
        {
            "kind": each.kind,
            "of": each.of,
            "said": each.words,
            "by": each.by,
            "on": each.on.isoformat(),
            "source": each.source,
        }
        for each in setting(record)
    ]
