"""Counts as offices hand them in: one row per county, or one row for a state.

California's counties report ``county,raw,sampled,valid,duplicates``; a county whose raw
count is known but whose sample is not has the last three empty. A state that draws one
sample tells it in one such row, or as Washington does: ``filed,sampled,invalid,
duplicates``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plebiscite.core.table import Column, read_table
from plebiscite.errors import CountError, InputError, Refusal
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.count import CountyCount, FullCount, SampleCount

COUNTY_COLUMNS = (
    Column(name="county", required=True),
    Column(name="raw", kind="count", required=True),
    Column(name="sampled", kind="count"),
    Column(name="valid", kind="count"),
    Column(name="duplicates", kind="count"),
    Column(name="undecided", kind="count", default=0),
)
STATE_COLUMNS = (
    Column(name="filed", kind="count", required=True),
    Column(name="sampled", kind="count", required=True),
    Column(name="invalid", kind="count", required=True),
    Column(name="duplicates", kind="count", required=True),
    Column(name="undecided", kind="count", default=0),
)
FOUND = ("sampled", "valid", "duplicates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a table of counts holds.

    Attributes:
        reported: the counties that have reported, in the file's order.
        awaited: the raw counts of those that have not, by county.

    """

    reported: tuple[CountyCount, ...]
    awaited: Mapping[str, int]


def read_counts(path: Path, rulebook: Rulebook, *, full_count: bool = False) -> Counts:
    """Read the counts of a petition under `rulebook`, which says whose they are.

    With `full_count`, ``sampled`` is how many lines a check of every line has come to,
    and ``duplicates`` may be repetitions of any line.

    Raises:
        InputError: the table cannot be read, or rows contradict themselves or each
            other; all of it in one message, by row.

    """
    statewide = rulebook.has("sample_unit") and rulebook.text("sample_unit") == "state"
    if statewide:
        return _read_state(path, rulebook.law.place, full_count=full_count)
    rows = read_table(
        path, COUNTY_COLUMNS, one_of=[(name,) for name in FOUND]
    ).to_dicts()
    refusals: list[Refusal] = list(_repeated(rows))
    reported: list[CountyCount] = []
    awaited: dict[str, int] = {}
    for row in rows:
        empty = [name for name in FOUND if row[name] is None]
        if len(empty) == len(FOUND) and row["raw"]:
            awaited[row["county"]] = row["raw"]
        elif empty and row["raw"]:
            refusals.append(
                Refusal(
                    problem=f"{row['county']}: give {' and '.join(empty)} too, or "
                    f"leave all of {', '.join(FOUND)} empty while it is still out",
                    row=row["_row"],
                    column=empty[0],
                )
            )
        else:
            _collect(row, reported, refusals, full_count=full_count)
    if refusals:
        raise InputError("the counts cannot be true", path=path, refusals=refusals)
    return Counts(reported=tuple(reported), awaited=awaited)


def _read_state(path: Path, state: str, *, full_count: bool) -> Counts:
    rows = _state_rows(path)
    if len(rows) != 1:
        raise InputError(
            f"{state} draws one sample from the whole petition; give one row, not "
            f"{len(rows):,}",
            path=path,
        )
    row = rows[0]
    refusals: list[Refusal] = []
    reported: list[CountyCount] = []
    if "valid" not in row:
        row["valid"] = sum((row["sampled"], -row["invalid"], -row["duplicates"]))
        row["valid"] -= row["undecided"]
    if row["valid"] < 0:
        refusals.append(
            Refusal(
                problem=f"{row['invalid']:,} invalid, {row['duplicates']:,} duplicate "
                f"and {row['undecided']:,} undecided lines are more than the "
                f"{row['sampled']:,} looked at; each line is found once",
                row=row["_row"],
            )
        )
    else:
        state_row = {**row, "county": state, "raw": row["filed"]}
        _collect(state_row, reported, refusals, full_count=full_count)
    if refusals:
        raise InputError("the counts cannot be true", path=path, refusals=refusals)
    return Counts(reported=tuple(reported), awaited={})


def _state_rows(path: Path) -> list[dict[str, Any]]:
    """Read the state's row, told as counties tell theirs or as Washington does."""
    if not _tells_the_valid(path):
        return read_table(path, STATE_COLUMNS).to_dicts()
    needed = (
        replace(each, required=each.name in FOUND or each.required)
        for each in COUNTY_COLUMNS
    )
    rows = read_table(path, tuple(needed)).to_dicts()
    return [{**row, "filed": row["raw"]} for row in rows]


def _tells_the_valid(path: Path) -> bool:
    """Tell whether the first line names a column of valid lines."""
    with path.open("rb") as file:
        heads = file.readline().decode(errors="replace").lower()
    return "valid" in {head.strip(' "\ufeff\r\n') for head in heads.split(",")}


def _collect(
    row: Mapping[str, Any],
    reported: list[CountyCount],
    refusals: list[Refusal],
    *,
    full_count: bool,
) -> None:
    """Add the row's count to those reported, or why it cannot be true to `refusals`."""
    kind = FullCount if full_count else SampleCount
    try:
        reported.append(
            kind(
                county=row["county"],
                raw=row["raw"],
                sampled=row["sampled"] or 0,
                valid=row["valid"] or 0,
                duplicates=row["duplicates"] or 0,
                undecided=row["undecided"],
            )
        )
    except CountError as wrong:
        refusals.append(Refusal(problem=str(wrong), row=row["_row"]))


def _repeated(rows: list[dict[str, Any]]) -> Iterator[Refusal]:
    first: dict[str, int] = {}
    for row in rows:
        name = row["county"].casefold()
        if name in first:
            yield Refusal(
                problem=f"{row['county']} stands in row {first[name]:,} already; give "
                "each county one row",
                row=row["_row"],
                column="county",
            )
        first.setdefault(name, row["_row"])
