"""Checks between parts: twice, missing, called a total, and what they add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import polars as pl

from plebiscite.vote.canvass.fault import Fault, Weight
from plebiscite.vote.results import ROW, WORDS, Results

NOT_YET = "it is taken as not yet counted; add its row when it reports"
FIGURES_ALIKE = ("registered", "cast", "yes", "no")


def part_faults(
    results: Results, expected: Collection[str] | int | None = None
) -> Iterator[Fault]:
    """Yield parts that stand twice, that are missing, or that no one expected.

    `expected` are the names of all parts, or how many there are.
    """
    frame = results.frame
    # LOS ANGELES is Los Angeles.
    plain = pl.col("part").str.to_lowercase().str.replace_all(r"\s+", " ")
    for row in frame.filter(~plain.is_first_distinct()).iter_rows(named=True):
        yield Fault(
            check="twice",
            part=row["part"],
            figure="part",
            value=None,
            problem="this part stands a second time",
            remedy="keep one row, or tell counting groups apart in a column 'group'",
            row=row[ROW],
        )
    if isinstance(expected, int):
        if len(frame) != expected:
            less = len(frame) < expected
            yield Fault(
                check="missing" if less else "unexpected",
                part="",
                figure="part",
                value=len(frame),
                problem=f"{len(frame):,} parts where there are {expected:,}: "
                f"{abs(expected - len(frame)):,} {'missing' if less else 'too many'}",
                remedy=NOT_YET if less else "leave out what is no part",
                weight=Weight.FLAG if less else Weight.REFUSED,
            )
        return
    if expected is None:
        return
    here = set(frame["part"])
    for name in expected:
        if name not in here:
            yield Fault(
                check="missing",
                part=name,
                figure="part",
                value=None,
                problem="this part is missing",
                remedy=NOT_YET,
                weight=Weight.FLAG,
            )
    for name in frame["part"].unique(maintain_order=True):
        if name not in set(expected):
            yield Fault(
                check="unexpected",
                part=name,
                figure="part",
                value=None,
                problem="no such part is expected",
                remedy="correct its name, or leave it out",
            )


def nobody_faults(results: Results) -> Iterator[Fault]:
    """Yield a fault where every part is counted and nobody voted yes or no.

    At least 55% of no votes at all is none, so that an empty sheet would pass; noughts
    filled in beforehand look the same.
    """
    if results.totals.get("yes") == results.totals.get("no") == 0:
        yield Fault(
            check="nobody",
            part="",
            figure="yes",
            value=0,
            problem="0 yes votes and 0 no votes in all: there is nothing to judge",
            remedy="leave yes and no empty where they are not yet counted",
        )


def with_missing(results: Results, expected: Collection[str] | int | None) -> Results:
    """Return the results with a row, not yet counted, for each part that is missing."""
    here = set(results.frame["part"])
    lacking = (
        [f"not named here {n}" for n in range(1, expected - len(results.frame) + 1)]
        if isinstance(expected, int)
        else [name for name in expected or () if name not in here]
    )
    if not lacking:
        return results
    rows = pl.DataFrame({"part": lacking}, schema={"part": pl.String})
    return results.with_frame(pl.concat([results.frame, rows], how="diagonal"))


def alike_faults(results: Results) -> Iterator[Fault]:
    """Yield, as flags, parts of some size whose figures are exactly another part's."""
    names = [name for name in FIGURES_ALIKE if name in results.given]
    frame = results.counted.filter(pl.col("yes") + pl.col("no") >= LARGE)
    same = frame.filter(pl.struct(names).is_duplicated())
    for _, rows in same.group_by(names, maintain_order=True):
        if rows["part"].n_unique() == 1:
            continue
        first, *rest = rows.select("part", ROW).iter_rows()
        for name, row in rest:
            yield Fault(
                check="alike",
                part=name,
                figure="",
                value=None,
                problem=f"its figures are exactly those of {first[0]}",
                remedy="look whether one was copied from the other",
                weight=Weight.FLAG,
                row=row,
            )


LARGE = 1_000
"""Votes from which two parts hardly come out alike by chance."""


def sum_faults(results: Results) -> Iterator[Fault]:
    """Yield each figure whose parts do not add up to the total the file states."""
    for name, stated in (results.stated or {}).items():
        total = results.totals.get(name)
        if stated is None or total is None or stated == total:
            continue
        yield Fault(
            check="total",
            part="",
            figure=name,
            value=stated,
            problem=f"the parts add up to {total:,} {WORDS[name]}, and the total row "
            f"says {stated:,}",
            remedy=f"look for the {abs(total - stated):,} "
            f"{'too many' if total > stated else 'missing'} among the parts",
        )
