"""Findings of persons remembered, and used again where the same case comes back.

Who looked at a line and said whose it is need not be asked again when the very same
name and address are written on another line, and the matcher stands before the same
voter, whose record is what it was. Then the finding is used again, and the pattern says
so. What is remembered is *who* the line names. That a signature is the voter's was seen
on one line only, and reasons that lie in the signature, the day or the record are not
remembered at all.

A resolution holds no name and no address, but a hash of them; it names voters, so it is
as confidential as a roll.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from plebiscite.core.canonical import digest
from plebiscite.core.table import Column, read_table
from plebiscite.core.table.spreadsheet import written_cell
from plebiscite.errors import InputError, Refusal
from plebiscite.match.index.layout import Roll
from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.tidy import LINE, as_written, tidy_part

ABOUT_THE_PLACE = ("ADDR_DIFFERENT", "ADDR_MISSING", "PO_BOX_ONLY", "NOT_REGISTERED")
"""Reasons that lie in the name and the address, and so come back with them."""
OF_THE_RECORD = ("REG_LATE", "REG_CANCELLED", "UNDER_18", "WRONG_COUNTY")
"""Reasons that depend on the day or the county of a line: no finding covers them."""
VALID, INVALID = "valid", "invalid"
_COLUMNS = (
    Column(name="line_key", required=True),
    Column(name="candidate", private=True),
    Column(name="record_key", required=True),
    Column(name="decision", kind="choice", required=True, choices=(VALID, INVALID)),
    Column(name="reason"),
    Column(name="voter_id", private=True),
    Column(name="by", required=True),
    Column(name="at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a person found of a line, and when it holds again.

    Attributes:
        line_key: hash of the line's name, address and county in comparable form.
        candidate: whom the matcher put first, or `a tie of` how many; None: nobody.
        record_key: hash of the records of that voter and of the voter named.
        decision: valid or invalid.
        reason: why not valid; None for a valid line.
        voter_id: whose line it is; None for nobody's.
        by, at: the person and the time of the finding.

    """

    line_key: str
    candidate: str | None
    record_key: str
    decision: str
    reason: str | None
    voter_id: str | None
    by: str
    at: str | None


def remembered(
    lines: pl.DataFrame, decisions: pl.DataFrame, matches: pl.DataFrame, roll: Roll
) -> list[Resolution]:
    """Return what can be used again of a person's findings, one for each line.

    `decisions` are those that stand, one a line: line_id, decision, reason, voter_id,
    by, at. `matches` are what the matcher said of the lines.

    Raises:
        InputError: a finding names a voter whom the roll does not have: used again, it
            would credit nobody.

    """
    told = (
        _keyed(lines)
        .join(_candidates(matches), on="line_id")
        .join(matches.select("line_id", given="voter_id"), on="line_id")
        .join(decisions, on="line_id")
        .with_columns(
            voter=pl.coalesce(
                "voter_id", pl.when(pl.col("decision") == VALID).then("given")
            )
        )
        .filter(
            (pl.col("decision") == VALID) & pl.col("voter").is_not_null()
            | (pl.col("decision") == INVALID) & pl.col("reason").is_in(ABOUT_THE_PLACE)
        )
    )
    records = _records([*told["candidate"], *told["voter"]], roll)
    unknown = told.filter(
        pl.col("voter").is_not_null(), ~pl.col("voter").is_in(list(records))
    )
    if not unknown.is_empty():
        raise InputError(
            "decisions: findings that name a voter who is not on the roll",
            refusals=[
                Refusal(
                    problem="no such voter; give the roll the finding was made on",
                    column="line_id",
                    value=line,
                )
                for line in unknown["line_id"].sort()
            ],
        )
    return [
        Resolution(
            line_key=row["line_key"],
            candidate=row["candidate"],
            record_key=_record_key(records, row["candidate"], row["voter"]),
            decision=row["decision"],
            reason=row["reason"] if row["decision"] == INVALID else None,
            voter_id=row["voter"],
            by=row["by"],
            at=row["at"],
        )
        for row in told.sort("at", "line_id").iter_rows(named=True)
    ]


