"""The roles, what each is for, and who may invite whom."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is to a measure; a person may be several things to several.

    STATE: the state's office: rolls up counties, certifies, invites anyone.
    COUNTY: a county's office: uploads, draws, works the queue, certifies.
    REVIEWER: a clerk of a county: works the queue.
    PROPONENT: the campaign: chapters, bundles, the examination of rejects.
    CHAPTER: a chapter of the campaign: its own volunteers and bundles.
    AUDITOR: reads what the others do, and changes nothing.
    """

    STATE = "state", _("State office")
    COUNTY = "county", _("County office")
    REVIEWER = "reviewer", _("Reviewer")
    PROPONENT = "proponent", _("Proponent")
    CHAPTER = "chapter", _("Chapter")
    AUDITOR = "auditor", _("Auditor (reads only)")


OFFICES = frozenset({Role.STATE, Role.COUNTY, Role.REVIEWER, Role.AUDITOR})
"""Roles that see signer data, and therefore need a second factor."""

MAY_INVITE: Mapping[Role, frozenset[Role]] = {
    Role.STATE: frozenset(Role),
    Role.COUNTY: frozenset({Role.REVIEWER}),
    Role.PROPONENT: frozenset({Role.CHAPTER}),
}
