"""What a campaign waits for: the next things to do, and who is to do them.

Read off the registers, decided nowhere else: what is printed and lies there, what a
chapter has and no circulator carries, who has not come back for long, what came back
and was not checked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from plebiscite.petition.campaign.bundles import where
from plebiscite.petition.campaign.chapters import chapters
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.campaign.status import Holder, Tally, status, tallies
from plebiscite.petition.campaign.whereabouts import Place, Sheet
from plebiscite.petition.form.issued.ledger import read_issued

OVERDUE = 14
"""Days after which whoever has sections, and brought nothing since, is to be asked."""


class Want(StrEnum):
    """What is to be done.

    ``chapters``: add the first chapter. ``circulators``: a chapter has nobody who
    carries sheets. ``print``: no section was printed. ``hand_out``: sections are
    printed and nobody has them. ``hand_on``: a chapter has sections that no circulator
    carries. ``ask``: a circulator has had sections for long. ``lost``: sections are
    lost; who has them is to be asked, and nothing is printed under their serials again.
    ``check``: sections are back and no check of the campaign's own looked at them.
    """

    CHAPTERS = "chapters"
    CIRCULATORS = "circulators"
    PRINT = "print"
    HAND_OUT = "hand_out"
    HAND_ON = "hand_on"
    ASK = "ask"
    LOST = "lost"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that waits.

    Attributes:
        want: what is to be done.
        chapter: the chapter that is to do it; "" for the campaign itself.
        circulator: whom it is about; "" for nobody in particular.
        sections: how many sections it is about.
        days: for how many days they have been out; None where that is not the point.

    """

    want: Want
    chapter: str = ""
    circulator: str = ""
    sections: int = 0
    days: int | None = None


def waits(campaign: Path, day: date, *, overdue: int = OVERDUE) -> tuple[Wait, ...]:
    """Return what waits on a day, the campaign's own things first.

    Raises:
        RecordError: a register cannot be read.

    """
    places, had = where(campaign).places, tallies(campaign)
    known = chapters(campaign)
    found: list[Wait] = []
    if not known:
        found.append(Wait(want=Want.CHAPTERS))
    printed, lying = _printed(campaign, places)
    if not printed and not places:
        found.append(Wait(want=Want.PRINT))
    if lying:
        found.append(Wait(want=Want.HAND_OUT, sections=lying))
    manned = {each.chapter for each in circulators(campaign).values()}
    for key in known:
        if key not in manned:
            found.append(Wait(want=Want.CIRCULATORS, chapter=key))
        found += _of_chapter(key, had)
    found += _to_ask(campaign, day, overdue)
    if left := sum(each.unchecked for each in had.values()):
        found.append(Wait(want=Want.CHECK, sections=left))
    return tuple(found)


def _printed(campaign: Path, places: Mapping[int, Place]) -> tuple[int, int]:
    """Return how many sections were printed for use, and how many nobody ever had."""
    runs = [
        range(issue.first, issue.last + 1)
        for issue in read_issued(campaign)
        if not issue.specimen
    ]
    printed, had = sum(map(len, runs)), sorted(places)
    known = sum(bisect_left(had, r.stop) - bisect_left(had, r.start) for r in runs)
    return printed, printed - known


def _of_chapter(key: str, had: Mapping[Holder, Tally]) -> Iterable[Wait]:
    stock = had.get((key, None))
    if stock and stock.sheets[Sheet.OUT]:
        yield Wait(want=Want.HAND_ON, chapter=key, sections=stock.sheets[Sheet.OUT])
    mine = [tally for (chapter, _), tally in had.items() if chapter == key]
    if lost := sum(each.sheets[Sheet.LOST] for each in mine):
        yield Wait(want=Want.LOST, chapter=key, sections=lost)


def _to_ask(campaign: Path, day: date, overdue: int) -> Iterable[Wait]:
    for row in status(campaign, day).circulators:
        out, came = row.days_out, row.days_since_return
        if out is None or out < overdue or (came is not None and came < overdue):
            continue
        yield Wait(
            want=Want.ASK,
            chapter=row.chapter,
            circulator=row.key,
            sections=row.sheets[Sheet.OUT],
            days=out,
        )
