"""Is a docket whole? If not, which event was changed?

Every line is checked in turn: that it is canonical JSON with exactly an event's fields,
that it follows the one before (``seq``, ``prev``), and that its own hash is right. The
first line to fail is the place of the change. Someone who rewrites a line *and* every
hash after it leaves no such trace, which is why the head is published elsewhere: given
it, that too is found out. Without it the most one can say is *whole, head unverified*.

A line counts once its newline is written. What stands after the last newline, if it
begins as an event begins, is a *torn tail*: a write that was cut off. The events before
it stand.
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

BEGINS = b'{"authority":'
"""How the canonical form of every event begins: the first of its keys in order."""


class Soundness(StrEnum):
    """What can be said of a docket."""

    WHOLE = "whole"
    UNVERIFIED = "whole, head unverified"
    TORN = "torn"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The outcome of checking a docket.

    Attributes:
        soundness: whole, whole but without a head to compare with, torn (whole but for
            a last line that breaks off), or changed.
        events: events read and found good, counted from the first.
        head: the hash of the last good event; 64 zeros for an empty docket.
        line: the first line that is wrong, counted from 1; None when none is, or when
            the lines agree with each other but not with the published head.
        words: one sentence for a person.
        size: bytes of the good events: where a torn tail begins.

    """

    soundness: Soundness
    events: int
    head: str
    line: int | None
    words: str
    size: int

    @property
    def is_whole(self) -> bool:
        """Whether no change was found, and nothing is torn."""
        return self.soundness in {Soundness.WHOLE, Soundness.UNVERIFIED}

    @property
    def stands(self) -> bool:
        """Whether its events hold, be there a torn tail after them or not."""
        return self.soundness is not Soundness.CHANGED


def check(raw: bytes, *, head: str | None = None) -> Check:
    """Check a docket's bytes against each other and, if given, a published head.

    A head published earlier is good as long as it is the hash of some event: the docket
    has grown since.
    """
    prev, size = FIRST, 0
    hashes: list[str] = []
    lines = raw.split(b"\n")
    tail = lines.pop()
    for number, line in enumerate(lines, start=1):
        if problem := _problem(line, number, prev):
            words = f"changed: line {number:,}: {problem}"
            return _found(Soundness.CHANGED, hashes, size, words, line=number)
        prev = json.loads(line)["hash"]
        hashes.append(prev)
        size += len(line) + 1
    if tail:
        return _torn(tail, hashes, size, head)
    return _against(head, hashes, size)


def _torn(tail: bytes, hashes: Sequence[str], size: int, head: str | None) -> Check:
    line = len(hashes) + 1
    if tail[: len(BEGINS)] != BEGINS[: len(tail)]:
        words = f"changed: line {line:,}: this is no event"
        return _found(Soundness.CHANGED, hashes, size, words, line=line)
    if head is not None and head not in hashes:
        words = f"changed: line {line:,} breaks off, and the published head is missing"
        return _found(Soundness.CHANGED, hashes, size, words, line=line)
    words = (
        f"torn: line {line:,} breaks off after {_many(len(tail), 'byte')}; "
        f"{_before(hashes)}, and the next one recorded sets it aside"
    )
    return _found(Soundness.TORN, hashes, size, words, line=line)


def _found(
    soundness: Soundness,
    hashes: Sequence[str],
    size: int,
    words: str,
    *,
    line: int | None = None,
) -> Check:
    return Check(
        soundness=soundness,
        events=len(hashes),
        head=hashes[-1] if hashes else FIRST,
        line=line,
        words=words,
        size=size,
    )


def _counted(hashes: Sequence[str]) -> str:
    return _many(len(hashes), "event")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _before(hashes: Sequence[str]) -> str:
    match len(hashes):
        case 0:
            return "nothing stands before it"
        case 1:
            return "the 1 event before it stands"
    return f"the {_counted(hashes)} before it stand"


def _against(head: str | None, hashes: Sequence[str], size: int) -> Check:
    events, last = _counted(hashes), hashes[-1] if hashes else FIRST
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
    return _found(soundness, hashes, size, words)


def _problem(line: bytes, number: int, prev: str) -> str | None:
    try:
        event: Any = json.loads(line)
        same = isinstance(event, dict) and canonical(event) == line
    except (ValueError, TypeError, RecursionError):
        return "this is not JSON"
    if not same or set(event) != FIELDS or event["v"] != VERSION:
        return "this is not an event in canonical form"
    # In Python True == 1; in JSON it is another value.
    if bool in {type(event["v"]), type(event["seq"])}:
        return "its version or its number is no number"
    return _misplaced(event, number, prev)


def _misplaced(event: dict[str, Any], number: int, prev: str) -> str | None:
    if event["seq"] != number:
        return f"it says it is event {event['seq']!r}; an event is missing or added"
    if event["prev"] != prev:
        return "it does not follow the event before it"
    rest = {key: part for key, part in event.items() if key not in {"prev", "hash"}}
    if event["hash"] != link(prev, rest):
        return "its hash does not fit what it says"
    return None
