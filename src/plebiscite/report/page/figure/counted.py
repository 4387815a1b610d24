"""Every figure of a measure, as its docket gave it: each value, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plebiscite.core.canonical import Json
from plebiscite.docket import store
from plebiscite.docket.folder import Record
from plebiscite.docket.happened import CORRECTED, Happened, corrects, happened
from plebiscite.docket.table import table
from plebiscite.report.page.figure.counties import count, part, within
from plebiscite.report.page.figure.kinds import (
    COUNTS,
    KEYS,
    MEANS,
    VOTE_KINDS,
    Apart,
    Counted,
    Figure,
    Revision,
)


def figures(record: Record) -> dict[str, Figure]:
    """Return every figure of a measure by name, the requirement first, votes last."""
    return dict(counted(record).figures)


def counted(record: Record) -> Counted:
    """Return what the docket of a measure says in numbers, as of the record's day."""
    found: dict[str, list[Revision]] = {}
    questions: dict[str, str] = {}
    apart: dict[tuple[str, tuple[str, ...]], Apart] = {}
    question = ""
    facts = record.measure.facts
    if (required := facts.get("required")) is not None:
        found["required"] = [_of_file(record, required)]
    written = _written(record)
    for event in written:
        if event.kind == "follow_up_scheduled":
            question = str(event.body.get("question", ""))
        prefix = f"{question}-" if question else ""
        counties = part(event, record, found.get("raw", []))
        for key, told, seen in _given(event, written):
            value = told
            if counties and key in COUNTS:
                value = within(found.get(key, []), counties, told)
                if value is None:
                    apart[key, counties] = _apart(key, counties, told, event)
                    continue
                apart.pop((key, counties), None)
            is_vote = key.startswith("votes-")
            name = f"{prefix}{key}" if is_vote else key
            questions[name] = question if is_vote else ""
            _add(found.setdefault(name, []), value, seen)
    order = [*MEANS]
    names = sorted(found, key=lambda n: (bool(questions.get(n)), order.index(_kind(n))))
    return Counted(
        figures={
            name: Figure(
                name=name,
                kind=_kind(name),
                revisions=tuple(found[name]),
                question=questions.get(name, ""),
            )
            for name in names
        },
        apart=tuple(apart[each] for each in sorted(apart, key=_reading_order)),
    )


def _reading_order(each: tuple[str, tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
    return COUNTS.index(each[0]), each[1]


def _apart(key: str, counties: tuple[str, ...], told: Json, event: Happened) -> Apart:
    return Apart(
        kind=key,
        counties=counties,
        value=_shown(told),
        day=event.day,
        by=event.by,
        seq=event.seq,
    )


def _kind(name: str) -> str:
    return "votes" if "votes-" in name else name


def _written(record: Record) -> list[Happened]:
    """Return the events as they were written, uncorrected, by the day of the record."""
    return [
        each for each in happened(store.read(record.folder)) if each.day <= record.on
    ]


def _of_file(record: Record, value: int) -> Revision:
    return Revision(
        seq=0,
        number=1,
        value=value,
        day=record.measure.dates.get("summary"),
        by="the record of the measure",
        authority="",
        source=record.measure.fact_sources.get("required", ""),
        event="stated in the record",
    )


def _given(
    event: Happened, written: Sequence[Happened]
) -> Iterator[tuple[str, Json, Happened]]:
    """Yield the figures an event gives; a correction gives those it changes."""
    body: Mapping[str, Json] = event.body
    told = event.kind
    if event.kind == CORRECTED:
        aim = next((e for e in written if e.seq == corrects(event)), None)
        if aim is None:
            return
        told = aim.kind
        now = event.body.get("now")
        body = now if isinstance(now, dict) else {}
        if event.body.get("struck") is True:
            body = {key: None for key in aim.body if key in KEYS}
    for key, value in body.items():
        name = KEYS.get(key)
        if name is None or (name.startswith("votes-") and told not in VOTE_KINDS):
            continue
        # A sample has verified nothing; that is no value of the figure.
        if value is None and event.kind != CORRECTED:
            continue
        yield name, value, event


def _add(revisions: list[Revision], value: Json, event: Happened) -> None:
    """Add a value, unless it is the one that stands: then it was only said again."""
    parts = None
    if isinstance(value, dict):
        parts = {str(county): count(each) for county, each in value.items()}
    shown = _shown(value)
    if revisions and revisions[-1].value == shown:
        last = revisions[-1]
        if last.seq == 0:
            revisions[-1] = _revision(1, shown, event, parts)
            return
        firm = last.preliminary and event.body.get("status") == "final"
        revisions[-1] = replace(
            last,
            again=(*last.again, event.seq),
            preliminary=last.preliminary and not firm,
            parts=last.parts or parts,
        )
        return
    revisions.append(_revision(len(revisions) + 1, shown, event, parts))


def _revision(
    number: int,
    value: int | str | None,
    event: Happened,
    parts: Mapping[str, int | None] | None,
) -> Revision:
    why = event.body.get("because") or event.body.get("changed_by") or ""
    return Revision(
        seq=event.seq,
        number=number,
        value=value,
        day=event.day,
        by=event.by,
        authority=event.authority,
        source=event.source,
        event=table().kind(event.kind).words,
        hash=event.hash,
        why=", ".join(map(str, why)) if isinstance(why, list | tuple) else str(why),
        preliminary=event.body.get("status") == "preliminary",
        parts=parts,
    )


def _shown(value: Json) -> int | str | None:
    if isinstance(value, dict):
        parts = [count(each) for each in value.values()]
        whole = [each for each in parts if each is not None]
        return sum(whole) if parts and len(whole) == len(parts) else None
    if isinstance(value, bool):
        return None
    return value if isinstance(value, int | str) else None
