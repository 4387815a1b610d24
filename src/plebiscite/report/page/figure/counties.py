"""Whose lines an event speaks for: some counties', or the whole petition."""

from __future__ import annotations

from collections.abc import Sequence

from plebiscite.core.canonical import Json
from plebiscite.docket.folder import Record
from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.part import part_of
from plebiscite.report.page.figure.kinds import Revision

OFFICE, STATEWIDE = "election office", 2
"""How a county's desk signs, and how many strokes the id of a state's law has."""


def part(event: Happened, record: Record, raw: Sequence[Revision]) -> tuple[str, ...]:
    """Return the counties an event speaks for; () for the whole petition.

    An event says so itself. One of an older docket does not: there a county's office is
    known by its name, and by the lines it counted. Either speaks for the whole where
    the count of all lines shows none but its own.
    """
    law = record.measure.law
    if law.count("/") != STATEWIDE or "local" in law:
        return ()
    told = event.body.get("raw")
    if named := part_of(event):
        alone = isinstance(told, dict) or not _is_all(raw, named, told)
        return named if alone else ()
    county, _, office = event.by.rpartition(", ")
    if not county or office != OFFICE:
        return ()
    if isinstance(told, dict):
        return (county,) if [*told] == [county] else ()
    if event.body.get("status") == "preliminary":
        return (county,)
    known = bool(raw) and raw[-1].value is not None and count(told) is not None
    return (county,) if known and not _is_all(raw, (county,), told) else ()


def _is_all(raw: Sequence[Revision], counties: Sequence[str], told: Json) -> bool:
    """Whether the raw count that stands is of no lines but those of some counties."""
    if not raw:
        return False
    parts = raw[-1].parts
    if parts is not None:
        return set(parts) <= set(counties)
    return raw[-1].value is not None and raw[-1].value == count(told)


def within(revisions: Sequence[Revision], counties: Sequence[str], value: Json) -> Json:
    """Return the sum's parts with these counties' put in; None where it lacks them."""
    parts = revisions[-1].parts if revisions else None
    if parts is None or set(counties) - set(parts):
        return None
    if len(counties) == 1 and count(value) is not None:
        value = {counties[0]: value}
    if not isinstance(value, dict):
        return None
    return {**parts, **{name: value[name] for name in counties if name in value}}


def count(value: Json) -> int | None:
    """Return a value where it is one count."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
