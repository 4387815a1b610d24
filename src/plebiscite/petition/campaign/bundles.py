"""The bundles there are, what came back of them, and the receipts for it.

A large drive has ten thousand bundles, and every page asks where their sections are. So
what the register tells is worked out once, and kept in memory until it is written anew;
it names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from plebiscite.errors import InputError
from plebiscite.petition.campaign.chapters import chapters
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.campaign.register import Entry, Read, mark_of, read_on
from plebiscite.petition.campaign.whereabouts import (
    BACK_KIND,
    OUT_KIND,
    UNDONE_KIND,
    Sheet,
    Whereabouts,
    runs,
    serials,
    went_on,
    whereabouts,
    written,
)
from plebiscite.petition.form.issued.ledger import read_serials
from plebiscite.petition.form.issued.receipt import Receipt
from plebiscite.petition.measure import Measure

FILE = "bundles.jsonl"
KEPT = 8
"""Campaigns whose bundles stay in memory."""
Mark: TypeAlias = tuple[int, int, int] | None
_BEFORE: dict[Path, tuple[Read, Whereabouts]] = {}
"""Registers as they were last read: a longer one is read on from there."""
_RETURNS: dict[Path, dict[int, tuple[Entry, Return]]] = {}
"""What came back, by the number of the entry that told it when it was last read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Sections handed out together.

    Attributes:
        bundle: its key, such as ``B0007``.
        entry: the number of the entry that tells of it.
        chapter: for which chapter.
        circulator: to whom; None for the chapter's own stock.
        day: when.
        by: who handed it out.
        serials: its sections, as runs.
        sections: how many sections it had.
        now: how many sections are in each state, where this was their last bundle.
        passed_on: how many went on in a later bundle.

    """

    bundle: str
    entry: int
    chapter: str
    circulator: str | None
    day: date
    by: str
    serials: str
    sections: int
    now: Mapping[Sheet, int]
    passed_on: int


class Brought(NamedTuple):
    """Of a return only what sums are made of.

    Attributes:
        chapter, circulator: who brought them.
        day: when.
        lines: how many lines were handed in, as counted then.

    """

    chapter: str
    circulator: str | None
    day: date
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Sections taken back together, under one receipt.

    Attributes:
        receipt: its number, such as ``R0007``.
        entry: the number of the entry that tells of it.
        bundle: of which bundle.
        chapter, circulator: who brought them.
        day: when.
        by: who took them.
        sheets: the serials by what has become of them; those still out too.
        lines: how many lines were handed in, as counted then.
        counted: how many on each section, where that was counted; {} where not.

    """

    receipt: str
    entry: int
    bundle: str
    chapter: str
    circulator: str | None
    day: date
    by: str
    sheets: Mapping[Sheet, Sequence[int]]
    lines: int
    counted: Mapping[int, int]


def bundles(campaign: Path) -> Mapping[str, Bundle]:
    """Return the bundles that stand, by key, oldest first."""
    return _bundles(campaign, mark_of(campaign, FILE))


def returns(campaign: Path) -> Mapping[str, Return]:
    """Return what came back and stands, by number of receipt, oldest first."""
    return _returns(campaign, mark_of(campaign, FILE))


def brought(campaign: Path) -> Sequence[Brought]:
    """Return of each return that stands who brought how many lines on which day."""
    return _brought(campaign, mark_of(campaign, FILE))


def where(campaign: Path) -> Whereabouts:
    """Return where every section that was ever handed out is."""
    return _told(campaign, mark_of(campaign, FILE))[1]


def handed(campaign: Path) -> tuple[Sequence[Entry], Whereabouts]:
    """Return the entries of the register, and where the sections are by them."""
    return _told(campaign, mark_of(campaign, FILE))


@lru_cache(maxsize=KEPT)
def _told(campaign: Path, _mark: Mark) -> tuple[tuple[Entry, ...], Whereabouts]:
    read, was = _BEFORE.pop(campaign, (Read(), Whereabouts()))
    now = read_on(campaign, FILE, read)
    rest = now.entries[len(read.entries) :]
    # The same entries, not equal ones: those before them may be others.
    goes_on = not read.entries or any(each is read.entries[-1] for each in now.entries)
    if goes_on and not any(each.kind == UNDONE_KIND for each in rest):
        found = went_on(was, rest)
    else:
        found = whereabouts(now.entries)
    _BEFORE[campaign] = now, found
    for oldest in list(_BEFORE)[:-KEPT]:
        _BEFORE.pop(oldest, None)
    return now.entries, found


