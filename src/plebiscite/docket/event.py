"""One entry of a docket: what happened to a measure, when, and on whose word.

Each event carries the hash of the one before it, so that changing any of them changes
every hash after it, and the last hash (the *head*) stands for the whole record.

The recipe, for a second implementation: ``hash`` is the SHA-256, in hex, of the event's
``prev`` (64 hex digits, as ASCII) followed directly by the canonical JSON of the event
without ``prev`` and ``hash``. Canonical JSON has sorted keys, no spaces, UTF-8, and no
floats. The first event's ``prev`` is 64 zeros. A line of ``docket.jsonl`` is the
canonical JSON of the whole event.

A docket is published whole, so nothing personal may enter it: counts, days, offices and
sources only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from plebiscite.core.canonical import Json, canonical
from plebiscite.errors import InputError

VERSION = 1
FIRST = "0" * 64
KIND = re.compile(r"[a-z][a-z_]{1,39}")

# A body may count voters and lines; it may not point at one. Keys are compared after
# their words are split, so that `signer_name` is caught by `name`.
PERSONAL = frozenset(
    {"voter", "voterid", "signer", "line", "lineid", "signature", "signed"}
    | {"name", "names", "first", "middle", "last", "surname", "suffix"}
    | {"address", "street", "unit", "zip", "phone", "email", "mail"}
    | {"birth", "birthday", "born"}
)
# A house is an address or a chamber: `house_yes` counts votes in one.
PERSONAL_KEYS = frozenset({"house", "houses", "house_number"})
E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to a measure.

    Attributes:
        seq: 1 for the first event, then 2, 3, …
        recorded_at: when it was written down, in UTC.
        day: the day it took legal effect.
        kind: what happened, in lower-case words: ``sample_drawn``.
        by: the office or person who says so, by role.
        authority: the law it rests on, as cited.
        source: the document that shows it, or "".
        body: counts and findings; no key may name a person.
        prev: the hash of the event before.

    Raises:
        InputError: a field is missing or malformed, or the body holds personal data.

    """

    seq: int
    recorded_at: datetime
    day: date
    kind: str
    by: str
    authority: str
    source: str = ""
    body: Mapping[str, Json] = field(default_factory=dict)
    prev: str = FIRST
    v: int = VERSION

    def __post_init__(self) -> None:
        if not KIND.fullmatch(self.kind):
            raise InputError(
                f"an event's kind is lower-case words, such as 'sample_drawn', "
                f"not {self.kind!r}"
            )
        if not self.by or not self.authority:
            raise InputError(
                f"event {self.kind!r}: say which office speaks (by) and on what law "
                "(authority)"
            )
        if self.recorded_at.tzinfo is None:
            raise InputError(f"event {self.kind!r}: recorded_at has no time zone")
        refuse_personal(self.body)
        refuse_personal({"by": self.by, "source": self.source})

    @property
    def hash(self) -> str:
        """The hash that stands for this event and all before it, in 64 hex digits."""
        return link(self.prev, self._rest())

    def as_data(self) -> dict[str, Json]:
        """Return the event as a line of ``docket.jsonl`` holds it."""
        return {**self._rest(), "prev": self.prev, "hash": self.hash}

    def line(self) -> bytes:
        """Return the event's line, without the newline."""
        return canonical(self.as_data())

    def _rest(self) -> dict[str, Json]:
        when = self.recorded_at.astimezone(UTC).isoformat(timespec="seconds")
        return {
            "v": self.v,
            "seq": self.seq,
            "recorded_at": when.replace("+00:00", "Z"),
            "day": self.day.isoformat(),
            "kind": self.kind,
            "by": self.by,
            "authority": self.authority,
            "source": self.source,
            "body": dict(self.body),
        }


def link(prev: str, rest: Mapping[str, Json]) -> str:
    """Return the hash of an event: SHA-256 over `prev` and the rest of it."""
    return hashlib.sha256(prev.encode() + canonical(dict(rest))).hexdigest()


def refuse_personal(body: Mapping[str, Json]) -> None:
    """Refuse a body that could point at a voter or a signer.

    Raises:
        InputError: naming the key, never its value.

    """
    for key, value in _pairs(body, ""):
        words = set(re.split(r"[^a-z]+", key.lower()))
        mailed = isinstance(value, str) and E_MAIL.search(value)
        if words & PERSONAL or key.lower() in PERSONAL_KEYS or mailed:
            raise InputError(
                f"a docket is published whole and holds no personal data; "
                f"leave {key!r} out and give a count instead"
            )


def _pairs(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    match value:
        case Mapping():
            for inner, part in value.items():
                yield str(inner), None
                yield from _pairs(part, str(inner))
        case list() | tuple():
            for part in value:
                yield from _pairs(part, key)
        case _:
            yield key, value
