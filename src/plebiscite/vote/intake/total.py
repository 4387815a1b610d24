"""The total row of a table: no part, but a check on the parts."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from plebiscite.errors import InputError, Refusal
from plebiscite.vote.results import FIGURES, ROW, Counts

# What offices write beside a sum. "All" alone may be a body that reports as one.
TOTAL = (
    r"(?i)^(.*\W)?(sub|grand|county|state|overall|all)?(totals?|totale|summe)\W*$"
    r"|^\W*(total|gesamt|totale) (votes?|vote count|of (all|the) .*|all .*)\W*$"
    r"|^\W*(sum|insgesamt|gesamt|gesamtergebnis|ensemble|statewide|countywide|"
    r"all (counties|precincts|parts|areas|cantons))\W*$"
)
SHARE = r"(?i)^\W*(percent(age)?|in percent|%)\W*$"
FEWEST = 3
"""Parts below which a row that equals the sum of the others may be chance."""


def parted(frame: pl.DataFrame, path: Path) -> tuple[pl.DataFrame, Counts | None]:
    """Return the parts, and the total the table states; None where it states none.

    Rows of percentages and blank rows are left out.

    Raises:
        InputError: a part has no name, there are several totals, or a row that is not
            called a total is the sum of all the others.

    """
    frame = frame.filter(~_all_null(frame))
    named = pl.col("part").str.contains
    totals = frame.filter(named(TOTAL).fill_null(value=False))
    said = (named(TOTAL) | named(SHARE)).fill_null(value=False)
    parts = frame.filter(~said)
    nameless = parts.filter(pl.col("part").is_null())
    if len(nameless):
        raise InputError(
            "rows without the name of a part; name each, and call a sum 'Total'",
            path=path,
            refusals=[
                Refusal(problem="this row has no part", row=row, column="part")
                for row in nameless[ROW]
            ],
        )
    if len(totals) > 1 and totals["group"].null_count():
        raise InputError(
            "there are several total rows; keep the one of all parts",
            path=path,
            refusals=[
                Refusal(problem="a total", row=row, column="part", value=name)
                for row, name in totals.select(ROW, "part").iter_rows()
            ],
        )
    if parts.is_empty():
        raise InputError("there is a total and no part; add the parts", path=path)
    _refuse_hidden(parts, path)
    if totals.is_empty():
        return parts, None
    names = [name for name in FIGURES if name in frame.columns]
    stated = totals.select(
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)
        for name in names
    )
    return parts, stated.row(0, named=True)


def looks_like_total(name: str) -> bool:
    """Tell whether a part is named as offices name a sum."""
    return re.match(TOTAL.replace("(?i)", ""), name, re.IGNORECASE) is not None


def _all_null(frame: pl.DataFrame) -> pl.Series:
    names = ["part", *(name for name in FIGURES if name in frame.columns)]
    return frame.select(pl.all_horizontal(pl.col(names).is_null())).to_series()


def _refuse_hidden(parts: pl.DataFrame, path: Path) -> None:
    """Refuse a row that is the sum of all the others under another name."""
    if len(parts) < FEWEST + 1 or parts["group"].null_count() < len(parts):
        return
    twice = [
        pl.col(name).fill_null(0) * 2 == pl.col(name).sum()
        for name in ("yes", "no")
        if name in parts.columns
    ]
    hidden = parts.filter(pl.all_horizontal(*twice, pl.col("yes") + pl.col("no") > 0))
    if hidden.is_empty():
        return
    row = hidden.row(0, named=True)
    raise InputError(
        "a row is the sum of all the others, so that every vote would count twice",
        path=path,
        refusals=[
            Refusal(
                problem="this is a total, not a part; call it 'Total', or delete it",
                row=row[ROW],
                column="part",
                value=row["part"],
            )
        ],
    )
