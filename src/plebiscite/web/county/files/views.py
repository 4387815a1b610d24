"""Handing files in, and what became of them."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.core.files import (
    PRIVATE_FILE,
    passing_folder,
    private_folder,
    sync_folder,
    whole_file,
)
from plebiscite.errors import InputError
from plebiscite.roll.read import formats
from plebiscite.web.accounts.access import needs
from plebiscite.web.accounts.audit import looked
from plebiscite.web.county.desks import desk_of, taken
from plebiscite.web.county.files.images import TYPES, line_image, specimen
from plebiscite.web.county.models import Desk, Kind, Line, Taken, Upload
from plebiscite.web.county.page import READ, person, posted_by_lead, show
from plebiscite.web.jobs.models import Job
from plebiscite.web.jobs.work import start


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, measure: str, county: str) -> HttpResponse:
    """Show the files of a desk; take a new one in."""
    desk = desk_of(measure, county)
    if posted_by_lead(request, desk):
        try:
            job = _handed_in(request, desk)
        except InputError as fault:
            return _files(request, desk, problem=str(fault), status=400)
        return redirect("jobs:show", job=job.pk)
    return _files(request, desk)


@needs(*READ)
@require_safe
def upload(
    request: HttpRequest, measure: str, county: str, number: int
) -> HttpResponse:
    """Show what became of one file: every bad row, with what to write instead."""
    desk = desk_of(measure, county)
    found = get_object_or_404(Upload, pk=number, desk=desk)
    return show(request, "upload", desk, {"upload": found})


@needs(*READ)
@require_safe
def image(request: HttpRequest, measure: str, county: str, number: int) -> HttpResponse:
    """Give the image of a line."""
    desk = desk_of(measure, county)
    line = get_object_or_404(Line, pk=number, desk=desk)
    path = line_image(taken(desk, Kind.IMAGES), line)
    if path is None:
        raise Http404
    looked(request, "image", line.line_id, measure=measure, county=county)
    return HttpResponse(path.read_bytes(), content_type=TYPES[path.suffix])


@needs(*READ)
@require_safe
def signature(
    request: HttpRequest, measure: str, county: str, folder: str, name: str
) -> HttpResponse:
    """Give one specimen signature, by the disguised name its page gave."""
    desk = desk_of(measure, county)
    path = specimen(desk, folder, name)
    if path is None:
        raise Http404
    looked(request, "specimen", folder, measure=measure, county=county)
    return HttpResponse(path.read_bytes(), content_type=TYPES[path.suffix])


def _files(
    request: HttpRequest, desk: Desk, *, problem: str = "", status: int = 200
) -> HttpResponse:
    uploads = desk.uploads.select_related("by")
    latest: dict[str, Upload] = {}
    for each in uploads:
        latest.setdefault(each.kind, each)
    return show(
        request,
        "files",
        desk,
        {
            "kinds": [(kind, label, latest.get(kind)) for kind, label in Kind.choices],
            "uploads": uploads,
            "layouts": formats(),
            "problem": problem,
        },
        status=status,
    )


def _handed_in(request: HttpRequest, desk: Desk) -> Job:
    """Store a file under a number of its own, and have it read.

    Its name is kept, and never a path. File, row and job appear together or not at all.
    """
    kind, file = request.POST.get("kind", ""), request.FILES.get("file")
    if kind not in Kind.values or not isinstance(file, UploadedFile):
        raise InputError(_("choose a file, and say what it is"))
    _refuse_late(desk, Kind(kind))
    day = request.POST.get("as_of", "").strip()
    if kind == Kind.ROLL and not _is_day(day):
        raise InputError(_("say which day the roll shows, as 2017-07-25"))
    layout = request.POST.get("layout", "")
    uploads = private_folder(desk.folder / "uploads")
    with passing_folder(uploads, "handed-in") as beside:
        draft = beside / "file"
        digest = _copied(file, draft)
        with transaction.atomic():
            upload = Upload.objects.create(
                desk=desk,
                kind=kind,
                name=(file.name or "?")[:255],
                size=file.size or 0,
                sha256=digest,
                as_of=date.fromisoformat(day) if kind == Kind.ROLL else None,
                layout=layout if kind == Kind.ROLL and layout in formats() else "",
                by=person(request),
                at=now(),
            )
            draft.replace(upload.path)
            beside.rmdir()  # so that whoever is cut off after the commit leaves nothing
            sync_folder(uploads)
            job = _to_be_read(request, upload)
    return job


def _copied(file: UploadedFile[Any], out: Path) -> str:
    """Copy what was handed in, and return its SHA-256."""
    digest = sha256()
    with whole_file(out, mode=PRIVATE_FILE) as draft, draft.open("r+b") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()


def _to_be_read(request: HttpRequest, upload: Upload) -> Job:
    job = start(
        "county.take",
        title=_("%(kind)s: %(name)s")
        % {"kind": upload.get_kind_display(), "name": upload.name},
        given={"upload": upload.pk},
        by=person(request).email,
        lock=f"county:{upload.desk_id}",
        measure=upload.desk.measure,
        county=upload.desk.county,
        next_url=request.path,
    )
    Upload.objects.filter(pk=upload.pk).update(job=str(job.pk))
    return job


def _refuse_late(desk: Desk, kind: Kind) -> None:
    """Refuse a file that would change what was promised or decided already."""
    if desk.closed_at is not None:
        raise InputError(_("the county has closed its count; no file is taken in"))
    if kind is Kind.LINES and desk.further.exists() and desk.prepared_at is None:
        return  # the lines drawn further, keyed; the others must stand as they were
    if (
        kind in {Kind.ROLL, Kind.LINES, Kind.SECTIONS}
        and desk.decisions.exists()
        and desk.uploads.filter(kind=kind, state=Taken.TAKEN).exists()
    ):
        raise InputError(
            _("people have decided lines on the file before; it stands now")
        )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
