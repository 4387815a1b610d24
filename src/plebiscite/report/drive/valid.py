"""The share of valid lines, chapter by chapter, with the doubt about each.

Two readings stand side by side and answer two questions: what the checked lines alone
say, with the interval of their number; and what is to be believed, which draws a few
lines of a new circulator in towards the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from plebiscite.petition.campaign.status import Standing
from plebiscite.report.drive.course import Course
from plebiscite.report.drive.filing import Filing

SPAN, ONE = Decimal(100), Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A chapter or a circulator.

    Attributes:
        standing: how it stands.
        of: "whole", "chapter" or "circulator".
        share: valid lines of 100 checked; None where none was.
        low, high: the 95% interval of that.
        believed: low, median and high of what is to be believed of all its lines, 90%;
            None without a check. Of all together, copies are taken off.

    """

    standing: Standing
    of: str
    share: Decimal | None
    low: Decimal
    high: Decimal
    believed: tuple[Decimal, Decimal, Decimal] | None

    @property
    def width(self) -> Decimal:
        """How wide the interval is."""
        return self.high - self.low


def valid_rows(course: Course, filing: Filing) -> tuple[Row, ...]:
    """Return all together, then each chapter followed by its circulators."""
    believed = _believed(filing)
    whole = filing.answer.validity if filing.answer else None
    found = [_row(course.status.whole, "whole", whole)]
    for chapter in course.status.chapters:
        found.append(_row(chapter, "chapter", believed.get((chapter.key, ""))))
        found += [
            _row(each, "circulator", believed.get((each.chapter, each.key)))
            for each in course.status.circulators
            if each.chapter == chapter.key
        ]
    return tuple(found)


def _believed(filing: Filing) -> dict[tuple[str, str], tuple[float, float, float]]:
    rates = filing.answer.rates if filing.answer else ()
    return {(r.chapter, r.circulator): (r.low, r.median, r.high) for r in rates}


def _row(standing: Standing, of: str, believed: Sequence[float] | None) -> Row:
    share, between = standing.valid_share, standing.valid_between
    if share is None or between is None:
        low = high = Decimal(0)
        return Row(
            standing=standing, of=of, share=None, low=low, high=high, believed=None
        )
    low, middle, high = (_percent(each) for each in believed or (0.0, 0.0, 0.0))
    return Row(
        standing=standing,
        of=of,
        share=(Decimal(share.numerator) / share.denominator * SPAN).quantize(ONE),
        low=(between[0] * SPAN).quantize(ONE),
        high=(between[1] * SPAN).quantize(ONE),
        believed=(low, middle, high) if believed else None,
    )


def _percent(share: float) -> Decimal:
    return (Decimal(str(share)) * SPAN).quantize(ONE)
