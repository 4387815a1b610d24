"""What an earlier run of a scan left: rows of JSON, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plebiscite.core.appended import whole_lines
from plebiscite.core.canonical import parsed
from plebiscite.errors import RecordError


def rows_kept(path: Path, torn: Path, needed: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of a file, none where there is none; each has what is `needed`.

    A last line that is torn is moved into the file `torn`: it is made again.

    Raises:
        RecordError: a whole line is no such row; nothing is guessed of it.

    """
    found = []
    for number, line in enumerate(whole_lines(path, torn=torn).splitlines(), start=1):
        try:
            row = parsed(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or any(name not in row for name in needed):
            raise RecordError(
                f"{path}: line {number:,} is damaged; restore the file, or scan into a "
                "new folder"
            )
        found.append(row)
    return found
