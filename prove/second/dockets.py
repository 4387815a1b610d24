"""Dockets as cases: whole ones, and such as somebody changed, cut or rewrote.

Texts hold what canonical JSON is strange about: control characters, quotes, letters
beyond the first plane, numbers beyond 64 bits. Changes are of a byte, of the order, of
the end; and rewritings whose hashes all fit, with one thing an event must not be.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from plebiscite.core.canonical import canonical
from plebiscite.docket.chain import check
from plebiscite.docket.event import FIRST, Event, link
from prove.second.asked import Case

ODD = '"\\/\b\f\n\r\t\x00\x01\x1f\x7f\x80éñß€\u2028\ufeff\ue000\uffff𝄞🗳'
LETTERS = "abcdefghijklmnopqrstuvwxyz ABC 0123456789:,{}[]"


def cases(rng: Random, many: int) -> list[Case]:
    """Return `many` dockets: with a head, an earlier one, none, or a wrong one."""
    return [_case(rng) for _ in range(many)]


def ours(case: Case) -> Any:
    """Return what the house says of a docket."""
    found = check(bytes.fromhex(case["docket"]), head=case["head"])
    return {
        "says": found.soundness.value,
        "line": found.line,
        "events": found.events,
        "head": found.head,
    }


def _case(rng: Random) -> Case:
    events = _events(rng, rng.randint(0, 5))
    hashes = [str(event["hash"]) for event in events]
    raw = b"".join(canonical(event) + b"\n" for event in events)
    head = rng.choice([None, *hashes, *hashes, _text(rng, 5), "f" * 64])
    if raw:
        raw = rng.choice(CHANGES)(rng, raw, events)
    return {"docket": raw.hex(), "head": head}


def _events(rng: Random, many: int) -> list[dict[str, Any]]:
    prev, events, when = FIRST, [], datetime(2017, 1, 26, 12, tzinfo=UTC)
    for seq in range(1, many + 1):
        event = Event(
            seq=seq,
            recorded_at=when + timedelta(seconds=rng.randint(0, 10**8)),
            day=date(2017, 1, 26) + timedelta(days=rng.randint(0, 1000)),
            kind=rng.choice(["noted", "filed", "raw_count"]),
            by=_text(rng, 12) or "clerk",
            authority=_text(rng, 12) or "law",
            source=_text(rng, 12),
            body={
                f"{n} {_text(rng, 4)}": _value(rng, 2) for n in range(rng.randint(0, 4))
            },
            prev=prev,
        )
        prev = event.hash
        events.append(event.as_data())
    return events


def _text(rng: Random, most: int) -> str:
    letters = rng.choices(LETTERS + ODD, k=rng.randint(0, most))
    return "".join(letters).replace("@", "")


def _value(rng: Random, depth: int) -> Any:
    kind = rng.randint(0, 7 if depth else 5)
    if kind == 6:
        return [_value(rng, depth - 1) for _ in range(rng.randint(0, 3))]
    if kind == 7:
        return {
            f"{_text(rng, 3)}{n}": _value(rng, depth - 1)
            for n in range(rng.randint(0, 3))
        }
    whole = rng.choice(
        [0, 1, -1, 2**53 + 1, 2**63, -(2**63) - 1, 10**30, rng.randint(0, 10**6)]
    )
    return [None, True, False, whole, str(whole), _text(rng, 9)][kind]


def _same(_: Random, raw: bytes, __: list[dict[str, Any]]) -> bytes:
    return raw


def _byte(rng: Random, raw: bytes, _: list[dict[str, Any]]) -> bytes:
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([rng.randrange(256)]) + raw[at + 1 :]


def _less(rng: Random, raw: bytes, _: list[dict[str, Any]]) -> bytes:
    lines = raw.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def _shuffled(rng: Random, raw: bytes, _: list[dict[str, Any]]) -> bytes:
    lines = raw.split(b"\n")[:-1]
    rng.shuffle(lines)
    return b"".join(line + b"\n" for line in lines)


def _cut(rng: Random, raw: bytes, _: list[dict[str, Any]]) -> bytes:
    return raw[: rng.randrange(len(raw))]


def _spaced(rng: Random, raw: bytes, _: list[dict[str, Any]]) -> bytes:
    return raw.replace(b":", rng.choice([b": ", b" :"]), 1)


REWRITTEN: tuple[dict[str, Any], ...] = (
    {"v": 2},
    {"v": "1"},
    {"v": True},
    {"seq": True},
    {"seq": "1"},
    {"seq": 0},
    {"prev": "0" * 63},
    {"more": 1},
    {"body": 1},
    {"day": None},
)


def _rewritten(rng: Random, _: bytes, events: list[dict[str, Any]]) -> bytes:
    """Change one thing in an event, and every hash from there on, so that all fit."""
    at, change = rng.randrange(len(events)), rng.choice(REWRITTEN)
    prev, lines = FIRST, []
    for number, event in enumerate(events):
        changed = {**event, "prev": prev, **(change if number == at else {})}
        rest = {k: v for k, v in changed.items() if k not in {"prev", "hash"}}
        changed["hash"] = link(str(changed["prev"]), rest)
        prev = changed["hash"]
        lines.append(canonical(changed) + b"\n")
    return b"".join(lines)


CHANGES: tuple[Callable[[Random, bytes, list[dict[str, Any]]], bytes], ...] = (
    *(_same, _same, _same, _byte, _byte),
    *(_less, _shuffled, _cut, _spaced, _rewritten, _rewritten),
)
