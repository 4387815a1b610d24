"""A measure's events as an Atom feed (RFC 4287), newest first.

An entry keeps its identity: the hash of its event. A corrected event is told again, by
the entry of its correction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from plebiscite.docket.folder import Record
from plebiscite.docket.table import table
from plebiscite.report.life.told import details, where

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed; `link` is whole, and `at` when it was written down."""

    id: str
    title: str
    link: str
    at: datetime
    words: str


def entries(record: Record, page: str) -> list[Entry]:
    """Return the events of a measure as entries; `page` is its page's address."""
    mark = "COUNTERFACTUAL: " if record.measure.counterfactual else ""
    return [
        Entry(
            id=f"urn:sha256:{each.hash}",
            title=f"{mark}{record.measure.id}: {table().kind(each.kind).words}",
            link=f"{page}#event-{each.seq}",
            at=each.recorded_at or datetime.combine(each.day, datetime.min.time(), UTC),
            words="; ".join(
                part
                for part in (
                    f"{each.day}, {each.by}",
                    details(each.body),
                    where(each),
                )
                if part
            ),
        )
        for each in reversed(record.events)
    ]


def atom(title: str, *, own: str, page: str, found: Sequence[Entry]) -> str:
    """Return entries as a feed; `own` is the feed's address, `page` the page's."""
    newest = sorted(found, key=lambda each: each.at, reverse=True)[:MOST]
    updated = max(
        (each.at for each in newest), default=datetime(1970, 1, 1, tzinfo=UTC)
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(own)}</id>",
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(page)}"/>',
        f"<updated>{_stamp(updated)}</updated>",
        "<author><name>plebiscite</name></author>",
        *(line for each in newest for line in _entry(each)),
        "</feed>\n",
    ]
    return "\n".join(lines)


def _entry(each: Entry) -> Iterator[str]:
    yield "<entry>"
    yield f"<title>{escape(each.title)}</title>"
    yield f"<id>{escape(each.id)}</id>"
    yield f'<link rel="alternate" type="text/html" href="{escape(each.link)}"/>'
    yield f"<updated>{_stamp(each.at)}</updated>"
    yield f'<content type="text">{escape(each.words)}</content>'
    yield "</entry>"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
