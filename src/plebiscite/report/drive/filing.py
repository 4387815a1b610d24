"""How many lines to file, and where the drive will end: the forecast, asked by a desk.

The campaign's own checks go in by chapter and circulator, the lines by the county that
was printed on their sections. What comes out is a number of raw lines for a chance, and
how many of them are still to be gathered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.forecast.pace import Channel, Finish, Series, Validity, finish
from plebiscite.forecast.pace.filing import Check, Need, ToFile, to_file
from plebiscite.petition.campaign.books.gathered import by_county, of_stock
from plebiscite.petition.campaign.credit import Credit
from plebiscite.report.drive.course import Course

SEED = 20170201
"""Of the petitions drawn; the same answer for the same registers."""
GOAL = 0.95
"""The chance a drive aims at: nineteen times in twenty."""
NINETY = 2 * 1.644854
"""Standard deviations between the ends of a 90% interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Lines to file for a chance, and the way there.

    Attributes:
        need: of what, with which chance, how many.
        more: lines still to be gathered; 0 where there are enough, None where no
            number of lines gives that chance.
        a_day: how many a day until the last; None where no day is left.

    """

    need: Need
    more: int | None
    a_day: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What to file, and what there will be.

    Attributes:
        answer: of the forecast; None where the law does not let it be told.
        why_not: why there is no answer; "" where there is one.
        targets: by what and chance, in the order of `answer`.
        finish: where the count will stand on the last day; None where nobody knows
            that day, or nothing came back yet.
        counties: lines by county, as far as they are known.
        unplaced: lines on sections whose county is not known, or counted with others.

    """

    answer: ToFile | None
    why_not: str
    targets: tuple[Target, ...]
    finish: Finish | None
    counties: Mapping[str, int]
    unplaced: int


def goal(filing: Filing) -> int:
    """Return the lines to file that a drive aims at; 0 where nobody can tell.

    To qualify on the sample with the chance `GOAL`; in a full count where the law draws
    no sample.
    """
    sure = [each for each in filing.targets if each.need.chance == GOAL]
    return next((each.need.raw for each in sure if each.need.raw), 0)


def filing_of(campaign: Path, course: Course) -> Filing:
    """Return how many lines to file, and where the drive will end."""
    placed = {name: round(lines) for name, lines in by_county(campaign).items()}
    unplaced = placed.pop("", 0)
    answer, why_not = None, ""
    try:
        answer = _answer(campaign, course, placed)
    except PlebisciteError as problem:
        why_not = str(problem)
    return Filing(
        answer=answer,
        why_not=why_not,
        targets=tuple(_target(course, each) for each in answer.needs) if answer else (),
        finish=_finish(course, answer),
        counties=placed,
        unplaced=unplaced,
    )


def channel_of(course: Course) -> Channel:
    """Return how most lines were gathered; nothing where nobody is known."""
    lines = {True: 0, False: 0}
    for each in course.status.circulators:
        lines[bool(each.paid)] += each.lines
    if not any(lines.values()):
        return Channel.UNKNOWN
    return Channel.PAID if lines[True] > lines[False] else Channel.VOLUNTEER


def checks_of(campaign: Path, course: Course) -> tuple[Check, ...]:
    """Return the own checks, as the forecast takes them: one a circulator.

    A chapter's own stock, which no circulator had, is a row without one. Whoever
    changed chapter stands in the new one with everything, so nothing counts twice.
    """
    carried = [
        _check(each.chapter, each.key, each.credit, each.lines)
        for each in course.status.circulators
    ]
    stock = [
        _check(chapter, "", credit, lines)
        for chapter, (credit, lines) in of_stock(campaign).items()
    ]
    return tuple(each for each in (*carried, *stock) if each.checked)


def _check(chapter: str, circulator: str, credit: Credit, lines: int) -> Check:
    return Check(
        chapter=chapter,
        circulator=circulator,
        checked=credit.checked,
        valid=credit.valid,
        # Lines counted on handing in may be fewer than were looked at later.
        raw=max(lines, credit.checked),
    )


def _answer(campaign: Path, course: Course, placed: Mapping[str, int]) -> ToFile:
    if course.required is None:
        raise InputError("; ".join(course.notes))
    return to_file(
        course.book,
        required=course.required,
        seed=SEED,
        split=placed if sum(placed.values()) else None,
        validity=Validity.prior(channel_of(course)),
        checks=checks_of(campaign, course),
    )


def _target(course: Course, need: Need) -> Target:
    lines = course.whole.standing.lines
    if need.raw is None:
        return Target(need=need, more=None, a_day=None)
    return Target(
        need=need, more=max(need.raw - lines, 0), a_day=course.a_day(lines, need.raw)
    )


def _finish(course: Course, answer: ToFile | None) -> Finish | None:
    counts = course.whole.counts
    if course.closes is None or not counts or course.on > course.closes:
        return None
    if not counts[-1][1] and course.required is None:
        return None  # not even the scale could be guessed
    held = None
    if answer is not None:
        low, middle, high = answer.validity
        # Copies are taken off this share already.
        held = Validity(mean=middle, spread=(high - low) / NINETY, duplicates=0.0)
    series = Series(
        petition=course.record.measure.id,
        days=tuple(day for day, _ in counts),
        counts=tuple(count for _, count in counts),
        opened=min(course.opens or counts[0][0], counts[0][0]),
        required=course.required,
        deadline=course.closes,
    )
    return finish(series, as_of=course.on, channel=channel_of(course), validity=held)
