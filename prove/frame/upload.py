"""A file handed in at a county's desk, as its form does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WHO = "first@test.invalid"


def upload(desk: Any, kind: str, file: Path) -> None:
    """Hand a file in at `desk` as `WHO`; the site is set up, and has that user."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import RequestFactory

    from plebiscite.web.accounts.models import User
    from plebiscite.web.county.files import views

    form = {
        "kind": kind,
        "as_of": "2017-07-25",
        "layout": "",
        "file": SimpleUploadedFile(file.name, file.read_bytes()),
    }
    request = RequestFactory().post("/", form)
    request.user = User.objects.get(email=WHO)
    views._handed_in(request, desk)  # noqa: SLF001 # the view's own work
