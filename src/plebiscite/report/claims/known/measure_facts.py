"""What a measure's own record says in numbers and days: its file and its docket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from plebiscite.docket.folder import Record, open_record
from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.part import leaves_others_out
from plebiscite.docket.table import table
from plebiscite.errors import PlebisciteError
from plebiscite.petition.measure import read_measure, shipped_measures
from plebiscite.report.claims.known.fact import Fact, count_fact
from plebiscite.report.claims.known.law_facts import law_facts, law_of, threshold_facts
from plebiscite.report.claims.said.number import Unit

EVENTS = {
    **{name: name for name in ("filed", "amended", "fiscal_estimate", "titled")},
    **{name: name for name in ("sections_filed", "withdrawn", "lapsed")},
    **{name: name for name in ("removed_by_court", "certified", "qualified")},
    "question_put": "election",
}
COUNTS = {
    "raw": "signatures_filed",
    "projected": "signatures_valid",
    "verified": "signatures_valid",
    "short_of_it": "shortfall",
    "full_count_from": "full_count_from",
    "yes": "votes_yes",
    "no": "votes_no",
    "cast": "votes_cast",
    "registered": "registered",
}
NAMED = {"filed": "filed", "summary": "titled", "filed_with_counties": "sections_filed"}


def facts_of(record: Record) -> list[Fact]:
    """Return what the record of a measure says, what holds before what held."""
    found = [*_own(record), *law_facts(record), *_after(record), *_docket(record)]
    once: dict[object, Fact] = {}
    for fact in found:
        once.setdefault((fact.kind, fact.value, fact.until), fact)
    return sorted(once.values(), key=lambda fact: fact.until is not None)


def others_facts(record: Record) -> tuple[Fact, ...]:
    """Return what is recorded of the other shipped measures of the same place."""
    return _others(record.measure.id.removesuffix("-counterfactual"), record.on)


@cache
def _others(own: str, on: date) -> tuple[Fact, ...]:
    place, found = own.rsplit("/", 1)[0], list[Fact]()
    for name in shipped_measures():
        elsewhere = not name.startswith(f"{place}/") or name.startswith(own)
        if elsewhere or read_measure(name).counterfactual:
            continue
        try:
            other = open_record(name, on)
            facts = [*_own(other), *law_facts(other), *_after(other), *_docket(other)]
        except PlebisciteError:
            continue
        found += [replace(each, of=name) for each in facts if each.until is None]
    return tuple(found)


def _own(record: Record) -> Iterator[Fact]:
    measure = record.measure
    if votes := measure.facts.get("votes_for_governor"):
        where = measure.fact_sources.get("votes_for_governor", measure.id)
        words = f"{votes:,} votes for Governor"
        yield count_fact("votes_for_governor", votes, words, where)
    known = {EVENTS.get(each.kind) for each in record.counted}
    for name, day in measure.dates.items():
        kind = NAMED.get(name, name)
        if kind not in known:
            yield _day(kind, day, name.replace("_", " "), "; ".join(measure.sources))
    if measure.election:
        words = "the election it aims at"
        yield _day("election", measure.election, words, "; ".join(measure.sources))


def _after(record: Record) -> Iterator[Fact]:
    """Yield the further questions and the consents of others."""
    for each in record.measure.follow_ups:
        since = record.life.dates.get("amended")
        if each.on:
            words = f"the further question: {each.question}"
            yield _day("follow_up_day", each.on, words, each.source, since=since)
        law = law_of(each.law)
        if law:
            on = since or record.measure.dates.get("summary") or record.on
            yield from threshold_facts(law, each.rule, on, each.source)
    for route in record.measure.consents:
        for step in route.steps:
            law = law_of(step.law)
            if law and not route.optional:
                yield from threshold_facts(law, step.rule, record.on, "")


def _docket(record: Record) -> Iterator[Fact]:
    events = record.counted
    for number, event in enumerate(events):
        kind, words = EVENTS.get(event.kind), table().kind(event.kind).words
        if event.kind == "question_put" and event.body.get("question"):
            kind = "follow_up_day"
        source = event.source or event.authority
        if kind:
            yield _day(kind, event.day, f"{words}, {event.by}", source)
        # What a county counted of its own lines is no number of the whole petition.
        alone = leaves_others_out(event, events[:number])
        for key, name in () if alone else COUNTS.items():
            value = event.body.get(key)
            if isinstance(value, int) and not isinstance(value, bool):
                told = f"{key.replace('_', ' ')} {value:,} ({words}, {event.day})"
                as_of = event.day.isoformat()
                yield count_fact(name, value, told, source, as_of=as_of)
        yield from _once(event, events[number + 1 :], source)
        if event.kind == "fiscal_estimate" and "election_costs" in event.body:
            cost = str(event.body["election_costs"])
            yield Fact(
                kind="election_cost", value=cost, unit=None, source=source,
                words=f"elections: {cost}", as_of=event.day.isoformat(),
            )  # fmt: skip
        days = event.body.get("day_of_circulation")
        if isinstance(days, int):
            told = f"{words} on day {days} of its circulation"
            yield count_fact(
                "elapsed", days, told, source,
                unit=Unit.DURATION, as_of=event.day.isoformat(),
            )  # fmt: skip


def _once(event: Happened, later: tuple[Happened, ...], source: str) -> Iterator[Fact]:
    """Yield a planned day that a later event changed."""
    told = event.body.get("plebiscite_on")
    changed = next((e for e in later if "plebiscite_on" in e.body), None)
    if told and changed:
        last = changed.day - timedelta(days=1)
        day = date.fromisoformat(str(told))
        words = f"as first filed: {day.isoformat()}, until {last.isoformat()}"
        once = _day("follow_up_day", day, words, source, since=event.day)
        yield replace(once, until=last.isoformat())


def _day(
    kind: str, day: date, words: str, source: str, *, since: date | None = None
) -> Fact:
    return Fact(
        kind=kind,
        value=day,
        unit=None,
        words=words if day.isoformat() in words else f"{day.isoformat()}: {words}",
        source=source,
        as_of=(since or day).isoformat(),
    )
