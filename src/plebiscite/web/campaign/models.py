"""The links by which people from outside come to a campaign's desk.

What a campaign knows stands in the registers of the measure's folder; these tables only
say which link leads where. No key of a line or a voter stands in any of them, and the
links of volunteers and of circulators name nothing of one another.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

MOST_MISSING = 200
"""Letters of the sections that come without lines."""


class JoinLink(models.Model):
    """The link, or the QR code, under which people register with a chapter.

    It is meant to be shown around, so its token is kept as it stands; a chapter that
    makes a new one ends the one before.
    """

    token = models.CharField(max_length=64, unique=True)
    measure = models.CharField(max_length=120)
    chapter = models.CharField(max_length=40)
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["measure", "chapter"],
                condition=Q(ended_at__isnull=True),
                name="one_standing_link_of_a_chapter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.chapter}"


class OwnLink(models.Model):
    """The link a volunteer was given: to see, withdraw or erase what is kept of them.

    Only the digest of its token is kept: whoever reads the table cannot use it.
    """

    digest = models.CharField(max_length=64, unique=True)
    measure = models.CharField(max_length=120)
    volunteer = models.CharField(max_length=12)
    made_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"{self.measure}, {self.volunteer}"


class CarrierLink(models.Model):
    """The link a circulator was given: to take sheets, and to tell what comes back.

    It has nothing to do with the links of volunteers, and names none. Only the digest
    of its token is kept.
    """

    digest = models.CharField(max_length=64, unique=True)
    measure = models.CharField(max_length=120)
    circulator = models.CharField(max_length=40)
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["measure", "circulator"],
                condition=Q(ended_at__isnull=True),
                name="one_standing_link_of_a_circulator",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.circulator}"


class Told(models.Model):
    """What a circulator told of a bundle before bringing it: a claim, and no count.

    The chapter counts when the sheets are on the table; that is what the register says.
    """

    measure = models.CharField(max_length=120)
    bundle = models.CharField(max_length=12)
    lines = models.PositiveIntegerField()
    missing = models.CharField(max_length=MOST_MISSING, blank=True, default="")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["measure", "bundle"])]

    def __str__(self) -> str:
        return f"{self.measure}, {self.bundle}"
