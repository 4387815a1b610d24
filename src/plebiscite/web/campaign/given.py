"""What a form gives, understood: counts, days, serials; refused in words."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from plebiscite.errors import InputError
from plebiscite.petition.campaign.whereabouts import serials
from plebiscite.web.frame.asked import whole_number

LONGEST = 2_000
"""Letters of a field that are read."""
EARLIEST = date(1990, 1, 1)
"""A day before it is a slip of the year: no drive that is kept here is older."""


def words(request: HttpRequest, name: str) -> str:
    """Return what was written in a field, without blanks around it; "" for nothing."""
    return request.POST.get(name, "").strip()[:LONGEST]


def ticked(request: HttpRequest, name: str) -> bool:
    """Return whether a box was ticked."""
    return request.POST.get(name) == "yes"


def number(request: HttpRequest, name: str, label: str) -> int | None:
    """Return a whole number, or None where the field was left empty.

    Raises:
        InputError: it is no whole number from 0 up.

    """
    said = words(request, name).replace(",", "")
    if not said:
        return None
    found = whole_number(said)
    if found is None:
        raise InputError(
            _("%(what)s: write a whole number from 0 up, or nothing") % {"what": label}
        )
    return found


def day(request: HttpRequest, name: str = "day") -> date | None:
    """Return a day, or None where the field was left empty.

    Raises:
        InputError: it is not written as 2026-03-31, or its year cannot be meant.

    """
    said = words(request, name)
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError as problem:
        raise InputError(_("write the day as 2026-03-31")) from problem
    if day < EARLIEST:
        raise InputError(_("write the year in full, such as 2026"))
    return day


def sections(request: HttpRequest, name: str) -> list[int]:
    """Return serials written as 1-10, 15; none for nothing.

    Raises:
        InputError: they are not written so, or the field is too long to be read whole.

    """
    if len(request.POST.get(name, "").strip()) > LONGEST:
        raise InputError(
            _("These sections are too many words; write them as runs, such as 1-500.")
        )
    return serials(words(request, name))
