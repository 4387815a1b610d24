"""Holding pairs of lines to the truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from plebiscite.core.table import Column, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore:
    """How well lines signed by one person were found.

    Attributes:
        pairs: pairs found.
        right: of these, pairs that one person signed.
        repeats: lines that truly repeat an earlier one.
        found: of these, lines put together with the line they repeat.

    """

    pairs: int
    right: int
    repeats: int
    found: int

    def as_data(self) -> dict[str, Any]:
        """Return the score as JSON data: counts, and shares as strings."""
        return {
            "pairs": self.pairs,
            "pairs_right": self.right,
            "repeats": self.repeats,
            "repeats_found": self.found,
            "pair_precision": f"{self.right / self.pairs:.4f}" if self.pairs else None,
            "pair_recall": f"{self.found / self.repeats:.4f}" if self.repeats else None,
        }

    def words(self) -> list[str]:
        """Return the score as lines for a person, every share with its denominator."""
        right = f"{self.right / self.pairs:.2%}" if self.pairs else "no share"
        found = f"{self.found / self.repeats:.2%}" if self.repeats else "no share"
        return [
            "pairs that one signed     "
            f"{right} ({self.right:,} of {self.pairs:,} pairs)",
            "repeated lines found      "
            f"{found} ({self.found:,} of {self.repeats:,} lines)",
        ]


def score_pairs(truth: pl.DataFrame, pairs: pl.DataFrame) -> PairScore:
    """Compare pairs (line_id, other_line_id) with truth (line_id, duplicate_of).

    A pair is right if both lines repeat one line, or one repeats the other.
    """
    person = dict(
        truth.select("line_id", pl.coalesce("duplicate_of", "line_id")).iter_rows()
    )
    first = dict(pairs.select("line_id", "other_line_id").iter_rows())
    repeats = truth.filter(pl.col("duplicate_of").is_not_null())
    return PairScore(
        pairs=pairs.height,
        right=sum(
            one in person and person[one] == person.get(other)
            for one, other in first.items()
        ),
        repeats=repeats.height,
        found=sum(
            first.get(line, line) == first.get(other, other)
            for line, other in repeats.select("line_id", "duplicate_of").iter_rows()
        ),
    )


def read_pairs(path: Path) -> pl.DataFrame:
    """Read what `match run --pairs` wrote.

    Raises:
        InputError: it is no table of pairs.

    """
    ids = (Column(name=name, required=True) for name in ("line_id", "other_line_id"))
    return read_table(path, tuple(ids))
