"""The words of single events, days and steps, as every page and command says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from plebiscite.core.canonical import Json
from plebiscite.core.citation import Source
from plebiscite.docket.agenda import NextStep
from plebiscite.docket.happened import Happened
from plebiscite.docket.table import table

COUNTERFACTUAL = "counterfactual"
UNGROUPED = frozenset({"seed", "number", "proposition", "corrects"})
"""Numbers that name something and count nothing."""


def titles(sources: Sequence[Source]) -> str:
    """Return the titles of sources in one line; what was never read says so."""
    return "; ".join(str(source) for source in sources)


def details(body: Mapping[str, Json]) -> str:
    """Return what an event's body says, in one line; "" where it says nothing.

    >>> details({"required": 585407, "band": "full_count"})
    'required 585,407; band full count'
    """
    return "; ".join(_details(body))


def _details(body: Mapping[str, Json]) -> Iterator[str]:
    for key, value in body.items():
        if key == COUNTERFACTUAL:
            continue
        name = key.replace("_", " ")
        if isinstance(value, dict):
            inner = ", ".join(_details(value))
            yield f"{name}: {inner}"
        else:
            yield f"{name} {_value(key, value)}"


def _value(key: str, value: Json) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value) if key in UNGROUPED else f"{value:,}"
        case None:
            return "not recorded"
        case list() | tuple():
            return ", ".join(_value(key, each) for each in value)
    text = str(value)
    return text.replace("_", " ") if key in {"band", "standing"} else text


def where(event: Happened) -> str:
    """Return the law and the document an event rests on, in one line."""
    return "; ".join(part for part in (event.authority, event.source) if part)


def event_lines(event: Happened) -> list[str]:
    """Return an event as lines for a terminal."""
    flags = []
    if event.is_counterfactual:
        flags.append("COUNTERFACTUAL")
    if event.struck:
        flags.append("struck")
    if event.corrections:
        numbers = ", ".join(str(each) for each in event.corrections)
        flags.append(f"corrected by event {numbers}")
    flag = f"  ({'; '.join(flags)})" if flags else ""
    words = table().kind(event.kind).words
    lines = [f"{event.day}  {words}, {event.by}{flag}"]
    if said := details(event.body):
        lines.append(f"            {said}")
    lines.append(f"            [{where(event)}]")
    return lines


def step_lines(step: NextStep) -> list[str]:
    """Return a next step as lines for a terminal."""
    modal = "may act" if step.may else "must act"
    by = f" by {step.by}" if step.by else ""
    late = "  ** that day has passed **" if step.late else ""
    lines = [f"{step.who} {modal}{by}: {step.words}{late}"]
    if step.rule:
        lines.append(f"    rule: {step.rule}")
    if step.cite:
        lines.append(f"    authority: {titles(step.cite)}")
    lines += [f"    assumes: {each}" for each in step.assumes]
    if step.why_no_day and not step.may:
        lines.append(f"    no day: {step.why_no_day}")
    if step.silence:
        lines.append(f"    if not: {step.silence}")
    return lines


def step_data(step: NextStep) -> dict[str, object]:
    """Return a next step as JSON data."""
    return {
        "who": step.who,
        "does": step.does,
        "words": step.words,
        "by": step.by.isoformat() if step.by else None,
        "owed": not step.may,
        "rule": step.rule,
        "authority": [source.title for source in step.cite],
        "checked": checked(step.cite),
        "assumes": list(step.assumes),
        "no_day": step.why_no_day or None,
        "if_not": step.silence or None,
        "late": step.late,
    }


def checked(sources: Sequence[Source]) -> str:
    """Return the day the source read longest ago was read; ``no`` if one never was."""
    days = [source.checked for source in sources]
    known = [day for day in days if day]
    return min(known).isoformat() if known and len(known) == len(days) else "no"


def spoken_day(day: date | None) -> str:
    """Return a day as ISO, or a dash."""
    return day.isoformat() if day else "-"
