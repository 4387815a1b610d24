"""A place's calendar as data: which library calendar, and where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plebiscite.core.calendar import Calendar, Correction
from plebiscite.core.citation import Source
from plebiscite.rules.file.node import Node, read_yaml
from plebiscite.rules.file.read_rule import read_cite, read_since
from plebiscite.rules.file.sources import read_sources

_EVERY_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
ANSWERS = {"yes": True, "no": False}
WORDS = ("name", "day", "called", "on", "holiday", "from", "seen", "until", "cite")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """A calendar, and the sources of its corrections by key."""

    title: str
    calendar: Calendar
    sources: Mapping[str, Source]


def read_calendar(path: Path) -> CalendarFile:
    """Read a calendar file.

    Raises:
        LawError: something in it cannot be read; the message says where and what to do.

    """
    root = read_yaml(path)
    parts = root.mapping(
        "a calendar file",
        known=("title", "place", "holidays", "sources", "corrections"),
    )
    if "title" not in parts:
        raise root.wrong("a calendar file needs a 'title'")
    sources = read_sources(parts["sources"]) if "sources" in parts else {}
    listed = (
        parts["corrections"].items("'corrections'") if "corrections" in parts else ()
    )
    return CalendarFile(
        title=parts["title"].text("'title'"),
        calendar=Calendar(
            place=parts["holidays"].text("'holidays'") if "holidays" in parts else "",
            corrections=tuple(_correction(each, sources) for each in listed),
        ),
        sources=sources,
    )


def _correction(node: Node, sources: Mapping[str, Source]) -> Correction:
    parts = node.mapping("a correction", known=WORDS)
    for word in ("name", "holiday", "cite"):
        if word not in parts:
            raise node.wrong(f"a correction needs a {word!r}")
    if ("day" in parts) == ("called" in parts):
        raise node.wrong(
            "a correction is of a 'day: 02-12' (month and day), or of the holiday that "
            "the library has 'called:' so; write one of the two"
        )
    month = day_of_month = None
    if "day" in parts:
        text = parts["day"].text("'day'")
        found = _EVERY_YEAR.fullmatch(text)
        if not found:
            raise parts["day"].wrong(f"write a month and day as 02-12, not {text!r}")
        month, day_of_month = int(found[1]), int(found[2])
    answer = parts["holiday"].text("'holiday'")
    if answer not in ANSWERS:
        raise parts["holiday"].wrong(f"'holiday' is yes or no, not {answer!r}")
    return Correction(
        name=parts["name"].text("'name'"),
        holiday=ANSWERS[answer],
        month=month,
        day_of_month=day_of_month,
        called=parts["called"].text("'called'") if "called" in parts else None,
        weekday=_weekday(parts["on"]) if "on" in parts else None,
        since=read_since(node, "correction")[0],
        until=parts["until"].day("'until'") if "until" in parts else None,
        cite=read_cite(parts["cite"], sources),
    )


def _weekday(node: Node) -> int:
    text = node.text("'on'")
    if text not in WEEKDAYS:
        raise node.wrong(f"'on' is a weekday such as friday, not {text!r}")
    return WEEKDAYS.index(text)
