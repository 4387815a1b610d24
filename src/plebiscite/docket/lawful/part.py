"""For whom an event speaks: for a whole petition, or for one county's lines of it.

A county's office says in the body of each event whose lines it means: ``part`` is the
county's name, or a list of several. What it finds is true of those lines alone. It
moves the whole measure only where the docket knows of no lines but those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plebiscite.docket.happened import Happened

PART, RAW = "part", "raw"
STATE_SAYS = frozenset({"raw_count", "raw_count_revised"})
"""Kinds whose counts by county are those of the whole petition, each time anew."""


def part_of(event: Happened) -> tuple[str, ...]:
    """Return the counties an event speaks for by its own word; () for the whole."""
    told = event.body.get(PART)
    if isinstance(told, str):
        return (told,) if told else ()
    if isinstance(told, list | tuple):
        return tuple(each for each in told if isinstance(each, str))
    return ()


def leaves_others_out(event: Happened, known: Sequence[Happened]) -> bool:
    """Whether an event speaks for a part, and the docket knows of lines beyond it.

    `known` are the events before it. A count that was given as a bare sum has lines of
    others in it unless it is just as large as the part.
    """
    part = part_of(event)
    if not part:
        return False
    counties: dict[str, int | None] = {}
    whole: int | None = None
    for each in (*known, event):
        told = each.body.get(RAW)
        if isinstance(told, Mapping):
            found = {str(name): _count(count) for name, count in told.items()}
            counties = found if each.kind in STATE_SAYS else counties | found
        elif not part_of(each) and _count(told) is not None:
            whole = _count(told)
    if set(counties) - set(part):
        return True
    return whole is not None and whole != _own(event, counties, part)


def _own(
    event: Happened, counties: Mapping[str, int | None], part: Sequence[str]
) -> int | None:
    """Return the lines of the part: as the event says, else as its counties did."""
    told = _count(event.body.get(RAW))
    if told is not None:
        return told
    counts = [counties.get(name) for name in part]
    known = [each for each in counts if each is not None]
    return sum(known) if len(known) == len(counts) else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
