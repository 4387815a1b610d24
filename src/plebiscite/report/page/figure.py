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


def figures(record: Record) -> dict[str, Figure]:
    """Return every figure of a measure by name, the requirement first, votes last."""
    found: dict[str, list[Revision]] = {}
    questions: dict[str, str] = {}
    question = ""
    facts = record.measure.facts
    if (required := facts.get("required")) is not None:
        found["required"] = [_of_file(record, required)]
    written = _written(record)
    for event in written:
        if event.kind == "follow_up_scheduled":
            question = str(event.body.get("question", ""))
        prefix = f"{question}-" if question else ""
        speaks_for = _one_county(event, record)
        for key, told, seen in _given(event, written):
            value = told
            if speaks_for and key in COUNTS:
                value = _within(found.get(key, []), speaks_for, told)
                if value is None:
                    continue
            is_vote = key.startswith("votes-")
            name = f"{prefix}{key}" if is_vote else key
            questions[name] = question if is_vote else ""
            _add(found.setdefault(name, []), value, seen)
    order = [*MEANS]
    names = sorted(found, key=lambda n: (bool(questions.get(n)), order.index(_kind(n))))
    return {
        name: Figure(
            name=name,
            kind=_kind(name),
            revisions=tuple(found[name]),
            question=questions.get(name, ""),
        )
        for name in names
    }


def _one_county(event: Happened, record: Record) -> str:
    """Return the county an event speaks for where the measure is a whole state's.

    A county's office commits to its own lines, and certifies with the others still
    awaited: neither is a count of the petition.
    """
    county, _, office = event.by.rpartition(", ")
    law = record.measure.law
    if not county or office != OFFICE or law.count("/") != STATEWIDE or "local" in law:
        return ""
    told = event.body.get("raw")
    if isinstance(told, dict):
        return county if [*told] == [county] else ""
    return county if event.body.get("status") == "preliminary" else ""


def _within(revisions: Sequence[Revision], county: str, value: Json) -> Json:
    """Return the sum's parts with one county's own put in; None where it has none."""
    parts = revisions[-1].parts if revisions else None
    if parts is None or county not in parts or not isinstance(value, dict):
        return None
    return {**parts, **value}


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
