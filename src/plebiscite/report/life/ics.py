"""A measure's days as an iCalendar file (RFC 5545), which any calendar program opens.

Every day is a whole day. An entry keeps its identity between exports, so that a program
that reads the file again moves a changed deadline and adds none twice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from plebiscite.docket.agenda import Entry

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
WIDTH = 75
"""Bytes a line of the file may have before it is folded (RFC 5545, section 3.1)."""


def ics(measure: str, entries: Sequence[Entry], *, stamp: datetime) -> str:
    """Return entries as an iCalendar file; `stamp` is when the record was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//plebiscite//measure calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(measure)}",
    ]
    for each in entries:
        lines += _event(measure, each, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(measure: str, entry: Entry, stamp: datetime) -> Iterator[str]:
    same = f"{measure}|{entry.kind}|{entry.status == 'happened'}|{entry.title}"
    if entry.status == "happened":
        same += f"|{entry.day.isoformat()}|{entry.detail}"
    words = [f"{entry.status}: {entry.detail}"]
    words += [f"authority: {'; '.join(entry.cite)}"] if entry.cite else []
    words += [f"assumes: {each}" for each in entry.assumes]
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(same.encode()).hexdigest()[:32]}@plebiscite"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{measure}: {entry.title}')}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(words))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Return a text that stays one value: no line ends within it, and no controls."""
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 bytes, never inside a character."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > WIDTH:
            yield piece
            piece = " "
        piece += sign
    yield piece
