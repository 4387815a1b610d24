"""A register: a file of entries, one a line, only ever added to.

Whoever adds holds the lock of the campaign's folder while it reads, decides and writes,
so that two people at work at once follow one another. A longer file takes the place of
the shorter one in a single step: a crash at any byte leaves the last whole entry. What
was wrong is put right by another entry, and both stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from plebiscite.core import files
from plebiscite.core.canonical import Json, canonical, parsed
from plebiscite.core.files import PRIVATE_FILE, alone, private_folder, write_whole
from plebiscite.errors import InputError, RecordError
from plebiscite.petition.register_shape import MOST, refuse_shapeless

T = TypeVar("T")
FORMAT = 1
ADDED = "added"
AHEAD = timedelta(days=1)
"""How far a day may lie ahead of the clock: it is tomorrow already somewhere."""
MOST_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Who writes an entry, for which day, and when.

    Attributes:
        by: who writes it.
        day: the legal day on which what it tells happened.
        at: when it is written, with its time zone.

    Raises:
        InputError: nobody is named, or the day has not come yet.

    """

    by: str
    day: date
    at: datetime

    def __post_init__(self) -> None:
        checked_words("who writes this down", self.by)
        if self.at.tzinfo is None:
            raise InputError(f"the time {self.at} has no time zone")
        if self.day > self.at.date() + AHEAD:
            raise InputError(
                f"{self.day} has not come yet; write the day on which it happened"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a register.

    Attributes:
        seq: its number, from 1, without gaps.
        kind: what happened, in a word.
        booking: who wrote it, for which day, and when.
        body: what happened, by name.

    """

    seq: int
    kind: str
    booking: Booking
    body: Mapping[str, Any]

    def as_data(self) -> dict[str, Json]:
        """Return it as the file holds it."""
        return {
            "v": FORMAT,
            "seq": self.seq,
            "kind": self.kind,
            "day": self.booking.day.isoformat(),
            "by": self.booking.by,
            "recorded_at": self.booking.at.isoformat(),
            "body": dict(self.body),
        }


@contextmanager
def held(campaign: Path) -> Iterator[None]:
    """Hold the campaign's lock for the length of the block, making the folder."""
    private_folder(campaign)
    with alone(campaign):
        yield


def read_entries(campaign: Path, file: str) -> list[Entry]:
    """Return the entries of a register, oldest first; none where there is no file.

    Raises:
        RecordError: the file cannot be read, or an entry is missing from it.

    """
    return list(read_on(campaign, file).entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A register as it was read: its bytes, and the entries they are."""

    raw: bytes = b""
    entries: tuple[Entry, ...] = ()


def read_on(campaign: Path, file: str, before: Read | None = None) -> Read:
    """Return a register as it is now.

    Where it goes on from `before`, only the rest is worked out.

    Raises:
        RecordError: the file cannot be read, or an entry is missing from it.

    """
    path = campaign / file
    if not path.exists():
        return Read()
    raw = path.read_bytes()
    goes_on = before and before.raw.endswith(b"\n") and raw.startswith(before.raw)
    known = before if before and goes_on else Read()
    try:
        lines = raw[len(known.raw) :].decode("utf-8").splitlines()
        found = [_entry(file, parsed(line)) for line in lines]
    except (
        *(KeyError, TypeError, ValueError, AttributeError, RecursionError),
        *(InputError, RecordError, OverflowError),
    ) as problem:
        raise RecordError(
            f"{path} is not a campaign's register, or a later one; restore it"
        ) from problem
    first = len(known.entries) + 1
    if gap := [n for n, each in enumerate(found, start=first) if each.seq != n]:
        raise RecordError(f"{path}: entry {gap[0]} is missing; restore the file")
    return Read(raw=raw, entries=(*known.entries, *found))


def mark_of(campaign: Path, file: str) -> tuple[int, ...] | None:
    """Return what is another whenever a register was written; None where none is."""
    return files.mark_of(campaign / file)


def _entry(file: str, data: dict[str, Any]) -> Entry:
    if data["v"] != FORMAT or not isinstance(data["body"], dict):
        raise ValueError("another format")
    refuse_shapeless(file, data["kind"], data["body"])
    booking = Booking(
        by=data["by"],
        day=date.fromisoformat(data["day"]),
        at=datetime.fromisoformat(data["recorded_at"]),
    )
    return Entry(
        seq=int(data["seq"]), kind=data["kind"], booking=booking, body=data["body"]
    )


def next_entry(
    entries: Sequence[Entry], kind: str, booking: Booking, body: Mapping[str, Json]
) -> Entry:
    """Return the entry that would follow these."""
    return Entry(seq=len(entries) + 1, kind=kind, booking=booking, body=body)


def write_entries(campaign: Path, file: str, entries: Sequence[Entry]) -> None:
    """Write a register with its new entries; the caller holds the lock.

    When this returns, the entries are on the disk.

    Raises:
        OSError: the place cannot be written; the file there before is unchanged.

    """
    lines = b"".join(canonical(each.as_data()) + b"\n" for each in entries)
    write_whole(campaign / file, lines, mode=PRIVATE_FILE)


def add_entry(campaign: Path, file: str, entry: Entry) -> None:
    """Add an entry to a register as it stands; the caller holds the lock.

    When this returns, the entry is on the disk.

    Raises:
        OSError: the place cannot be written; the register is unchanged.

    """
    path = campaign / file
    before = path.read_bytes() if path.exists() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    line = canonical(entry.as_data()) + b"\n"
    write_whole(path, before + line, mode=PRIVATE_FILE)


def book(
    campaign: Path, file: str, booking: Booking, kind: str, body: Mapping[str, Json]
) -> None:
    """Add one entry to a register; the caller holds the lock.

    Raises:
        OSError: the place cannot be written; the register is unchanged.

    """
    entries = read_entries(campaign, file)
    add_entry(campaign, file, next_entry(entries, kind, booking, body))


def known(what: str, key: str, there: Mapping[str, T], *, otherwise: str) -> T:
    """Return what is kept under a key, such as a chapter.

    Raises:
        InputError: there is none; the nearest key is suggested, or `otherwise`.

    """
    if key in there:
        return there[key]
    near = get_close_matches(key, there, n=1)
    meant = f"did you mean {near[0]!r}?" if near else otherwise
    raise InputError(f"there is no {what} {key!r}; {meant}")


def latest(
    entries: Sequence[Entry], key: str
) -> dict[str, tuple[Entry, dict[str, Any]]]:
    """Return, by key, the first entry of each, and its body as changed since.

    Raises:
        RecordError: an entry changes what no entry added.

    """
    found: dict[str, tuple[Entry, dict[str, Any]]] = {}
    for entry in entries:
        name = entry.body[key]
        if name not in found and entry.kind != ADDED:
            raise RecordError(
                f"entry {entry.seq} of the campaign's register changes {name!r}, which "
                "no entry before it added; restore the register"
            )
        first, body = found.get(name, (entry, {}))
        found[name] = (first, {**body, **entry.body})
    return found


def checked_words(what: str, words: str) -> str:
    """Return words without blanks around them.

    Raises:
        InputError: there are none, they are too many, or one cannot be seen.

    """
    plain = " ".join(words.split())
    if not plain or len(plain) > MOST_WORDS:
        raise InputError(f"write {what}, in 1 to {MOST_WORDS} letters")
    if unseen := unseen_in(plain):
        raise InputError(
            f"{what} holds what cannot be seen ({unseen}); copied text often does: "
            "type it anew"
        )
    return plain


def unseen_in(words: str) -> str:
    """Return which characters of a text cannot be seen, by number; "" for none.

    Such are controls and marks that turn the direction of the writing, which make a
    name read as another.

    >>> unseen_in("Zoë"), unseen_in("Pat\u202e")
    ('', 'U+202E')
    """
    found = sorted({each for each in words if not each.isprintable()})
    return ", ".join(f"U+{ord(each):04X}" for each in found)


def checked_count(what: str, count: int | None) -> int | None:
    """Return a count that is known or not.

    Raises:
        InputError: it is below zero, or so large that it is a slip.

    """
    if count is not None and not 0 <= count < MOST:
        raise InputError(f"{what} is a whole number from 0 up, not {count}")
    return count
