"""Telling the docket what the desk did: counts only, each thing once.

The docket is the one kept with the measure's folder. A measure that only ships with the
program has none here, and then nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from plebiscite.core.canonical import Json
from plebiscite.docket.happened import Happened, as_known, happened
from plebiscite.docket.lawful.part import PART, leaves_others_out
from plebiscite.docket.store import Happening, append, read, refuse_unready
from plebiscite.errors import InputError
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

    Each event names the county as the part it speaks for. What stands there already is
    not said twice.

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
            body=_of_part(desk, body),
        )
        for kind, body in events
    ]
    append(folder, added, recorded_at=at, once=True)
    index(desk.measure)
    return True


def _of_part(desk: Desk, body: Mapping[str, Json]) -> dict[str, Json]:
    """Return a body that names its county; one that does already stays as it is."""
    return dict(body) if "county" in body else {**body, PART: desk.county}


def knows_others(desk: Desk) -> bool:
    """Whether the docket tells of lines of this petition beyond the county's own.

    Raises:
        RecordError: the docket is not whole.

    """
    folder = kept_measure(desk.measure)
    if folder is None:
        return False
    known = [each for each in as_known(happened(read(folder))) if not each.struck]
    own = Happened(
        seq=0,
        day=localdate(),
        kind="certified",
        by=desk.county,
        authority="",
        body={PART: desk.county},
    )
    return leaves_others_out(own, known)


def refuse_as_whole(desk: Desk) -> None:
    """Refuse that a county certifies its own lines as if they were the whole petition.

    Raises:
        InputError: the docket tells of lines of others.
        RecordError: the docket is not whole.

    """
    if knows_others(desk):
        raise InputError(
            _(
                "the docket tells of lines of other counties, so this county cannot "
                "certify the petition as a whole; say that others certify their own"
            )
        )
