"""How far a petition has come: cumulative counts, of four kinds never mixed.

A count is what an organiser or an office said on a day, and there are four kinds of it:
*claimed* (announced), *raw* (lines in hand), *projected* (from a sample) and *verified*
(found valid). They are never added up, nor set against each other. A count may fall,
since lines are struck and purged; only a count below zero cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from plebiscite.errors import InputError
from plebiscite.forecast.flag import Flag


class Kind(StrEnum):
    """What was counted."""

    CLAIMED = "claimed"
    RAW = "raw"
    PROJECTED = "projected"
    VERIFIED = "verified"


class Channel(StrEnum):
    """How signatures are gathered; empty where nobody said."""

    UNKNOWN = ""
    PAPER = "paper"
    ONLINE = "online"
    PAID = "paid"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Cumulative counts of one kind, of one petition, by one channel in one district.

    Attributes:
        petition: the petition's id.
        kind: what was counted.
        channel: how it was gathered.
        district: the chapter or district; empty for the whole petition.
        days: days with a count, ascending.
        counts: the count of each day, 0 or more; it may fall.
        opened: the first day of gathering; the first day counted where nobody said.
        required: signatures required, of the whole petition; None where unknown.
        deadline: last day of gathering; None where unknown.

    """

    petition: str
    kind: Kind = Kind.RAW
    channel: Channel = Channel.UNKNOWN
    district: str = ""
    days: tuple[date, ...]
    counts: tuple[int, ...]
    opened: date
    required: int | None = None
    deadline: date | None = None

    def __post_init__(self) -> None:
        if len(self.days) != len(self.counts):
            raise InputError(f"{self.petition}: give one count for each day")
        if any(count < 0 for count in self.counts):
            raise InputError(
                f"{self.petition}: a count is below zero; struck lines can take a "
                "count down to 0, never below it: give the lines that remain"
            )
        if any(later <= earlier for earlier, later in pairwise(self.days)):
            raise InputError(f"{self.petition}: give the days in order, each once")

    def until(self, day: date) -> Series:
        """Return what was known on `day`: only counts dated by then."""
        known = [
            (d, n) for d, n in zip(self.days, self.counts, strict=True) if d <= day
        ]
        return Series(
            petition=self.petition,
            kind=self.kind,
            channel=self.channel,
            district=self.district,
            days=tuple(d for d, _ in known),
            counts=tuple(n for _, n in known),
            opened=self.opened,
            required=self.required,
            deadline=self.deadline,
        )

    def on(self, day: date) -> int:
        """Return the last count dated by `day`; 0 where there is none yet."""
        known = [n for d, n in zip(self.days, self.counts, strict=True) if d <= day]
        return known[-1] if known else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceRead:
    """What a file of counts holds, and what is odd in it."""

    series: tuple[Series, ...]
    flags: tuple[Flag, ...]

    def of(self, petition: str | None = None, kind: Kind | None = None) -> list[Series]:
        """Return one petition's series of one kind: the file's only ones, or as named.

        Raises:
            InputError: there are several, and which was not said.

        """
        chosen = [each for each in self.series if petition in {None, each.petition}]
        chosen = [each for each in chosen if kind in {None, each.kind}]
        for what, found in (
            ("petitions", sorted({each.petition for each in chosen})),
            ("kinds of count", sorted({each.kind.value for each in chosen})),
        ):
            if len(found) > 1:
                raise InputError(
                    f"the file holds several {what}, which are never mixed; say which: "
                    f"{', '.join(found[:12])}"
                )
        if not chosen:
            raise InputError(f"the file holds no count of {petition or 'a petition'}")
        return chosen
