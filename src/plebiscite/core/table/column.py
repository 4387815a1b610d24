"""What a column must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import polars as pl

from plebiscite.core.table.mapping import ColumnMapping

Kind: TypeAlias = Literal["text", "count", "year", "day", "flag", "choice"]

TYPES: dict[Kind, pl.DataType] = {
    "text": pl.String(),
    "count": pl.Int64(),
    "year": pl.Int64(),
    "day": pl.Date(),
    "flag": pl.Boolean(),
    "choice": pl.String(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table, under our name for it.

    Attributes:
        name: our name; a file may use another, through a mapping.
        kind: ``text`` as written, ``count`` (0 or more), ``year`` (four digits, or a
            day whose year is taken), ``day``, ``flag`` (0 or 1), ``choice`` (one word
            of `choices`, in any case).
        required: the column must be there, and no cell of it empty.
        choices: the words a ``choice`` may be.
        private: values are a person's, and never shown in a message.
        default: what an empty cell or a missing column stands for; None is unknown.

    """

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    private: bool = False
    default: str | int | bool | date | None = None

    @property
    def dtype(self) -> pl.DataType:
        """The type of the column once read."""
        return TYPES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a column's values come from.

    Attributes:
        column: the column they are for.
        headings: the file's own headings, joined by a space where there are several.
        constant: one value for every row, instead.
        values: the file's words and what they stand for here.
        date_format: how the file writes days, in strptime's letters; None is ISO.

    """

    column: Column
    headings: tuple[str, ...] = ()
    constant: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    date_format: str | None = None

    @property
    def shown(self) -> str:
        """The heading to name in a message: the file's own, open before the reader."""
        return " + ".join(self.headings) or self.column.name

    @classmethod
    def of(
        cls, column: Column, headings: tuple[str, ...], mapping: ColumnMapping
    ) -> Origin:
        """Return where `column` comes from under `mapping`."""
        return cls(
            column=column,
            headings=headings,
            constant=mapping.constants.get(column.name),
            values=tuple(mapping.values.get(column.name, {}).items()),
            date_format=mapping.date_format,
        )
