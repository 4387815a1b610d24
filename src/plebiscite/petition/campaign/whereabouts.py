"""Where each section is: told from the entries of handing out and taking back.

The entries are the truth and the whereabouts are read off them, so an entry that was
undone is simply left out; if what came after then no longer adds up, the undoing is
refused. A section is with one holder at a time: a circulator, or a chapter's own stock,
from which it may pass on to a circulator of that chapter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from plebiscite.errors import InputError, Refusal
from plebiscite.petition.campaign.register import Entry
from plebiscite.petition.form.issued.ledger import read_serials, serials_text

OUT_KIND, BACK_KIND, UNDONE_KIND = "out", "back", "undone"


class Sheet(StrEnum):
    """What has become of a section."""

    OUT = "out"
    RETURNED = "returned"
    UNUSED = "unused"
    LOST = "lost"
    SPOILT = "spoilt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one section is, or where it was last.

    Attributes:
        sheet: what has become of it.
        chapter: the chapter it was handed out for.
        circulator: who has or had it; None for the chapter's own stock.
        bundle: the bundle it was handed out in last.
        since: the day on which it came there.
        receipt: the receipt under which it came back; "" while it is out.

    """

    sheet: Sheet
    chapter: str
    circulator: str | None
    bundle: str
    since: date
    receipt: str = ""

    @property
    def holder(self) -> str:
        """Who has it, in words."""
        return self.circulator or f"chapter {self.chapter}"

    @property
    def words(self) -> str:
        """Where it is, in words."""
        if self.sheet is Sheet.OUT:
            return f"out with {self.holder} since {self.since} ({self.bundle})"
        return f"{self.sheet} by {self.holder} on {self.since} ({self.receipt})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where every section ever handed out is, by serial, and who brought lines.

    Attributes:
        places: by serial.
        seqs: the numbers of the entries that stand, not undone.

    """

    places: Mapping[int, Place] = field(default_factory=dict)
    seqs: frozenset[int] = frozenset()

    def tallied(self) -> list[tuple[Place, int]]:
        """Return each place with how many sections are there.

        Sections that went the same way together share their place, and count as one.
        """
        # By identity: to compare a hundred thousand places takes too long for a page.
        each = {id(place): place for place in self.places.values()}
        many = Counter(map(id, self.places.values()))
        return [(each[key], number) for key, number in many.items()]

    def of_bundle(self, bundle: str) -> list[int]:
        """Return the serials whose last bundle is this one, ascending."""
        return sorted(n for n, place in self.places.items() if place.bundle == bundle)

    def of(self, sheet: Sheet) -> list[int]:
        """Return the serials of which this has become, ascending."""
        return sorted(n for n, place in self.places.items() if place.sheet is sheet)


def whereabouts(entries: Sequence[Entry]) -> Whereabouts:
    """Return where the sections are, by these entries.

    Raises:
        InputError: an entry takes back what is not out, or hands out what is.

    """
    undone = {each.body["entry"] for each in entries if each.kind == UNDONE_KIND}
    standing = [
        each for each in entries if each.seq not in undone and each.kind != UNDONE_KIND
    ]
    return went_on(Whereabouts(), standing)


def went_on(now: Whereabouts, entries: Sequence[Entry]) -> Whereabouts:
    """Return where the sections are after further entries, none of which undoes one.

    Raises:
        InputError: an entry takes back what is not out, or hands out what is.

    """
    places = dict(now.places)
    for entry in entries:
        if entry.kind == OUT_KIND:
            _hand_out(places, entry)
        else:
            _take_back(places, entry)
    seqs = now.seqs | {each.seq for each in entries}
    return Whereabouts(places=MappingProxyType(places), seqs=seqs)


def serials(written: str) -> list[int]:
    """Return serials written as runs, ascending; none for nothing."""
    return [n for run in read_serials(written) for n in run] if written else []


def runs(numbers: Iterable[int]) -> tuple[range, ...]:
    """Return numbers as runs, ascending.

    >>> runs([3, 1, 2, 9])
    (range(1, 4), range(9, 10))
    """
    found = []
    for _, part in groupby(
        enumerate(sorted(numbers)), key=lambda each: each[1] - each[0]
    ):
        run = [number for _, number in part]
        found.append(range(run[0], run[-1] + 1))
    return tuple(found)


def written(numbers: Iterable[int]) -> str:
    """Return serials as runs in words, "" for none.

    >>> written([3, 1, 2, 9])
    '000001-000003, 000009'
    """
    return serials_text(runs(numbers))


def _hand_out(places: dict[int, Place], entry: Entry) -> None:
    body, day = entry.body, entry.booking.day
    new = Place(
        sheet=Sheet.OUT,
        chapter=body["chapter"],
        circulator=body["circulator"],
        bundle=body["bundle"],
        since=day,
    )
    wanted = serials(body["serials"])
    _refuse(
        [
            (n, places[n])
            for n in wanted
            if n in places and not _may_go_out(places[n], new)
        ],
        "these sections cannot be handed out; a section is with one holder at a time",
    )
    places.update(dict.fromkeys(wanted, new))


def _may_go_out(now: Place, new: Place) -> bool:
    """Tell whether a section may go from where it is to a new holder."""
    if now.since > new.since:
        return False
    if now.sheet is Sheet.UNUSED:
        return True
    from_stock = now.sheet is Sheet.OUT and now.circulator is None
    return from_stock and now.chapter == new.chapter and new.circulator is not None


def _take_back(places: dict[int, Place], entry: Entry) -> None:
    body, day = entry.body, entry.booking.day
    came = [
        (n, sheet)
        for sheet in Sheet
        if sheet is not Sheet.OUT
        for n in serials(body[sheet.value])
    ]
    strange = [n for n, _ in came if n not in places]
    if strange:
        raise InputError(
            f"these sections were never handed out: {written(strange)}; write down "
            "first who had them"
        )
    _refuse(
        [
            (n, places[n])
            for n, sheet in came
            if not _may_come_back(places[n], sheet, body["bundle"], day)
        ],
        f"these sections cannot come back in {body['bundle']} on {day}",
    )
    new: dict[tuple[int, Sheet], tuple[Place, Place]] = {}
    for n, sheet in came:
        was = places[n]
        # Those that were together stay together: one place for all of them.
        if (id(was), sheet) not in new:
            there = replace(was, sheet=sheet, since=day, receipt=body["receipt"])
            new[id(was), sheet] = was, there
        places[n] = new[id(was), sheet][1]


def _may_come_back(now: Place, sheet: Sheet, bundle: str, day: date) -> bool:
    """Tell whether a section may come back so: it is out, or was lost and turned up."""
    if now.bundle != bundle or now.since > day:
        return False
    return now.sheet is Sheet.OUT or (
        now.sheet is Sheet.LOST and sheet is not Sheet.LOST
    )


def _refuse(wrong: Sequence[tuple[int, Place]], problem: str) -> None:
    if not wrong:
        return
    by_place: dict[Place, list[int]] = {}
    for number, place in wrong:
        by_place.setdefault(place, []).append(number)
    raise InputError(
        problem,
        refusals=[
            Refusal(problem=f"{written(numbers)}: {place.words}")
            for place, numbers in by_place.items()
        ],
    )
