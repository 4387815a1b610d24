"""A campaign's desk: the measure's folder, its records, and how far a person reaches.

The records lie in the folder ``campaign`` of the measure's folder and are read and
written through `plebiscite.petition.campaign` alone. A proponent reaches every chapter
of the measure, a chapter only itself, and an auditor reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.measure import FILE, Measure, read_measure
from plebiscite.web.accounts.access import Seat, seat_of
from plebiscite.web.accounts.models import EVERYWHERE
from plebiscite.web.accounts.roles import Role

READ = (Role.PROPONENT, Role.CHAPTER, Role.AUDITOR)
WORK = (Role.PROPONENT, Role.CHAPTER)
LEAD = (Role.PROPONENT,)
CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The desk of one measure, as one person sees it.

    Attributes:
        measure: its measure.
        folder: the measure's folder.
        day: today.
        sees: the chapters the person may see; None for all.
        works: the chapters the person may write for; None for all.
        by: how the person is named in the records.

    """

    measure: Measure
    folder: Path
    day: date
    sees: frozenset[str] | None
    works: frozenset[str] | None
    by: str

    @property
    def campaign(self) -> Path:
        """The folder of the campaign's records; it may not exist yet."""
        return self.folder / CAMPAIGN

    @property
    def leads(self) -> bool:
        """Whether the person leads the campaign: every chapter, and what is common."""
        return self.works is None

    def shows(self, chapter: str) -> bool:
        """Return whether the person may see what is a chapter's."""
        return self.sees is None or chapter in self.sees

    def booking(self, day: date | None = None) -> Booking:
        """Return who writes down, now, what happened on a day; today where left out.

        Raises:
            InputError: the day has not come yet.

        """
        return Booking(by=self.by, day=day or self.day, at=timezone.now())

    def needs_chapter(self, chapter: str) -> str:
        """Return a chapter's key if the person may write for it.

        Raises:
            PermissionDenied: it is another's.

        """
        if self.works is not None and chapter not in self.works:
            raise PermissionDenied
        return chapter

    def needs_lead(self) -> None:
        """Refuse whoever does not lead the campaign.

        Raises:
            PermissionDenied: the person does not.

        """
        if not self.leads:
            raise PermissionDenied


def desk_of(request: HttpRequest, measure: str) -> Desk:
    """Return the desk of a measure for whoever sits at it.

    Raises:
        Http404: no such measure is kept here.

    """
    seat, folder = seat_of(request), kept(measure)
    return Desk(
        measure=read_measure(folder),
        folder=folder,
        day=timezone.localdate(),
        sees=_reach(seat, measure, Role.PROPONENT, Role.AUDITOR),
        works=_reach(seat, measure, Role.PROPONENT),
        by=seat.name,
    )


def kept(measure: str) -> Path:
    """Return the folder of a measure kept here.

    Raises:
        Http404: there is none.

    """
    folder = Path(settings.HOME) / "measures" / measure
    if ".." in measure or not (folder / FILE).is_file():
        raise Http404
    return folder


def _reach(seat: Seat, measure: str, *whole: Role) -> frozenset[str] | None:
    if seat.may(*whole, measure=measure):
        return None
    own = frozenset(
        each.chapter
        for each in seat.grants
        if each.role == Role.CHAPTER and each.covers(measure=measure, county=None)
    )
    return None if EVERYWHERE in own else own
