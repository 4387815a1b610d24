"""What the law of a measure's dates says in numbers and days.

Besides what holds, earlier and later versions of the same rule are told, with the days
between which they held: a text that gives an old number is out of date and not wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from plebiscite.core.calendar import Unit as Span
from plebiscite.core.share import printed
from plebiscite.docket.folder import Record
from plebiscite.errors import PlebisciteError
from plebiscite.report.claims.known.fact import LATER, Fact, count_fact
from plebiscite.report.claims.said.number import Unit
from plebiscite.rules.algebra import Compare, Test
from plebiscite.rules.amounts.phrase import (
    Number,
    Quantity,
    Rounded,
    ShareOf,
)
from plebiscite.rules.deadline import Term
from plebiscite.rules.rulebook import Law, Rulebook, open_law
from plebiscite.rules.version import Rule, Version

DAYS = {
    Span.DAYS: Fraction(1),
    Span.WORKING_DAYS: Fraction(1),
    Span.MONTHS: Fraction(365, 12),
}
THRESHOLDS = {
    "signatures_collected": "notice_share",
    "cast": "turnout_threshold",
    "yes": "approval_threshold",
    "house_yes": "consent_congress",
    "senate_yes": "consent_congress",
    "states_ratified": "consent_states",
}
WORDS = {
    "consent_congress": "{} (and so in the other house of Congress)",
    "consent_states": "{} must ratify",
}
RATIFIED = ("article_v_ratification", "states_to_ratify")
TERMS = {
    "circulation_window": "last_filing_day",
    "raw_count_days": "raw_count_due",
    "sample_days": "sample_due",
}


def book_of(record: Record) -> Rulebook:
    """Return the law that governs a measure, by all the days its record knows."""
    dates = {**record.measure.dates, **record.life.dates}
    return record.ground.book(dates, record.on)


def law_facts(record: Record) -> Iterator[Fact]:
    """Yield the facts of the law a measure goes by."""
    book = book_of(record)
    yield from _required(record, book)
    for held in _versions(book, "filing_fee_dollars"):
        if isinstance(held.version.content, Number):
            value = held.version.content.value
            words = f"${printed(value)}"
            yield held.fact("filing_fee", value, words, unit=Unit.MONEY)
    for kind, name in TERMS.items():
        for held in _versions(book, name):
            term = held.version.content
            if isinstance(term, Term) and not term.before:
                days = term.number * DAYS[term.unit]
                yield held.fact(kind, days, str(term), unit=Unit.DURATION)
    yield from _deadline(book)
    for held in _versions(book, "hearing_notice"):
        for each in _compared(held.version.content):
            if found := _threshold(each):
                yield held.fact(*found, str(each), unit=Unit.SHARE)
    yield from _passing(book)


def threshold_facts(law: Law, rule: str, on: date, source: str) -> Iterator[Fact]:
    """Yield the thresholds of a rule of a law: turnout, approval, consent."""
    book = law.on_day(on)
    if rule not in law.rules or not book.has(rule):
        return
    version = law.rules[rule].on(on)
    as_of = version.since.isoformat() if version.first_day_known else None
    where = source or "; ".join(str(each) for each in book.cite(rule))
    for each in _compared(version.content):
        if found := _threshold(each):
            words = WORDS.get(found[0], str(each)).format(each.right)
            yield count_fact(*found, words, where, unit=Unit.SHARE, as_of=as_of)
    if rule == RATIFIED[0] and book.has(RATIFIED[1]):
        count = book.count(RATIFIED[1], {})
        words = f"{count} states must ratify"
        yield count_fact("consent_states", count, words, where)


def law_of(name: str) -> Law | None:
    """Return a law by its id; None where there is none."""
    try:
        return open_law(name) if name else None
    except PlebisciteError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A version of a rule, its last day, and whether it governs the measure."""

    book: Rulebook
    version: Version
    until: date | None
    governs: bool

    def fact(
        self, kind: str, value: Fraction, words: str, *, unit: Unit = Unit.COUNT
    ) -> Fact:
        """Return a fact that the version states."""
        since, until = self.version.since, self.until
        return count_fact(
            kind,
            value,
            words,
            "; ".join(str(self.book.law.sources[key]) for key in self.version.cite),
            unit=unit,
            as_of=since.isoformat() if self.version.first_day_known else None,
            until=None if self.governs else (until.isoformat() if until else LATER),
        )


