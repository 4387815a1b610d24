"""Keys by which a program acts for a person: shown once, kept as a digest.

A key has scopes, and never more rights than its person has at the moment it is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from secrets import token_urlsafe

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from plebiscite.errors import InputError
from plebiscite.web.accounts.access import Seat
from plebiscite.web.accounts.invitations import digest
from plebiscite.web.accounts.models import Token, User

PREFIX = "plb_"
SCOPES: Mapping[str, str | Promise] = {
    "read": _("read what your role reads"),
    "jobs": _("follow jobs"),
    "record": _("record events in a docket"),
}


def make(user: User, label: str, scopes: Sequence[str], *, lasts: timedelta) -> str:
    """Make a key and return it; it cannot be shown again.

    Raises:
        InputError: a scope is unknown.

    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise InputError(
            f"there is no scope {unknown[0]!r}; say some of {', '.join(SCOPES)}"
        )
    key = PREFIX + token_urlsafe(32)
    Token.objects.create(
        digest=digest(key),
        user=user,
        label=label,
        scopes=sorted(set(scopes)),
        until=now() + lasts,
    )
    return key


def bearer(request: HttpRequest) -> Token | None:
    """Return the token that a request carries in its header, if it works."""
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not key.startswith(PREFIX):
        return None
    return (
        Token.objects.select_related("user")
        .filter(
            digest=digest(key),
            ended_at=None,
            until__gt=now(),
            user__is_active=True,
        )
        .first()
    )


def seat_behind(token: Token) -> Seat:
    """Return whom a token acts for, with the roles they hold now."""
    return Seat.of(token.user)
