"""Rows and the filings they stand in, brought together; and the committees of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from plebiscite.core.table import Refusals
from plebiscite.errors import InputError
from plebiscite.money.entry import Committee, Side

VERSION = ["filing", "amendment"]


def joined(
    rows: pl.DataFrame, filings: pl.DataFrame, paths: Sequence[Path]
) -> pl.DataFrame:
    """Return rows with their filing's committee and filing day, and a day each.

    A row without a day of its own happened by the end of the period its report covers.

    Raises:
        InputError: a row names a filing nobody lists and no committee, or a filing is
            listed twice with different words.

    """
    versions = _versions(filings)
    by_filing = (
        versions.sort(VERSION)
        .group_by("filing")
        .agg(pl.col("committee").last().alias("_other"))
    )
    found = (
        rows.join(
            versions.select(
                *VERSION,
                pl.col("committee").alias("_committee"),
                pl.col("filed").alias("_filed"),
                pl.col("through").alias("_through"),
            ),
            on=VERSION,
            how="left",
            maintain_order="left",
        )
        .join(by_filing, on="filing", how="left", maintain_order="left")
        .with_columns(
            committee=pl.coalesce("committee", "_committee", "_other"),
            filed=pl.coalesce("_filed", "filed"),
            day=pl.coalesce("day", "_through"),
        )
        .drop("_committee", "_filed", "_through", "_other")
    )
    _refuse_unknown(found, paths)
    return found


def _versions(filings: pl.DataFrame) -> pl.DataFrame:
    """Return one row a version of a filing; two that differ are refused."""
    told = ["committee", "from", "through", "filed"]
    once = filings.unique(subset=[*VERSION, *told], maintain_order=True)
    twice = once.filter(pl.struct(VERSION).is_duplicated())
    backwards = filings.filter(pl.col("through") < pl.col("from"))
    refusals = Refusals()
    for row in twice.iter_rows(named=True):
        refusals.add(
            f"filing {row['filing']}, amendment {row['amendment']} is listed again "
            "with another committee, period or day; keep the right one",
            row=row["_row"],
        )
    refusals.add_rows(
        "the period ends before it begins; are the two days exchanged?",
        backwards["_row"],
        column="through",
        values=backwards["through"].cast(pl.String),
    )
    refusals.raise_any(Path("the list of filings"))
    return once


def _refuse_unknown(rows: pl.DataFrame, paths: Sequence[Path]) -> None:
    unknown = rows.filter(pl.col("committee").is_null())
    if unknown.is_empty():
        return
    place = unknown["file"][0]
    here = unknown.filter(pl.col("file") == place)
    refusals = Refusals()
    refusals.add_rows(
        "this filing is in no list of filings (CVR_CAMPAIGN_DISCLOSURE_CD, or a table "
        "filing,amendment,committee,from,through,filed), so nobody knows whose money "
        "it is; give that list too, or add a column 'committee'",
        here["_row"],
        column="filing",
        values=here["filing"],
    )
    path = paths[place] if place < len(paths) else None
    if path is None:
        raise InputError("rows without a committee", refusals=refusals.found())
    refusals.raise_any(path)


def committees_of(
    rows: pl.DataFrame, filings: pl.DataFrame, lists: Sequence[pl.DataFrame]
) -> dict[str, Committee]:
    """Return every committee that occurs, with its name and the sides it is on.

    A list of committees says which side; where it does not name a committee, the
    covers of its filings do, else the rows.

    Raises:
        InputError: a committee is listed on both sides of one measure.

    """
    names: dict[str, str] = {}
    taken: dict[str, dict[str, Side]] = {}
    for part in (*lists, filings, rows):
        columns = part.with_columns(
            name=pl.lit(None, dtype=pl.String) if part is rows else pl.col("name")
        ).select("committee", "name", "measure", "side")
        before = set(taken)
        for row in columns.unique(maintain_order=True).iter_rows(named=True):
            number = row["committee"]
            names[number] = names.get(number) or row["name"] or ""
            if row["side"] is None or number in before:
                continue
            sides = taken.setdefault(number, {})
            measure, side = row["measure"] or "", Side(row["side"])
            if sides.setdefault(measure, side) is not side:
                raise InputError(
                    f"committee {number} is named on both sides"
                    + (f" of {measure!r}" if measure else "")
                    + "; a list of committees (committee,name,measure,side) decides"
                )
    return {
        number: Committee(id=number, name=names[number], sides=taken.get(number, {}))
        for number in sorted(names)
    }
