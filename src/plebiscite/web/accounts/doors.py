"""The doors that a role opens: each part of the site adds its own when Django starts.

add_door(_("Queue"), "county:home", Role.COUNTY, Role.REVIEWER)
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plebiscite.web.accounts.access import Seat
from plebiscite.web.accounts.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A page without arguments, for those who hold one of some roles."""

    words: str | Promise
    route: str
    roles: frozenset[Role]


DOORS: list[Door] = []
OWN = "accounts:"
"""Doors to pages about accounts come after those to the work itself."""


def add_door(words: str | Promise, route: str, *roles: Role) -> None:
    """Show a link to a page on the home page of whoever holds one of `roles`."""
    DOORS.append(Door(words=words, route=route, roles=frozenset(roles)))


def doors(seat: Seat) -> list[tuple[str, str]]:
    """Return the words and addresses of the doors open to a person."""
    return [
        (str(each.words), reverse(each.route))
        for each in sorted(DOORS, key=lambda door: door.route.startswith(OWN))
        if each.roles & seat.roles
    ]


add_door(_("People"), "accounts:people", Role.STATE, Role.COUNTY, Role.PROPONENT)
add_door(
    _("Who read signer data"), "accounts:reads", Role.STATE, Role.COUNTY, Role.AUDITOR
)
