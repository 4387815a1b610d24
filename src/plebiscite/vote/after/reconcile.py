"""Two offices' figures for the same parts, held against each other.

Two counts of one thing seldom agree to the last voter: they were made on different
days. So beside agreeing and differing there is *out of line*: a part whose figures
differ otherwise than those of the parts together, as where one office filled in a
column with something else. That asks a person to look; it says not who is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import polars as pl

from plebiscite.core.table import Column, ColumnMapping, read_table
from plebiscite.errors import InputError, Refusal
from plebiscite.vote.canvass.turnout import median
from plebiscite.vote.intake.total import looks_like_total

NEAR = Fraction(1, 200)
"""A difference of up to half a percent is near: lists move by that between days."""
OUT_OF_LINE = Fraction(1, 5)
"""A ratio of the two figures this far from the parts' median is out of line."""
FEWEST = 4
SUFFIX = re.compile(r"\s+(county|parish|borough)$", re.IGNORECASE)


class Agreement(StrEnum):
    """How two figures of one part stand to each other."""

    AGREES = "agrees"
    NEAR = "near"
    DIFFERS = "differs"
    OUT_OF_LINE = "out of line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two figures of one part."""

    part: str
    first: int
    second: int
    agreement: Agreement

    @property
    def difference(self) -> int:
        """The first less the second."""
        return self.first - self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Two columns of figures, part by part.

    Attributes:
        first, second: what the two columns are called.
        pairs: a part each, those out of line first, then by how far they differ.
        only_first, only_second: parts the other does not have, or has no figure for.
        middle: the median of first ÷ second.

    """

    first: str
    second: str
    pairs: tuple[Pair, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    middle: Fraction

    def of(self, agreement: Agreement) -> tuple[Pair, ...]:
        """Return the parts that stand so."""
        return tuple(pair for pair in self.pairs if pair.agreement is agreement)


def reconcile(
    first: Mapping[str, int | None],
    second: Mapping[str, int | None],
    *,
    named: tuple[str, str] = ("first", "second"),
) -> Reconciliation:
    """Hold two offices' figures against each other; parts by their names.

    Raises:
        InputError: they have no part in common.

    """
    both = {
        part: (mine, other)
        for part, mine in first.items()
        if mine is not None and (other := second.get(part)) is not None
    }
    if not both:
        raise InputError("the two files have no part in common; are they named alike?")
    ratios = [Fraction(a, b) for a, b in both.values() if b]
    middle = median(ratios) if ratios else Fraction(1)
    pairs = [
        Pair(
            part=part, first=a, second=b, agreement=_agreement(a, b, middle, len(both))
        )
        for part, (a, b) in both.items()
    ]
    order = list(Agreement)
    pairs.sort(key=lambda p: (-order.index(p.agreement), -abs(p.difference)))
    return Reconciliation(
        first=named[0],
        second=named[1],
        pairs=tuple(pairs),
        only_first=tuple(part for part in first if part not in both),
        only_second=tuple(part for part in second if part not in both),
        middle=middle,
    )


def _agreement(first: int, second: int, middle: Fraction, many: int) -> Agreement:
    if first == second:
        return Agreement.AGREES
    if second and abs(Fraction(first, second) - 1) <= NEAR:
        return Agreement.NEAR
    apart = abs(Fraction(first, second) - middle) > OUT_OF_LINE if second else True
    return Agreement.OUT_OF_LINE if apart and many >= FEWEST else Agreement.DIFFERS


def read_figures(
    path: Path, part: str, headings: tuple[str, ...], only: Mapping[str, str]
) -> dict[str, dict[str, int | None]]:
    """Return the figures under each heading, part by part.

    `only` are headings and the one value a row must have there, as
    ``election: 2016-11-08``. Parts are compared without " County" behind them.

    Raises:
        InputError: a heading is not there, or a part stands twice.

    """
    columns = [Column(name="part"), *(Column(name=h, kind="count") for h in headings)]
    columns += [Column(name=each, required=True) for each in only]
    names = {"part": part, **{h: h for h in (*headings, *only)}}
    frame = read_table(path, columns, mapping=ColumnMapping(columns=names))
    for heading, value in only.items():
        frame = frame.filter(pl.col(heading) == value)
    found: dict[str, dict[str, int | None]] = {heading: {} for heading in headings}
    refusals: list[Refusal] = []
    for row in frame.filter(pl.col("part").is_not_null()).iter_rows(named=True):
        name = SUFFIX.sub("", row["part"])
        if looks_like_total(name):
            continue
        if name in found[headings[0]]:
            refusals.append(
                Refusal(
                    problem="this part stands a second time; choose one row with "
                    "--only HEADING=VALUE",
                    row=row["_row"],
                    column=part,
                    value=row["part"],
                )
            )
        for heading in headings:
            found[heading][name] = row[heading]
    if refusals:
        raise InputError("nothing was compared", path=path, refusals=refusals)
    return found
