"""Who has what, and how each chapter and circulator stands, on a day.

The share of valid lines is told with its interval only where the campaign has checked
lines of its own; an interval of a sample of whole sections is wider than of lines drawn
one by one, and this one does not know that: take it for the least doubt there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from plebiscite.errors import RecordError
from plebiscite.petition.campaign.bundles import FILE as BUNDLES
from plebiscite.petition.campaign.bundles import Brought, brought, where
from plebiscite.petition.campaign.chapters import Chapter, chapters
from plebiscite.petition.campaign.circulators import Circulator, circulators
from plebiscite.petition.campaign.credit import FILE as CHECKS
from plebiscite.petition.campaign.credit import Credit, credits_by_section
from plebiscite.petition.campaign.register import mark_of
from plebiscite.petition.campaign.whereabouts import Place, Sheet

Key: TypeAlias = tuple[str, str]
Holder: TypeAlias = tuple[str, str | None]
"""A chapter, and its circulator; None for the chapter's own stock."""
WHOLE: Key = ("whole", "")
Z = Decimal("1.959964")
"""The 97.5% point of the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one holder has and brought, for one chapter.

    Attributes:
        sheets: how many sections, by what has become of them.
        oldest_out: the day since which a section has been out; None where none is.
        credit: what own checks found on the sections that came back.
        unchecked: how many of those no check looked at.
        lines: lines handed in, as counted then.
        last_return: the day of the last return; None where nothing came back.

    """

    sheets: Mapping[Sheet, int]
    oldest_out: date | None
    credit: Credit
    unchecked: int
    lines: int
    last_return: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a chapter, a circulator or the whole campaign stands.

    Attributes:
        key, name: of the chapter or circulator.
        chapter: the chapter's key; "" for the whole.
        paid: whether the circulator is paid; None for a chapter or the whole.
        sheets: how many sections, by what has become of them.
        lines: lines handed in, as counted then.
        credit: what own checks found.
        last_return: the day of the last return; None where nothing came back.
        oldest_out: the day since which a section has been out; None where none is.
        day: the day on which it stands so.
        quota: lines to be gathered; None without one.

    """

    key: str
    name: str
    chapter: str
    paid: bool | None
    day: date
    quota: int | None
    sheets: Mapping[Sheet, int] = field(default_factory=lambda: dict.fromkeys(Sheet, 0))
    lines: int = 0
    credit: Credit = field(default_factory=Credit)
    last_return: date | None = None
    oldest_out: date | None = None

    @property
    def handed_out(self) -> int:
        """Sections that were ever handed out, each once."""
        return sum(self.sheets.values())

    @property
    def days_since_return(self) -> int | None:
        """Days since the last return; None where nothing came back."""
        return None if self.last_return is None else (self.day - self.last_return).days

    @property
    def days_out(self) -> int | None:
        """Days for which the oldest section has been out; None where none is."""
        return None if self.oldest_out is None else (self.day - self.oldest_out).days

    @property
    def quota_share(self) -> Fraction | None:
        """Lines handed in, as a share of the quota; None without one."""
        return Fraction(self.lines, self.quota) if self.quota else None

    @property
    def valid_share(self) -> Fraction | None:
        """Valid lines as a share of those checked; None where none was."""
        checked = self.credit.checked
        return Fraction(self.credit.valid, checked) if checked else None

    @property
    def valid_between(self) -> tuple[Decimal, Decimal] | None:
        """The 95% interval of that share, to 0.001; None where none was checked."""
        return interval(self.credit) if self.credit.checked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How the campaign stands: in all, by chapter and by circulator."""

    whole: Standing
    chapters: tuple[Standing, ...]
    circulators: tuple[Standing, ...]


def status(campaign: Path, day: date) -> Status:
    """Return how the campaign stands, with `day` as today.

    Sections and lines of a chapter's own stock are the chapter's, and no circulator's;
    a circulator who changed chapter keeps all, and each chapter what was handed out
    for it.

    Raises:
        RecordError: a register cannot be read.

    """
    rows: dict[Key, Standing] = {WHOLE: _row("", "the campaign", day)}
    for chapter in chapters(campaign).values():
        rows["chapter", chapter.chapter] = _of_chapter(chapter, day)
    for circulator in circulators(campaign).values():
        rows["circulator", circulator.circulator] = _of_circulator(circulator, day)
    for (of_chapter, carrier), tally in tallies(campaign).items():
        for key in _whose(of_chapter, carrier):
            rows[key] = _with(_known(rows, key), tally)
    of_chapters = tuple(row for key, row in rows.items() if key[0] == "chapter")
    quotas = [each.quota for each in of_chapters if each.quota is not None]
    # A chapter without a quota gathers lines too: no sum can be held against them.
    every = sum(quotas) if quotas and len(quotas) == len(of_chapters) else None
    return Status(
        whole=replace(rows[WHOLE], quota=every),
        chapters=of_chapters,
        circulators=tuple(row for key, row in rows.items() if key[0] == "circulator"),
    )


