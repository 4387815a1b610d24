"""Lines as counted on taking sheets back: one figure, or a file with one a section."""

from __future__ import annotations

from pathlib import Path

from plebiscite.core.table import Column, Refusals, read_table
from plebiscite.errors import InputError

COLUMNS = (
    Column(name="section", required=True),
    Column(name="lines", kind="count", required=True),
)


def read_counts(
    path: Path | None, lines: int | None
) -> tuple[dict[int, int] | None, int]:
    """Return lines by serial (None where only their sum is given), and their sum.

    Raises:
        InputError: neither or both are given, or the file is wrong.

    """
    if path is None and lines is not None:
        return None, lines
    if path is None or lines is not None:
        raise InputError(
            "say how many lines came back (--lines 57), or how many on each section "
            "(--counts FILE)"
        )
    refusals, found = Refusals(), dict[int, int]()
    for row in read_table(path, COLUMNS).iter_rows(named=True):
        section = row["section"]
        number = int(section) if section.isdecimal() else 0
        if not number or number in found:
            refusals.add(
                "write each section once, by its serial, such as 000123",
                row=row["_row"],
                column="section",
                value=section,
            )
            continue
        found[number] = row["lines"]
    refusals.raise_any(path)
    return found, sum(found.values())
