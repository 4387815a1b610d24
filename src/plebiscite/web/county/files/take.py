"""Taking a file over: read whole, refused whole, put where the desk works with it.

What was taken over before gives way only once the new file is whole. Everything here
may be cut off and done again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from plebiscite.core.progress import Progress
from plebiscite.errors import InputError, PlebisciteError
from plebiscite.match.index.build import index_for
from plebiscite.match.look.shown import shown_index
from plebiscite.petition.intake import read_lines, read_sections
from plebiscite.petition.manifest import read_manifest
from plebiscite.roll.build import build_roll
from plebiscite.roll.cards import cards_for
from plebiscite.roll.manifest import FILE
from plebiscite.roll.read import open_mapping
from plebiscite.roll.store import open_roll
from plebiscite.web.county.desks import roll_folder
from plebiscite.web.county.files.images import disguised, images_folder
from plebiscite.web.county.files.unzip import unpack
from plebiscite.web.county.files.words import bad_rows, refused
from plebiscite.web.county.models import Kind, Line, Taken, Upload

Told = tuple[int, str]


def take(upload: Upload, progress: Progress) -> None:
    """Take a file over, and note what became of it.

    Raises:
        InputError: it was refused; the file before stands.

    """
    if upload.state in {Taken.TAKEN, Taken.REPLACED}:
        return
    Upload.objects.filter(pk=upload.pk).update(state=Taken.TAKING)
    try:
        rows, told = TAKERS[Kind(upload.kind)](upload, progress)
    except PlebisciteError as fault:
        upload.state = Taken.REFUSED
        upload.told = refused(fault, path=upload.path, name=upload.name)
        upload.refusals = bad_rows(fault)
        upload.save()
        raise InputError(
            upload.told,
            refusals=fault.refusals if isinstance(fault, InputError) else (),
        ) from fault
    with transaction.atomic():
        before = Upload.objects.filter(
            desk=upload.desk, kind=upload.kind, state=Taken.TAKEN, pk__lt=upload.pk
        )
        before.update(state=Taken.REPLACED)
        newer = Upload.objects.filter(
            desk=upload.desk, kind=upload.kind, state=Taken.TAKEN, pk__gt=upload.pk
        )
        upload.state = Taken.REPLACED if newer.exists() else Taken.TAKEN
        upload.rows, upload.told, upload.refusals = rows, told, []
        upload.save()
        if upload.kind in {Kind.ROLL, Kind.LINES, Kind.SECTIONS}:
            _queue_anew(upload)


def _queue_anew(upload: Upload) -> None:
    """Clear a queue nobody worked on yet: it is made again from the new file."""
    if not upload.desk.decisions.exists():
        Line.objects.filter(desk=upload.desk).delete()
        type(upload.desk).objects.filter(pk=upload.desk_id).update(prepared_at=None)


def _roll(upload: Upload, progress: Progress) -> Told:
    folder = roll_folder(upload)
    if not (folder / FILE).is_file():
        mapping = open_mapping(upload.layout) if upload.layout else None
        build_roll(
            upload.path,
            out=folder,
            as_of=upload.as_of,
            mapping=mapping,
            progress=progress,
        )
    roll, county = open_roll(folder), upload.desk.county
    if county not in roll.counties:
        there = ", ".join(list(roll.counties)[:5])
        raise InputError(
            f"nobody on this roll is registered in {county}; it holds {there}. Hand in "
            f"the roll of {county}, or of the state"
        )
    index_for(roll, progress=progress)
    shown_index(roll, progress=progress)
    cards_for(roll, progress=progress)
    voters = sum(roll.counties.values())
    here = roll.counties[county]
    return voters, f"{voters:,} voters, {here:,} of them in {county}"


def _manifest(upload: Upload, progress: Progress) -> Told:
    manifest = read_manifest(upload.path, progress=progress)
    raw, county = manifest.raw_by_county(), upload.desk.county
    if strange := sorted(set(raw) - {county}):
        raise InputError(
            f"this manifest counts lines of {', '.join(strange[:5])}; the desk is "
            f"{county}'s. Keep the rows of {county} only"
        )
    return (
        len(manifest.sections),
        f"{len(manifest.sections):,} sections, {raw[county]:,} lines not struck",
    )


def _lines(upload: Upload, progress: Progress) -> Told:
    lines = read_lines(upload.path, counties=[upload.desk.county], progress=progress)
    sections = lines["section"].n_unique()
    return lines.height, f"{lines.height:,} lines in {sections:,} sections"


def _sections(upload: Upload, progress: Progress) -> Told:
    sections = read_sections(
        upload.path, counties=[upload.desk.county], progress=progress
    )
    defective = sections.filter(sections["declaration"] != "complete").height
    return sections.height, (
        f"{sections.height:,} sections, {defective:,} with a defective declaration"
    )


def _images(upload: Upload, progress: Progress) -> Told:
    number = unpack(upload.path, images_folder(upload), progress=progress)
    return number, f"{number:,} images"


def _specimens(upload: Upload, progress: Progress) -> Told:
    number = unpack(
        upload.path,
        images_folder(upload),
        folder_of=lambda voter: disguised(upload.desk, voter),
        progress=progress,
    )
    return number, f"{number:,} images"


TAKERS: Mapping[Kind, Callable[[Upload, Progress], Told]] = {
    Kind.ROLL: _roll,
    Kind.MANIFEST: _manifest,
    Kind.LINES: _lines,
    Kind.SECTIONS: _sections,
    Kind.IMAGES: _images,
    Kind.SPECIMENS: _specimens,
}
