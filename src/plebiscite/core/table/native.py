"""Cells that a file already holds as what they must be.

A Parquet file may hold counts as numbers and days as days. To write them out as text,
as a CSV file would have them, and to read that text again costs more than all the rest.
So a column that is right as it stands is taken as it stands; any other one, wrong in a
single cell or held in another way, goes the way of text, where its faults are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from plebiscite.core.table.cells import EARLIEST, LATEST
from plebiscite.core.table.column import Kind, Origin

LARGEST = 10**18 - 1
"""A count has at most 18 digits."""
EPOCH = date(1970, 1, 1)
WITHIN: Mapping[Kind, tuple[Any, Any]] = {
    "count": (0, LARGEST),
    "year": (EARLIEST.year, LATEST.year),
    "day": ((EARLIEST - EPOCH).days, (LATEST - EPOCH).days),
    "flag": (0, 1),
}
"""What cells of each kind lie between, both ends among them; a day as a number, for a
file's days may be of years that Python's do not reach."""


def taken(values: pl.Series, origins: Sequence[Origin]) -> pl.Series | None:
    """Return a column of a file as it is wanted; None if it must be read as text.

    `origins` are all that are filled from this column.
    """
    if len(origins) != 1:
        return None
    (origin,) = origins
    column = origin.column
    if column.kind not in WITHIN or len(origin.headings) > 1 or origin.values:
        return None
    if column.kind == "day":
        held = values.dtype == pl.Date and origin.date_format is None
    else:
        yes_or_no = column.kind == "flag" and values.dtype == pl.Boolean
        held = yes_or_no or values.dtype.is_integer()
    if not held:
        return None
    least, most = WITHIN[column.kind]
    held_as = values.to_physical()
    low, high = held_as.min(), held_as.max()
    if low is not None and not (least <= low and high <= most):
        return None
    return values.cast(column.dtype)
