"""Is a docket whole? If not, which event was changed?

Every line is checked in turn: that it is canonical JSON with exactly an event's fields,
that it follows the one before (``seq``, ``prev``), and that its own hash is right. The
first line to fail is the place of the change. Someone who rewrites a line *and* every
hash after it leaves no such trace, which is why the head is published elsewhere: given
it, that too is found out. Without it the most one can say is *whole, head unverified*.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from plebiscite.core.canonical import canonical
from plebiscite.docket.event import FIRST, VERSION, link

FIELDS = frozenset(
    {"v", "seq", "recorded_at", "day", "kind", "by", "authority", "source", "body"}
    | {"prev", "hash"}
)


class Soundness(StrEnum):
    """What can be said of a docket."""

    WHOLE = "whole"
    UNVERIFIED = "whole, head unverified"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The outcome of checking a docket.

    Attributes:
        soundness: whole, whole but without a head to compare with, or changed.
        events: events read and found good, counted from the first.
        head: the hash of the last good event; 64 zeros for an empty docket.
        line: the first line that is wrong, counted from 1; None when none is, or when
            the lines agree with each other but not with the published head.
        words: one sentence for a person.

    """

    soundness: Soundness
    events: int
    head: str
    line: int | None
    words: str

    @property
    def is_whole(self) -> bool:
        """Whether no change was found."""
        return self.soundness is not Soundness.CHANGED


def check(raw: bytes, *, head: str | None = None) -> Check:
    """Check a docket's bytes against each other and, if given, a published head.

    A head published earlier is good as long as it is the hash of some event: the docket
    has grown since.
    """
    prev = FIRST
    hashes: list[str] = []
    for number, line in enumerate(_lines(raw), start=1):
        if problem := _problem(line, number, prev):
            return Check(
                soundness=Soundness.CHANGED,
                events=number - 1,
                head=prev,
                line=number,
                words=f"changed: line {number:,}: {problem}",
            )
        prev = json.loads(line)["hash"]
        hashes.append(prev)
    return _against(head, hashes, prev)


def _against(head: str | None, hashes: Sequence[str], last: str) -> Check:
    events = f"{len(hashes):,} event{'' if len(hashes) == 1 else 's'}"
    if head is None:
        soundness, words = Soundness.UNVERIFIED, f"whole, head unverified: {events}"
    elif head == last:
        soundness, words = Soundness.WHOLE, f"whole: {events}, head as published"
    elif head in hashes:
        later = len(hashes) - hashes.index(head) - 1
        soundness = Soundness.WHOLE
        words = f"whole: {events}, {later:,} of them after the head that was published"
    else:
        soundness = Soundness.CHANGED
        words = (
            f"changed: the {events} agree with each other, but their head is {last}, "
            "not the published one; the docket was cut short or rewritten"
        )
    return Check(
        soundness=soundness, events=len(hashes), head=last, line=None, words=words
    )


def _lines(raw: bytes) -> list[bytes]:
    if not raw:
        return []
    lines = raw.split(b"\n")
    # A whole docket ends with a newline; what stands after the last one is a torn line.
    return lines if lines[-1] else lines[:-1]


def _problem(line: bytes, number: int, prev: str) -> str | None:
    try:
        event: Any = json.loads(line)
        same = isinstance(event, dict) and canonical(event) == line
    except (ValueError, TypeError, RecursionError):
        return "this is not JSON"
    if not same or set(event) != FIELDS or event["v"] != VERSION:
        return "this is not an event in canonical form"
    if event["seq"] != number:
        return f"it says it is event {event['seq']!r}; an event is missing or added"
    if event["prev"] != prev:
        return "it does not follow the event before it"
    rest = {key: part for key, part in event.items() if key not in {"prev", "hash"}}
    if event["hash"] != link(prev, rest):
        return "its hash does not fit what it says"
    return None
