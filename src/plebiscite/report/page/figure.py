"""The figures of a measure, each with every value it ever had and who gave it.

Four kinds of count are told apart and never mixed: *claimed* (somebody said so), *raw*
(lines filed, nobody looked), *projected* (from a sample) and *verified* (each looked
at). A value that an office revised or corrected stays beside the one that took its
place; the number of the event that gave it is its permanent name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plebiscite.core.canonical import Json
from plebiscite.docket import store
from plebiscite.docket.folder import Record
from plebiscite.docket.happened import CORRECTED, Happened, corrects, happened
from plebiscite.docket.lawful.part import part_of
from plebiscite.docket.table import table

COUNTS = ("claimed", "raw", "projected", "verified")
MEANS = {
    "required": "Valid signatures the law asks for.",
    "claimed": "What somebody said they had. Nobody has checked it.",
    "raw": "Lines filed and not struck. Nobody has looked whether they are valid.",
    "projected": "Valid signatures, worked out from a random sample of the lines.",
    "verified": "Valid signatures, each looked at by an election office.",
    "votes": "Votes, as the election offices canvassed them.",
}
PROVES = {
    "required": "It is what the law asks; it says nothing of what was gathered.",
    "claimed": "It does not prove that one signature exists.",
    "raw": "It does not prove that a line was signed by a voter, or only once.",
    "projected": "It does not prove how many are valid: a count of every line would "
    "come out a little higher or lower.",
    "verified": "It does not prove that the signers support the measure: a signature "
    "asks for a vote, and is none.",
    "votes": "It does not prove what those think who did not vote.",
}
"""What each kind of count is, and what it does not prove."""

KEYS = {
    "collected": "claimed",
    "claimed": "claimed",
    "raw": "raw",
    "projected": "projected",
    "verified": "verified",
    "required": "required",
    "yes": "votes-yes",
    "no": "votes-no",
    "blank": "votes-blank",
    "cast": "votes-cast",
    "registered": "votes-registered",
}
"""Keys of the events' bodies, and the figure each gives."""
OFFICE, STATEWIDE = "election office", 2
"""How a county's desk signs, and how many strokes the id of a state's law has."""
VOTE_KINDS = frozenset({"question_put", "canvassed", "canvass_revised"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One value a figure had.

    Attributes:
        seq: the number of the event that gave it; 0 for the measure's own file.
        number: 1 for the first value, and so on.
        value: a count; words such as "more than 402,468"; None where it was struck, or
            is not yet whole.
        parts: the counts it is the sum of, by county; empty where it is given whole.
        day, by, authority, source, event, hash: of the event.
        why: why it was changed, in the event's words; "" where it does not say.
        preliminary: whether what it rests on was still open.
        again: numbers of later events that gave the same value.

    """

    seq: int
    number: int
    value: int | str | None
    day: date | None
    by: str
    authority: str
    source: str
    event: str
    hash: str = ""
    why: str = ""
    preliminary: bool = False
    parts: Mapping[str, int | None] | None = None
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure and its revisions, first to last.

    Attributes:
        name: as its address has it, such as ``raw`` or ``independence-votes-yes``.
        kind: a key of `MEANS`.
        question: the further question it belongs to; "" for the measure itself.

    """

    name: str
    kind: str
    revisions: tuple[Revision, ...]
    question: str = ""

    @property
    def now(self) -> Revision:
        """The value that stands."""
        return self.revisions[-1]

    @property
    def count(self) -> int | None:
        """The value that stands, where it is a number."""
        return self.now.value if isinstance(self.now.value, int) else None

    @property
    def key(self) -> str:
        """What it counts within its kind: yes, no, cast …; else its kind."""
        return self.name.rpartition("votes-")[2] if self.kind == "votes" else self.kind

    def at(self, seq: int) -> Revision | None:
        """Return the value that an event gave."""
        return next((each for each in self.revisions if each.seq == seq), None)

    def later(self, seq: int) -> tuple[Revision, ...]:
        """Return the values that came after that of an event."""
        seqs = [each.seq for each in self.revisions]
        return self.revisions[seqs.index(seq) + 1 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What an office said of some counties' lines that stands in no sum of the state's.

    The state gave its own count whole, or gave none: nothing says what of it, if any,
    was of these counties. So nothing is added up, and this stands beside.

    Attributes:
        kind: a key of `COUNTS`.
        counties: whose lines it counts.
        value: the count; or words; None where it is not yet whole.
        day, by, seq: of the event that said so.

    """

    kind: str
    counties: tuple[str, ...]
    value: int | str | None
    day: date
    by: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a docket says in numbers.

    Attributes:
        figures: every figure of the measure by name, the requirement first, votes last.
        apart: what counties said of their own lines beside them, the last word of each.

    """

    figures: Mapping[str, Figure]
    apart: tuple[Apart, ...]


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
        counties = _part(event, record, found.get("raw", []))
        for key, told, seen in _given(event, written):
            value = told
            if counties and key in COUNTS:
                value = _within(found.get(key, []), counties, told)
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


def _part(event: Happened, record: Record, raw: Sequence[Revision]) -> tuple[str, ...]:
    """Return the counties an event speaks for; () for the whole petition.

    An event says so itself. One of an older docket does not: there a county's office is
    known by its name, and by the lines it counted. Either speaks for the whole where
    the count of all lines shows none but its own.
    """
    law = record.measure.law
    if law.count("/") != STATEWIDE or "local" in law:
        return ()
    told = event.body.get("raw")
    if named := part_of(event):
        alone = isinstance(told, dict) or not _is_all(raw, named, told)
        return named if alone else ()
    county, _, office = event.by.rpartition(", ")
    if not county or office != OFFICE:
        return ()
    if isinstance(told, dict):
        return (county,) if [*told] == [county] else ()
    if event.body.get("status") == "preliminary":
        return (county,)
    known = bool(raw) and raw[-1].value is not None and _count(told) is not None
    return (county,) if known and not _is_all(raw, (county,), told) else ()


def _is_all(raw: Sequence[Revision], counties: Sequence[str], told: Json) -> bool:
    """Whether the raw count that stands is of no lines but those of some counties."""
    if not raw:
        return False
    parts = raw[-1].parts
    if parts is not None:
        return set(parts) <= set(counties)
    return raw[-1].value is not None and raw[-1].value == _count(told)


def _within(
    revisions: Sequence[Revision], counties: Sequence[str], value: Json
) -> Json:
    """Return the sum's parts with these counties' put in; None where it lacks them."""
    parts = revisions[-1].parts if revisions else None
    if parts is None or set(counties) - set(parts):
        return None
    if len(counties) == 1 and _count(value) is not None:
        value = {counties[0]: value}
    if not isinstance(value, dict):
        return None
    return {**parts, **{name: value[name] for name in counties if name in value}}


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
        parts = {str(county): _count(each) for county, each in value.items()}
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


def _count(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _shown(value: Json) -> int | str | None:
    if isinstance(value, dict):
        parts = [_count(each) for each in value.values()]
        whole = [each for each in parts if each is not None]
        return sum(whole) if parts and len(whole) == len(parts) else None
    if isinstance(value, bool):
        return None
    return value if isinstance(value, int | str) else None
