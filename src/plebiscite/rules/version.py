"""A rule of law and its dated versions.

Each version holds from its first day until the next one begins, or until a last day
where one is recorded. Asked about a day outside its versions, a rule refuses: it never
falls back on the oldest version, on the newest, or on zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeGuard

from plebiscite.errors import NotInForceError
from plebiscite.rules.algebra import Bands, Choose, Test
from plebiscite.rules.amounts.phrase import Amount
from plebiscite.rules.deadline import Term

Content: TypeAlias = Amount | Test | Bands | Choose | Term | str


NONE = "none"
"""The rule of a place without the institution: a text that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a rule said during one stretch of time.

    Attributes:
        since: its first day; where the first day is unknown, the first day on which it
            was seen in force.
        first_day_known: whether `since` is the day it began. Where it is not, nobody
            has checked the version for the days between.
        until: its last day, where one is recorded; None until the next version.
        content: the amount, test, bands, choice, deadline or text.
        cite: keys of the sources that impose it, at least one.
        note: what a reader must know about it, or None.
        line: where it stands in the file.

    """

    since: date
    first_day_known: bool
    until: date | None
    content: Content
    cite: tuple[str, ...]
    note: str | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One named rule of a law file.

    Attributes:
        name: its name in the file.
        governed_by: the dates that may select a version, in order; the first one known
            does.
        versions: oldest first, at least one.
        published: figures the office published, which win over computed ones; oldest
            first.

    """

    name: str
    governed_by: tuple[str, ...]
    versions: tuple[Version, ...]
    published: tuple[Version, ...] = ()

    def ever(self, *kinds: type) -> bool:
        """Tell whether one of its versions says something of these kinds.

        What a rule says may change its kind: a test follows on words that ask nothing.
        """
        return any(isinstance(each.content, kinds) for each in self.versions)

    def on(self, day: date) -> Version:
        """Return the version in force on `day`.

        Raises:
            NotInForceError: none is recorded for that day.

        """
        version = in_force(self.versions, day)
        if version:
            return version
        earliest = self.versions[0].since
        past = [each.until for each in self.versions if each.until and each.until < day]
        raise NotInForceError(
            self.name,
            day,
            earliest=earliest,
            until=past[-1] if day > earliest and past else None,
        )


def in_force(versions: tuple[Version, ...], day: date) -> Version | None:
    """Return the version of `versions` (oldest first) in force on `day`, or None."""
    for version in reversed(versions):
        if version.since <= day:
            return version if version.until is None or day <= version.until else None
    return None


def is_amount(content: Content) -> TypeGuard[Amount]:
    """Tell whether a version says an amount."""
    return isinstance(content, Amount)
