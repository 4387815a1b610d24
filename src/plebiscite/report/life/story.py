"""The story of a measure: what it would do, what happened, and what is next.

Every number in it stands beside its source: an event's beside the law and the document
of the event, a fact's beside the record it was taken from, a requirement's beside the
rule it was computed by. Opinions are quoted with who held them, and none is weighed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plebiscite.core.citation import Source
from plebiscite.docket.agenda import next_steps
from plebiscite.docket.consent import RouteStanding, together
from plebiscite.docket.folder import Record
from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.counts import votes_canvassed
from plebiscite.docket.lawful.ground import said_on
from plebiscite.docket.table import table
from plebiscite.errors import PlebisciteError
from plebiscite.petition.measure_after import FollowUp
from plebiscite.report.life.law_of import book_of, law_day
from plebiscite.report.life.setting import setting_data, setting_lines
from plebiscite.report.life.told import (
    event_lines,
    spoken_day,
    step_data,
    step_lines,
    titles,
)
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.rules.rulebook import open_law
from plebiscite.vote.outcome.told import standing_word

INDENT = "    "


def story_data(record: Record) -> dict[str, Any]:
    """Return the whole story as JSON data; counts are integers, days ISO."""
    measure, reached = record.measure, record.life
    return {
        "id": measure.id,
        "title": measure.title,
        "kind": measure.kind,
        "law": record.law.id,
        "as_of": record.on.isoformat(),
        "counterfactual": measure.counterfactual,
        "stage": reached.stage,
        "stage_words": reached.words,
        "since": reached.since.isoformat() if reached.since else None,
        "ended": reached.has_ended,
        "would": measure.note,
        "facts": [
            {"name": name, "value": value, "source": measure.fact_sources.get(name)}
            for name, value in measure.facts.items()
        ],
        "required": _required(record),
        "eligibility": _eligibility(record),
        "events": [_event_data(each) for each in record.events],
        "later_events": record.later,
        "next": [step_data(step) for step in next_steps(record)],
        "follow_ups": [_follow_up_data(record, each) for each in measure.follow_ups],
        "consents": {
            "standing": standing_word(together(record.consents))
            if measure.consents
            else None,
            "routes": [_route_data(each) for each in record.consents],
        },
        "opinions": [
            {
                "by": each.by,
                "on": each.on,
                "said": each.said,
                "where": each.where,
                "checked": each.checked,
            }
            for each in record.opinions
        ],
        "setting": setting_data(record),
        "docket": {
            "soundness": record.check.soundness.value if record.check else None,
            "events": record.check.events if record.check else 0,
            "head": record.check.head if record.check else None,
        },
        "sources": list(measure.sources),
    }


def story_lines(record: Record) -> list[str]:
    """Return the whole story as lines for a terminal, none of them folded."""
    return [line for part in _parts(record) for line in part]


def _parts(record: Record) -> Iterator[list[str]]:
    measure, reached = record.measure, record.life
    mark = ["COUNTERFACTUAL: this never happened."] if measure.counterfactual else []
    since = f" since {reached.since}" if reached.since else ""
    yield [
        f"{measure.id}  {measure.title}",
        *mark,
        f"{measure.kind}, under {record.law.id}; as of {record.on}",
        f"stands: {reached.words}{since}  (stage: {reached.stage})",
        "",
    ]
    if measure.note:
        yield ["What it would do", f"{INDENT}{measure.note}", ""]
    if numbers := list(_number_lines(record)):
        yield ["Numbers it rests on", *numbers, ""]
    happened = [line for each in record.events for line in event_lines(each)]
    later = [f"({record.later:,} later events are left out)"] if record.later else []
    yield ["What happened", *(happened or [f"{INDENT}nothing is recorded"]), *later, ""]
    if measure.follow_ups:
        lines = [x for f in measure.follow_ups for x in _follow_up_lines(record, f)]
        yield ["Further questions", *lines, ""]
    if measure.consents:
        yield ["Consents of others", *_consent_lines(record), ""]
    if record.opinions:
        lines = [
            f"{INDENT}{each.by} ({each.on}): {each.said}  [{each.where}]"
            for each in record.opinions
        ]
        yield ["Opinions, none of them ours", *lines, ""]
    if lines := [f"{INDENT}{line}" for line in setting_lines(record)]:
        yield ["Figures given of its setting, none of them ours", *lines, ""]
    yield ["What comes next", *_next_lines(record), ""]
    if record.check:
        yield [f"docket {record.check.words}; head {record.check.head}"]


def _number_lines(record: Record) -> Iterator[str]:
    sources = record.measure.fact_sources
    for name, value in record.measure.facts.items():
        source = sources.get(name, "no source is recorded")
        yield f"{INDENT}{name.replace('_', ' ')}: {value:,}  [{source}]"
    if required := _required(record):
        cite, value = "; ".join(required["authority"]), required["value"]
        yield f"{INDENT}the law asks for {value:,}: {required['rule']}  [{cite}]"
        for remark in required["remarks"]:
            yield f"{INDENT}{INDENT}{remark}"
    yield from _eligibility_lines(record)


def _eligibility(record: Record) -> dict[str, Any] | None:
    """Return who may propose, and what the proponents declared at filing."""
    who = table().eligible(record.law.id)
    filed = next((each for each in record.counted if each.kind == "filed"), None)
    if who is None or filed is None:
        return None
    declared = {
        each: filed.body[f"declared_{each}"]
        for each in who.declared
        if f"declared_{each}" in filed.body
    }
    return {
        "rule": who.words,
        "authority": who.cite,
        "proponents": filed.body.get("proponents"),
        "declared": declared or None,
    }


def _eligibility_lines(record: Record) -> Iterator[str]:
    if found := _eligibility(record):
        said = found["declared"] or {}
        told = ", ".join(f"{name} {count}" for name, count in said.items())
        yield (
            f"{INDENT}{found['rule']}: {told or 'what they declared is not recorded'}"
            f"  [{found['authority']}]"
        )


def _required(record: Record) -> dict[str, Any] | None:
    facts = {k: v for k, v in record.measure.facts.items() if k != "required"}
    name = "required_signatures"
    book = book_of(record)
    try:
        value, remarks = book.required(facts)
        cite = book.cite(name)
    except PlebisciteError:
        return None
    return {
        "value": value,
        "rule": record.ground.said(name, record.life.dates, law_day(record)),
        "authority": [source.title for source in cite],
        "remarks": list(remarks),
    }


def _event_data(event: Happened) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "day": event.day.isoformat(),
        "kind": event.kind,
        "words": table().kind(event.kind).words,
        "by": event.by,
        "authority": event.authority,
        "source": event.source,
        "body": dict(event.body),
        "counterfactual": event.is_counterfactual,
        "corrected_by": list(event.corrections),
        "struck": event.struck,
        "recorded_at": event.recorded_at.isoformat() if event.recorded_at else None,
        "hash": event.hash,
    }


def _next_lines(record: Record) -> list[str]:
    steps = next_steps(record)
    if not steps:
        return [f"{INDENT}Nothing ({record.life.words}); nobody has to act."]
    return [f"{INDENT}{line}" for step in steps for line in step_lines(step)]


def _rule_of(record: Record, follow: FollowUp) -> tuple[str, tuple[Source, ...]]:
    return said_on(follow.law, follow.rule, follow.on or record.on)


def _verdict_of(record: Record, follow: FollowUp) -> Verdict | None:
    asked = [
        each.seq
        for each in record.counted
        if each.kind == "follow_up_scheduled" and each.body.get("question") == follow.id
    ]
    after = [each for each in record.counted if asked and each.seq > asked[-1]]
    counts = votes_canvassed(after)
    if not follow.law or "yes" not in counts:
        return None
    try:
        return open_law(follow.law).on_day(record.on).judge(follow.rule, counts)
    except PlebisciteError:
        return None


def _follow_up_lines(record: Record, follow: FollowUp) -> Iterator[str]:
    rule, cite = _rule_of(record, follow)
    yield f"{INDENT}{spoken_day(follow.on)}  {follow.question}  [{follow.source}]"
    carried = f"carried if {rule}" if rule else "no rule of its own is recorded"
    yield f"{INDENT}{INDENT}{carried}" + (f"  [{titles(cite)}]" if cite else "")
    if follow.means:
        yield f"{INDENT}{INDENT}{follow.means}"
    if verdict := _verdict_of(record, follow):
        yield from (f"{INDENT}{INDENT}{line}" for line in verdict.lines())


def _follow_up_data(record: Record, follow: FollowUp) -> dict[str, Any]:
    rule, cite = _rule_of(record, follow)
    verdict = _verdict_of(record, follow)
    return {
        "id": follow.id,
        "question": follow.question,
        "on": follow.on.isoformat() if follow.on else None,
        "law": follow.law or None,
        "rule": rule or None,
        "authority": [source.title for source in cite],
        "means": follow.means,
        "source": follow.source,
        "standing": standing_word(verdict.standing if verdict else Standing.OPEN),
        "verdict": verdict.as_data() if verdict else None,
    }


def _consent_lines(record: Record) -> Iterator[str]:
    needed = [each for each in record.consents if not each.route.optional]
    enough = " (one way is enough)" if len(needed) > 1 else ""
    yield f"{INDENT}together: {together(record.consents).value}{enough}"
    for found in record.consents:
        optional = ", besides" if found.route.optional else ""
        yield f"{INDENT}{found.standing.value}: {found.route.words}{optional}"
        if found.route.note:
            yield f"{INDENT}{INDENT}({found.route.note})"
        for number, step in enumerate(found.steps, start=1):
            needs = step.threshold or "no threshold is settled"
            until = f"deadline {step.step.deadline}"
            cite = f"  [{titles(step.cite)}]" if step.cite else ""
            days = "".join(
                f", {word} {day}"
                for word, day in (("asked", step.asked), ("answered", step.answered))
                if day
            )
            yield (
                f"{INDENT}{INDENT}{number}. {step.standing.value}: {step.step.body}: "
                f"{needs}; {until}{days}{cite}"
            )


def _route_data(found: RouteStanding) -> dict[str, Any]:
    return {
        "route": found.route.route,
        "words": found.route.words,
        "note": found.route.note,
        "optional": found.route.optional,
        "standing": standing_word(found.standing),
        "steps": [
            {
                "step": step.step.step,
                "body": step.step.body,
                "threshold": step.threshold or None,
                "deadline": step.step.deadline,
                "standing": standing_word(step.standing),
                "asked": step.asked.isoformat() if step.asked else None,
                "answered": step.answered.isoformat() if step.answered else None,
                "authority": [source.title for source in step.cite],
                "verdict": step.verdict.as_data() if step.verdict else None,
            }
            for step in found.steps
        ],
    }
