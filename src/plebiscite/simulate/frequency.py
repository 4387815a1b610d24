"""Drawing things as often as they occur, exactly alike on every machine.

Weights are whole numbers and their running totals are too, so that no rounding of a sum
depends on the processor. A draw takes a uniform number in [0, 1) and a key (which of
several distributions to draw from) and answers with a position.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Whole: TypeAlias = npt.NDArray[np.int64]
Real: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

TABLES = files("plebiscite.simulate") / "tables"


class Frequency:
    """Several distributions over positions, drawn from with one search.

    Args:
        weights: one array of whole, non-negative weights per key, in key order. A key
            whose weights are all zero must not be drawn from.

    """

    def __init__(self, weights: Sequence[Whole]) -> None:
        flat = np.concatenate([np.asarray(part, dtype=np.int64) for part in weights])
        ends = np.cumsum([len(part) for part in weights])
        self._running = np.cumsum(flat)
        before = np.concatenate([[0], self._running])
        starts = np.concatenate([[0], ends[:-1]])
        self._first = starts.astype(np.int64)
        self._base = before[starts]
        self._total = before[ends] - self._base

    def draw(self, uniform: Real, key: Whole | int = 0) -> Whole:
        """Return one position within its key's weights for each number in [0, 1)."""
        ticket = (uniform * self._total[key]).astype(np.int64) + self._base[key]
        place = np.searchsorted(self._running, ticket, side="right")
        found: Whole = place - self._first[key]
        return found


def scattered(*parts: Whole | int) -> Whole:
    """Return 63 well-mixed bits that depend on nothing but `parts`.

    Streets and buildings are not stored: a street's name is looked up by the scattered
    bits of its area and number, and is the same wherever it is asked for.
    Source: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    """
    mixed: npt.NDArray[np.uint64] = np.asarray(0x9E3779B97F4A7C15, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for part in parts:
            bits = mixed ^ np.asarray(part, dtype=np.int64).view(np.uint64)
            bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            mixed = bits ^ (bits >> np.uint64(31))
    return (mixed >> np.uint64(1)).astype(np.int64)


def apportioned(whole: int, weights: Sequence[int]) -> list[int]:
    """Divide `whole` in proportion to `weights`, by largest remainder.

    >>> apportioned(10, [1, 1, 1])
    [4, 3, 3]
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    parts = [whole * weight // total for weight in weights]
    order = sorted(
        range(len(weights)), key=lambda i: (-(whole * weights[i] % total), i)
    )
    for place in order[: whole - sum(parts)]:
        parts[place] += 1
    return parts


@cache
def table(name: str) -> pl.DataFrame:
    """Return one of the shipped tables; ZIP codes stay text."""
    content = (TABLES / name).read_bytes()
    if name.endswith(".parquet"):
        return pl.read_parquet(content, glob=False)
    return pl.read_csv(content, schema_overrides={"zip": pl.String}, glob=False)


def word_lists(name: str) -> dict[str, list[str]]:
    """Return the shipped word lists of a TOML file, by their headings."""
    content = tomllib.loads((TABLES / name).read_text("utf-8"))
    return {heading: text.split() for heading, text in content.items()}


def column(frame: pl.DataFrame, name: str) -> Whole:
    """Return a column of whole numbers as an array."""
    numbers: Whole = frame[name].cast(pl.Int64).to_numpy()
    return numbers
