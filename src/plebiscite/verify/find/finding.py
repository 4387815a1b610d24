"""What a verifier concluded about each line, and what a county's lines add up to.

A finding is valid, not valid for one reason, a duplicate, or not decided yet. Lines are
found once: valid + every reason + undecided is always the number looked at.

Findings on a sample and findings on a whole petition are two types, because *duplicate*
means two things (see `plebiscite.verify.find.duplicate`). Nothing turns one into the
other.

Source: Cal. Elec. Code §§ 100, 105, 9020-9022; Cal. Code Regs. tit. 2, §§ 20530, 20960.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from plebiscite.verify.count import FullCount, SampleCount


class Found(StrEnum):
    """What was found of a line."""

    VALID = "valid"
    INVALID = "invalid"
    DUPLICATE = "duplicate"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """Why a line does not count. Which of these a law knows stands in its file."""

    NOT_REGISTERED = "NOT_REGISTERED"
    REG_LATE = "REG_LATE"
    REG_CANCELLED = "REG_CANCELLED"
    INACTIVE_INELIGIBLE = "INACTIVE_INELIGIBLE"
    UNDER_18 = "UNDER_18"
    WRONG_COUNTY = "WRONG_COUNTY"
    OUT_OF_STATE = "OUT_OF_STATE"
    ADDR_DIFFERENT = "ADDR_DIFFERENT"
    ADDR_MISSING = "ADDR_MISSING"
    PO_BOX_ONLY = "PO_BOX_ONLY"
    NAME_MISSING = "NAME_MISSING"
    SIG_MISSING = "SIG_MISSING"
    SIG_MISMATCH = "SIG_MISMATCH"
    NOT_OWN_HAND = "NOT_OWN_HAND"
    ILLEGIBLE = "ILLEGIBLE"
    DUPLICATE = "DUPLICATE"
    WITHDRAWN = "WITHDRAWN"
    DATE_OUT_OF_RANGE = "DATE_OUT_OF_RANGE"
    CIRC_DECL_DEFECT = "CIRC_DECL_DEFECT"
    FORMAT_DEFECT = "FORMAT_DEFECT"
    LINE_CROSSED_OUT = "LINE_CROSSED_OUT"


def may_be_given(known: Collection[str]) -> tuple[str, ...]:
    """Return the codes of the reasons a person may give why a line does not count.

    They are those `known` to the law of the day. Where its file lists none, any will
    do: that nobody has written a law's reasons down makes no line valid.
    """
    return tuple(known) or tuple(each.value for each in Reason)


MATCHER = "matcher"
RECORD = "record"
NOBODY = (MATCHER, RECORD)

FINDINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "line_id": pl.String,
    "county": pl.String,
    "section": pl.String,
    "row": pl.Int64,
    "order": pl.Int64,
    "unit": pl.String,
    "finding": pl.String,
    "reason": pl.String,
    "cite": pl.String,
    "roll_as_of": pl.Date,
    "voter_id": pl.String,
    "candidates": pl.List(pl.String),
    "by": pl.String,
    "at": pl.String,
}
"""The columns of a findings table, one row per line.

``order`` is null in a full count. ``unit`` is the county, or the state where it is the
state that is sampled. ``finding`` and ``reason`` are words of `Found` and `Reason`.
``voter_id`` is the voter credited, on valid and duplicate lines only; ``candidates``
are the voters the matcher showed, best first. ``by`` is ``matcher``, ``record`` (the
keyed line or section itself) or the person who decided, ``at`` when that person did.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFindings:
    """Findings on the lines drawn in one sampled unit.

    Attributes:
        unit: the county, or the state.
        raw: lines filed in the unit, of which these were drawn.
        table: one row per drawn line, columns as `FINDINGS`.

    """

    unit: str
    raw: int
    table: pl.DataFrame

    def count(self) -> SampleCount:
        """Return the counts the projection needs."""
        found = _tally(self.table)
        return SampleCount(
            county=self.unit,
            raw=self.raw,
            sampled=self.table.height,
            valid=found[Found.VALID],
            duplicates=found[Found.DUPLICATE],
            undecided=found[Found.UNDECIDED],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFindings:
    """Findings on every line of a petition.

    Attributes:
        raw: lines filed, by county.
        table: one row per line, columns as `FINDINGS`.

    """

    raw: Mapping[str, int]
    table: pl.DataFrame

    def counts(self) -> list[FullCount]:
        """Return each county's counts, by name."""
        return [
            FullCount(
                county=county,
                raw=raw,
                sampled=part.height,
                valid=found[Found.VALID],
                duplicates=found[Found.DUPLICATE],
                undecided=found[Found.UNDECIDED],
            )
            for county, raw in sorted(self.raw.items())
            for part in [self.table.filter(pl.col("county") == county)]
            for found in [_tally(part)]
        ]


def reason_counts(table: pl.DataFrame, *, by: str) -> dict[str, dict[str, int]]:
    """Return lines not valid, by the values of a column and reason code.

    The second copy of a voter is among them, under DUPLICATE; undecided lines are not.
    """
    lines = table.filter(pl.col("reason").is_not_null())
    counted = lines.group_by(by, "reason").len().sort(by, "reason")
    found: dict[str, dict[str, int]] = {name: {} for name in table[by].unique().sort()}
    for name, reason, number in counted.iter_rows():
        found[name][reason] = number
    return found


def signatures_compared(table: pl.DataFrame) -> bool:
    """Tell whether a person decided every line that counts, or would but for its twin.

    A table no person ever touched was not compared, whatever the matcher found in it.
    """
    person = ~table["by"].is_in(NOBODY)
    counted = table["finding"].is_in([Found.VALID.value, Found.DUPLICATE.value])
    return bool(person.any()) and bool((person | ~counted).all())


def _tally(table: pl.DataFrame) -> dict[Found, int]:
    counted = dict(table.group_by("finding").len().iter_rows())
    return {found: counted.get(found.value, 0) for found in Found}
