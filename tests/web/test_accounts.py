"""Accounts: invitations, scope, keys, and an audit that only grows."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from plebiscite.errors import InputError
from plebiscite.web.accounts import invitations, tokens
from plebiscite.web.accounts.access import Seat
from plebiscite.web.accounts.invitations import Place, may_invite
from plebiscite.web.accounts.models import Grant, Invitation, Look, User
from plebiscite.web.accounts.roles import Role

CALEXIT, OTHER = "us/ca/16-0011", "us/ca/13-0063"
SENTENCE = "four horses under a bridge"
pytestmark = pytest.mark.django_db


def seat(*grants):
    return Seat(grants=tuple(Grant(**each) for each in grants))


def test_an_invited_person_comes_in_once():
    token = invitations.invite(
        "A@x.org", "Ann", Role.COUNTY, Place(county="Alpine"), by="s"
    )

    user = invitations.accept(token, SENTENCE)

    (grant,) = user.grants.all()
    assert (user.email, grant.role, grant.county) == ("a@x.org", "county", "Alpine")
    assert user.password.startswith("argon2$")
    with pytest.raises(InputError, match="used"):
        invitations.accept(token, SENTENCE)


def test_a_link_that_is_too_old_or_withdrawn_opens_nothing():
    token = invitations.invite("a@x.org", "Ann", Role.COUNTY, Place(), by="s")
    Invitation.objects.update(until=now() - timedelta(seconds=1))
    with pytest.raises(InputError):
        invitations.accept(token, SENTENCE)

    token = invitations.invite("a@x.org", "Ann", Role.COUNTY, Place(), by="s")
    Invitation.objects.update(withdrawn_at=now())
    assert invitations.opened(token) is None


def test_the_table_holds_no_token_that_works():
    token = invitations.invite("a@x.org", "Ann", Role.COUNTY, Place(), by="s")

    assert invitations.opened(Invitation.objects.get().digest) is None
    assert token not in str(Invitation.objects.values().get())


@pytest.mark.parametrize("weak", ["short", "password1234", "1234567890123"])
def test_a_weak_password_is_refused_and_the_link_still_works(weak):
    token = invitations.invite("a@x.org", "Ann", Role.COUNTY, Place(), by="s")
    with pytest.raises(ValidationError):
        invitations.accept(token, weak)

    assert invitations.accept(token, SENTENCE)


@pytest.mark.parametrize(
    ("holds", "role", "place", "may"),
    [
        ({"role": "state"}, Role.COUNTY, Place(), True),
        ({"role": "state", "measure": CALEXIT}, Role.COUNTY, Place(), False),
        (
            {"role": "state", "measure": CALEXIT},
            Role.COUNTY,
            Place(measure=CALEXIT),
            True,
        ),
        ({"role": "county", "county": "Alpine"}, Role.REVIEWER, Place(), False),
        (
            {"role": "county", "county": "Alpine"},
            Role.REVIEWER,
            Place(county="Alpine"),
            True,
        ),
        (
            {"role": "county", "county": "Alpine"},
            Role.COUNTY,
            Place(county="Alpine"),
            False,
        ),
        ({"role": "proponent"}, Role.CHAPTER, Place(chapter="north"), True),
        ({"role": "proponent"}, Role.STATE, Place(), False),
        ({"role": "reviewer"}, Role.REVIEWER, Place(), False),
        ({"role": "auditor"}, Role.AUDITOR, Place(), False),
    ],
)
def test_nobody_invites_beyond_their_own_role_measure_and_county(
    holds, role, place, may
):
    assert may_invite(seat(holds), role, place) is may


def test_a_grant_opens_its_measure_and_county_and_no_other():
    held = seat({"role": "county", "measure": CALEXIT, "county": "Alpine"})

    assert held.may(Role.COUNTY, measure=CALEXIT, county="Alpine")
    assert held.may(Role.COUNTY)
    assert not held.may(Role.COUNTY, measure=OTHER, county="Alpine")
    assert not held.may(Role.COUNTY, measure=CALEXIT, county="Butte")
    assert not held.may(Role.STATE, measure=CALEXIT, county="Alpine")


def test_a_role_that_ended_opens_nothing_and_is_still_on_record():
    user = User.objects.create_user("a@x.org", "Ann", SENTENCE)
    grant = invitations.give(user, Role.COUNTY, Place(), by="s")
    invitations.end(grant)

    assert not user.grants.filter(ended_at=None).exists()
    assert user.grants.count() == 1


def test_a_new_password_by_link_takes_a_lost_second_factor_away():
    from allauth.mfa.models import Authenticator

    user = User.objects.create_user("a@x.org", "Ann", SENTENCE)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    token = invitations.invite("a@x.org", "Ann", None, Place(), by="s")

    invitations.accept(token, SENTENCE + " again")

    user.refresh_from_db()
    assert user.check_password(SENTENCE + " again")
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_key_has_the_scopes_said_and_no_unknown_one():
    user = User.objects.create_user("a@x.org", "Ann", SENTENCE)
    with pytest.raises(InputError, match="scope"):
        tokens.make(user, "x", ["everything"], lasts=timedelta(days=1))

    key = tokens.make(user, "x", ["read"], lasts=timedelta(days=1))
    assert key not in str(user.tokens.values().get())


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_audit_of_reads_only_grows(act):
    """Oracle: the database's own refusal, whatever the program asks of it."""
    look = Look.objects.create(who="a", role="county", what="line", subject="1")
    found = Look.objects.filter(pk=look.pk)
    change = {"update": lambda: found.update(who="b"), "delete": found.delete}[act]
    with pytest.raises(DatabaseError), transaction.atomic():
        change()

    assert Look.objects.get().who == "a"


def test_the_command_line_invites_to_every_role_there_is():
    """Its list is its own: a command's help waits for no Django."""
    from plebiscite.cli.site.account import ROLES

    assert tuple(Role.values) == ROLES
