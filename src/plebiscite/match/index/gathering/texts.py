"""Texts numbered as they come: a column of a roll becomes codes, batch by batch.

A text has the next free number when it first comes, and keeps it. Number 0 is the empty
text, and a missing one is as good as that. The kernel numbers, or Polars does.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

Codes = NDArray[np.unsignedinteger[Any]]
"""Numbers of texts, in one, two or four bytes each."""


class Texts(Protocol):
    """Distinct texts, each with its number."""

    def codes(self, column: pl.Series) -> Codes:
        """Return the numbers of some texts; new ones get one."""

    def every(self) -> list[str]:
        """Return all texts that came, by number."""


def new_texts(kernel: ModuleType | None) -> Texts:
    """Return an empty numbering; both kinds may number in another order."""
    return _ByPolars() if kernel is None else _ByKernel(kernel)


class _ByKernel:
    """Numbered by the kernel, which looks at the column where Polars has it."""

    __slots__ = ("_every", "_texts")

    def __init__(self, kernel: ModuleType) -> None:
        self._texts = kernel.Texts()
        self._every = [""]

    def codes(self, column: pl.Series) -> Codes:
        codes, new = self._texts.codes(column)
        self._every += column.gather(np.frombuffer(new, dtype="<u4")).to_list()
        kind = np.min_scalar_type(max(0, len(self._every) - 1))
        return np.frombuffer(codes, dtype=kind.newbyteorder("<"))

    def every(self) -> list[str]:
        return self._every


class _ByPolars:
    """Numbered by a categorical column of Polars."""

    __slots__ = ("_categories", "_holds", "_kind")

    def __init__(self) -> None:
        self._categories = pl.Categories.random()
        self._kind = pl.Categorical(self._categories)
        # Codes live as long as some column holds them.
        self._holds = pl.Series([""], dtype=self._kind)

    def codes(self, column: pl.Series) -> Codes:
        codes = column.cast(self._kind).to_physical().fill_null(0).to_numpy()
        most = len(self._categories.to_series()) - 1
        return codes.astype(np.min_scalar_type(max(0, most)))

    def every(self) -> list[str]:
        return [text or "" for text in self._categories.to_series().to_list()]
