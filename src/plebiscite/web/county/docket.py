"""Telling the docket what the desk did: counts only, each thing once.

The docket is the one kept with the measure's folder. A measure that only ships with the
program has none here, and then nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.timezone import localdate

from plebiscite.core.canonical import Json
from plebiscite.docket.store import Happening, append, refuse_unready
from plebiscite.web.county.desks import kept_measure, rules_of
from plebiscite.web.county.models import Desk
from plebiscite.web.measures.shelf import index

FIRST = "raw_counts_committed"


def refuse_if_unready(desk: Desk) -> None:
    """Refuse before anything is done if the docket could not take the counts.

    Raises:
        InputError: the measure is at a stage at which no counts are committed to.
        RecordError: the docket is not whole.

    """
    folder = kept_measure(desk.measure)
    if folder is not None:
        refuse_unready(folder, FIRST)


def record(
    desk: Desk,
    events: Sequence[tuple[str, Mapping[str, Json]]],
    *,
    at: datetime,
    authority: str = "",
) -> bool:
    """Append what happened to the measure's docket; whether there is one.

    What stands there already is not said twice.

    Raises:
        InputError: an event may not follow, or its counts do not agree with its word.
        RecordError: the docket is not whole.

    """
    folder = kept_measure(desk.measure)
    if folder is None:
        return False
    said = authority or "; ".join(map(str, rules_of(desk).cite("county_sample")))
    added = [
        Happening(
            day=localdate(at),
            kind=kind,
            by=f"{desk.county}, election office",
            authority=said,
            body=dict(body),
        )
        for kind, body in events
    ]
    append(folder, added, recorded_at=at, once=True)
    index(desk.measure)
    return True
