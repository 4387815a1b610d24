"""Who gets through a door. Every view says so with one of three decorators.

    @public                                   anybody; for what is published
    @signed_in                                anybody with an account
    @needs(Role.COUNTY, Role.REVIEWER)        these roles, for the measure and county
                                              named in the address

A view that says nothing is refused by the middleware, to everyone. An address that
names a measure or a county (arguments `measure` and `county`) is opened by a grant for
that one, or for all. An auditor may read and never write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, cast
from urllib.parse import quote

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from plebiscite.web.accounts.models import Grant, User
from plebiscite.web.accounts.roles import OFFICES, Role

View: TypeAlias = Callable[..., HttpResponse]
AnyView = TypeVar("AnyView", bound=Callable[..., Any])
Access: TypeAlias = Literal["public", "signed_in"] | frozenset[Role]
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Marked(Protocol):
    """A view that says whom it lets in."""

    access: Access

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer."""


class Received(HttpRequest):
    """A request once somebody asked who sits at the desk, or a door was opened."""

    seat: Seat
    grant: Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The person at the desk, with what they may do.

    Attributes:
        user: the account; None for the public.
        grants: what it may do, where; ended grants are left out.

    """

    user: User | None = None
    grants: tuple[Grant, ...] = field(default=())

    @classmethod
    def of(cls, user: User) -> Seat:
        """Return the seat of a person, with the roles they hold now."""
        return cls(user=user, grants=tuple(user.grants.filter(ended_at=None)))

    @property
    def email(self) -> str:
        """How the person is named in what they did; "" for the public."""
        return self.user.email if self.user else ""

    @property
    def name(self) -> str:
        """How the person is named in records; "" for the public."""
        return self.user.name if self.user else ""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere."""
        return frozenset(Role(each.role) for each in self.grants)

    def grant(
        self, *roles: Role, measure: str | None = None, county: str | None = None
    ) -> Grant | None:
        """Return the first grant that opens a place to one of `roles`, if any.

        The roles are tried in their order: name the one with more rights first.
        """
        for role in roles:
            for each in self.grants:
                if each.role == role and each.covers(measure=measure, county=county):
                    return each
        return None

    def may(
        self, *roles: Role, measure: str | None = None, county: str | None = None
    ) -> bool:
        """Return whether one of `roles` is held for a measure and a county."""
        return self.grant(*roles, measure=measure, county=county) is not None


def seat_of(request: HttpRequest) -> Seat:
    """Return who sits at the desk; looked up once for a request."""
    known = cast("Received", request)
    if not hasattr(known, "seat"):
        known.seat = _seat(request)
    return known.seat


def _seat(request: HttpRequest) -> Seat:
    user = getattr(request, "user", AnonymousUser())
    if not isinstance(user, User) and not user.is_authenticated:
        return Seat()
    return Seat.of(cast("User", user))


def public(view: AnyView) -> AnyView:
    """Let anybody in."""
    cast("Marked", view).access = "public"
    return view


def signed_in(view: View) -> View:
    """Let anybody in who has an account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if seat_of(request).user is None:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    cast("Marked", guarded).access = "signed_in"
    return guarded


Place: TypeAlias = tuple[str | None, str | None]
"""The measure and the county that a view is about; None for neither in particular."""


def place_named(kwargs: dict[str, Any]) -> Place:
    """Return the place that an address names by `measure` and `county`."""
    return kwargs.get("measure"), kwargs.get("county")


def needs(
    *roles: Role, place: Callable[[dict[str, Any]], Place] = place_named
) -> Callable[[View], View]:
    """Let in who holds one of `roles` for the measure and county of the address.

    Where the address names them otherwise (by the key of a desk), `place` finds them
    from the view's keyword arguments; it may raise Http404.

    `request.seat` is set, and `request.grant` is the grant that opened the door. A
    person without an account goes to the sign-in; one with another role gets 403; an
    office without a second factor goes to set one up.
    """
    if not roles:
        raise ValueError("name at least one role, or say @public")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if seat_of(request).user is None:
                return _to_sign_in(request)
            grant = _opening(request, roles, place(kwargs))
            if _lacks_second_factor(seat_of(request).user, grant):
                return HttpResponseRedirect(reverse("mfa_index"))
            cast("Received", request).grant = grant
            return view(request, *args, **kwargs)

        cast("Marked", guarded).access = frozenset(roles)
        return guarded

    return guard


def _opening(request: HttpRequest, roles: tuple[Role, ...], place: Place) -> Grant:
    """Return the grant that opens the address, or refuse."""
    able = [role for role in roles if role != Role.AUDITOR or request.method in READING]
    grant = seat_of(request).grant(*able, measure=place[0], county=place[1])
    if grant is None:
        raise PermissionDenied
    return grant


def _lacks_second_factor(user: User | None, grant: Grant) -> bool:
    return (
        settings.SECOND_FACTOR
        and grant.role in OFFICES
        and user is not None
        and not is_mfa_enabled(user)
    )


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    where = quote(request.get_full_path(), safe="/")
    return HttpResponseRedirect(f"{reverse('account_login')}?next={where}")
