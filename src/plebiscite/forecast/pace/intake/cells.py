"""Cells of a file of counts: days, perhaps with a time, and numbers as people write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.core.table import ColumnMapping
from plebiscite.forecast.pace.counts import Channel
from plebiscite.forecast.polls.intake.days import written
from plebiscite.forecast.polls.intake.headings import first_of, plain, separated

WORDS = Path(__file__).parents[2] / "data" / "pace_headings.yaml"
NEEDED = ("petition_id", "day", "count")
STAMPED = re.compile(r"(.*\d)[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d.*)?")
CHANNELS = {
    Channel.ONLINE: r"online|digital|electronic|e-?sign|eid|web|tablet",
    Channel.VOLUNTEER: r"volunt|unpaid|un-paid|not paid",
    Channel.PAID: r"paid|commercial|contract",
    Channel.PAPER: r"paper|sheet|offline|table",
}
"""In this order: who is unpaid is not paid, and a tablet is no table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """When something was counted: a day, and the time where one is written."""

    day: date
    time: str = ""


def pace_mapping(path: Path) -> ColumnMapping | None:
    """Return how a file's columns become ours; None where it holds no counts.

    Raises:
        InputError: it is no table.

    """
    separator, headings = separated(path)
    theirs = {plain(each): each for each in headings}
    names = {
        ours: heading
        for ours, others in _words().items()
        if ours not in theirs and (heading := first_of(theirs, others))
    }
    missing = [each for each in NEEDED if each not in names and each not in theirs]
    if missing == ["petition_id"]:
        return ColumnMapping(
            columns=names, constants={"petition_id": path.stem}, separator=separator
        )
    if missing:
        return None
    return ColumnMapping(columns=names, separator=separator)


@cache
def _words() -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = read_plain_yaml(WORDS)
    return found


def at_of(cell: str, date_format: str | None, *, american: bool | None) -> At:
    """Return the day, and the time, that a cell means.

    Raises:
        ValueError: it is none; the message says what to write.

    """
    stamped = STAMPED.fullmatch(cell)
    bare, time = (stamped[1], stamped[2]) if stamped else (cell, "")
    for form in (date_format, "%Y-%m-%d"):
        try:
            if form:
                day = datetime.strptime(bare, form).date()  # noqa: DTZ007 - a day has no zone
                return At(day=day, time=time)
        except ValueError:
            continue
    try:
        found = written(bare, american=american)
    except ValueError as problem:
        if "may have" in str(problem):
            raise
        found = None
    if found is None or found[0] != found[1]:
        raise ValueError("not a day; write it as 2017-01-26")
    return At(day=found[0], time=time)


def count_of(cell: str) -> int:
    """Return a count: 1234, 1,234, 1'234, 1 234 or 1234.0.

    Raises:
        ValueError: it is none; the message says what to write.

    """
    bare = re.sub(r"(?<=\d)[,' \N{NO-BREAK SPACE}](?=\d{3}(\D|$))", "", cell)
    if re.fullmatch(r"-\d+(\.0*)?", bare):
        raise ValueError("a count cannot be below zero")
    if not re.fullmatch(r"\d+(\.0*)?", bare):
        raise ValueError("a count is a whole number, such as 1234")
    return int(bare.partition(".")[0])


def channel_of(cell: str) -> Channel:
    """Return the channel that a cell names.

    Raises:
        ValueError: it names none; the message says what to write.

    """
    for channel, words in CHANNELS.items():
        if re.search(words, cell, re.IGNORECASE):
            return channel
    raise ValueError("write one of: paper, online, paid, volunteer")
