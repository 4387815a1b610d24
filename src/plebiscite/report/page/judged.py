"""The verdicts behind a page: what the law asks, what was found, and where it stands.

A verdict is a tree of sentences; each names the sources that impose it, and each source
says when somebody last read it, or that nobody did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plebiscite.core.citation import Source
from plebiscite.docket.folder import Record
from plebiscite.errors import PlebisciteError
from plebiscite.report.life.law_of import book_of, law_day
from plebiscite.report.page.figure import Figure, Revision
from plebiscite.rules.expression import Verdict
from plebiscite.rules.rulebook import Law, Rulebook, laws, open_law
from plebiscite.verify.certificate import Band
from plebiscite.verify.judgement import unless_where


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A source as a page names it.

    Attributes:
        law: the id of the shipped law file whose page lists it; "" where none does.
        checked: the day somebody last read it; None means nobody did, and it shows.

    """

    title: str
    key: str
    law: str
    checked: date | None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence of a verdict, at its depth in the tree (0 is the whole)."""

    depth: int
    standing: str
    words: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A rule of the law, and what it makes of the figures.

    Attributes:
        law: the id of the law, `title` its title; the id is "" where the law is a file
            of the measure's own, which has no page.
        rule: the rule's name in that law; `says` its words.
        findings: the verdict; empty where the rule decides nothing by itself.
        remarks: what a reader must know, such as that a published figure wins.
        asks: where the law asks a number: that number.

    """

    law: str
    title: str
    rule: str
    says: str
    cites: tuple[Cite, ...]
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    asks: int | None = None

    @property
    def standing(self) -> str:
        """Met, not met or open; "" where nothing was judged."""
        return self.findings[0].standing if self.findings else ""


def required(record: Record) -> Judged | None:
    """Return what the law asks of signatures; None where it is not known."""
    facts = {k: v for k, v in record.measure.facts.items() if k != "required"}
    name = "required_signatures"
    book = book_of(record)
    try:
        value, remarks = book.required(facts)
    except PlebisciteError:
        return None
    return _asked(record, book, name, asks=value, remarks=remarks)


def judged(
    record: Record, found: Mapping[str, Figure], figure: Figure, revision: Revision
) -> Judged | None:
    """Return the verdict that a value of a figure led to, or None where none is known.

    A claim decides nothing; a value that is no number can be held against nothing.
    """
    if figure.kind == "required":
        return required(record)
    if figure.kind == "votes":
        return _vote(record, found, figure)
    rule, facts = _rule_of(record, found, figure, revision)
    book = book_of(record)
    if not rule or not book.has(rule):
        return None
    try:
        band, verdict = book.band(rule, facts)
        if band == Band.QUALIFIED:
            verdict = unless_where(Band.QUALIFIED, verdict, book)[1]
    except PlebisciteError:
        return _asked(record, book, rule)
    return _asked(record, book, rule, verdict=verdict)


def _rule_of(
    record: Record, found: Mapping[str, Figure], figure: Figure, revision: Revision
) -> tuple[str, dict[str, int | None]]:
    ask = found["required"].count if "required" in found else None
    raw = found["raw"].count if "raw" in found else None
    value = revision.value if isinstance(revision.value, int) else None
    match figure.kind:
        case "raw":
            return "raw_count", {"raw_count": value, "required_signatures": ask}
        case "projected":
            return "qualification", {
                "raw_count": raw,
                "projected_valid": value,
                "required_signatures": ask,
            }
        case "verified":
            rule = "full_count" if book_of(record).has("full_count") else ""
            return rule, {"verified_valid": value, "required_signatures": ask}
    return "", {}


def _vote(record: Record, found: Mapping[str, Figure], figure: Figure) -> Judged | None:
    """Return the verdict on a vote, from all of its figures as they stand."""
    counts = {
        each.key: each.count
        for each in found.values()
        if each.kind == "votes" and each.question == figure.question
    }
    follow = next(
        (f for f in record.measure.follow_ups if f.id == figure.question), None
    )
    try:
        if follow is not None:
            book = open_law(follow.law).on_day(record.on)
            return asked_of(
                book, follow.rule, record.on, verdict=book.judge(follow.rule, counts)
            )
        book = book_of(record)
        return _asked(record, book, "passing", verdict=book.judge("passing", counts))
    except PlebisciteError:
        return None


def _asked(
    record: Record,
    book: Rulebook,
    rule: str,
    *,
    verdict: Verdict | None = None,
    asks: int | None = None,
    remarks: Sequence[str] = (),
) -> Judged:
    day = law_day(record)
    found = asked_of(book, rule, day, verdict=verdict)
    says = record.ground.said(rule, record.life.dates, day)
    return Judged(
        law=found.law,
        title=found.title,
        rule=rule,
        says=says or found.says,
        cites=found.cites,
        findings=found.findings,
        remarks=tuple(remarks),
        asks=asks,
    )


def asked_of(
    book: Rulebook, rule: str, day: date, *, verdict: Verdict | None = None
) -> Judged:
    """Return a rule of a law with its sources, and a verdict by it if given."""
    law = book.law
    try:
        says, cite = str(law.rules[rule].on(day).content), book.cite(rule)
    except PlebisciteError:
        says, cite = "", ()
    return Judged(
        law=page_of(law),
        title=law.title,
        rule=rule,
        says=says,
        cites=cites(law, cite),
        findings=tuple(_findings(law, verdict, 0)) if verdict else (),
    )


def page_of(law: Law) -> str:
    """Return the id of a law that has a page: a shipped one; else ""."""
    return law.id if law.id in laws() else ""


def cites(law: Law, sources: Sequence[Source]) -> tuple[Cite, ...]:
    """Return sources of a law as a page names them."""
    own = page_of(law)
    return tuple(
        Cite(
            title=each.title,
            key=each.key,
            law=own if each.key in law.sources else "",
            checked=each.checked,
            url=each.url,
        )
        for each in sources
    )


def _findings(law: Law, verdict: Verdict, depth: int) -> Iterator[Finding]:
    name = f"{verdict.about}: " if verdict.about else ""
    known = [law.sources[key] for key in verdict.cite if key in law.sources]
    yield Finding(
        depth=depth,
        standing=verdict.standing.value,
        words=f"{name}{verdict.words}",
        cites=cites(law, known),
    )
    for part in verdict.parts:
        yield from _findings(law, part, depth + 1)
