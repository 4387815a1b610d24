"""A news text, read for its numbers and days, each set beside the record of a measure.

>>> from datetime import date
>>> from plebiscite.docket.folder import open_record
>>> record = open_record("us/ca/16-0011", date(2026, 11, 22))
>>> [found] = claims("Calexit needs nearly 600,000 signatures.", record)
>>> found.standing.value, found.record
('rounded', '585,407 valid signatures are required')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plebiscite.docket.folder import Record
from plebiscite.errors import InputError
from plebiscite.report.claims.asked import KINDS as POLLED
from plebiscite.report.claims.asked import Asked, beside_polls, polled_on
from plebiscite.report.claims.beside import Judged, beside
from plebiscite.report.claims.claim import Claim, Standing
from plebiscite.report.claims.figures import beside_figures, echoed
from plebiscite.report.claims.known.context import Context, context_of
from plebiscite.report.claims.known.fact import Fact
from plebiscite.report.claims.known.measure_facts import facts_of, others_facts
from plebiscite.report.claims.place import Place, place_of
from plebiscite.report.claims.said.days import SaidDay, days_in
from plebiscite.report.claims.said.kinds import (
    OTHER,
    Rule,
    Told,
    kind_of,
    shipped_rules,
)
from plebiscite.report.claims.said.number import SaidNumber
from plebiscite.report.claims.said.sentences import Sentence, sentences
from plebiscite.report.claims.said.worth import is_a_claim, is_a_name, is_a_rate
from plebiscite.report.claims.subject import Names, Subject, names_of, subject

YEARLY = {"election", "follow_up_day"}
"""Kinds of days that a year alone can tell."""
ANSWERS = POLLED - {"poll_sample"}
TOLD = {Standing.AGREES, Standing.ROUNDED, Standing.OUT_OF_DATE}
CLOSE = 15
"""Characters between a number and the words that tell its kind."""
TOP, FIRST_LINES = 400, 6
LONGEST = 3_000
"""Letters of a sentence; no sentence anybody wrote has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """Everything a text is set beside.

    Attributes:
        context: names, polls and figures.
        rules: how kinds of claims are told.
        facts: of the measure; `others`: of other measures of its place.
        names: what it is called, and what is not it.
        on: the day as of which figures count.

    """

    context: Context
    rules: tuple[Rule, ...]
    facts: list[Fact]
    others: tuple[Fact, ...]
    names: Names
    on: date


def claims(text: str, record: Record, *, written: date | None = None) -> list[Claim]:
    """Return the numbers and days a text gives, each beside the record; in its order.

    Args:
        text: the article, plain text.
        record: the measure, opened as of a day; figures given later are left out.
        written: the day the text is of; without one, a full date in its first lines,
            if there is one.

    Raises:
        InputError: the measure's context file is wrong, or the text is no text.

    """
    context = context_of(record)
    written = written or _written(text)
    known = _Beside(
        context=context,
        rules=(*context.rules, *shipped_rules()),
        facts=facts_of(record),
        others=others_facts(record),
        names=names_of(record, context, text, written),
        on=min(record.on, written or record.on),
    )
    every = sentences(text)
    if longest := max((len(each.text) for each in every), default=0) // LONGEST:
        raise InputError(
            f"a sentence of the article has over {longest * LONGEST:,} letters; give "
            "its text, with its full stops, and leave tables out"
        )
    places = (place_of(every, number) for number in range(len(every)))
    return [
        _claim(text, place.sentence, said, judged)
        for place in places
        for said, judged in _settled(list(_found(place, known)))
    ]


def _found(
    place: Place, known: _Beside
) -> Iterator[tuple[SaidNumber | SaidDay, Judged]]:
    words = place.sentence.text
    for said in place.said:
        if is_a_name(words, said) or known.names.within(words, said.start, said.end):
            continue
        told = kind_of(said, words, place.around, place.said, known.rules)
        if is_a_rate(words, said):
            told = Told(kind=OTHER, firm=False, distance=0)
        if isinstance(said, SaidDay) and said.is_year and told.kind not in YEARLY:
            continue
        judged = _judged(said, told, place, known)
        if judged:
            yield said, judged


