"""Everything that is wrong with a file, so that one round of repairs will do."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl

from plebiscite.errors import InputError, Refusal


class Refusals:
    """Refusals of one file, as they are found.

    A file of millions of rows may be wrong in each of them; of one kind of fault only
    the first `KEPT` are kept, and the rest counted.
    """

    KEPT = 1_000
    FIRST = 3

    def __init__(self) -> None:
        self._kept: list[tuple[int, Refusal]] = []
        self._seen: Counter[tuple[str | None, str]] = Counter()

    def __bool__(self) -> bool:
        return bool(self._seen)

    def add(
        self,
        problem: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Note one fault."""
        kind = (column, problem)
        self._seen[kind] += 1
        if self._seen[kind] <= self.KEPT:
            refusal = Refusal(problem=problem, row=row, column=column, value=value)
            self._kept.append((self._seen[kind], refusal))

    def add_rows(
        self, problem: str, rows: pl.Series, *, column: str, values: pl.Series | None
    ) -> None:
        """Note one fault in many rows; `values` stand beside them, or are private."""
        if rows.is_empty():
            return
        room = max(0, self.KEPT - self._seen[column, problem])
        shown = values.head(room).to_list() if values is not None else [None] * room
        for row, value in zip(rows.head(room).to_list(), shown, strict=False):
            self.add(problem, row=row, column=column, value=value)
        self._seen[column, problem] += max(0, len(rows) - room)

    def found(self) -> list[Refusal]:
        """Return the refusals: some of each kind first, so that none hides another."""
        more = [
            Refusal(
                problem=f"{seen - self.KEPT:,} more rows have this fault: {problem}",
                column=column,
            )
            for (column, problem), seen in self._seen.items()
            if seen > self.KEPT
        ]
        in_order = sorted(
            self._kept,
            key=lambda each: (each[0] > self.FIRST, each[1].row or 0, each[0]),
        )
        return [refusal for _, refusal in in_order] + more

    def raise_any(self, path: Path) -> None:
        """Raise them all together, if there are any.

        Raises:
            InputError: something was refused; the message lists it.

        """
        if not self:
            return
        many = sum(self._seen.values())
        raise InputError(
            f"{many:,} things to put right; nothing of this file was taken over"
            if many > 1
            else "one thing to put right; nothing of this file was taken over",
            path=path,
            refusals=self.found(),
        )
