"""The results of one question, part by part, and the files they were read from.

A part is whatever the office reports by: a county, a canton, a precinct. An empty cell
is not yet counted, which is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import polars as pl

from plebiscite.errors import InputError

FIGURES = ("registered", "cast", "valid", "blank", "yes", "no")
WORDS = {
    "registered": "registered voters",
    "cast": "ballots cast",
    "valid": "valid votes",
    "blank": "blank or invalid ballots",
    "yes": "yes votes",
    "no": "no votes",
}
ROW = "_row"
SCHEMA: Mapping[str, pl.DataType] = {
    "part": pl.String(),
    **dict.fromkeys(FIGURES, pl.Int64()),
    ROW: pl.Int64(),
}
Counts: TypeAlias = Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """A file that figures were read from.

    Attributes:
        file: its name, without the folder.
        sha256: of its bytes, in 64 hex digits.
        form: how it was written: ``results``, ``openelections``, ``nist 1500-100`` or
            ``yaml``.

    """

    file: str
    sha256: str
    form: str

    def __str__(self) -> str:
        return f"{self.file} (SHA-256 {self.sha256})"


@dataclass(frozen=True, kw_only=True)
class Results:
    """The results of one question.

    Attributes:
        question: its name; "" where the file names none.
        frame: a row a part: ``part``, `FIGURES` (whole numbers, null while not yet
            counted) and ``_row``, its row in the file.
        given: the figures the file gives at all.
        stated: the total the file itself states; None where it states none.
        sources: the files.

    """

    question: str
    frame: pl.DataFrame
    given: frozenset[str]
    stated: Counts | None = None
    sources: tuple[Provenance, ...] = ()

    @cached_property
    def totals(self) -> Counts:
        """The sum of each figure given; None while a part of it is not yet counted."""
        sums = self.frame.select(
            pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name)
            for name in FIGURES
            if name in self.given
        ).row(0, named=True)
        return {
            name: None if each is None else int(each) for name, each in sums.items()
        }

    @cached_property
    def so_far(self) -> dict[str, int]:
        """The sum of each figure given, over the parts that have it."""
        sums = self.frame.select(
            pl.col(name).sum() for name in FIGURES if name in self.given
        ).row(0, named=True)
        return {name: int(each) for name, each in sums.items()}

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The parts whose yes and no are both counted."""
        return self.frame.filter(~self._out)

    @cached_property
    def out(self) -> pl.DataFrame:
        """The parts whose yes or no is not yet counted."""
        return self.frame.filter(self._out)

    @property
    def _out(self) -> pl.Expr:
        return pl.col("yes").is_null() | pl.col("no").is_null()

    @property
    def is_complete(self) -> bool:
        """Whether every part is counted."""
        return self.out.is_empty()

    def rows(self) -> dict[str, Counts]:
        """Return each part with the figures given, in the order of the file."""
        names = [name for name in FIGURES if name in self.given]
        return {
            row["part"]: {name: row[name] for name in names}
            for row in self.frame.iter_rows(named=True)
        }

    def with_frame(self, frame: pl.DataFrame) -> Results:
        """Return the same question with other figures; the stated total is left out."""
        return replace(self, frame=frame, stated=None)

    def without(self, parts: frozenset[str]) -> Results:
        """Return the results without some parts.

        Raises:
            InputError: one of them is no part of these results.

        """
        if unknown := sorted(parts - set(self.frame["part"])):
            raise InputError(
                f"{', '.join(unknown)}: no part of these results; the parts are: "
                f"{', '.join(self.frame['part'].head(60))}"
            )
        return self.with_frame(self.frame.filter(~pl.col("part").is_in(list(parts))))


def made(
    frame: pl.DataFrame,
    *,
    question: str,
    sources: tuple[Provenance, ...] = (),
    stated: Counts | None = None,
) -> Results:
    """Return results from a frame that may lack figures.

    A figure in none of whose rows anything stands is not given. Where no valid vote is
    given, it is the yes and the no votes.
    """
    have = [name for name in FIGURES if name in frame.columns]
    given = {name for name in have if frame[name].null_count() < len(frame)}
    given |= {"yes", "no"}
    frame = frame.with_columns(
        pl.lit(None, dtype=SCHEMA[name]).alias(name)
        for name in SCHEMA
        if name not in frame.columns
    ).select(*SCHEMA)
    if "valid" not in given:
        frame = frame.with_columns(valid=pl.col("yes") + pl.col("no"))
    return Results(
        question=question,
        frame=frame,
        given=frozenset(given | {"valid"}),
        stated=stated,
        sources=sources,
    )


def nothing_counted(parts: Sequence[str]) -> Results:
    """Return the results of a vote to come: its parts, and nought of every figure."""
    zeros = dict.fromkeys(FIGURES, [0] * len(parts))
    return made(pl.DataFrame({"part": list(parts), **zeros}), question="")
