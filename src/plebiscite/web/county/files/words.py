"""Why a file was refused, in the words of the desk rather than of the command line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from plebiscite.errors import InputError, PlebisciteError

SLOTS = {
    "--roll": "as the voter roll",
    "--lines": "as the petition lines",
    "--sections": "as the sections",
    "--manifest": "as the manifest",
}
GIVEN = re.compile(r"give it with (--[a-z]+), and the right file here")
SHOWN = 1_000
"""Bad rows kept of one file."""


def refused(fault: PlebisciteError, *, path: Path, name: str) -> str:
    """Return in a sentence why a file was refused, under the name it came with.

    A file in the wrong place is told where it belongs.
    """
    said = str(fault).splitlines()[0].replace(f"{path}: ", "").replace(str(path), name)
    return GIVEN.sub(_slot, said)


def bad_rows(fault: PlebisciteError) -> list[dict[str, Any]]:
    """Return one entry for each bad row: row, column, value, problem.

    What stands in a private column is never among the values.
    """
    refusals = fault.refusals if isinstance(fault, InputError) else ()
    return [
        {
            "row": each.row,
            "column": each.column,
            "value": each.value,
            "problem": each.problem,
        }
        for each in refusals[:SHOWN]
    ]


def _slot(found: re.Match[str]) -> str:
    slot = SLOTS.get(found[1])
    if slot is None:
        return "no file of that kind is needed here; give the right one"
    return f"hand it in {slot}, and the right file here"
