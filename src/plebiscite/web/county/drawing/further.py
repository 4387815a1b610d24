"""After the draw: further lines, revised counts, every line; nothing written over.

As in the acts before the draw, the files the engine writes are the truth and the desk's
rows follow them, so that an act cut off between the two is completed by doing it again.
Whoever chooses when to extend must not foresee the lines: every extension takes fresh
dice. A raw count that turns out wrong is revised by a new commitment that names the old
one; both stay, and so do the lines drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plebiscite.core.canonical import Json
from plebiscite.core.files import alone, write_whole
from plebiscite.errors import InputError
from plebiscite.verify.draw.commitment import Commitment, commit, read_commitment
from plebiscite.verify.draw.drawn import read_record
from plebiscite.verify.draw.ledger import held, note_revision, read_ledger
from plebiscite.verify.draw.sample import Wish, draw_sample
from plebiscite.web.county.desks import (
    COMMITMENT,
    DRAWN,
    MANIFEST,
    commitments,
    committed_to,
    evidence_of,
    measure_of,
    numbered,
    refuse_destroyed,
    taken,
)
from plebiscite.web.county.docket import record
from plebiscite.web.county.models import Desk, Further, FurtherAct, Kind


def draw_further(
    desk: Desk, *, seed: str, further: int | None, by: str, at: datetime
) -> int:
    """Draw `further` lines more (None: all that are left); return how many are drawn.

    Raises:
        InputError: there is no sample, the count is closed and not certified, or fewer
            lines are left.
        CommitmentError: the seed was used, or the raw counts were revised since.

    """
    with alone(desk.office):
        desk.refresh_from_db()
        _refuse_between(desk)
        if not desk.drawn or desk.full_count:
            raise InputError(_("a sample is drawn first; only then can it be extended"))
        base = read_record(desk.office / DRAWN).commitment_path
        known = read_commitment(base)
        draws = read_ledger(base, digest=known.digest).draws
        number = desk.further.filter(kind=Further.EXTENDED).count() + 1
        out = desk.office / numbered(DRAWN, number + 1)
        if len(draws) == number:
            for left in (out, out.with_suffix(".json")):
                left.unlink(missing_ok=True)  # of a draw that was cut off
        elif draws[number].seed != seed:
            raise InputError(
                _("a draw with seed %(seed)s was cut off; type its digits again")
                % {"seed": draws[number].seed}
            )
        if len(draws) == number:
            wish = Wish(extend=dict.fromkeys(known.at_least, further))
            draw_sample(base, seed=seed, out=out, wish=wish)
        drawn = len(evidence_of(desk).rows())
        body: dict[str, Json] = {
            "commitment": known.digest,
            "seed": seed,
            "number": number + 1,
        }
        # Before the row: cut off in between, the act is done again and tells it once.
        record(desk, [("sample_drawn", body)], at=at)
        told: dict[str, Json] = {"seed": seed, "lines": drawn - desk.drawn}
        _go_on(desk, Further.EXTENDED, told, by=by, at=at, drawn=drawn)
    desk.refresh_from_db()
    return drawn


def count_every_line_now(desk: Desk, *, source: str, by: str, at: datetime) -> int:
    """Look at every line, after a sample that did not decide; return how many.

    What was found of the lines drawn stands; the certificate of the sample does too.

    Raises:
        InputError: no sample was certified here, or nobody says who ordered the count.

    """
    source = " ".join(source.split())[:300]
    if not source:
        raise InputError(_("say who ordered the full count, and where that stands"))
    with alone(desk.office):
        desk.refresh_from_db()
        refuse_destroyed(desk)
        known = committed_to(desk)
        if known is None or desk.certified_at is None or desk.full_count:
            raise InputError(
                _("every line is counted after a sample that was certified here")
            )
        number = sum(known.raw.values())
        told: dict[str, Json] = {"source": source, "lines": number}
        _go_on(desk, Further.EVERY_LINE, told, by=by, at=at, drawn=number, every=True)
    desk.refresh_from_db()
    return number


def revise_counts(desk: Desk, *, by: str, at: datetime) -> Commitment:
    """Correct the raw counts by those of the manifest handed in last.

    Raises:
        InputError: no corrected manifest was handed in, it changes nothing, or the
            count is closed.

    """
    with alone(desk.office):
        desk.refresh_from_db()
        handed, known = taken(desk, Kind.MANIFEST), committed_to(desk)
        if known is None or desk.closed_at is not None:
            raise InputError(
                _("counts are revised once committed to, and while decisions are open")
            )
        number = desk.further.filter(kind=Further.REVISED).count() + 1
        paths = commitments(desk)
        if len(paths) == number:
            if handed is None or handed.sha256 == known.manifest_sha256:
                raise InputError(_("hand in the corrected manifest first"))
            _lay_revision(desk, number, handed.path.read_bytes())
            paths = commitments(desk)
        old, new = paths[number - 1 : number + 1]
        before, made = read_commitment(old), read_commitment(new)
        with held(old):
            if read_ledger(old, digest=before.digest).revised_by is None:
                note_revision(old, before.digest, made.digest)
        body: dict[str, Json] = {
            "commitment": made.digest,
            "raw": dict(made.raw),
            "revises": before.digest,
            "was": dict(before.raw),
        }
        # Before the row, as above.
        record(desk, [("raw_counts_committed", body)], at=at)
        told: dict[str, Json] = {
            "before": dict(before.raw),
            "after": dict(made.raw),
            "commitment": made.digest,
        }
        with transaction.atomic():
            _note(desk, Further.REVISED, told, by=by, at=at)
            if not desk.drawn:
                Desk.objects.filter(pk=desk.pk).update(commitment=made.digest)
            elif desk.full_count:
                Desk.objects.filter(pk=desk.pk).update(
                    drawn=sum(made.raw.values()), prepared_at=None
                )
    desk.refresh_from_db()
    return made


def _lay_revision(desk: Desk, number: int, manifest: bytes) -> None:
    """Write the corrected manifest and the commitment to it, beside what was before."""
    office, measure = desk.office, measure_of(desk)
    counted = office / numbered(MANIFEST, number + 1)
    write_whole(counted, manifest)
    made = commit(
        counted,
        law=measure.law,
        governed_by=dict(measure.dates),
        measure=measure.id,
        folder=office,
        revises=office / numbered(COMMITMENT, number),
    )
    write_whole(office / numbered(COMMITMENT, number + 1), made.written())


def _refuse_between(desk: Desk) -> None:
    """Refuse while a certificate is being made: what it rests on does not move."""
    refuse_destroyed(desk)
    if desk.closed_at is not None and desk.certified_at is None:
        raise InputError(_("the certificate is being made; wait for it"))


def _go_on(
    desk: Desk,
    kind: Further,
    told: Mapping[str, Json],
    *,
    by: str,
    at: datetime,
    drawn: int,
    every: bool = False,
) -> None:
    """Note the act, and open the queue again for the lines that came to it.

    Where a certificate was issued, the next one gets a place of its own.
    """
    with transaction.atomic():
        issued = desk.certified_at
        if issued is not None:
            told = {
                **told,
                "certified_at": issued.isoformat(),
                "certified_by": desk.certified_by,
                "head": desk.head,
                "standing": desk.standing,
            }
        _note(desk, kind, told, by=by, at=at)
        Desk.objects.filter(pk=desk.pk).update(
            drawn=drawn,
            full_count=every,
            prepared_at=None,
            **_next_round(desk) if issued else {},
        )


def _next_round(desk: Desk) -> dict[str, object]:
    return {
        "round": desk.round + 1,
        "closed_at": None,
        "certified_at": None,
        "certified_by": "",
        "head": "",
        "standing": "",
    }


def _note(
    desk: Desk, kind: Further, told: Mapping[str, Json], *, by: str, at: datetime
) -> None:
    number = desk.further.filter(kind=kind).count() + 1
    FurtherAct.objects.create(
        desk=desk, kind=kind, number=number, at=at, by_name=by, told=dict(told)
    )
