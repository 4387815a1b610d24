"""The full count as it went: the running total, and where the law lets it stop.

Lines are counted county by county, section by section, row by row. Duplicates lose
nothing by that order: of a voter's lines the first in it stands.
"""

from __future__ import annotations

import polars as pl

from plebiscite.cli.demo.scene import Scene
from plebiscite.report.running_chart import Reading, Running
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.verify.count import FullCount
from plebiscite.verify.find.finding import Found
from plebiscite.verify.find.look import Looked, table_of
from plebiscite.verify.full_count import RunningTotal, running_total

PLACE = ("county", "section", "row")


def running(scene: Scene, looked: Looked, *, required: int) -> Running:
    """Return the full count from its first line to its last."""
    lines = table_of(looked.findings).sort(PLACE)
    found = pl.col("finding")
    counted = lines.select(
        "county",
        at=pl.int_range(1, pl.len() + 1),
        valid=(found == Found.VALID.value).cum_sum(),
        twice=(found == Found.DUPLICATE.value).cum_sum(),
        undecided=(found == Found.UNDECIDED.value).cum_sum(),
    )
    settled = _settled(counted, required)
    row = counted.row(settled - 1, named=True)
    total = _total(counted, settled, required)
    law = open_law(scene.measure.law).on(scene.measure.dates)
    ends = counted.group_by("county", maintain_order=True).agg(pl.col("at").last())
    return Running(
        readings=tuple(
            Reading(
                county=county,
                looked_at=at,
                verified=so_far.verified,
                still_open=so_far.still_open,
            )
            for county, at in ends.iter_rows()
            for so_far in [_total(counted, at, required)]
        ),
        required=required,
        settled_after=settled,
        settled_in=row["county"],
        words=f"After {settled:,} of {lines.height:,} lines, in {row['county']}: "
        f"{total.words}. {_law_words(total, law)}",
    )


def _total(counted: pl.DataFrame, at: int, required: int) -> RunningTotal:
    """Return the running total after so many lines."""
    row = counted.row(at - 1, named=True)
    so_far = FullCount(
        county="the whole petition",
        raw=counted.height,
        sampled=at,
        valid=row["valid"],
        duplicates=row["twice"],
        undecided=row["undecided"],
    )
    return running_total([so_far], required=required)


def _settled(counted: pl.DataFrame, required: int) -> int:
    """Return after how many lines the outcome is certain; all if it never is."""
    still_open = counted.height - pl.col("at") + pl.col("undecided")
    certain = counted.filter(
        (pl.col("valid") >= required) | (pl.col("valid") + still_open < required)
    )
    return int(certain["at"][0]) if certain.height else counted.height


def _law_words(total: RunningTotal, law: Rulebook) -> str:
    rule = "full_count_may_stop"
    if not law.has(rule) or law.text(rule) != "yes":
        return "The law asks for every line to be checked all the same."
    if not total.is_reached:
        return "The law lets a check stop early only once the requirement is reached."
    cited = "; ".join(str(source) for source in law.cite(rule))
    return (
        f"The law lets the check stop there ({cited}); this one goes on to the last "
        "line, to be held against the truth."
    )
