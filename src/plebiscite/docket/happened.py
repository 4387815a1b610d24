"""What a docket says happened, read for use: events as they stand after corrections.

A correction is an event of its own and overwrites nothing: the line it corrects stays
in the docket as it was written, and whoever reads the docket sees both. To reckon with
the record, corrections known by a day are laid over the events they name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError, RecordError

CORRECTED = "corrected"


TEXTS = ("kind", "by", "authority", "source", "hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event of a docket.

    Attributes:
        seq: its number; 0 for one not yet written down.
        day: the day it took legal effect.
        kind, by, authority, source, body: as in the docket.
        recorded_at: when it was written down; None for one not yet written down.
        hash: its hash, or "".
        corrections: numbers of the events that correct it, in order.
        struck: whether a correction says that it never happened.

    """

    seq: int
    day: date
    kind: str
    by: str
    authority: str
    source: str = ""
    body: Mapping[str, Json] = field(default_factory=dict)
    recorded_at: datetime | None = None
    hash: str = ""
    corrections: tuple[int, ...] = ()
    struck: bool = False

    @property
    def is_counterfactual(self) -> bool:
        """Whether it is told of a measure where it never went."""
        return self.body.get("counterfactual") is True


def happened(events: Iterable[Mapping[str, Any]]) -> list[Happened]:
    """Return the lines of a docket, as data, for use; oldest first.

    A chain can be whole and its events still be no events: hashes only show that nobody
    changed what somebody wrote.

    Raises:
        RecordError: an event lacks a day, a kind or an office, or has another form.

    """
    return [_happened(number, event) for number, event in enumerate(events, start=1)]


def _happened(number: int, event: Mapping[str, Any]) -> Happened:
    try:
        day = date.fromisoformat(event["day"])
        recorded_at = datetime.fromisoformat(event["recorded_at"])
        good = all(isinstance(event[name], str) for name in TEXTS)
        good &= isinstance(event["body"], Mapping) and isinstance(event["seq"], int)
    except (KeyError, TypeError, ValueError):
        good = False
    if not good:
        raise RecordError(
            f"event {number:,} of the docket is not written as plebiscite writes "
            "events: a day, a time or a word is missing or has another form; ask for "
            "the docket anew where it was published"
        )
    return Happened(
        seq=event["seq"],
        day=day,
        kind=event["kind"],
        by=event["by"],
        authority=event["authority"],
        source=event["source"],
        body=event["body"],
        recorded_at=recorded_at,
        hash=event["hash"],
    )


def as_known(
    events: Sequence[Happened],
    on: date | None = None,
    *,
    written_by: date | None = None,
) -> list[Happened]:
    """Return the events as they were known on a day, corrected as far as by then.

    Without `on`, as they are known now. Events and corrections that took effect later
    are left out; so are, with `written_by`, those written down after that day. An event
    a correction struck stays in the list, marked.
    """
    known = [
        each
        for each in events
        if written_by is None
        or each.recorded_at is None
        or each.recorded_at.date() <= written_by
    ]
    made: dict[int, list[Happened]] = {}
    for each in known:
        if each.kind == CORRECTED and (on is None or each.day <= on):
            made.setdefault(corrects(each), []).append(each)
    after = [_corrected(each, made.get(each.seq, [])) for each in known]
    return [each for each in after if on is None or each.day <= on]


def corrects(event: Happened) -> int:
    """Return the number of the event that a correction corrects.

    Raises:
        InputError: it names none.

    """
    named = event.body.get("corrects")
    if isinstance(named, int) and not isinstance(named, bool) and named > 0:
        return named
    raise InputError(
        f"'corrects' is {named!r}; write the number of the event to correct, such as 3"
    )


def refuse_correction(new: Happened, events: Sequence[Happened]) -> None:
    """Refuse a correction of an event there is none of, or of what cannot be changed.

    Raises:
        InputError: saying which.

    """
    number = corrects(new)
    target = next((each for each in events if each.seq == number), None)
    if target is None or target.kind == CORRECTED:
        what = "is itself a correction" if target else "is not in the docket"
        raise InputError(
            f"event {number} {what}; a correction names an event that happened"
        )
    now = new.body.get("now")
    if new.body.get("struck") is True:
        return
    if not isinstance(now, dict) or not now:
        raise InputError(
            f"the correction of event {number} says neither what holds 'now' nor that "
            "the event is 'struck'; write one of the two"
        )
    if fixed := sorted({"kind", "seq", "recorded_at", "hash", "prev"} & set(now)):
        raise InputError(
            f"a correction cannot change {', '.join(fixed)}; strike event {number} and "
            "record what did happen"
        )
    _corrected(target, [new])


def _corrected(event: Happened, corrections: Sequence[Happened]) -> Happened:
    for each in corrections:
        now = each.body.get("now")
        changes = dict(now) if isinstance(now, dict) else {}
        day = changes.pop("day", event.day.isoformat())
        event = replace(
            event,
            by=str(changes.pop("by", event.by)),
            authority=str(changes.pop("authority", event.authority)),
            source=str(changes.pop("source", event.source)),
            day=_day(day),
            body={**event.body, **changes},
            corrections=(*event.corrections, each.seq),
            struck=event.struck or each.body.get("struck") is True,
        )
    return event


def _day(written: object) -> date:
    try:
        return date.fromisoformat(str(written))
    except ValueError as problem:
        raise InputError(
            f"the corrected day is {written!r}; write it as 2017-01-26"
        ) from problem
