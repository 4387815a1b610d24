"""A docket on disk: ``docket.jsonl``, one event a line, only ever added to.

Adding takes a lock, checks the whole chain, holds each new event against the table and
the law, and puts the longer file in the place of the shorter one in a single step: two
offices writing at once follow one another, and a crash at any byte leaves the last
whole event standing. A tail that some other program tore is set aside, in a file beside
the docket, and never thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from plebiscite.core.canonical import Json, canonical, parsed
from plebiscite.core.files import alone, write_whole
from plebiscite.docket.chain import Check, Soundness, check
from plebiscite.docket.event import Event
from plebiscite.docket.fork import Comparison, Relation, compare
from plebiscite.docket.happened import happened
from plebiscite.docket.lawful.ground import Ground, ground_of
from plebiscite.docket.lawful.part import PART
from plebiscite.docket.life import admit, life
from plebiscite.docket.table import table
from plebiscite.errors import InputError, RecordError

FILE = "docket.jsonl"
TORN = "docket.torn-{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What is to be added: an event before it has its place in the chain.

    Attributes are those of `Event`.
    """

    day: date
    kind: str
    by: str
    authority: str
    source: str = ""
    body: Mapping[str, Json] = field(default_factory=dict)


def append(
    folder: Path,
    happenings: Sequence[Happening],
    *,
    recorded_at: datetime,
    once: bool = False,
) -> list[Event]:
    """Add events to the docket of a measure folder, all or none, and return them.

    With `once`, what the docket says already (the same kind and body, on whatever day)
    is left out, so that two offices telling it at the same time add it once. What it
    said before events named the part they speak for is not said again either. Where the
    folder holds a counterfactual measure, every event added says so.

    Raises:
        InputError: an event is malformed, holds personal data, or may not follow.
        RecordError: the docket there is not whole; nothing is added to a broken chain.

    """
    path = folder / FILE
    ground = ground_of(folder)
    with _locked(folder):
        raw = path.read_bytes() if path.exists() else b""
        found = _standing(raw, path)
        tail, raw = raw[found.size :], raw[: found.size]
        said = [parsed(line) for line in raw.splitlines()]
        new = [_marked(each, ground) for each in happenings]
        if once:
            known = [(event["kind"], event["body"]) for event in said]
            new = [each for each in new if not _is_said(each, known)]
        events = _chained(new, found, recorded_at)
        admit(happened(said), happened(event.as_data() for event in events), ground)
        if found.soundness is Soundness.TORN:
            _set_aside(folder, tail)
        if events or tail:
            lines = [event.line() + b"\n" for event in events]
            write_whole(path, b"".join([raw, *lines]))
    return events


def _is_said(each: Happening, known: Sequence[tuple[Json, Json]]) -> bool:
    body = dict(each.body)
    bare = {key: value for key, value in body.items() if key != PART}
    return (each.kind, body) in known or (each.kind, bare) in known


def _chained(
    new: Sequence[Happening], found: Check, recorded_at: datetime
) -> list[Event]:
    prev, events = found.head, []
    for seq, each in enumerate(new, start=found.events + 1):
        event = Event(
            seq=seq,
            recorded_at=recorded_at,
            day=each.day,
            kind=each.kind,
            by=each.by,
            authority=each.authority,
            source=each.source,
            body=each.body,
            prev=prev,
        )
        events.append(event)
        prev = event.hash
    return events


def _marked(each: Happening, ground: Ground | None) -> Happening:
    if ground is None or not ground.measure.counterfactual:
        return each
    return replace(each, body={**each.body, "counterfactual": True})


def _set_aside(folder: Path, tail: bytes) -> None:
    """Keep a torn tail beside the docket, under a name not yet taken.

    Where that was done and then cut off, the file is there already.
    """
    number = 1
    while (kept := folder / TORN.format(number)).exists():
        if kept.read_bytes() == tail:
            return
        number += 1
    write_whole(kept, tail)


def refuse_unready(folder: Path, kind: str) -> None:
    """Refuse, before long work, a folder whose docket would not take its first event.

    Raises:
        InputError: the measure is at a stage at which `kind` cannot happen.
        RecordError: the docket is not whole.

    """
    reached = life(happened(read(folder)))
    if kind not in table().allowed(reached.stage):
        raise InputError(
            f"{folder}: the measure is {reached.stage!r} ({reached.words}), and "
            f"{table().kinds[kind].why}; its docket can take: "
            f"{', '.join(table().allowed(reached.stage))}"
        )


def read(folder: Path) -> list[dict[str, Json]]:
    """Return the events of a measure folder as data, oldest first; [] where none is.

    A torn tail is left out; `verify` tells of it.

    Raises:
        RecordError: the docket is not whole.

    """
    path = folder / FILE
    if not path.exists():
        return []
    raw = path.read_bytes()
    found = _standing(raw, path)
    return [parsed(line) for line in raw[: found.size].splitlines()]


def take_over(folder: Path, other: Path) -> Comparison:
    """Compare the dockets of two folders, and add to `folder` where the other goes on.

    Nothing is changed where the two have forked: which of two true copies is right is
    for a person to say.

    Raises:
        InputError: a folder holds no docket, or the other goes on against the table.
        RecordError: one of them is not whole.

    """
    path = folder / FILE
    theirs = read(other)
    for each in (folder, other):
        if not (each / FILE).exists():
            raise InputError(f"{each} holds no {FILE}; name the folder of a measure")
    with _locked(folder):
        mine = read(folder)
        found = compare(mine, theirs)
        if found.relation is Relation.AHEAD:
            admit(happened(mine), happened(found.second), ground_of(folder))
            write_whole(path, b"".join(canonical(dict(e)) + b"\n" for e in theirs))
    return found


def checkpoint(folder: Path) -> bytes:
    """Return what stands for the docket today, to be signed and published elsewhere.

    Raises:
        InputError: there is no docket in the folder.
        RecordError: the docket is not whole.

    """
    found = verify(folder)
    if not found.is_whole:
        raise RecordError(f"{folder / FILE}: {found.words}")
    body: dict[str, Json] = {"v": 1, "events": found.events, "head": found.head}
    return canonical(body) + b"\n"


def read_checkpoint(path: Path) -> str:
    """Return the head that a checkpoint holds.

    Raises:
        InputError: the file is none.

    """
    try:
        found = parsed(path.read_bytes())
        return str(found["head"])
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise InputError(
            "this is no checkpoint; give the file that 'measure checkpoint' wrote",
            path=path,
        ) from problem


def verify(folder: Path, *, head: str | None = None) -> Check:
    """Check the docket of a measure folder, against a published head if given.

    Raises:
        InputError: there is no docket in the folder.

    """
    path = folder / FILE
    if not path.exists():
        raise InputError(f"{folder} holds no {FILE}; name the folder of a measure")
    return check(path.read_bytes(), head=head)


def _standing(raw: bytes, path: Path) -> Check:
    found = check(raw)
    if not found.stands:
        raise RecordError(f"{path}: {found.words}; restore the true docket first")
    return found


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder; name the folder of a measure")
    with alone(folder):
        yield
