"""Coming in: by a link that one person uses once, made by whoever may invite them.

The link is handed over in person or by whatever way the office trusts; no mail is sent.
A link without a role sets a new password for somebody who has an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.timezone import now

from plebiscite.errors import InputError
from plebiscite.web.accounts.access import Seat
from plebiscite.web.accounts.models import EVERYWHERE, Grant, Invitation, User
from plebiscite.web.accounts.roles import MAY_INVITE, Role

LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a role is for: a measure, a county, a chapter; ``*`` and "" for all."""

    measure: str = EVERYWHERE
    county: str = EVERYWHERE
    chapter: str = ""


def digest(token: str) -> str:
    """Return what is kept of a token. It has 256 random bits: no salt is needed."""
    return sha256(token.encode()).hexdigest()


def may_invite(seat: Seat, role: Role, place: Place) -> bool:
    """Return whether the person may give `role` for `place`: never beyond their own."""
    return any(
        role in MAY_INVITE.get(Role(each.role), ())
        and each.covers(measure=place.measure, county=place.county)
        for each in seat.grants
    )


def invite(email: str, name: str, role: Role | None, place: Place, *, by: str) -> str:
    """Write down an invitation, and return the token of its link.

    Raises:
        InputError: it names nobody.

    """
    if "@" not in email or not name.strip():
        raise InputError("an invitation needs a name and an e-mail address")
    token = token_urlsafe(32)
    Invitation.objects.create(
        digest=digest(token),
        email=email.strip().lower(),
        name=name.strip(),
        role=role or "",
        measure=place.measure,
        county=place.county,
        chapter=place.chapter,
        invited_by=by,
        until=now() + LASTS,
    )
    return token


def opened(token: str) -> Invitation | None:
    """Return the invitation of a link that still works."""
    found = Invitation.objects.filter(digest=digest(token)).first()
    return found if found is not None and found.is_open(now()) else None


@transaction.atomic
def accept(token: str, password: str) -> User:
    """Let a person in: their account, its password and the role they were invited to.

    Raises:
        InputError: the link was used, withdrawn or is too old.
        ValidationError: the password is too weak.

    """
    found = Invitation.objects.select_for_update().filter(digest=digest(token)).first()
    if found is None or not found.is_open(now()):
        raise InputError("this link was used, withdrawn or is too old; ask for another")
    user = User.objects.filter(email=found.email).first()
    validate_password(password, user or User(email=found.email, name=found.name))
    if user is None:
        user = User.objects.create_user(found.email, found.name, password)
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
    else:
        _renew(user, password, factor=not found.role)
    if found.role:
        give(user, Role(found.role), _place(found), by=found.invited_by)
    found.used_at = now()
    found.save(update_fields=["used_at"])
    return user


def _renew(user: User, password: str, *, factor: bool) -> None:
    """Set a new password; with `factor`, take away the lost second factor too."""
    user.set_password(password)
    user.save(update_fields=["password"])
    if factor:
        Authenticator.objects.filter(user=user).delete()


def _place(found: Invitation) -> Place:
    return Place(measure=found.measure, county=found.county, chapter=found.chapter)


def give(user: User, role: Role, place: Place, *, by: str) -> Grant:
    """Give a role; one that stands already is returned."""
    grant, _ = Grant.objects.get_or_create(
        user=user,
        role=role,
        measure=place.measure,
        county=place.county,
        chapter=place.chapter,
        ended_at=None,
        defaults={"given_by": by},
    )
    return grant


def end(grant: Grant) -> None:
    """End a role; what was done under it stays."""
    Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=now())


@transaction.atomic
def end_all(email: str) -> int:
    """End every role and key of a person and close the account; return how many roles.

    Raises:
        InputError: nobody signs in with that address.

    """
    user = User.objects.filter(email=email).first()
    if user is None:
        raise InputError(f"nobody here signs in with {email}")
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.tokens.filter(ended_at=None).update(ended_at=now())
    return user.grants.filter(ended_at=None).update(ended_at=now())
