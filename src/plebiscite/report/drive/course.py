"""How far a drive is: what came back, at which pace, and how long there is still.

What came back are raw lines; what is required are valid signatures. The two are never
set against each other here: between them stand the campaign's own checks, and what
`filing` makes of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from plebiscite.docket.folder import Record, open_record
from plebiscite.errors import InputError, NotInForceError
from plebiscite.petition.campaign.books.gathered import (
    between,
    by_chapter,
    by_day,
)
from plebiscite.petition.campaign.status import Standing, Status, status
from plebiscite.report.life.law_of import law_day
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.requirement import requirement

LATELY = 14
"""Days over which the present pace is taken."""
CLOSES = "last_filing_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chapter, or the whole, over the days.

    Attributes:
        standing: how it stands on the day.
        counts: the lines there were at the end of each day on which some came back.
        lately: lines that came back in the last `days` days.
        days: over which that is; fewer than `LATELY` while the drive is young.

    """

    standing: Standing
    counts: Sequence[tuple[date, int]]
    lately: int
    days: int

    @property
    def daily(self) -> Fraction:
        """Lines a day, lately."""
        return Fraction(self.lately, self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A drive on a day.

    Attributes:
        record: the measure as it stood that day.
        book: the law that governs it, with its dates.
        status: what the campaign's registers say.
        required: valid signatures required; None where nobody can say.
        notes: what a reader must know about that number.
        opens: the first day of gathering; None where it is not known.
        closes: the last day to file; None where the law does not let it be told.
        cites: what sets that day, each source with whether it was read.
        extended: whether a court moved that day.
        whole: all chapters together.
        parts: one a chapter.

    """

    record: Record
    book: Rulebook
    status: Status
    required: int | None
    notes: tuple[str, ...]
    opens: date | None
    closes: date | None
    cites: tuple[str, ...]
    extended: bool
    whole: Part
    parts: tuple[Part, ...]

    @property
    def on(self) -> date:
        """The day."""
        return self.record.on

    @property
    def days_left(self) -> int | None:
        """Days still to gather on, this one included; 0 when all is over."""
        if self.closes is None:
            return None
        return max((self.closes - self.on).days + 1, 0)

    def a_day(self, lines: int, target: int) -> Fraction | None:
        """Return how many lines a day lead from `lines` to `target`, if days remain."""
        left = self.days_left
        return Fraction(max(target - lines, 0), left) if left else None

    def leads_to(self, part: Part) -> int | None:
        """Return the lines of a part on the last day if its pace goes on unchanged.

        None where that day is not known, or over. What comes today is in hand already.
        """
        if not self.days_left:
            return None
        return part.standing.lines + int(part.daily * (self.days_left - 1))


def course_of(folder: Path, on: date) -> Course:
    """Return how far the drive of a measure's folder is.

    Raises:
        InputError: it is no measure's folder, or its law is not known.
        RecordError: the docket or a register cannot be read.

    """
    record, campaign = open_record(folder, on), folder / "campaign"
    found, came = status(campaign, on), by_chapter(campaign)
    dates = _dates(record)
    book, opens = record.ground.book(dates, law_day(record)), dates.get("summary")
    required, notes = _required(record, book)
    closes, cites = _closes(record, book)
    return Course(
        record=record,
        book=book,
        status=found,
        required=required,
        notes=notes,
        opens=opens,
        closes=closes,
        cites=cites,
        extended=CLOSES in record.life.extended,
        whole=_part(found.whole, by_day(campaign), opens, on),
        parts=tuple(_part(s, came.get(s.key, ()), opens, on) for s in found.chapters),
    )


def together(parts: Sequence[Part]) -> Part:
    """Return several chapters as one, for whoever sees these and no others.

    A quota of all there is only where each of them has one.

    Raises:
        ValueError: there is no chapter.

    """
    if len(parts) == 1:
        return parts[0]
    own = [each.standing for each in parts]
    quotas = [each.quota for each in own if each.quota is not None]
    return Part(
        standing=Standing(
            key="",
            name=", ".join(each.name for each in own),
            chapter="",
            paid=None,
            day=max(each.day for each in own),
            quota=sum(quotas) if len(quotas) == len(own) else None,
            lines=sum(each.lines for each in own),
        ),
        counts=_added([each.counts for each in parts]),
        lately=sum(each.lately for each in parts),
        days=max(each.days for each in parts),
    )


def _added(
    counts: Sequence[Sequence[tuple[date, int]]],
) -> Sequence[tuple[date, int]]:
    """Return the sum of several running counts, on each day on which one grew."""
    days = sorted({day for each in counts for day, _ in each})
    return [
        (day, sum(max((n for d, n in each if d <= day), default=0) for each in counts))
        for day in days
    ]


def _part(
    standing: Standing,
    came: Sequence[tuple[date, int]],
    opens: date | None,
    on: date,
) -> Part:
    counts = [each for each in came if each[0] <= on]
    first = opens or (counts[0][0] if counts else on)
    days = min(max((on - first).days + 1, 1), LATELY)
    return Part(
        standing=standing,
        counts=counts,
        lately=between(counts, on - timedelta(days=days), on),
        days=days,
    )


def _dates(record: Record) -> Mapping[str, date]:
    """Return the dates of the docket, and the measure's own where it tells none."""
    own = {name: day for name, day in record.measure.dates.items() if day <= record.on}
    return {**own, **record.life.dates}


def _required(record: Record, book: Rulebook) -> tuple[int | None, tuple[str, ...]]:
    measure = record.measure
    try:
        return requirement(
            book,
            stated=measure.facts.get("required"),
            facts=measure.facts,
            by="as the measure states it",
        )
    except InputError as problem:
        return None, (str(problem),)


def _closes(record: Record, book: Rulebook) -> tuple[date | None, tuple[str, ...]]:
    try:
        found = book.deadline(CLOSES, {})
    except (InputError, NotInForceError):
        return record.life.extended.get(CLOSES), ()
    cites = tuple(str(each) for each in found.cite)
    return record.life.extended.get(CLOSES, found.day), cites
