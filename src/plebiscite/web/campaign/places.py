"""The places of the desk that show numbers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: tuple[tuple[str, str | Promise], ...] = (
    ("pace", _("Pace")),
    ("validity", _("Validity")),
    ("to_file", _("How many to file")),
    ("money", _("Money")),
    ("budget", _("Budget")),
    ("filing", _("Filing")),
)
HERE: Mapping[str, str] = {}
LEAD_ONLY = frozenset({"to_file", "money", "budget", "filing"})
"""What is the whole campaign's, and no chapter's."""
