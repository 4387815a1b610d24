"""A measure's folder, opened: the measure, its law, and its docket as of a day.

Looking back in time means two things at once: what had happened by that day, as it was
known then, and the law in force then. Both come from here, so that a page made as of a
day cannot mix in what came later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plebiscite.docket import store
from plebiscite.docket.chain import Check
from plebiscite.docket.consent import RouteStanding, consents
from plebiscite.docket.happened import Happened, as_known, happened
from plebiscite.docket.lawful.counts import raw_count_fails
from plebiscite.docket.lawful.ground import Ground, law_of
from plebiscite.docket.life import Life, life
from plebiscite.petition.measure import Measure, measure_folder, read_measure
from plebiscite.petition.measure_after import FollowUp, Opinion
from plebiscite.rules.rulebook import Law, Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A measure as it stood on a day.

    Attributes:
        folder: where it is kept.
        measure: the proposed law and its facts, as far as they were known.
        law: the law it goes by.
        on: the day.
        events: what had happened by that day, as it was known then, struck ones too.
        later: how many events of the docket took effect after that day.
        life: how far the measure had come.
        check: whether the docket is whole; None where there is none.

    """

    folder: Path
    measure: Measure
    law: Law
    on: date
    events: tuple[Happened, ...]
    later: int
    life: Life
    check: Check | None

    @property
    def ground(self) -> Ground:
        """The measure and its law."""
        return Ground(measure=self.measure, law=self.law)

    @property
    def book(self) -> Rulebook:
        """The law that governs the measure, as of the day."""
        return self.ground.book(self.life.dates, self.on)

    @property
    def counted(self) -> tuple[Happened, ...]:
        """The events that count: those no correction struck."""
        return tuple(each for each in self.events if not each.struck)

    @property
    def raw_count_fails(self) -> bool:
        """Whether the raw count, as known by the day, ends the matter."""
        return raw_count_fails(self.counted, self.book, self.ground) is not None

    @property
    def consents(self) -> list[RouteStanding]:
        """The standing of every route to the consents it needs."""
        return consents(self.measure, self.counted, self.on)

    @property
    def opinions(self) -> list[Opinion]:
        """What had been said of it by the day."""
        return [each for each in self.measure.opinions if each.known_on(self.on)]

    @property
    def follow_up(self) -> FollowUp | None:
        """The further question now on the way: the last scheduled, else the first."""
        asked = [e for e in self.counted if e.kind == "follow_up_scheduled"]
        wanted = asked[-1].body.get("question") if asked else None
        known = self.measure.follow_ups
        named = next((each for each in known if each.id == wanted), None)
        return named or (known[0] if known else None)


def open_record(
    measure: str | Path, on: date, *, written_by: date | None = None
) -> Record:
    """Open the folder of a measure as of a day.

    With `written_by`, events written down after that day are left out besides: what the
    record itself could say then, however late it was told.

    Raises:
        InputError: there is no such measure, or its law is not known.
        RecordError: its docket is not whole.

    """
    folder, found = measure_folder(measure), read_measure(measure)
    whole = happened(store.read(folder))
    known = as_known(whole, on, written_by=written_by)
    return Record(
        folder=folder,
        measure=_as_known(found, known, later=len(whole) - len(known)),
        law=law_of(found, folder),
        on=on,
        events=tuple(known),
        later=len(whole) - len(known),
        life=life(known),
        check=store.verify(folder) if (folder / store.FILE).exists() else None,
    )


def _as_known(measure: Measure, known: Sequence[Happened], *, later: int) -> Measure:
    """Return what the measure's file says, as far as it could be known then.

    Before the first event nothing was: neither what it would do nor what it aims at.
    The day of a further question is the one last told.
    """
    if later and not known:
        return replace(
            measure,
            note="",
            election=None,
            facts={},
            fact_sources={},
            follow_ups=(),
            consents=(),
            opinions=(),
        )
    return replace(
        measure, follow_ups=tuple(_day_told(each, known) for each in measure.follow_ups)
    )


def _day_told(follow: FollowUp, known: Sequence[Happened]) -> FollowUp:
    told = [
        date.fromisoformat(str(each.body[follow.day_in]))
        for each in known
        if follow.day_in in each.body and not each.struck
    ]
    return replace(follow, on=told[-1]) if told else follow
