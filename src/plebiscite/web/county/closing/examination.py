"""The package for the proponent of an insufficient petition: the refused lines alone.

It holds what was written on each line that did not count, why it did not and under
which law; never a line that counted, and of the roll nothing at all: not whom a line
was taken for, nor any date of a registration. Lines of a confidential voter show their
place and reason only. Each look is written down, with what was looked at.
Until when, the law files say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from plebiscite.errors import InputError
from plebiscite.rules.examining import Examining, examining
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.find.finding import Found
from plebiscite.web.accounts.roles import Role
from plebiscite.web.county.desks import (
    confidential,
    reasons_of,
    refuse_destroyed,
    verification,
)
from plebiscite.web.county.models import Desk, Examination, Line
from plebiscite.web.county.queue.shown import written

REFUSED = (Found.INVALID.value, Found.DUPLICATE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A line that did not count.

    Attributes:
        section, row: where it stands.
        reason, words, cite: why, in the law's words.
        written: what stands on the sheet; empty for a confidential voter's.
        looks: how many people looked at it.

    """

    section: str
    row: int
    reason: str
    words: str
    cite: str
    written: list[tuple[str, str]]
    looks: int


def open_examination(
    desk: Desk, *, found_on: date, source: str, opener: str, at: datetime
) -> Examination:
    """Open the examination of a petition found insufficient.

    Raises:
        InputError: the count is not certified, or the petition was found sufficient
            here, or nobody says who found it insufficient.

    """
    refuse_destroyed(desk)
    if desk.certified_at is None:
        raise InputError(_("the package is made once the count is certified"))
    if desk.standing == "met":
        raise InputError(_("the petition was found sufficient; nothing is examined"))
    if desk.standing != "not_met" and not source:
        raise InputError(
            _("say who found the petition insufficient, and where that stands")
        )
    by = examining(open_law(desk.law), found_on).begins_by
    examination, _made = Examination.objects.get_or_create(
        desk=desk,
        defaults={
            "found_on": found_on,
            "last_day": by.day if by else None,
            "source": source or _("the certificate of this count"),
            "refused": _refused(desk).height,
            "opened_at": at,
            "opened_by": opener,
        },
    )
    return examination


def allowed(found: Examination) -> Examining:
    """Return until when a package may be examined, by its proponent's first look."""
    looks = found.visits.filter(by__grants__role=Role.PROPONENT).order_by("at")
    first = looks.first()
    begun = localdate(first.at) if first else None
    return examining(open_law(found.desk.law), found.found_on, begun_on=begun)


def refused_lines(desk: Desk, *, start: int, number: int) -> Iterator[RefusedLine]:
    """Yield some of the refused lines, by section and row."""
    part = _refused(desk).slice(start, number)
    lines = {
        line.line_id: line
        for line in Line.objects.filter(
            desk=desk, line_id__in=part["line_id"].to_list()
        )
    }
    reasons = reasons_of(desk)
    for row in part.iter_rows(named=True):
        line = lines[row["line_id"]]
        words, cite = reasons.get(row["reason"], ("", row["cite"]))
        yield RefusedLine(
            section=row["section"],
            row=row["row"],
            reason=row["reason"],
            words=words,
            cite=cite,
            written=[] if _is_secret(line) else written(line),
            looks=line.version,
        )


def _refused(desk: Desk) -> pl.DataFrame:
    table = pl.read_parquet(
        confidential(verification(desk)) / "findings.parquet", glob=False
    )
    return table.filter(pl.col("finding").is_in(REFUSED)).sort("section", "row")


def _is_secret(line: Line) -> bool:
    """Whether a confidential voter is among those the line may be."""
    return any(each["voter_id"] is None for each in line.candidates)