def _settled(
    found: Sequence[tuple[SaidNumber | SaidDay, Judged]],
) -> Iterator[tuple[SaidNumber | SaidDay, Judged]]:
    """Yield the claims of a sentence; a kind it has right is not contradicted, too.

    Where one number of a kind fits the record, another beside it is mostly the number
    of something else.
    """
    right = {j.kind for _, j in found if j.standing in TOLD and j.kind not in ANSWERS}
    for said, judged in found:
        if judged.standing is Standing.CONTRADICTS and judged.kind in right:
            yield said, Judged(kind=judged.kind, standing=Standing.NOT_IN_RECORD)
        else:
            yield said, judged


def _judged(
    said: SaidNumber | SaidDay, told: Told, place: Place, known: _Beside
) -> Judged | None:
    of = subject(
        known.names, place.sentence, said.start, place.earlier, then=place.then
    )
    if of is Subject.OTHER:
        return _elsewhere(said, told)
    if isinstance(said, SaidNumber):
        if told.kind in POLLED:
            return _polled(said, told.kind, of, place, known)
        figures = [each for each in known.context.figures if each.kind == told.kind]
        if figures:
            return beside_figures(said, told.kind, figures, known.on)
        if told.kind == OTHER:
            echo = echoed(said, known.context.figures, known.on)
            if echo:
                return echo
    elif told.kind == "poll_days":
        return _in_the_field(said, place, known)
    judged = beside(
        said,
        told.kind,
        known.facts,
        known.others,
        firm=told.firm and of is Subject.OWN,
        own=of is Subject.OWN,
        close=told.distance <= CLOSE,
        beyond=place.beyond,
    )
    return judged if judged.kind != OTHER or is_a_claim(said) else None


def _polled(
    said: SaidNumber, kind: str, of: Subject, place: Place, known: _Beside
) -> Judged:
    asked = Asked(
        said=said,
        kind=kind,
        sentence=place.sentence.text,
        around=place.around,
        days=place.days,
        numbers=place.numbers,
        firm=of is Subject.OWN,
    )
    found = beside_polls(asked, known.context.polls)
    if not found:
        return Judged(kind=kind, standing=Standing.NOT_IN_RECORD)
    return Judged(
        kind=kind,
        standing=found.standing,
        record=found.poll.words(kind),
        as_of=found.poll.as_of,
        source=found.poll.source,
        note=found.note,
    )


def _in_the_field(said: SaidDay, place: Place, known: _Beside) -> Judged | None:
    """Return a day of a poll; one that fits none is nothing to hold against it."""
    kind, words = "poll_days", f"{place.around} {place.then}"
    if poll := polled_on(said, words, known.context.polls):
        return Judged(
            kind=kind,
            standing=Standing.AGREES,
            record=f"{poll.pollster} asked from {poll.start} to {poll.end}",
            as_of=poll.as_of,
            source=poll.source,
        )
    return Judged(kind=kind, standing=Standing.NOT_IN_RECORD) if said.is_whole else None


def _elsewhere(said: SaidNumber | SaidDay, told: Told) -> Judged | None:
    """Return what is left of a number that another measure, or a place, owns."""
    if not is_a_claim(said) and told.kind != "circulation_window":
        return None
    what = f" ({told.kind.replace('_', ' ')})" if told.kind != OTHER else ""
    return Judged(
        kind=OTHER,
        standing=Standing.NOT_IN_RECORD,
        note=f"said of something else{what}",
    )


def _claim(
    text: str, sentence: Sentence, said: SaidNumber | SaidDay, judged: Judged
) -> Claim:
    start, end = sentence.start + said.start, sentence.start + said.end
    return Claim(
        sentence=sentence.told,
        start=start,
        end=end,
        kind=judged.kind,
        said=" ".join(text[start:end].split()),
        record=judged.record,
        as_of=judged.as_of,
        standing=judged.standing,
        source=judged.source,
        note=judged.note,
    )


def _written(text: str) -> date | None:
    """Return the day a text is of, where its first lines give one in full."""
    for each in days_in(" ".join(text[:TOP].split("\n")[:FIRST_LINES])):
        if not (each.year and each.month and each.day):
            return None
        try:
            return date(each.year, each.month, each.day)
        except ValueError:
            return None
    return None
