"""Columns of texts as codes: each text once, and which of them each line has.

A million lines have a few thousand different first names and streets. So a text is read
and looked up once, and what comes of it goes to the lines as numbers, and not as a text
for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.match.index.layout import Numbers

Flags = NDArray[np.bool_]
FEW = 1 << 16
"""So many combinations have a place in a table each, however few lines there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A column of texts, or of lists of texts.

    Attributes:
        texts: what lines may have; one and the same may stand there twice.
        at: the place among them of what each line has.

    """

    texts: pl.Series
    at: Numbers

    def column(self) -> pl.Series:
        """Return the texts of the lines, one by one."""
        return self.texts.gather(self.at)

    def read(self, texts: pl.Series) -> Coded:
        """Return what the texts of this column are read as, each in its place."""
        return replace(self, texts=texts)

    def part(self, start: int, size: int) -> Coded:
        """Return some of the lines."""
        return replace(self, at=self.at[start : start + size])

    def told(self, texts: pl.Series) -> Flags:
        """Return of which lines something holds, given of which texts it does."""
        flags: Flags = texts.fill_null(value=False).to_numpy()[self.at]
        return flags


def coded(column: pl.Series) -> Coded:
    """Return a column, the empty text first; nothing written counts as empty."""
    held = column if column.dtype == pl.Categorical else column.cast(own_codes())
    distinct = held.unique().drop_nulls()
    texts = distinct.cast(pl.String)
    codes = distinct.to_physical().to_numpy()
    some = (texts != "").to_numpy()
    # One place more, for where nothing is written.
    nothing = int(codes.max(initial=0)) + 1
    place = np.zeros(nothing + 1, dtype=np.uint32)
    place[codes[some]] = np.arange(1, int(some.sum()) + 1, dtype=np.uint32)
    at = place[held.to_physical().fill_null(nothing).to_numpy()]
    empty = pl.Series(texts.name, [""], dtype=pl.String)
    return Coded(texts=pl.concat([empty, texts.filter(pl.Series(some))]), at=at)


def own_codes() -> pl.Categorical:
    """Return a kind of column that shares its codes with no other one."""
    return pl.Categorical(pl.Categories.random())


def none_written(lines: int, name: str) -> Coded:
    """Return a column in which nothing is written."""
    texts = pl.Series(name, [""], dtype=pl.String)
    return Coded(texts=texts, at=np.zeros(lines, dtype=np.uint32))


def merged(column: Coded) -> Coded:
    """Return a column in which each text stands once, the empty one first."""
    inner = coded(column.texts)
    return Coded(texts=inner.texts, at=inner.at[column.at])


def only(column: Coded, wanted: Flags) -> Coded:
    """Return a column, empty where not wanted, of the texts that are left.

    The first text is the empty one, in what is given and what is returned.
    """
    if wanted.all():
        return column
    at = np.where(wanted, column.at, np.uint32(0))
    used = np.zeros(len(column.texts), dtype=np.bool_)
    used[at] = used[0] = True
    place = np.cumsum(used, dtype=np.uint32) - np.uint32(1)
    return Coded(texts=column.texts.filter(pl.Series(used)), at=place[at])


def either(first: Flags, one: Coded, other: Coded) -> Coded:
    """Return a column that has `one` where `first` holds, and `other` elsewhere."""
    if first.all():
        return one
    if not first.any():
        return other
    beyond = other.at + np.uint32(len(one.texts))
    return Coded(
        texts=pl.concat([one.texts, other.texts]), at=np.where(first, one.at, beyond)
    )


def combined(*columns: Coded) -> tuple[pl.DataFrame, Numbers]:
    """Return the combinations that lines have, and the place of each line's.

    A row has a text of each column; the columns are called "0", "1" and so on.
    """
    first, *others = columns
    start: tuple[list[Numbers], Numbers] = (
        [np.arange(len(first.texts), dtype=np.uint32)],
        first.at,
    )
    rows, at = reduce(_with_another, others, start)
    return pl.DataFrame(
        {
            str(n): column.texts.gather(row)
            for n, (column, row) in enumerate(zip(columns, rows, strict=True))
        }
    ), at


def together(
    columns: Sequence[Coded], way: Callable[[pl.DataFrame], pl.Series]
) -> Coded:
    """Return what `way` makes of each combination (see `combined`) that lines have."""
    rows, at = combined(*columns)
    return Coded(texts=way(rows), at=at)


def _with_another(
    known: tuple[list[Numbers], Numbers], column: Coded
) -> tuple[list[Numbers], Numbers]:
    """Return rows of codes with one column more, and the place of each line's row."""
    rows, at = known
    many = len(column.texts)
    cells = len(rows[0]) * many
    packed = at.astype(np.uint64) * np.uint64(many) + column.at
    if cells <= max(FEW, 4 * len(at)):
        used = np.zeros(cells, dtype=np.bool_)
        used[packed] = True
        kept = np.flatnonzero(used)
        place = np.cumsum(used, dtype=np.uint32)[packed] - np.uint32(1)
    else:
        kept, found = np.unique(packed, return_inverse=True)
        place = found.astype(np.uint32)
    before, own = np.divmod(kept, many)
    return [*(row[before] for row in rows), own.astype(np.uint32)], place
