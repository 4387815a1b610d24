"""The proponent's examination of the lines refused, and who looked at what.

Where a petition was found insufficient, its proponent may examine the lines refused and
why, for as long as the law of that day lets it (`plebiscite.rules.examining`). Nobody
else may, and every look is written down.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from plebiscite.web.county.models.desk import Desk


class Examination(models.Model):
    """The package made for the proponent of one insufficient petition.

    Attributes:
        found_on: the day the petition was found insufficient.
        last_day: the last day on which the examination may begin; None where the law
            of the finding's day is not recorded.
        source: who said that it is insufficient, and where.
        refused: lines in the package.

    """

    desk = models.OneToOneField(Desk, on_delete=models.CASCADE)
    found_on = models.DateField()
    last_day = models.DateField(null=True)
    source = models.CharField(max_length=300)
    refused = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"examination at {self.desk}"


class Visit(models.Model):
    """One look into the package."""

    examination = models.ForeignKey(
        Examination, on_delete=models.CASCADE, related_name="visits"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    what = models.CharField(max_length=100)

    class Meta:
        """In the order they happened."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.by_name}: {self.what}"
