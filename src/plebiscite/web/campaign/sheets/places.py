"""Who has what: a bundle with its holder's name, and the places of serials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from plebiscite.errors import InputError
from plebiscite.petition.campaign.bundles import Bundle, where
from plebiscite.petition.campaign.chapters import Chapter, chapters
from plebiscite.petition.campaign.circulators import Circulator, circulators
from plebiscite.petition.campaign.whereabouts import Place, Sheet, serials, written
from plebiscite.web.campaign.desk import Desk

SHOWN = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A bundle and who has it.

    Attributes:
        bundle: the bundle.
        holder: the name of the circulator, or of the chapter for its stock.
        out: how many of its sections are out.
        days: for how many days it has been out.

    """

    bundle: Bundle
    holder: str
    out: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """The names of those who may have sections, by key; read once for a page."""

    chapters: Mapping[str, Chapter]
    circulators: Mapping[str, Circulator]

    @classmethod
    def of(cls, desk: Desk) -> Holders:
        """Read them from the registers of a desk."""
        return cls(
            chapters=chapters(desk.campaign), circulators=circulators(desk.campaign)
        )

    def name(self, chapter: str, circulator: str | None) -> str:
        """Return the name of a circulator, or of the chapter for its stock."""
        if circulator is None:
            return self.chapters[chapter].name
        return self.circulators[circulator].name


def held(bundle: Bundle, desk: Desk, holders: Holders) -> Held:
    """Return a bundle with its holder's name."""
    return Held(
        bundle=bundle,
        holder=holders.name(bundle.chapter, bundle.circulator),
        out=bundle.now[Sheet.OUT],
        days=(desk.day - bundle.day).days,
    )


def places_of(desk: Desk, asked: str) -> list[tuple[str, str, str]]:
    """Return serials, their place in words and bundle, of sections somebody asks for.

    Sections that follow one another and have become the same stand together.
    """
    try:
        wanted = serials(asked)[:SHOWN]
    except InputError as problem:
        return [(asked[:40], str(problem), "")]
    places = where(desk.campaign).places
    holders = Holders.of(desk)
    said = [(n, _said(desk, places.get(n), holders)) for n in wanted]
    return [
        (written(n for n, _same in part), *same)
        for same, part in groupby(said, key=lambda each: each[1])
    ]


def _said(desk: Desk, place: Place | None, holders: Holders) -> tuple[str, str]:
    if place is None:
        if desk.sees is None:
            return _("never handed out"), ""
        return _("not with your chapter"), ""
    if not desk.shows(place.chapter):
        return _("not with your chapter"), ""
    holder = holders.name(place.chapter, place.circulator)
    said = {"holder": holder, "day": place.since.isoformat()}
    words = {
        Sheet.OUT: _("out with %(holder)s since %(day)s"),
        Sheet.RETURNED: _("came back from %(holder)s on %(day)s"),
        Sheet.UNUSED: _("came back unused from %(holder)s on %(day)s"),
        Sheet.LOST: _("lost by %(holder)s, told on %(day)s"),
        Sheet.SPOILT: _("spoilt by %(holder)s, told on %(day)s"),
    }
    return words[place.sheet] % said, place.bundle
