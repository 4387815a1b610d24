"""Certifying: decisions frozen, the lines found once more with them, the bundle made.

The certificate is the engine's alone. Before it is made, decisions are frozen; if it
cannot be made, they are free again and the reason is told. Once the docket has been
told, they stay frozen: whatever cuts the rest off, done again it is completed, with the
certificate that the docket names.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plebiscite.core.files import PRIVATE_FILE, whole_folder, write_whole
from plebiscite.core.progress import Progress
from plebiscite.core.table.spreadsheet import plain_cell
from plebiscite.docket.store import read
from plebiscite.errors import InputError, PlebisciteError
from plebiscite.petition.intake import read_lines
from plebiscite.report.certificate_page import certificate_html
from plebiscite.report.certificate_pdf import certificate_pdf
from plebiscite.verify.find.act import find_lines
from plebiscite.verify.find.decision import Word
from plebiscite.verify.publish.certify import Certified, certify, happenings
from plebiscite.web.county.desks import (
    confidential,
    evidence_of,
    kept_measure,
    looked_folder,
    measure_of,
    public_folder,
    refuse_destroyed,
    roll_of,
    taken,
    verification,
)
from plebiscite.web.county.docket import record
from plebiscite.web.county.files.unzip import plain
from plebiscite.web.county.models import (
    Decision,
    Desk,
    Further,
    Kind,
    Line,
    State,
    Turn,
)
from plebiscite.web.county.queue.pairs import sweep
from plebiscite.web.county.queue.prepare import DISGUISE
from plebiscite.web.measures.shelf import index

COMMITTED = "raw_counts_committed"
HEADS = ("line_id", "decision", "reason", "voter_id", "by", "at")


def close(desk: Desk, *, at: datetime) -> None:
    """Freeze the decisions, if every line is settled.

    Raises:
        InputError: lines are open, wait for a second look, or are in dispute; or the
            count is closed already.

    """
    sweep(desk)
    with transaction.atomic():
        held = Desk.objects.select_for_update().get(pk=desk.pk)
        if held.closed_at is not None:
            raise InputError(_("the count is closed already"))
        if held.prepared_at is None:
            raise InputError(_("there is no queue yet, so nothing to certify"))
        done = [State.SETTLED, State.RECORD]
        left = Line.objects.filter(desk=desk).exclude(state__in=done).count()
        if left:
            raise InputError(
                ngettext(
                    "%(left)s line still waits for somebody; see what is still to do",
                    "%(left)s lines still wait for somebody; see what is still to do",
                    left,
                )
                % {"left": f"{left:,}"}
            )
        held.closed_at = at
        held.save(update_fields=["closed_at"])
    if sweep(desk):
        reopen(desk)
        raise InputError(_("two lines credit one voter, and need a second reviewer"))
    desk.refresh_from_db()


def reopen(desk: Desk) -> None:
    """Free the decisions again; nothing was certified, and nothing destroyed."""
    Desk.objects.filter(pk=desk.pk, certified_at=None, purged_at=None).update(
        closed_at=None
    )


def certify_desk(
    desk: Desk,
    *,
    part: bool,
    issued_on: date,
    by: str,
    at: datetime,
    progress: Progress,
) -> Desk:
    """Issue the certificate of a closed desk, and tell the docket; return the desk.

    Done again after it was cut off, it goes on where it stood.

    Raises:
        InputError: it cannot be made; decisions are free again, unless the docket has
            been told.

    """
    if desk.certified_at is not None:
        return desk
    if desk.closed_at is None:
        raise InputError(_("the desk is not closed"))
    if not _is_told(desk):
        refuse_destroyed(desk)
        try:
            made = _make(desk, part=part, issued_on=issued_on, progress=progress)
            record(desk, _told(desk, made), at=at)
        except PlebisciteError:
            if not _is_told(desk):
                reopen(desk)
            raise
    _publish(desk)
    data = json.loads((public_folder(desk) / "certificate.json").read_bytes())
    Desk.objects.filter(pk=desk.pk).update(
        certified_at=at,
        certified_by=by,
        head=_head(desk),
        standing=data["standing"],
    )
    desk.refresh_from_db()
    return desk


def _make(desk: Desk, *, part: bool, issued_on: date, progress: Progress) -> Certified:
    """Find the lines once more with every decision, and make certificate and bundle."""
    roll, lines = roll_of(desk), taken(desk, Kind.LINES)
    if roll is None or lines is None:
        raise InputError(_("a file of the desk is gone"))
    measure, sections = measure_of(desk), taken(desk, Kind.SECTIONS)
    decided = desk.folder / "decisions.csv"
    write_whole(decided, _decisions(desk), mode=PRIVATE_FILE)
    known = pl.read_parquet(
        confidential(looked_folder(desk)) / "matches.parquet", glob=False
    )
    with whole_folder(verification(desk), replace=True) as draft:
        find_lines(
            draft,
            evidence_of(desk),
            keyed=read_lines(lines.path, counties=[desk.county], progress=progress),
            keyed_path=lines.path,
            roll=roll,
            decisions=decided,
            sections=sections.path if sections else None,
            measure=measure,
            matches=known,
            progress=progress,
        )
        made = certify(
            draft,
            law=measure.law,
            measure=measure,
            issued_on=issued_on,
            part=part,
            page=certificate_html,
            paper=certificate_pdf,
        )
    decided.unlink(missing_ok=True)
    return made


def _told(desk: Desk, made: Certified) -> list[tuple[str, dict[str, Any]]]:
    """Return what the docket is to be told; of revised counts it knows already."""
    events = happenings(made)
    if desk.further.filter(kind=Further.REVISED).exists():
        return [each for each in events if each[0] != COMMITTED]
    return events


def _is_told(desk: Desk) -> bool:
    """Whether the docket names the certificate that lies here."""
    folder, head = kept_measure(desk.measure), _head(desk)
    if folder is None or not head:
        return False
    told = [e["body"] for e in read(folder) if e["kind"] == "certified"]
    return any(isinstance(b, dict) and b.get("bundle_head") == head for b in told)


def _head(desk: Desk) -> str:
    """Return the head of the bundle that lies here, or nothing."""
    path = public_folder(desk) / "head.txt"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _publish(desk: Desk) -> None:
    """Put the public part beside the measure's docket, where its page finds it."""
    folder = kept_measure(desk.measure)
    if folder is None:
        return
    later = f"-{desk.round + 1}" if desk.round else ""
    name = plain(desk.county) + ("-full" if desk.full_count else later)
    with whole_folder(folder / "public" / name, replace=True) as draft:
        shutil.copytree(public_folder(desk), draft, dirs_exist_ok=True)
    index(desk.measure)


def _decisions(desk: Desk) -> str:
    """Return every decision as a decisions file, as made, in the order of time.

    Blind looks stay out: they check a finding, and never are one.
    """
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(HEADS)
    for each in _made(desk):
        word = Word.UNDO if each.turn == Turn.UNDO else each.word
        # A confidential voter is the one the record names: the cell stays empty.
        voter = "" if each.voter_id.startswith(DISGUISE) else each.voter_id
        cells = (each.line.line_id, word, each.reason, voter)
        by = f"{each.by_name} #{each.by_id}"
        sheet.writerow([*map(plain_cell, (*cells, by)), _moment(each.at)])
    return text.getvalue()


def _made(desk: Desk) -> Iterator[Decision]:
    every = desk.decisions.select_related("line", "takes_back").order_by("at", "id")
    for each in every.iterator(chunk_size=2_000):
        blind = each.takes_back.turn if each.takes_back else each.turn
        if blind != Turn.BLIND:
            yield each


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
