"""A number of a known kind, set beside the facts of that kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.report.claims.claim import Standing
from plebiscite.report.claims.known.fact import LATER, Fact
from plebiscite.report.claims.said.days import SaidDay
from plebiscite.report.claims.said.kinds import OTHER
from plebiscite.report.claims.said.number import SaidNumber, Unit
from plebiscite.report.claims.weigh import (
    Match,
    is_clearly_off,
    matched,
    nearest,
)

CONGRESS = re.compile(
    r"\bCongress\b|\bHouse\b|\bSenate\b|\bconvention\b|\bWashington\b"
)
STATES = re.compile(
    r"\bratif\w*|\bthree[- ](?:quarters|fourths)\b|\b38\b|\bthirty-eight\b|3/4",
    re.IGNORECASE,
)
WITH = {
    "consent_congress": (STATES, "and three quarters of the states must ratify"),
    "consent_states": (
        CONGRESS,
        "and two thirds of Congress, or a convention, propose",
    ),
}
EITHER = {"election": "follow_up_day", "follow_up_day": "election"}
"""Two days on which people vote: texts call either a vote, and either an election."""
SMALLEST = 100
"""So many units of the last place given, and a number is no round one."""
SURE = 10_000
"""An exact count this large is told by itself: no other of a record is like it."""
CLAIMED = {
    "supporters_claimed": "a count that somebody claims; nobody verified it",
    "signatures_collected": "a count that somebody claims; nobody verified it",
    "growth_claimed": "claimed, a count of supporters over time; not a poll",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A claim's kind and standing, and the record it was set beside."""

    kind: str
    standing: Standing
    record: str | None = None
    as_of: str | None = None
    source: str | None = None
    note: str = ""


def beside(
    said: SaidNumber | SaidDay,
    kind: str,
    facts: Sequence[Fact],
    others: Sequence[Fact],
    *,
    firm: bool,
    own: bool,
    close: bool,
    beyond: str,
) -> Judged:
    """Set a number beside the facts.

    Args:
        said: the number or day.
        kind: what it is about; of ``other``, an exact count or a whole day is looked
            for among all facts.
        facts: of the measure and its law, what holds before what held.
        others: of other measures.
        firm: whether the text may be contradicted.
        own: whether its sentence speaks of the measure.
        close: whether the words that tell its kind stand right beside it.
        beyond: the sentence with its neighbours.

    """
    if kind == OTHER:
        return _echo(said, facts, others, own=own) or Judged(
            kind=OTHER, standing=Standing.NOT_IN_RECORD
        )
    mine = [fact for fact in facts if fact.kind == kind]
    now = [fact for fact in mine if fact.until is None]
    found = (
        _now(said, now, beyond)
        or _either(said, kind, facts)
        or _then(said, mine, now)
        or _other(said, kind, others)
        or _misplaced(kind, _echo(said, facts, others, own=own), sure=firm and close)
    )
    if found:
        return found
    if not now:
        note = CLAIMED.get(kind, "")
        return Judged(kind=kind, standing=Standing.NOT_IN_RECORD, note=note)
    fact = nearest(said, now)
    # A day without its year is of the text's own year; those votes are years later.
    yearless = isinstance(said, SaidDay) and not said.year and kind in EITHER
    if firm and not yearless and is_clearly_off(said, fact):
        return _of(fact, Standing.CONTRADICTS)
    note = f"the record has {fact.words}, and it is not sure that this is meant"
    return Judged(kind=kind, standing=Standing.NOT_IN_RECORD, note=note)


def _misplaced(kind: str, echo: Judged | None, *, sure: bool) -> Judged | None:
    """Return what another fact makes of a number that its own kind does not have.

    An exact number is mostly the fact's that it repeats, however its sentence is built.
    """
    if not (echo and sure):
        return echo
    note = f"the record has it as {echo.record}" if echo.record else echo.note
    return Judged(kind=kind, standing=Standing.NOT_IN_RECORD, note=note)


def _now(said: SaidNumber | SaidDay, now: Sequence[Fact], beyond: str) -> Judged | None:
    for how in (Match.SAME, Match.NEAR):
        for fact in now:
            if matched(said, fact) is how:
                return _matched(fact, how, beyond)
    return None


