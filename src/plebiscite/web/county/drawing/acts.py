"""Committing to the counts and drawing, as acts of the desk.

The files the engine writes are the truth; the desk's row follows them. So an act that
was cut off between the two is completed by doing it again, and two people who act at
once find one commitment and one draw.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from plebiscite.core.canonical import Json
from plebiscite.core.files import alone, write_whole
from plebiscite.errors import InputError
from plebiscite.petition.intake import read_lines
from plebiscite.petition.manifest import manifest_of
from plebiscite.verify.draw.commitment import Commitment, commit, read_commitment
from plebiscite.verify.draw.evidence import of_all, of_draws
from plebiscite.verify.draw.ledger import read_ledger
from plebiscite.verify.draw.sample import Wish, draw_sample
from plebiscite.verify.find.look import raw_of
from plebiscite.web.county.desks import (
    COMMITMENT,
    DRAWN,
    MANIFEST,
    commitments,
    committed_to,
    measure_of,
    refuse_destroyed,
    taken,
)
from plebiscite.web.county.docket import record, refuse_if_unready
from plebiscite.web.county.models import Desk, Kind


def commit_counts(desk: Desk, *, by: str, at: datetime) -> Commitment:
    """Commit to the raw counts of the manifest, or of the lines where there is none.

    Raises:
        InputError: there is neither, the counts are committed to already, or the docket
            would not take them.

    """
    refuse_if_unready(desk)
    with alone(desk.office):
        path = desk.office / COMMITMENT
        desk.refresh_from_db()
        refuse_destroyed(desk)
        if desk.commitment:
            raise InputError(
                _("the counts are committed to already; a correction revises them")
            )
        if not path.is_file():
            _lay_manifest(desk)
            measure = measure_of(desk)
            made = commit(
                desk.office / MANIFEST,
                law=measure.law,
                governed_by=dict(measure.dates),
                measure=measure.id,
                folder=desk.office,
            )
            write_whole(path, made.written())
        made = read_commitment(path)
        raw: dict[str, Json] = {**raw_of(of_all(path))}
        body: dict[str, Json] = {"commitment": made.digest, "raw": raw}
        # Before the row: cut off in between, the act is done again and tells it once.
        record(desk, [("raw_counts_committed", body)], at=at)
        Desk.objects.filter(pk=desk.pk).update(
            commitment=made.digest, committed_at=at, committed_by=by
        )
    desk.refresh_from_db()
    return made


def draw(
    desk: Desk, *, seed: str, by: str, at: datetime, at_least: int | None = None
) -> int:
    """Draw with the public seed; return how many lines were drawn.

    `at_least` asks for more lines than the law does.

    Raises:
        InputError: the seed is none, or more lines are asked for than there are.
        CommitmentError: the sample is drawn already, or the manifest was changed.

    """
    out = desk.office / DRAWN
    with alone(desk.office):
        desk.refresh_from_db()
        refuse_destroyed(desk)
        if not desk.commitment or desk.full_count:
            raise InputError(_("commit to the counts first; the seed is rolled after"))
        committed = commitments(desk)[-1]
        if desk.drawn:
            raise InputError(
                _("the sample was drawn already; a second lets somebody choose")
            )
        known = read_commitment(committed)
        draws = read_ledger(committed, digest=known.digest).draws
        if not draws:
            _clear_unfinished(out)
        if not (draws and draws[0].seed == seed and not desk.drawn):
            wish = Wish(at_least={} if at_least is None else _all(known, at_least))
            draw_sample(committed, seed=seed, out=out, wish=wish)
        drawn = len(of_draws([out]).rows())
        body: dict[str, Json] = {"commitment": known.digest, "seed": seed, "number": 1}
        record(desk, [("sample_drawn", body)], at=at)
        Desk.objects.filter(pk=desk.pk).update(
            seed=seed, drawn=drawn, drawn_at=at, drawn_by=by
        )
    desk.refresh_from_db()
    return drawn


def count_every_line(desk: Desk, *, by: str, at: datetime) -> int:
    """Look at every line instead of drawing; return how many there are.

    Raises:
        InputError: nothing is committed to, or a sample was drawn.

    """
    refuse_destroyed(desk)
    committed = committed_to(desk)
    if committed is None or desk.drawn:
        raise InputError(
            _("every line is looked at instead of a sample, once counts are committed")
        )
    number = sum(committed.raw.values())
    Desk.objects.filter(pk=desk.pk, drawn=0).update(
        full_count=True, drawn=number, drawn_at=at, drawn_by=by
    )
    desk.refresh_from_db()
    return number


def _all(commitment: Commitment, at_least: int) -> dict[str, int]:
    return dict.fromkeys(commitment.at_least, at_least)


def _lay_manifest(desk: Desk) -> None:
    """Put the manifest in its place: as handed in, or made of the lines."""
    handed, lines = taken(desk, Kind.MANIFEST), taken(desk, Kind.LINES)
    if handed is not None:
        write_whole(desk.office / MANIFEST, handed.path.read_bytes())
    elif lines is not None:
        keyed = read_lines(lines.path, counties=[desk.county])
        manifest_of(keyed).write(desk.office / MANIFEST)
    else:
        raise InputError(_("hand in the manifest first, or every line as keyed"))


def _clear_unfinished(out: Path) -> None:
    """Clear a list that no ledger knows: its draw was cut off, and is made again."""
    for path in (out, out.with_suffix(".json")):
        path.unlink(missing_ok=True)
