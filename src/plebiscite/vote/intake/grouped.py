"""Counting groups: a part's ballots told by how they were cast, and never added twice.

Where a part gives its groups and their total, the total is taken and the groups are
held against it; where it gives groups alone, they are added. Registered voters belong
to the part and not to a group: they are told once, or alike in each.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from plebiscite.core.table import Refusals
from plebiscite.vote.results import FIGURES, ROW

TOTAL = r"(?i)^(grand )?(total|totals|all|sum|summe)$"
ADDED = tuple(name for name in FIGURES if name != "registered")


def joined(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Return one row a part, its counting groups joined.

    Raises:
        InputError: the groups of a part do not add up to its total, or a group stands
            twice.

    """
    if frame["group"].null_count() == len(frame):
        return frame.drop("group")
    refusals = Refusals()
    frame = frame.with_columns(
        pl.col("group").fill_null("total").str.to_lowercase(),
        is_total=pl.col("group").fill_null("total").str.contains(TOTAL),
    )
    _refuse_twice(frame, refusals)
    names = [name for name in ADDED if name in frame.columns]
    groups = frame.filter(~pl.col("is_total"))
    sums = groups.group_by("part", maintain_order=True).agg(
        *(_sum(name) for name in names),
        pl.col("registered").max(),
        pl.col(ROW).min(),
        several=pl.col("registered").n_unique() > 1,
    )
    _refuse_unlike(sums, refusals)
    totals = frame.filter(pl.col("is_total"))
    both = sums.join(totals, on="part", suffix="_total")
    for name in names:
        wrong = both.filter(
            (pl.col(name) != pl.col(f"{name}_total")).fill_null(value=False)
        )
        for row in wrong.iter_rows(named=True):
            refusals.add(
                f"the groups of {row['part']} add up to {row[name]:,} {name}, and its "
                f"total says {row[f'{name}_total']:,}; correct one of them",
                row=row[f"{ROW}_total"],
                column=name,
                value=str(row[f"{name}_total"]),
            )
    refusals.raise_any(path)
    columns = ["part", "registered", *names, ROW]
    alone = sums.join(totals, on="part", how="anti").select(columns)
    registered = sums.select("part", own=pl.col("registered"))
    told = totals.join(registered, on="part", how="left").with_columns(
        registered=pl.col("registered").fill_null(pl.col("own"))
    )
    return pl.concat([told.select(columns), alone]).sort(ROW)


def _sum(name: str) -> pl.Expr:
    """Return a figure's sum over a part's groups; null while one is not counted."""
    whole = pl.col(name).null_count() == 0
    return pl.when(whole).then(pl.col(name).sum()).alias(name)


def _refuse_twice(frame: pl.DataFrame, refusals: Refusals) -> None:
    seen = frame.filter(~pl.struct("part", "group").is_first_distinct())
    for row in seen.iter_rows(named=True):
        refusals.add(
            f"{row['part']} has the group {row['group']!r} a second time; keep one",
            row=row[ROW],
            column="group",
            value=row["group"],
        )


def _refuse_unlike(sums: pl.DataFrame, refusals: Refusals) -> None:
    for row in sums.filter(pl.col("several")).iter_rows(named=True):
        refusals.add(
            f"the groups of {row['part']} give different numbers of registered voters; "
            "they belong to the part: write the number once",
            row=row[ROW],
            column="registered",
        )