def _required(record: Record, book: Rulebook) -> Iterator[Fact]:
    """Yield the requirement as published in other years, the share and its base."""
    rule = book.law.rules.get("required_signatures")
    if not rule:
        return
    for held in _versions(book, rule.name):
        if share := _share(held.version.content):
            words = str(held.version.content)
            yield held.fact("required_share", share, words, unit=Unit.SHARE)
    try:
        stated = record.measure.facts.get("required")
        needed = stated or book.required(record.measure.facts)[0]
    except PlebisciteError:
        needed = None
    if needed:
        day = _governing(book, rule)
        where = record.measure.fact_sources.get("required") or _cited(book, rule)
        said = f"{needed:,} valid signatures are required"
        since = day.isoformat() if day else None
        yield count_fact("required_signatures", needed, said, where, as_of=since)
    for version, last in _with_last_days(rule.published):
        content = version.content
        if isinstance(content, Number) and content.value != needed:
            held = _Held(
                book=book, version=version, until=last or record.on, governs=False
            )
            words = f"{printed(content.value)} signatures were required then"
            yield held.fact(rule.name, content.value, words)


def _deadline(book: Rulebook) -> Iterator[Fact]:
    try:
        found = book.deadline("last_filing_day", {})
    except PlebisciteError:
        return
    yield Fact(
        kind="filing_deadline",
        value=found.day,
        unit=None,
        words=f"{found.day.isoformat()}: {found.rule}",
        source="; ".join(str(each) for each in found.cite),
        as_of=None,
    )


def _passing(book: Rulebook) -> Iterator[Fact]:
    rule = book.law.rules.get("passing")
    if not rule or not book.has("passing"):
        return
    content = rule.on(_governing(book, rule) or date.max).content
    simple = isinstance(content, Compare) and str(content.relation) == "more than"
    if simple and str(content) == "the yes vote is more than the no vote":
        where = _cited(book, rule)
        yield count_fact(
            "first_vote_threshold", Fraction(1, 2), str(content), where, unit=Unit.SHARE
        )


def _versions(book: Rulebook, name: str) -> Iterator[_Held]:
    """Yield the versions of a rule; none where the law has no such rule."""
    rule = book.law.rules.get(name)
    if not rule:
        return
    day = _governing(book, rule)
    for version, last in _with_last_days(rule.versions):
        begun = day is not None and version.since <= day
        governs = begun and (last is None or (day is not None and day <= last))
        yield _Held(book=book, version=version, until=last, governs=governs)


def _with_last_days(
    versions: Sequence[Version],
) -> Iterator[tuple[Version, date | None]]:
    for each, later in zip(versions, (*versions[1:], None), strict=True):
        before = later.since - timedelta(days=1) if later else None
        yield each, each.until or before


def _governing(book: Rulebook, rule: Rule) -> date | None:
    known = [book.dates[name] for name in rule.governed_by if name in book.dates]
    # Of a measure whose governing day is not recorded, another day of its own is nearer
    # than the day somebody asks.
    return known[0] if known else min(book.dates.values(), default=book.every)


def _cited(book: Rulebook, rule: Rule) -> str:
    try:
        return "; ".join(str(each) for each in book.cite(rule.name))
    except PlebisciteError:
        return book.law.title


def _share(content: object) -> Fraction | None:
    if isinstance(content, Rounded):
        content = content.exact
    return content.share.value if isinstance(content, ShareOf) else None


def _compared(content: object) -> Iterator[Compare]:
    """Yield the comparisons a test is made of."""
    if isinstance(content, Compare):
        yield content
    elif isinstance(content, Test):
        inner: Sequence[object] = getattr(content, "tests", ())
        for each in inner:
            yield from _compared(each)


def _threshold(each: Compare) -> tuple[str, Fraction] | None:
    if isinstance(each.left, Quantity) and isinstance(each.right, ShareOf):
        kind = THRESHOLDS.get(each.left.name)
        return (kind, each.right.share.value) if kind else None
    return None