def used_again(
    lines: pl.DataFrame,
    matches: pl.DataFrame,
    resolutions: Iterable[Resolution],
    roll: Roll,
) -> pl.DataFrame:
    """Return `matches`, findings used again where their case comes back.

    Such a line is clear, and its pattern says who found it and when. Of two findings on
    one case the later holds; if they were made at one time and differ, neither does.
    """
    by_case: dict[tuple[str, str | None], Resolution | None] = {}
    for each in sorted(resolutions, key=lambda one: one.at or ""):
        case = (each.line_key, each.candidate)
        before = by_case.get(case)
        torn = before and before.at == each.at and _says(before) != _says(each)
        by_case[case] = None if torn else each
    keyed = _keyed(lines).join(
        _candidates(matches), on="line_id", how="left", maintain_order="left"
    )
    cases = keyed.select("line_key", "candidate").rows()
    hits = {
        at: found
        for at, case in enumerate(cases)
        if (found := by_case.get(case)) is not None
        and matches["reason"][at] not in OF_THE_RECORD
    }
    voters = [voter for hit in hits.values() for voter in (hit.candidate, hit.voter_id)]
    records = _records(voters, roll)
    rows = matches.rows(named=True) if hits else []
    for at, hit in hits.items():
        if _record_key(records, hit.candidate, hit.voter_id) != hit.record_key:
            continue
        when = f" on {hit.at}" if hit.at else ""
        rows[at] |= {
            "outcome": "voter" if hit.voter_id else "none",
            "voter_id": hit.voter_id,
            "ties": 0,
            "decision": "clear",
            "reason": hit.reason,
            "pattern": f"{rows[at]['pattern']} · as {hit.by} found{when}",
        }
    return pl.DataFrame(rows, schema=matches.schema) if rows else matches


def as_table(resolutions: Iterable[Resolution]) -> pl.DataFrame:
    """Return resolutions as a table, a column for each part."""
    names = [each.name for each in fields(Resolution)]
    return pl.DataFrame(
        [[getattr(each, name) for name in names] for each in resolutions],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )


def read_resolutions(path: Path) -> list[Resolution]:
    """Read a file of resolutions.

    Raises:
        InputError: it is none.

    """
    table = read_table(path, _COLUMNS, one_of=[("candidate",), ("voter_id",)])
    names = [each.name for each in fields(Resolution)]
    plain = (
        [cell and written_cell(cell) for cell in row]
        for row in table.select(names).rows()
    )
    return [Resolution(**dict(zip(names, row, strict=True))) for row in plain]


def _says(one: Resolution) -> tuple[str, str | None, str | None]:
    return one.decision, one.reason, one.voter_id


def _keyed(lines: pl.DataFrame) -> pl.DataFrame:
    """Return line_id and line_key: a hash of all that is read from a line."""
    tidy = tidy_part(without_dittos(as_written(lines)))
    keys = [
        digest([*row[:-2], list(row[-2]), row[-1] or ""])
        for row in tidy.select(*LINE.names(), "county").iter_rows()
    ]
    return lines.select(pl.col("line_id").cast(pl.String)).with_columns(
        pl.Series("line_key", keys, dtype=pl.String)
    )


def _candidates(matches: pl.DataFrame) -> pl.DataFrame:
    """Return line_id and candidate: who the matcher put first, or a tie of how many."""
    tie = pl.format("a tie of {}", pl.col("ties").cast(pl.String))
    return matches.select(
        "line_id",
        candidate=pl.when(pl.col("outcome") == "tie")
        .then(tie)
        .otherwise(pl.coalesce("voter_id", "second_voter_id")),
    )


def _records(voters: Iterable[str | None], roll: Roll) -> dict[str, str]:
    """Return a hash of all that the roll says, by voter."""
    wanted = sorted({voter for voter in voters if voter})
    if not wanted:
        return {}
    found = roll.scan().filter(pl.col("voter_id").cast(pl.String).is_in(wanted))
    return {
        str(row["voter_id"]): digest(
            {name: None if cell is None else str(cell) for name, cell in row.items()}
        )
        for row in found.collect().iter_rows(named=True)
    }


def _record_key(records: dict[str, str], *voters: str | None) -> str:
    """Return one hash of the records of some voters; one not on the roll has none."""
    return digest([voter and records.get(voter, "") for voter in voters])
