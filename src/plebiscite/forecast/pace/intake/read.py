"""Counts as they are handed in: read, checked, and what is odd told.

What cannot be true is refused, all of it at once; what is merely odd (a fall, days out
of order, a day twice over) is kept, and flagged with its row and what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from plebiscite.core.table import Column, ColumnMapping, Refusals, read_table
from plebiscite.errors import InputError, Refusal
from plebiscite.forecast.flag import Flag
from plebiscite.forecast.pace.counts import Channel, Kind, PaceRead, Series
from plebiscite.forecast.pace.intake.cells import (
    at_of,
    channel_of,
    count_of,
    pace_mapping,
)
from plebiscite.forecast.polls.intake.days import month_first

COLLAPSE = 0.5
"""A fall by more than this share looks like another kind of count."""
COLUMNS = (
    Column(name="petition_id", required=True),
    Column(name="day", required=True),
    Column(name="count", required=True),
    Column(name="district", default=""),
    Column(name="channel"),
    Column(name="required"),
    Column(name="deadline"),
    Column(name="kind", kind="choice", choices=tuple(Kind)),
    Column(name="opened"),
)
DAYS = ("day", "deadline", "opened")


def read_pace(path: Path, *, mapping: ColumnMapping | None = None) -> PaceRead:
    """Read cumulative counts: ``petition_id,day,count``, and what else is known.

    ``district``, ``channel`` (paper, online, paid, volunteer), ``required`` and
    ``deadline`` may be empty or missing; so may two more columns, ``kind`` (claimed,
    raw, projected, verified: verified is supposed online, raw elsewhere) and
    ``opened``. Other columns are left alone. Headings that other offices use, times of
    day (the last count of a day is taken) and days as people write them are understood.

    Raises:
        InputError: something cannot be true; all of it in one message, by row.

    """
    mapping = mapping or pace_mapping(path)
    rows = read_table(path, COLUMNS, mapping=mapping).to_dicts()
    _typed(rows, mapping.date_format if mapping else None, path)
    refusals: list[Refusal] = []
    flags: list[Flag] = []
    groups: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
    supposed = False
    for row in rows:
        row["channel"] = row["channel"] or ""
        if not row["kind"]:
            online = row["channel"] == Channel.ONLINE
            row["kind"] = (Kind.VERIFIED if online else Kind.RAW).value
            supposed = True
        key = (row["petition_id"], row["kind"], row["channel"], row["district"])
        groups.setdefault(key, []).append(row)
    if supposed:
        flags.append(
            Flag(
                row=None,
                problem="the kind of count is not told; those online are taken for "
                "verified, the others for raw",
                remedy="add a column 'kind': claimed, raw, projected or verified",
            )
        )
    agreed = {
        petition: _agreed(petition, rows, refusals)
        for petition, rows in _by_petition(rows).items()
    }
    series = [
        _series(key, group, agreed[key[0]], refusals, flags)
        for key, group in groups.items()
    ]
    if refusals:
        raise InputError("the counts cannot be true", path=path, refusals=refusals)
    return PaceRead(series=tuple(each for each in series if each), flags=tuple(flags))


def _typed(rows: list[dict[str, Any]], date_format: str | None, path: Path) -> None:
    """Turn the text of every row into days, numbers and channels.

    Raises:
        InputError: some cell is none of these; all of them in one message.

    """
    refusals = Refusals()
    american = month_first(row[name] or "" for row in rows for name in DAYS)
    when = cache(partial(at_of, date_format=date_format, american=american))
    kinds: dict[str, Callable[[str], Any]] = {
        **{name: lambda cell: when(cell).day for name in ("deadline", "opened")},
        "day": when,
        "count": count_of,
        "required": count_of,
        "channel": cache(channel_of),
    }
    for row in rows:
        for name, kind in kinds.items():
            cell = row[name]
            if cell is None:
                continue
            try:
                row[name] = kind(cell)
            except ValueError as problem:
                refusals.add(str(problem), row=row["_row"], column=name, value=cell)
    refusals.raise_any(path)
    for row in rows:
        row["day"], row["_time"] = row["day"].day, row["day"].time


def _by_petition(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["petition_id"], []).append(row)
    return found


def _agreed(
    petition: str, rows: Sequence[dict[str, Any]], refusals: list[Refusal]
) -> dict[str, Any]:
    """Return what holds of the whole petition, which its rows must agree on."""
    said: dict[str, Any] = {}
    first = min(row["day"] for row in rows)
    for name in ("required", "deadline", "opened"):
        values = {row[name]: row["_row"] for row in reversed(rows) if row[name]}
        if len(values) > 1:
            refusals.append(
                Refusal(
                    problem=f"{petition}: the rows name several: "
                    f"{', '.join(map(str, sorted(values)))}; keep one",
                    row=max(values.values()),
                    column=name,
                )
            )
        said[name] = next(iter(values), None)
    where = rows[0]["_row"]
    if said["deadline"] and said["deadline"] < first:
        refusals.append(
            Refusal(
                problem=f"{petition}: the deadline {said['deadline']} is before the "
                f"first count, of {first}; correct one of them",
                row=where,
                column="deadline",
            )
        )
    if said["opened"] and said["opened"] > first:
        refusals.append(
            Refusal(
                problem=f"{petition}: opened on {said['opened']}, after the first "
                f"count, of {first}; correct one of them",
                row=where,
                column="opened",
            )
        )
    said["opened"] = said["opened"] or first
    return said


def _series(
    key: tuple[str, str, str, str],
    rows: list[dict[str, Any]],
    agreed: Mapping[str, Any],
    refusals: list[Refusal],
    flags: list[Flag],
) -> Series | None:
    petition, kind, channel, district = key
    days = [row["day"] for row in rows]
    if days != sorted(days):
        late = next(b for a, b in pairwise(rows) if b["day"] < a["day"])
        flags.append(
            Flag(
                row=late["_row"],
                problem=f"{petition}: the days are out of order; put in order here",
                remedy="check that no day is a slip of the pen",
            )
        )
    kept: dict[date, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["day"], row["_time"], row["_row"])):
        before = kept.setdefault(row["day"], row)
        if before is row:
            continue
        if row["_time"] != before["_time"]:
            kept[row["day"]] = row  # the last of the day
            continue
        if before["count"] == row["count"]:
            flags.append(
                Flag(
                    row=row["_row"],
                    problem=f"{petition}: {row['day']} stands twice; it is used once",
                    remedy=f"delete this row or row {before['_row']:,}",
                )
            )
        else:
            refusals.append(
                Refusal(
                    problem=f"{petition}: {row['day']} has {before['count']:,} in row "
                    f"{before['_row']:,} and {row['count']:,} here; keep the right one",
                    row=row["_row"],
                    column="count",
                )
            )
    if refusals:
        return None
    flags += _odd(petition, list(kept.values()), agreed["deadline"])
    return Series(
        petition=petition,
        kind=Kind(kind),
        channel=Channel(channel),
        district=district,
        days=tuple(kept),
        counts=tuple(row["count"] for row in kept.values()),
        opened=agreed["opened"],
        required=agreed["required"],
        deadline=agreed["deadline"],
    )


def _odd(
    petition: str, rows: Sequence[Mapping[str, Any]], deadline: date | None
) -> Iterator[Flag]:
    """Yield what is possible and still worth a look."""
    for before, row in pairwise(rows):
        fall = before["count"] - row["count"]
        if fall > COLLAPSE * before["count"]:
            yield Flag(
                row=row["_row"],
                problem=f"{petition}: falls from {before['count']:,} to "
                f"{row['count']:,}; taken as {fall:,} lines removed",
                remedy="if this is another kind of count, name the kinds in a column "
                "'kind'",
            )
        elif fall > 0:
            yield Flag(
                row=row["_row"],
                problem=f"{petition}: falls by {fall:,}, taken as lines removed",
                remedy="none is needed if they were struck or withdrawn",
            )
    late = [row for row in rows if deadline and row["day"] > deadline]
    if late:
        yield Flag(
            row=late[0]["_row"],
            problem=f"{petition}: {len(late):,} counts are dated after the deadline, "
            f"{deadline}; they are left out",
            remedy="correct the deadline if gathering went on",
        )