def _either(
    said: SaidNumber | SaidDay, kind: str, facts: Sequence[Fact]
) -> Judged | None:
    for fact in facts:
        other = fact.kind == EITHER.get(kind) and fact.until is None
        if other and matched(said, fact) is not Match.NONE:
            return _of(fact, Standing.AGREES)
    return None


def _then(
    said: SaidNumber | SaidDay, mine: Sequence[Fact], now: Sequence[Fact]
) -> Judged | None:
    for fact in mine:
        if fact.until and matched(said, fact) is Match.SAME and _is_telling(said):
            return _past(fact, now)
    return None


def _matched(fact: Fact, how: Match, beyond: str) -> Judged:
    standing = Standing.AGREES if how is Match.SAME else Standing.ROUNDED
    if fact.kind in WITH:
        rest, missing = WITH[fact.kind]
        if not rest.search(beyond):
            return _of(fact, Standing.INCOMPLETE, f"besides: {missing}")
    return _of(fact, standing)


def _past(fact: Fact, now: Sequence[Fact]) -> Judged:
    later = fact.until == LATER or (
        now and now[0].as_of and fact.until and fact.until > now[0].as_of
    )
    record = now[0].words if now else fact.words
    since = f"from {fact.as_of} " if fact.as_of else ""
    if later:
        note = f"the law of other years: {fact.words}"
        return Judged(kind=fact.kind, standing=Standing.NOT_IN_RECORD, note=note)
    return Judged(
        kind=fact.kind,
        standing=Standing.OUT_OF_DATE,
        record=record,
        as_of=fact.until,
        source=fact.source,
        note=f"{fact.words}; true {since}until {fact.until}",
    )


def _other(
    said: SaidNumber | SaidDay, kind: str, others: Sequence[Fact]
) -> Judged | None:
    """Return what another measure's record says that is just what was said."""
    for fact in others:
        if (
            fact.kind == kind
            and matched(said, fact) is Match.SAME
            and _is_telling(said)
        ):
            note = f"that is what {fact.of} has: {fact.words}"
            return Judged(kind=kind, standing=Standing.NOT_IN_RECORD, note=note)
    return None


def _echo(
    said: SaidNumber | SaidDay,
    facts: Sequence[Fact],
    others: Sequence[Fact],
    *,
    own: bool,
) -> Judged | None:
    """Return the fact an exact number repeats, whatever the words around it.

    A day without its year, or a month of a vote, does so only where the measure is
    spoken of.
    """
    if isinstance(said, SaidDay) and own and not (said.is_whole and said.year):
        return _day_of_its_own(said, facts)
    if not _is_exact(said):
        return None
    for fact in facts:
        if matched(said, fact) is Match.SAME:
            return (
                _past(fact, [f for f in facts if f.kind == fact.kind and not f.until])
                if fact.until
                else _of(fact, Standing.AGREES)
            )
    for fact in others:
        if matched(said, fact) is Match.SAME:
            note = f"that is what {fact.of} has: {fact.words}"
            return Judged(kind=OTHER, standing=Standing.NOT_IN_RECORD, note=note)
    return None


def _is_exact(said: SaidNumber | SaidDay) -> bool:
    if isinstance(said, SaidDay):
        return said.is_whole and said.year is not None
    if said.unit is Unit.DURATION:
        return said.step == 1 and not said.hedge and said.value % 10 != 0
    return said.unit is Unit.COUNT and said.step < SURE / 10 and said.value >= SURE


def _day_of_its_own(said: SaidDay, facts: Sequence[Fact]) -> Judged | None:
    month = said.month is not None and said.year is not None and not said.is_vague
    for fact in facts:
        told = said.is_whole or (month and fact.kind in EITHER)
        if told and not fact.until and matched(said, fact) is Match.SAME:
            return _of(fact, Standing.AGREES)
    return None


def _of(fact: Fact, standing: Standing, note: str = "") -> Judged:
    return Judged(
        kind=fact.kind,
        standing=standing,
        record=fact.words,
        as_of=fact.as_of,
        source=fact.source,
        note=note,
    )


def _is_telling(said: SaidNumber | SaidDay) -> bool:
    """Tell whether a number is so exact that matching something means it."""
    if isinstance(said, SaidDay):
        return said.is_whole
    if said.unit is Unit.COUNT:
        return said.value / said.step >= Fraction(SMALLEST)
    return not said.soft
