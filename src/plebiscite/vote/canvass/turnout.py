"""Turnout out of line: against the part's own history, or against the other parts.

A flag asks a person to look; it rejects nothing. Elections differ, so a part is held
against how the parts moved together and not against its own past alone; and places
differ, so it is flagged only where it stands far outside the parts' own spread.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import polars as pl

from plebiscite.core.share import printed
from plebiscite.vote.canvass.fault import Fault, Weight
from plebiscite.vote.results import ROW, Results

WHOLE = 1_000_000
"""Turnout is held in millionths, rounded down: whole numbers, of any many parts."""
APART = 150_000
"""Fifteen points: nearer to the middle than that, nothing is flagged."""
SPREADS = 4
"""Times the median distance from the median; nearer than that neither."""
FEWEST, SMALLEST = 5, 100
"""Parts needed for a median; registered voters from which a turnout says something."""


def turnout_faults(results: Results, before: Results | None = None) -> Iterator[Fault]:
    """Yield, as flags, each part whose turnout is out of line.

    With `before`, the results of an earlier election, against how the turnout of the
    parts moved; without, against the median of the parts.
    """
    now = _turnouts(results)
    if before is not None:
        then = _turnouts(before).select("part", then="turnout")
        now = now.join(then, on="part").with_columns(
            moved=pl.col("turnout") - pl.col("then")
        )
    else:
        now = now.with_columns(moved=pl.col("turnout"))
    if len(now) < FEWEST:
        return
    middle = _middle(now["moved"])
    distance = (now["moved"] - middle).abs()
    far = max(APART, SPREADS * _middle(distance))
    for row in now.filter(distance > far).iter_rows(named=True):
        percent = _percent(row["turnout"])
        against = (
            f"moved from {_percent(row['then'])} to {percent}, where the parts' median "
            f"moved by {_percent(middle)}"
            if before
            else f"is {percent}, where the parts' median is {_percent(middle)}"
        )
        yield Fault(
            check="turnout",
            part=row["part"],
            figure="cast",
            value=row["cast"],
            problem=f"its turnout {against}",
            remedy="look at its ballots cast and its registered voters",
            weight=Weight.FLAG,
            row=row[ROW],
        )


def _turnouts(results: Results) -> pl.DataFrame:
    if not {"registered", "cast"} <= results.given:
        return results.frame.head(0).with_columns(turnout=pl.lit(None, dtype=pl.Int64))
    return (
        results.frame.filter(pl.col("registered") >= SMALLEST, pl.col("cast") >= 0)
        .with_columns(turnout=pl.col("cast") * WHOLE // pl.col("registered"))
        .select("part", "turnout", "cast", ROW)
    )


def _middle(values: pl.Series) -> int:
    """Return the middle of some whole numbers, the lower of two."""
    return int(values.sort()[(len(values) - 1) // 2])


def _percent(millionths: int) -> str:
    return f"{printed(Fraction(millionths * 100, WHOLE), 1)}%"


def median(values: list[Fraction]) -> Fraction:
    """Return the middle of some numbers, exact."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
