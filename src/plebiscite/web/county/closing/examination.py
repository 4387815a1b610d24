"""The package for the proponent of an insufficient petition: the refused lines alone.

It holds what was written on each line that did not count, why it did not and under
which law; never a line that counted, and of the roll nothing at all: not whom a line
was taken for, nor any date of a registration. Lines of a confidential voter show their
place and reason only. Each look is written down, with what was looked at.

Source: Cal. Gov. Code § 7924.110 (as summarised; not checked).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl
from django.utils.translation import gettext as _

from plebiscite.errors import InputError
from plebiscite.verify.find.finding import Found
from plebiscite.web.county.desks import confidential, reasons_of, verification
from plebiscite.web.county.models import Desk, Examination, Line
from plebiscite.web.county.models.examination import DAYS
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
    desk: Desk, *, found_on: date, source: str, by: str, at: datetime
) -> Examination:
    """Open the examination of a petition found insufficient.

    Raises:
        InputError: the count is not certified, or the petition was found sufficient
            here, or nobody says who found it insufficient.

    """
    if desk.purged_at is not None:
        raise InputError(_("the data of signers are destroyed already"))
    if desk.certified_at is None:
        raise InputError(_("the package is made once the count is certified"))
    if desk.standing == "met":
        raise InputError(_("the petition was found sufficient; nothing is examined"))
    if desk.standing != "not_met" and not source:
        raise InputError(
            _("say who found the petition insufficient, and where that stands")
        )
    examination, _made = Examination.objects.get_or_create(
        desk=desk,
        defaults={
            "found_on": found_on,
            "last_day": found_on + timedelta(days=DAYS),
            "source": source or _("the certificate of this count"),
            "refused": _refused(desk).height,
            "opened_at": at,
            "opened_by": by,
        },
    )
    return examination


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
    table = pl.read_parquet(confidential(verification(desk)) / "findings.parquet")
    return table.filter(pl.col("finding").is_in(REFUSED)).sort("section", "row")


def _is_secret(line: Line) -> bool:
    """Whether a confidential voter is among those the line may be."""
    return any(each["voter_id"] is None for each in line.candidates)
