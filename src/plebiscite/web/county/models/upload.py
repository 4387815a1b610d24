"""A file handed in, and what became of it.

Every upload is kept under its own number, so a file of the same name handed in again
never leaves the old bytes behind: the newer one takes its place, and both can be told
apart afterwards.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from plebiscite.web.county.models.desk import Desk


class Kind(models.TextChoices):
    """What a file is."""

    ROLL = "roll", "Voter roll"
    MANIFEST = "manifest", "Manifest"
    LINES = "lines", "Petition lines"
    SECTIONS = "sections", "Sections"
    IMAGES = "images", "Line images"
    SPECIMENS = "specimens", "Specimen signatures"


class Taken(models.TextChoices):
    """What became of a file."""

    WAITING = "waiting", "waiting"
    TAKING = "taking", "being read"
    TAKEN = "taken", "taken over"
    REFUSED = "refused", "refused"
    REPLACED = "replaced", "replaced by a newer file"
    DESTROYED = "destroyed", "destroyed when its term had ended"


class Upload(models.Model):
    """One file handed in.

    Attributes:
        name: the name it came under; never used as a path.
        as_of: the day a roll shows.
        layout: the shipped format of a roll; "" is ours.
        told: what it holds, in a sentence; or why it was refused, in one.
        refusals: one entry for each bad row: row, column, value, problem.
        rows: rows taken over.

    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    as_of = models.DateField(null=True)
    layout = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=10, choices=Taken.choices, default=Taken.WAITING
    )
    told = models.TextField(blank=True)
    refusals = models.JSONField(default=list)
    rows = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()
    job = models.CharField(max_length=40, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)
        indexes = (models.Index(fields=["desk", "kind", "state"]),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def path(self) -> Path:
        """Where its bytes lie; a roll's line ending tells CSV from Parquet."""
        ending = Path(self.name).suffix.casefold()
        known = ending if ending in {".csv", ".parquet", ".zip"} else ".csv"
        return self.desk.folder / "uploads" / f"{self.pk}-{self.kind}{known}"
