"""Lines signed by one voter: the first stands, the others are duplicates.

The scope decides everything. In a sample, a pair is found only when both copies happen
to be drawn, and the projection weighs it by v(v - 1) for that reason. Calling a drawn
line a duplicate because its voter appears *elsewhere in the petition* would weigh a
common thing as if it were a rare one: at the size of Los Angeles (311,924 lines, 9,358
drawn, 1% of them duplicates) the projection would fall by about 98,000 signatures. So
the function for a sample is given the drawn lines of one sampled unit and can see no
others; the function for a full count is given every line of the petition. They take
different types.

Only lines that are valid otherwise are compared: a line that does not count takes
nothing from anybody. Of k copies k - 1 are duplicates, and the first, by county,
section and row, stands.

Source: Cal. Code Regs. tit. 2, §§ 20530(b), 20531.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from plebiscite.match.again.same import copies
from plebiscite.verify.find.finding import (
    Found,
    PetitionFindings,
    Reason,
    SampleFindings,
)

PLACE = ("county", "section", "row")


def within_sample(findings: SampleFindings, *, cite: str) -> SampleFindings:
    """Return one unit's sample with its pairs marked; no other line is looked at."""
    return replace(findings, table=_marked(findings.table, cite))


def within_petition(findings: PetitionFindings, *, cite: str) -> PetitionFindings:
    """Return a full count with every repetition in the petition marked."""
    return replace(findings, table=_marked(findings.table, cite))


def _marked(table: pl.DataFrame, cite: str) -> pl.DataFrame:
    valid = pl.col("finding") == Found.VALID.value
    again = copies("voter_id", PLACE, among=valid) > 0
    return table.with_columns(
        finding=pl.when(again).then(pl.lit(Found.DUPLICATE.value)).otherwise("finding"),
        reason=pl.when(again).then(pl.lit(Reason.DUPLICATE.value)).otherwise("reason"),
        cite=pl.when(again).then(pl.lit(cite)).otherwise("cite"),
    )