def tallies(campaign: Path) -> Mapping[Holder, Tally]:
    """Return what each holder has and brought.

    Raises:
        RecordError: a register cannot be read.

    """
    marks = mark_of(campaign, BUNDLES), mark_of(campaign, CHECKS)
    return _tallies(campaign, marks)


@lru_cache(maxsize=8)
def _tallies(campaign: Path, _marks: object) -> Mapping[Holder, Tally]:
    now = where(campaign)
    has: dict[Holder, list[tuple[Place, int]]] = {}
    for place, many in now.tallied():
        has.setdefault((place.chapter, place.circulator), []).append((place, many))
    found: dict[Holder, list[Credit]] = {}
    for number, credit in credits_by_section(campaign).items():
        there = now.places.get(number)
        if there is not None and there.sheet is Sheet.RETURNED:
            holder = there.chapter, there.circulator
            found.setdefault(holder, []).append(credit)
    came: dict[Holder, list[Brought]] = {}
    for back in brought(campaign):
        came.setdefault((back.chapter, back.circulator), []).append(back)
    made = {
        each: _tally(has.get(each, ()), came.get(each, ()), found.get(each, ()))
        for each in dict.fromkeys((*has, *came))
    }
    return MappingProxyType(made)


def _tally(
    sections: Sequence[tuple[Place, int]],
    came: Sequence[Brought],
    checked: Sequence[Credit],
) -> Tally:
    sheets = dict.fromkeys(Sheet, 0)
    for place, many in sections:
        sheets[place.sheet] += many
    out = [place.since for place, _ in sections if place.sheet is Sheet.OUT]
    return Tally(
        sheets=sheets,
        oldest_out=min(out, default=None),
        credit=Credit(
            checked=sum(each.checked for each in checked),
            valid=sum(each.valid for each in checked),
        ),
        unchecked=sheets[Sheet.RETURNED] - len(checked),
        lines=sum(each.lines for each in came),
        last_return=max((each.day for each in came), default=None),
    )


def interval(credit: Credit) -> tuple[Decimal, Decimal]:
    """Return the 95% interval of a share of valid lines, rounded outwards to 0.001.

    >>> interval(Credit(checked=400, valid=300))
    (Decimal('0.705'), Decimal('0.790'))

    Source: E. B. Wilson, "Probable inference" (1927), the score interval.
    """
    n, valid = Decimal(credit.checked), Decimal(credit.valid)
    share, wide = valid / n, Z * Z / n
    middle = share + wide / 2
    half = Z * (share * (1 - share) / n + wide / (4 * n)).sqrt()
    low, high = (middle - half) / (1 + wide), (middle + half) / (1 + wide)
    step = Decimal("0.001")
    return (
        max(low.quantize(step, ROUND_FLOOR), Decimal(0)),
        min(high.quantize(step, ROUND_CEILING), Decimal(1)),
    )


def _known(rows: Mapping[Key, Standing], key: Key) -> Standing:
    if key not in rows:
        raise RecordError(
            f"bundles.jsonl names the {key[0]} {key[1]!r}, whom no register knows; "
            "restore the campaign's registers"
        )
    return rows[key]


def _whose(chapter: str, circulator: str | None) -> list[Key]:
    """Return the rows that what one holder does stands in."""
    own: list[Key] = [("circulator", circulator)] if circulator is not None else []
    return [WHOLE, ("chapter", chapter), *own]


def _row(key: str, name: str, day: date) -> Standing:
    return Standing(key=key, name=name, chapter="", paid=None, day=day, quota=None)


def _of_chapter(chapter: Chapter, day: date) -> Standing:
    row = _row(chapter.chapter, chapter.name, day)
    return replace(row, chapter=chapter.chapter, quota=chapter.quota)


def _of_circulator(circulator: Circulator, day: date) -> Standing:
    return replace(
        _row(circulator.circulator, circulator.name, day),
        chapter=circulator.chapter,
        paid=circulator.paid,
        quota=circulator.quota,
    )


def _with(row: Standing, tally: Tally) -> Standing:
    return replace(
        row,
        sheets={sheet: row.sheets[sheet] + tally.sheets[sheet] for sheet in Sheet},
        lines=row.lines + tally.lines,
        credit=row.credit + tally.credit,
        last_return=max(_days(row.last_return, tally.last_return), default=None),
        oldest_out=min(_days(row.oldest_out, tally.oldest_out), default=None),
    )


def _days(*days: date | None) -> list[date]:
    return [each for each in days if each is not None]
