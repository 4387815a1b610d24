"""People, what they may do and where, how they came in, and what they looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from plebiscite.web.accounts.roles import Role

EVERYWHERE = "*"


class People(BaseUserManager["User"]):
    """Makes accounts; only invitations and the command line call it."""

    def create_user(self, email: str, name: str, password: str | None) -> User:
        """Return a new account that may do nothing yet."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. What it may do stands in its grants."""

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name, as allauth asks for it."""
        return self.name


class Grant(models.Model):
    """One role of one person, for a measure and, where it is one, for a county.

    `measure` is the id of a measure, or ``*`` for all; `county` the name of a county,
    or ``*``; `chapter` the key of a chapter, "" for other roles. A grant that ended
    stays, so that what was done under it can be understood.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    measure = models.CharField(max_length=120, default=EVERYWHERE)
    county = models.CharField(max_length=80, default=EVERYWHERE)
    chapter = models.CharField(max_length=80, blank=True, default="")
    given_by = models.CharField(max_length=120)
    given_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["user", "role", "measure", "county", "chapter"],
                condition=Q(ended_at__isnull=True),
                name="one_standing_grant_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.measure}, {self.county}"

    def covers(self, *, measure: str | None, county: str | None) -> bool:
        """Return whether it reaches a measure and a county; None asks for neither."""
        return (measure is None or self.measure in {EVERYWHERE, measure}) and (
            county is None or self.county in {EVERYWHERE, county}
        )


class Invitation(models.Model):
    """A link by which one person comes in once, or sets a new password.

    Only the digest of its token is kept: whoever reads the table cannot use it.
    """

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Role.choices, blank=True, default="")
    measure = models.CharField(max_length=120, default=EVERYWHERE)
    county = models.CharField(max_length=80, default=EVERYWHERE)
    chapter = models.CharField(max_length=80, blank=True, default="")
    invited_by = models.CharField(max_length=120)
    invited_at = models.DateTimeField(default=now, editable=False)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.role} of {self.measure}"

    def is_open(self, at: datetime) -> bool:
        """Return whether the link still works at a moment."""
        return self.used_at is None and self.withdrawn_at is None and at < self.until


class Token(models.Model):
    """A key by which a program acts for a person, with fewer rights than theirs."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=now, editable=False)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class Look(models.Model):
    """That somebody read signer data: who, when, what; never the data themselves.

    Rows are only ever added; the database itself refuses to change or remove one.
    """

    at = models.DateTimeField(default=now, editable=False, db_index=True)
    who = models.CharField(max_length=254)
    role = models.CharField(max_length=16)
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    measure = models.CharField(max_length=120)
    county = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["measure", "county", "at"])
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"
