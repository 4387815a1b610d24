"""Making the queue ready: what names and addresses say of each drawn line.

The engine looks at the lines once, with nobody's decision; what the record itself
decides never enters the queue. The candidates of each line and the evidence for them
are kept with the line, so that showing it never searches the roll.

Lines that come to a queue later (the sample was extended, or every line is counted) are
added behind it; what people found of the others stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

import polars as pl
from django.db import transaction

from plebiscite.core.files import PRIVATE, whole_folder
from plebiscite.core.progress import Progress
from plebiscite.errors import InputError
from plebiscite.match.explain import ranked
from plebiscite.petition.intake import read_lines
from plebiscite.petition.line import LINE_COLUMNS
from plebiscite.roll.store import Roll
from plebiscite.verify.find.act import find_lines
from plebiscite.verify.find.finding import RECORD
from plebiscite.web.county.desks import (
    confidential,
    evidence_of,
    looked_folder,
    measure_of,
    roll_of,
    taken,
)
from plebiscite.web.county.files.images import disguised
from plebiscite.web.county.models import Desk, Kind, Line, Rekey, State

WRITTEN = [
    each.name
    for each in LINE_COLUMNS
    if each.name not in {"line_id", "section", "row", "county", "struck"}
]
TOGETHER = 2_000
CANDIDATES = 3
DISGUISE = "~"
"""What a confidential voter is credited under begins with it; the rest tells nobody."""


def prepare(desk: Desk, *, now: datetime, progress: Progress) -> int:
    """Make the queue of a desk ready; return how many lines it holds.

    Raises:
        InputError: a drawn line was not keyed, or a file is missing.

    """
    if desk.prepared_at is not None:
        return desk.lines.count()
    roll, upload = roll_of(desk), taken(desk, Kind.LINES)
    if roll is None or upload is None or not desk.drawn:
        raise InputError("the queue needs a roll, a draw and the keyed lines first")
    keyed = read_lines(upload.path, counties=[desk.county], progress=progress)
    sections = taken(desk, Kind.SECTIONS)
    with whole_folder(looked_folder(desk), replace=True, mode=PRIVATE) as draft:
        find_lines(
            draft,
            evidence_of(desk),
            keyed=keyed,
            keyed_path=upload.path,
            roll=roll,
            sections=sections.path if sections else None,
            measure=measure_of(desk),
            progress=progress,
        )
    lines = list(_lines(desk, keyed, roll, progress))
    with transaction.atomic():
        if not desk.further.exists():
            Line.objects.filter(desk=desk).delete()
        known = dict(desk.lines.values_list("line_id", "written"))
        _refuse_rewritten(lines, known)
        added = [each for each in lines if each.line_id not in known]
        for position, each in enumerate(added, start=len(known) + 1):
            each.position = position
        Line.objects.bulk_create(added, batch_size=TOGETHER)
        Desk.objects.filter(pk=desk.pk).update(prepared_at=now)
    return len(lines)


def _refuse_rewritten(lines: list[Line], known: dict[str, dict[str, str]]) -> None:
    """Refuse keyed lines that change what people had before them.

    Raises:
        InputError: naming the first by section and row; nothing is added.

    """
    for each in lines:
        if known.get(each.line_id, each.written) != each.written:
            raise InputError(
                f"section {each.section}, row {each.row} is keyed otherwise than in "
                "the file people have worked on; key only the lines that were drawn "
                "since, and leave the others as they were"
            )


def _lines(
    desk: Desk, keyed: pl.DataFrame, roll: Roll, progress: Progress
) -> Iterator[Line]:
    """Yield the lines of the queue, in its order."""
    folder = confidential(looked_folder(desk))
    found = pl.read_parquet(folder / "findings.parquet", glob=False).join(
        pl.read_parquet(folder / "matches.parquet", glob=False).select(
            "line_id", "outcome", "pattern", "ties", credited="voter_id", why="reason"
        ),
        on="line_id",
        how="left",
        maintain_order="left",
    )
    here = found.select("line_id").join(
        keyed, on="line_id", how="left", maintain_order="left"
    )
    shown = dict(ranked(here, roll, limit=CANDIDATES, progress=progress))
    order = found.sort("order", "section", "row", nulls_last=True)
    written = {row["line_id"]: row for row in here.iter_rows(named=True)}
    for position, row in enumerate(order.iter_rows(named=True), start=1):
        by_record = row["by"] == RECORD and row["reason"] != "SIG_MISSING"
        yield Line(
            desk=desk,
            line_id=row["line_id"],
            section=row["section"],
            row=row["row"],
            position=position,
            written=_written(written[row["line_id"]]),
            candidates=[_candidate(each) for each in shown[row["line_id"]]],
            matched=_matched(desk, row, shown[row["line_id"]]),
            state=State.RECORD if by_record else State.OPEN,
            reason=row["reason"] if by_record else "",
            rekey=Rekey.NO if by_record else _chosen(desk, row["line_id"]),
        )


def _written(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row[name]) for name in WRITTEN if row[name] not in {None, ""}}


def _candidate(evidence: Any) -> dict[str, Any]:
    told = asdict(evidence)
    return {
        "voter_id": told["voter_id"],
        "bits": f"{told['bits']:.1f}",
        "parts": [[what, f"{bits:.1f}"] for what, bits in told["parts"]],
    }


def _matched(desk: Desk, row: dict[str, Any], shown: tuple[Any, ...]) -> dict[str, Any]:
    """Return what the matcher says; a confidential voter's number is disguised."""
    open_ids = {each.voter_id for each in shown if each.voter_id}
    credited = row["credited"]
    return {
        "outcome": row["outcome"],
        "finding": row["finding"],
        "reason": row["why"] or "",
        "pattern": row["pattern"] or "",
        "ties": row["ties"] or 0,
        "voter_id": credited if credited in open_ids else "",
        "secret": DISGUISE + disguised(desk, credited)
        if credited and credited not in open_ids
        else "",
    }


def _chosen(desk: Desk, line_id: str) -> Rekey:
    """Choose the share found twice from the public seed, so that nobody else does."""
    drawn = sha256(f"{desk.seed}/{desk.commitment}/{line_id}".encode()).digest()
    return (
        Rekey.CHOSEN
        if int.from_bytes(drawn[:4]) % 100 < desk.rekey_per_hundred
        else Rekey.NO
    )
