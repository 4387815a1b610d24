"""The certificate of a desk, once issued, in the words of its page."""

from __future__ import annotations

import json
from typing import Any

from plebiscite.report.words import certificate_lines
from plebiscite.web.county.desks import public_folder
from plebiscite.web.county.models import Desk


def certified_data(desk: Desk) -> dict[str, Any] | None:
    """Return the published data of a desk's certificate; None before it."""
    path = public_folder(desk) / "certificate.json"
    if desk.certified_at is None or not path.is_file():
        return None
    data: dict[str, Any] = json.loads(path.read_bytes())
    return data


def certificate_words(data: dict[str, Any]) -> list[str]:
    """Return the certificate as a person reads it, a sentence each."""
    return [line.strip() for line in certificate_lines(data) if line.strip()]
