"""The last day of each clock of a law, with what had to be assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from plebiscite.core.calendar import Calendar
from plebiscite.errors import InputError, LawError, NotInForceError
from plebiscite.rules.algebra import spoken
from plebiscite.rules.deadline import Deadline, Term
from plebiscite.rules.in_force import ALIASES, InForce, LawText
from plebiscite.rules.version import Rule, Version


def clocks(book: InForce) -> list[str]:
    """Return the names of the law's deadlines, in the order of the file."""
    return [name for name, rule in book.law.rules.items() if rule.ever(Term)]


def days_named(law: LawText) -> list[str]:
    """Return the names of the days a law asks for, sorted: by both names where two.

    They select a rule's version, or start a clock.
    """
    named = {name for rule in law.rules.values() for name in rule.governed_by}
    for rule in law.rules.values():
        contents = [version.content for version in rule.versions]
        named |= {term.start for term in contents if isinstance(term, Term)}
    return sorted(named | {short for short, long in ALIASES.items() if long in named})


def deadline(book: InForce, name: str, before: tuple[str, ...] = ()) -> Deadline:
    """Return the last day of the clock `name`.

    `before` are the clocks that wait for this one's answer.

    Raises:
        InputError: the law has no such clock, or the day it starts is not known and
            the law file names no clock that stands in for it.
        NotInForceError: the law of that day is not recorded.

    """
    rule = book.rule(name)
    version, assumed = _version(book, rule, (*before, name))
    term = version.content
    if not isinstance(term, Term):
        raise InputError(f"{name!r} is no deadline in {book.law.id}")
    start, more = _start(book, term.start, (*before, name))
    return Deadline(
        clock=name,
        day=term.last_day(start, _calendar(book, term, version)),
        rule=str(term),
        cite=book.sources(version),
        first_day_known=version.first_day_known,
        assumes=tuple(
            dict.fromkeys((*assumed, *more, *([version.note] if version.note else [])))
        ),
    )


def told(book: InForce) -> tuple[list[Deadline], dict[str, str]]:
    """Return the clocks whose last day can be told, earliest first; and why not others.

    The second part maps a clock's name to the reason.
    """
    known, unknown = [], {}
    for name in clocks(book):
        try:
            known.append(deadline(book, name))
        except (InputError, NotInForceError) as problem:
            unknown[name] = str(problem)
    return sorted(known, key=lambda each: (each.day, each.clock)), unknown


def _version(
    book: InForce, rule: Rule, before: tuple[str, ...]
) -> tuple[Version, tuple[str, ...]]:
    """Return the version in force; its governing date may itself be an assumption."""
    if book.day_or_none(rule) is not None:
        return book.version(rule.name), ()
    for name in rule.governed_by:
        if name in book.law.assumed:
            day, assumed = _start(book, name, before)
            return rule.on(day), assumed
    return book.version(rule.name), ()


def _start(
    book: InForce, name: str, before: tuple[str, ...]
) -> tuple[date, tuple[str, ...]]:
    given = book.told(name)
    if given:
        return given, ()
    stands_in = book.law.assumed.get(name)
    if stands_in is None:
        raise InputError(
            f"the clock {before[-1]!r} starts on the day {name!r}, which was not given"
        )
    if stands_in in before:
        raise InputError(
            f"{book.law.path}: under 'assume', {name!r} waits for {stands_in!r}, which "
            "waits for it; take one of the two out"
        )
    other = deadline(book, stands_in, before)
    words = f"{spoken(name)} on the last day for it, {other.day.isoformat()}"
    return other.day, (*other.assumes, words)


def _calendar(book: InForce, term: Term, version: Version) -> Calendar:
    if book.law.calendar is not None:
        return book.law.calendar
    if term.needs_calendar:
        raise LawError(
            "working days need a calendar; add 'calendar: US-CA' (the code of the "
            "place) or the name of a calendar file at the top of the law file",
            path=book.law.path,
            line=version.line,
        )
    return Calendar()


def with_dates(book: InForce, dates: Mapping[str, date]) -> InForce:
    """Return `book` with more dates known."""
    return replace(book, dates={**book.dates, **dates})
