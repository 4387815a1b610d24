"""`plebiscite account`: the first people of a site, and the last resort for access."""

from __future__ import annotations

from pathlib import Path

import click

from plebiscite.cli.answer import answer, json_option
from plebiscite.cli.site import HOME, started
from plebiscite.errors import InputError

ROLES = ("state", "county", "reviewer", "proponent", "chapter", "auditor")
BY = "the command line"


@click.group("account")
def command() -> None:
    """Invite people to the site, list them, and end what they may do.

    The first account is made here; after that, people invite people on the site.
    """


@command.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Their role.")
@click.option("--measure", default="*", show_default=True, help="A measure's id.")
@click.option("--county", default="*", show_default=True, help="A county's name.")
@click.option("--chapter", default="", help="A chapter's key, for that role.")
@HOME
@json_option
def invite(
    email: str,
    name: str,
    role: str,
    measure: str,
    county: str,
    chapter: str,
    home: Path,
    as_json: bool,
) -> None:
    """Print a link by which one person comes in, once, within seven days.

    \b
    Example:
      plebiscite account invite stella@example.gov --name "Stella Ruiz" --role state
    """
    _upgraded(home)
    from plebiscite.web.accounts.invitations import Place
    from plebiscite.web.accounts.invitations import invite as make
    from plebiscite.web.accounts.roles import Role

    if role == Role.CHAPTER and not chapter:
        raise InputError("name the --chapter")
    place = Place(measure=measure, county=county, chapter=chapter)
    _link(make(email, name, Role(role), place, by=BY), as_json=as_json)


@command.command("reset")
@click.argument("email")
@HOME
@json_option
def reset(email: str, home: Path, as_json: bool) -> None:
    """Print a link for a new password; a lost second factor is taken away.

    \b
    Example:
      plebiscite account reset stella@example.gov
    """
    _upgraded(home)
    from plebiscite.web.accounts.invitations import Place, invite
    from plebiscite.web.accounts.models import User

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise InputError(f"nobody here signs in with {email}")
    _link(invite(user.email, user.name, None, Place(), by=BY), as_json=as_json)


@command.command("list")
@HOME
@json_option
def list_(home: Path, as_json: bool) -> None:
    """List who may do what.

    \b
    Example:
      plebiscite account list
    """
    _upgraded(home)
    from plebiscite.web.accounts.models import Grant

    found = [
        {
            "grant": each.pk,
            "email": each.user.email,
            "name": each.user.name,
            "role": each.role,
            "measure": each.measure,
            "county": each.county,
            "chapter": each.chapter,
            "active": each.user.is_active,
        }
        for each in Grant.objects.filter(ended_at=None).select_related("user")
    ]
    words = [
        f"{each['grant']:>4}  {each['email']}  {each['role']}  {each['measure']}  "
        f"{each['county']}  {each['chapter']}".rstrip()
        for each in found
    ] or ["Nobody yet: plebiscite account invite"]
    answer(found, words, as_json=as_json)


@command.command("end")
@click.argument("email")
@HOME
@json_option
def end(email: str, home: Path, as_json: bool) -> None:
    """End everything a person may do, and their account; what they did stays.

    \b
    Example:
      plebiscite account end stella@example.gov
    """
    _upgraded(home)
    from plebiscite.web.accounts.invitations import end_all

    ended = end_all(email.strip().lower())
    answer({"ended": ended}, [f"{ended} roles ended, {email} closed."], as_json=as_json)


def _upgraded(home: Path) -> None:
    """Start Django with the tables in the form of this version."""
    started(home, made=True)
    from plebiscite.web import serve

    serve.upgrade()


def _link(token: str, *, as_json: bool) -> None:
    from django.conf import settings
    from django.urls import reverse

    path = reverse("accounts:come_in", args=[token])
    link = f"{settings.PUBLIC_URL or 'http://localhost:8000'}{path}"
    words = [link, "It works once, for seven days. Hand it over yourself."]
    answer({"link": link, "path": path}, words, as_json=as_json)