@lru_cache(maxsize=KEPT)
def _bundles(campaign: Path, mark: Mark) -> Mapping[str, Bundle]:
    entries, now = _told(campaign, mark)
    by_bundle: dict[str, dict[Sheet, int]] = {}
    for place, many in now.tallied():
        found = by_bundle.setdefault(place.bundle, dict.fromkeys(Sheet, 0))
        found[place.sheet] += many
    made = {
        each.body["bundle"]: _bundle(each, by_bundle.get(each.body["bundle"], {}))
        for each in entries
        if each.kind == OUT_KIND and each.seq in now.seqs
    }
    return MappingProxyType(made)


@lru_cache(maxsize=KEPT)
def _brought(campaign: Path, mark: Mark) -> Sequence[Brought]:
    entries, now = _told(campaign, mark)
    out = {each.body["bundle"]: each.body for each in entries if each.kind == OUT_KIND}
    return tuple(
        Brought(
            chapter=out[each.body["bundle"]]["chapter"],
            circulator=out[each.body["bundle"]]["circulator"],
            day=each.booking.day,
            lines=each.body["lines"],
        )
        for each in entries
        if each.kind == BACK_KIND and each.seq in now.seqs
    )


@lru_cache(maxsize=KEPT)
def _returns(campaign: Path, mark: Mark) -> Mapping[str, Return]:
    entries, now = _told(campaign, mark)
    out = {each.body["bundle"]: each for each in entries if each.kind == OUT_KIND}
    before = _RETURNS.pop(campaign, {})
    made = {
        each.body["receipt"]: (
            before[each.seq]
            if each.seq in before and before[each.seq][0] is each
            else (each, _return(each, out[each.body["bundle"]]))
        )
        for each in entries
        if each.kind == BACK_KIND and each.seq in now.seqs
    }
    _RETURNS[campaign] = {each.seq: (each, back) for each, back in made.values()}
    for oldest in list(_RETURNS)[:-KEPT]:
        _RETURNS.pop(oldest, None)
    return MappingProxyType({number: back for number, (_, back) in made.items()})


def receipt_of(campaign: Path, number: str, measure: Measure) -> Receipt:
    """Return a receipt, ready to be printed by `receipt_pdf`.

    Raises:
        InputError: there is no such receipt.

    """
    found = returns(campaign)
    if number not in found:
        raise InputError(f"there is no receipt {number!r}; 'bundles list' names them")
    taken = found[number]
    of_chapter = chapters(campaign)[taken.chapter].name
    giver = of_chapter
    if taken.circulator is not None:
        giver = circulators(campaign)[taken.circulator].name
    notes = [
        f"{sheet}: {written(numbers)}"
        for sheet, numbers in taken.sheets.items()
        if numbers and sheet is not Sheet.RETURNED
    ]
    return Receipt(
        number=number,
        measure=measure.id,
        title=measure.title,
        lines=taken.lines,
        sections=runs(taken.sheets[Sheet.RETURNED]),
        handed_in_by=giver,
        chapter=of_chapter,
        received_by=taken.by,
        day=taken.day,
        note="; ".join(notes).replace("out:", "still out:"),
    )


def _bundle(entry: Entry, now: Mapping[Sheet, int]) -> Bundle:
    body = entry.body
    sections = sum(map(len, read_serials(body["serials"])))
    return Bundle(
        bundle=body["bundle"],
        entry=entry.seq,
        chapter=body["chapter"],
        circulator=body["circulator"],
        day=entry.booking.day,
        by=entry.booking.by,
        serials=body["serials"],
        sections=sections,
        now={sheet: now.get(sheet, 0) for sheet in Sheet},
        passed_on=sections - sum(now.values()),
    )


def _return(entry: Entry, out: Entry) -> Return:
    body: Mapping[str, Any] = entry.body
    sheets = {
        sheet: serials(body["still_out" if sheet is Sheet.OUT else sheet.value])
        for sheet in Sheet
    }
    return Return(
        receipt=body["receipt"],
        entry=entry.seq,
        bundle=body["bundle"],
        chapter=out.body["chapter"],
        circulator=out.body["circulator"],
        day=entry.booking.day,
        by=entry.booking.by,
        sheets=sheets,
        lines=body["lines"],
        counted={int(n): many for n, many in body["counted"].items()},
    )
