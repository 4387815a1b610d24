"""What people found on the ballots pulled, as a table: ``ballot,found[,recorded]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import Column, Refusals, read_table
from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Mark
from plebiscite.vote.audit.piles import Manifest, refuse_stranger

NO_RECORD = "none"
COLUMNS = (
    Column(name="ballot", required=True),
    Column(name="found", kind="choice", choices=("yes", "no", "blank", "missing")),
    Column(
        name="recorded",
        kind="choice",
        choices=("yes", "no", "blank", NO_RECORD),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a person found on one ballot, and what the machine had recorded.

    Attributes:
        found: the person's reading; ``missing`` where the ballot is not there.
        recorded: the machine's; ``blank`` where it has no record of the ballot, and in
            an audit that compares nothing.

    """

    found: Mark
    recorded: Mark = Mark.BLANK


def read_findings(
    path: Path,
    manifest: Manifest,
    *,
    compares: bool,
    records: Mapping[str, Mark] | None = None,
    progress: Progress = silent,
) -> dict[str, Finding]:
    """Read findings by ballot; a row whose `found` is empty is still to be looked at.

    `records` are the machine's, where they were committed to; the file's own column
    must then agree or be left out.

    Raises:
        InputError: anything is wrong with the file; all of it in one message.

    """
    refusals = Refusals()
    found: dict[str, Finding] = {}
    for row in read_table(path, COLUMNS, progress=progress).iter_rows(named=True):
        at, name = row["_row"], row["ballot"]
        refuse_stranger(name, manifest, found, at, refusals)
        if row["found"] is None:
            continue
        recorded = _recorded(row["recorded"], name, records)
        if compares and recorded is None:
            refusals.add(
                "say what the machine recorded: yes, no, blank, or none if it has no "
                "record of this ballot"
                if records is None
                else "this is not what the records committed to say; correct the row",
                row=at,
                column="recorded",
                value=row["recorded"],
            )
            continue
        found[name] = Finding(found=Mark(row["found"]), recorded=recorded or Mark.BLANK)
    refusals.raise_any(path)
    if not found:
        raise InputError(
            "no ballot was looked at yet: fill in `found` of at least one", path=path
        )
    return found


def _recorded(
    written: str | None, name: str, records: Mapping[str, Mark] | None
) -> Mark | None:
    """Return the record to go by, or None where it is lacking or contradicted."""
    said = Mark.BLANK if written == NO_RECORD else Mark(written) if written else None
    if records is None:
        return said
    committed = records.get(name, Mark.BLANK)
    return committed if said in {None, committed} else None
