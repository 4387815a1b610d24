"""Check a petition before it is filed: every remark, by circulator and section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from plebiscite.core.citation import Source
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError, NotInForceError
from plebiscite.petition.check.declared import declaration_remarks
from plebiscite.petition.check.line import line_remarks
from plebiscite.petition.check.pattern import (
    hand_remarks,
    pace_remarks,
    repeat_remarks,
    run_length,
    run_remarks,
)
from plebiscite.petition.check.remark import Ground, Remark, Weight
from plebiscite.petition.check.sheet import sheets
from plebiscite.petition.form.rules import form_rules
from plebiscite.rules.rulebook import Rulebook

CLOSES = "last_filing_day"
OPENS = ("official_summary_date", "summary")
LOOKING = "looking at sections"
EACH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was looked at, and what is to be said of it.

    Attributes:
        sections: how many sections were looked at.
        lines: how many lines on them are not struck.
        struck: how many are.
        remarks: heaviest first within a section, sections by circulator.
        opens, closes: the window the days were held against; None where not known.

    """

    sections: int
    lines: int
    struck: int
    remarks: tuple[Remark, ...]
    opens: date | None
    closes: date | None

    @property
    def to_fix(self) -> tuple[tuple[str, str], ...]:
        """The sections, by county and number, that are to be mended, each once."""
        return tuple(
            dict.fromkeys(
                (each.county, each.section)
                for each in self.remarks
                if each.weight is Weight.SECTION
            )
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """How many remarks there are, by code."""
        return dict(sorted(Counter(each.code for each in self.remarks).items()))


def check_petition(
    lines: pl.DataFrame,
    sections: pl.DataFrame,
    ground: Ground,
    *,
    progress: Progress = silent,
) -> Checked:
    """Return what is to be said of keyed lines and sections before they are filed.

    `lines` and `sections` are as `read_lines` and `read_sections` give them.
    """
    found = sheets(lines, sections)
    raw = sum(len(sheet.lines) for sheet in found)
    length = run_length(raw)
    remarks: list[Remark] = []
    for done, sheet in enumerate(found, start=1):
        remarks += declaration_remarks(sheet, ground)
        remarks += line_remarks(sheet, ground)
        remarks += run_remarks(sheet, length)
        remarks += hand_remarks(sheet, ground)
        if done % EACH == 0 or done == len(found):
            progress(LOOKING, done, len(found))
    remarks += repeat_remarks(found, ground)
    remarks += pace_remarks(found, ground)
    heavy = list(Weight)
    remarks.sort(
        key=lambda each: (
            each.circulator,
            each.county,
            each.section,
            heavy.index(each.weight),
            each.rows,
            each.code,
        )
    )
    return Checked(
        sections=len(found),
        lines=raw,
        struck=sum(sheet.struck for sheet in found),
        remarks=tuple(remarks),
        opens=ground.opens,
        closes=ground.closes,
    )


def ground_of(
    book: Rulebook,
    *,
    most_per_day: int,
    same_hand: Mapping[tuple[str, str], tuple[int, ...]],
) -> Ground:
    """Return what a law asks on the days of a measure; what it does not say is None."""
    try:
        counties = frozenset(form_rules(book).counties)
    except (InputError, NotInForceError):
        counties = None
    opens = next((book.dates[name] for name in OPENS if name in book.dates), None)
    return Ground(
        opens=opens,
        closes=_closes(book),
        counties=counties,
        reasons={
            code: tuple(source.title for source in cite)
            for code, cite in _reasons(book).items()
        },
        most_per_day=most_per_day,
        same_hand=same_hand,
    )


def _closes(book: Rulebook) -> date | None:
    try:
        return book.deadline(CLOSES, {}).day
    except (InputError, NotInForceError):
        return None


def _reasons(book: Rulebook) -> Mapping[str, tuple[Source, ...]]:
    try:
        return book.reasons()
    except (InputError, NotInForceError):
        return {}
