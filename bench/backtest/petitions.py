"""Petitions with their counts by day and what they came to, and when they are forecast."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan
from pathlib import Path

from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError
from plebiscite.forecast.pace import Channel, Kind, Past, Series, read_pace
from plebiscite.forecast.pace.final import by_age, total
from plebiscite.forecast.pace.intake import pace_mapping
from plebiscite.forecast.polls.intake.headings import separated

WINDOWS = (60, 90, 140)
MOMENTS = (0.25, 0.5, 0.75)
ENDED = 3
"""Days without a count, while others are still counted, after which one has ended."""
ITALY = ColumnMapping(
    columns={"petition_id": "id", "day": "data", "count": "sostenitori"}
)
NAMED = re.compile(r"petition|pace|signature", re.IGNORECASE)
"""A file that names no petition is one petition's where its own name says so."""
SHORTEST = 6
ITALIAN = frozenset({"id", "data", "sostenitori"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """A petition whose counts are known.

    Attributes:
        series: its counts, added up.
        over: whether nothing more is to come after the last.

    """

    series: Series
    over: bool

    def at(self, day: date) -> int | None:
        """Return the count on a day; None where nobody can know it."""
        if day > self.series.days[-1] and not self.over:
            return None
        return self.series.on(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A petition as it stood on a day, and what it came to.

    Attributes:
        series: what was known.
        as_of, deadline: the day, and the end of the window.
        window: its length in days.
        part: how much of it was over.
        count, final: the count then, and at the end.

    """

    series: Series
    as_of: date
    deadline: date
    window: int
    part: float
    count: int
    final: int

    @property
    def age(self) -> int:
        """Days since it opened."""
        return (self.as_of - self.series.opened).days

    @property
    def ahead(self) -> int:
        """Days to the end."""
        return (self.deadline - self.as_of).days


def shipped(past: Past) -> list[Petition]:
    """Return the shipped petitions seen from their first days."""
    made = []
    for each in past.petitions:
        counts = list(each.counts)
        first = next(i for i, count in enumerate(counts) if not isnan(count))
        if first > 1:
            continue
        days = [each.opened + timedelta(days=i) for i in range(first, len(counts))]
        series = Series(
            petition=each.petition,
            kind=Kind.VERIFIED,
            channel=Channel.ONLINE,
            days=tuple(days),
            counts=tuple(int(count) for count in counts[first:]),
            opened=each.opened,
            required=each.required,
        )
        made.append(Petition(series=series, over=each.closed))
    return made


def read_petitions(folder: Path) -> list[Petition]:
    """Read every file of counts in a folder: the contract's columns, or Italy's.

    Raises:
        InputError: a file cannot be, or there is none.

    """
    found: list[Series] = []
    for path in sorted(folder.rglob("*.csv")):
        try:
            heads = {head.strip().casefold() for head in separated(path)[1]}
            mapping = pace_mapping(path)
        except InputError:
            continue
        if heads >= ITALIAN:
            if "titolo" not in heads:
                series = _summed(read_pace(path, mapping=ITALY).series)
                found += list(_described(series, folder))
        elif mapping and (NAMED.search(path.stem) or not mapping.constants):
            found += _summed(read_pace(path, mapping=mapping).series)
    if not found:
        raise InputError(
            "no file here has counts; give a CSV with petition_id,day,count,district,"
            "channel,required,deadline",
            path=folder,
        )
    last = max(each.days[-1] for each in found)
    return [Petition(series=each, over=_over(each, last)) for each in found]


def moments(petition: Petition, *, short: bool = False) -> Iterator[Moment]:
    """Yield the days on which a petition is forecast.

    They lie at a quarter, half and three quarters of its own window where that is over,
    and else of windows of 60, 90 and 140 days; or, if `short`, of what was seen of one
    that names no deadline. One that ended early keeps its last
    count, and is not forecast once it had ended.
    """
    series = petition.series
    own = (series.deadline - series.opened).days if series.deadline else 0
    whole = own and petition.at(series.opened + timedelta(days=own)) is not None
    seen = (series.days[-1] - series.opened).days
    short = short and not series.deadline and seen >= SHORTEST
    for window in [own] if whole else [seen] if short else WINDOWS:
        deadline = series.opened + timedelta(days=window)
        final = petition.at(deadline)
        if final is None or final <= 0:
            continue
        for part in MOMENTS:
            as_of = series.opened + timedelta(days=round(window * part))
            known = series.until(as_of)
            ended = petition.over and series.days[-1] < as_of
            if ended or not known.days or known.counts[-1] <= 0 or as_of >= deadline:
                continue
            yield Moment(
                series=known,
                as_of=as_of,
                deadline=deadline,
                window=window,
                part=part,
                count=known.counts[-1],
                final=final,
            )


def line(moment: Moment) -> list[float]:
    """Return the counts by age up to the moment, 0 where not yet seen."""
    known = [0.0 if isnan(n) else float(n) for n in by_age(moment.series)]
    return known + [known[-1]] * (moment.age + 1 - len(known))


def _over(series: Series, last: date) -> bool:
    ended = (last - series.days[-1]).days > ENDED
    return ended or (series.deadline is not None and series.days[-1] >= series.deadline)


def _summed(parts: Sequence[Series]) -> Iterator[Series]:
    groups: dict[tuple[str, Kind], list[Series]] = {}
    for each in parts:
        groups.setdefault((each.petition, each.kind), []).append(each)
    for group in groups.values():
        end = group[0].deadline or date.max
        whole = total(group, as_of=end)
        if len(whole.days) > 1:
            yield whole


def _described(series: Iterator[Series], folder: Path) -> Iterator[Series]:
    """Yield Italy's series with what the table of initiatives says of them.

    A petition first counted with the table's first day was gathering before: without
    its opening day nothing is known of its pace so far, and it is left out.
    """
    about = {row["id"]: row for row in _initiatives(folder)}
    known = list(series)
    began = min((each.days[0] for each in known), default=date.min)
    for each in known:
        row = about.get(each.petition)
        if row is None and each.days[0] == began:
            continue
        opened = date.fromisoformat(row["dataApertura"]) if row else each.days[0]
        if (each.days[0] - opened).days > 1:
            continue
        yield Series(
            petition=each.petition,
            kind=Kind.VERIFIED,
            channel=Channel.ONLINE,
            days=each.days,
            counts=each.counts,
            opened=min(opened, each.days[0]),
            required=int(row["quorum"]) if row else None,
        )


def _initiatives(folder: Path) -> Iterator[dict[str, str]]:
    for path in folder.rglob("*initiatives*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if {"id", "dataApertura", "quorum"} <= set(rows.fieldnames or ()):
                yield from rows
