"""Links of chapters and of volunteers: made, found, ended."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

import segno
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now

from plebiscite.web.campaign.models import JoinLink, OwnLink

MOST_AN_HOUR = 200
"""Registrations by one link in an hour: a full hall, and no machine's flood."""
HOUR = 3600


def digest(token: str) -> str:
    """Return what is kept of a volunteer's token, which has 256 random bits."""
    return sha256(token.encode()).hexdigest()


def standing_link(measure: str, chapter: str) -> JoinLink | None:
    """Return the link under which people register with a chapter, if there is one."""
    return JoinLink.objects.filter(
        measure=measure, chapter=chapter, ended_at=None
    ).first()


def new_link(measure: str, chapter: str, *, by: str) -> JoinLink:
    """Make a chapter's link, and end the one before."""
    try:
        with transaction.atomic():
            end_link(measure, chapter)
            return JoinLink.objects.create(
                token=token_urlsafe(16), measure=measure, chapter=chapter, made_by=by
            )
    except IntegrityError:  # somebody else made one at this very moment: theirs stands
        return JoinLink.objects.get(measure=measure, chapter=chapter, ended_at=None)


def end_link(measure: str, chapter: str) -> None:
    """End a chapter's link: whoever opens it is told so."""
    JoinLink.objects.filter(measure=measure, chapter=chapter, ended_at=None).update(
        ended_at=now()
    )


def opened(token: str) -> JoinLink | None:
    """Return the chapter's link of a token, if it stands."""
    return JoinLink.objects.filter(token=token, ended_at=None).first()


def own_link(measure: str, volunteer: str) -> str:
    """Make a volunteer's own link and return its token: shown to them, once."""
    token = token_urlsafe(32)
    OwnLink.objects.create(digest=digest(token), measure=measure, volunteer=volunteer)
    return token


def owned(token: str) -> OwnLink | None:
    """Return whose own link a token is, if anybody's."""
    return OwnLink.objects.filter(digest=digest(token)).first()


def flooded(link: JoinLink) -> bool:
    """Count a registration, and return whether there were too many this hour."""
    key = f"joining:{link.pk}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # its hour ended between the two
        cache.set(key, 1, HOUR)
        return False


def code_of(address: str) -> SafeString:
    """Return an address of ours as a QR code: an SVG without styles or scripts."""
    made = segno.make(address, error="m")
    drawn = made.svg_inline(scale=5, border=3, dark="#1a1c1e", light="#ffffff")
    return mark_safe(drawn)  # noqa: S308 - squares only: nobody's words are in it
