"""The measure a docket tells of, and the law it goes by: what events are held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from plebiscite.core.citation import Source
from plebiscite.errors import InputError, NotInForceError, PlebisciteError
from plebiscite.petition.measure import FILE, Measure, read_measure
from plebiscite.rules.deadline import Deadline
from plebiscite.rules.rulebook import Law, Rulebook, open_law


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The measure a docket tells of, and the law it goes by."""

    measure: Measure
    law: Law

    def book(self, dates: Mapping[str, date], on: date) -> Rulebook:
        """Return the law that governs the measure with these dates, as of a day.

        A date not yet known is taken to be that day: the law in force then.
        """
        aimed = {"election": self.measure.election} if self.measure.election else {}
        known = self.law.on({**aimed, **dates}).dates
        return replace(self.law.on_day(on), dates=known)

    def said(self, rule: str, dates: Mapping[str, date], on: date) -> str:
        """Return what a rule says in the law's words; "" where it is not recorded."""
        if rule not in self.law.rules:
            return ""
        found, book = self.law.rules[rule], self.book(dates, on)
        known = [book.dates[name] for name in found.governed_by if name in book.dates]
        try:
            return str(found.on(known[0] if known else on).content)
        except NotInForceError:
            return ""

    def deadline(
        self, clock: str, dates: Mapping[str, date], on: date
    ) -> Deadline | None:
        """Return the last day of a clock; None where it cannot be told."""
        try:
            return self.book(dates, on).deadline(clock, {})
        except (InputError, NotInForceError):
            return None


def ground_of(folder: Path) -> Ground | None:
    """Return the measure of a folder with its law; None where it holds no measure.

    Raises:
        InputError: the measure or its law cannot be read.

    """
    if not (folder / FILE).exists():
        return None
    measure = read_measure(folder)
    return Ground(measure=measure, law=law_of(measure, folder))


def law_of(measure: Measure, folder: Path) -> Law:
    """Return the law a measure goes by, and hold its further rules to their files.

    Raises:
        InputError: a law or a rule that the measure names is not there; naming both.

    """
    path = folder / FILE
    named = [("law", measure.law, "")]
    named += [(f"follow-up {f.id!r}", f.law, f.rule) for f in measure.follow_ups]
    for route in measure.consents:
        named += [(f"step {s.step!r}", s.law, s.rule) for s in route.steps]
    for where, law, rule in named:
        if not law:
            continue
        try:
            rules = open_law(law).rules
        except InputError as problem:
            raise InputError(f"{where}: {problem}", path=path) from problem
        if rule and rule not in rules:
            near = get_close_matches(rule, rules, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise InputError(
                f"{where}: {law} has no rule {rule!r}; {hint}"
                f"its rules are: {', '.join(rules)}",
                path=path,
            )
    return open_law(measure.law)


def said_on(law: str, rule: str, day: date) -> tuple[str, tuple[Source, ...]]:
    """Return what a rule of another law file says on a day, and its sources.

    Nothing, where no law is named or the law of that day is not recorded.
    """
    if not law:
        return "", ()
    opened = open_law(law)
    try:
        cite = tuple(opened.on_day(day).cite(rule))
        return str(opened.rules[rule].on(day).content), cite
    except PlebisciteError:
        return "", ()


def bracketed(sources: Sequence[Source]) -> str:
    """Return the titles of sources in brackets, behind a space."""
    return f" [{'; '.join(source.title for source in sources)}]"


def rests_on(
    rules: Sequence[str], day: date, dates: Mapping[str, date], ground: Ground | None
) -> str:
    """Return where the law says so, in brackets; "" where that is not known."""
    if ground is None:
        return ""
    book = ground.book(dates, day)
    for rule in rules:
        try:
            return bracketed(book.cite(rule))
        except PlebisciteError:
            continue
    return ""
