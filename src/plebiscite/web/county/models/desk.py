"""A desk: one county's work on one measure, and how far it has come.

The acts themselves lie on disk, as the engine writes them (the commitment, the drawn
list, the findings, the bundle); a desk says only which were done, by whom and when.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import models

from plebiscite.core.files import private_folder


class Stage(StrEnum):
    """What a desk waits for, in the order of the work."""

    FILES = "files"
    COMMIT = "commit"
    DRAW = "draw"
    LINES = "lines"
    QUEUE = "queue"
    CERTIFY = "certify"
    DONE = "done"


class Policy(models.TextChoices):
    """Whose findings a second person looks at; pairs always are."""

    REFUSALS = "refusals", "every refusal"
    SIGNATURES = "signatures", "refusals for the signature"


class Desk(models.Model):
    """One county's work on one measure.

    Attributes:
        measure: the measure's id.
        county: the county's name, as the roll writes it.
        commitment: SHA-256 of the commitment, "" before it.
        seed: the public digits, "" before the draw.
        full_count: whether every line is looked at, and nothing drawn.
        drawn: lines to look at; 0 before the draw.
        round: certificates issued before the one now worked on.
        prepared_at: when the queue was made ready.
        closed_at: when decisions were frozen, so that the certificate can be made.
        certified_at: when the certificate was issued.
        head: the head of its bundle.
        rekey_per_hundred: the share of lines that is found twice, blind.
        purge_asked_at, purge_asked_by: who said that the data of signers are to be
            destroyed as soon as their term ends, and when; null where nobody did.
        purged_at: when their destruction began; from then on the desk only shows.
        purge: the record of it, whole once it says when it ended.

    """

    measure = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    law = models.CharField(max_length=200)
    county = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    policy = models.CharField(
        max_length=12, choices=Policy.choices, default=Policy.REFUSALS
    )
    rekey_per_hundred = models.PositiveSmallIntegerField(default=5)
    commitment = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=150, blank=True)
    seed = models.CharField(max_length=200, blank=True)
    full_count = models.BooleanField(default=False)
    drawn = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.CharField(max_length=150, blank=True)
    prepared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)
    certified_by = models.CharField(max_length=150, blank=True)
    head = models.CharField(max_length=64, blank=True)
    standing = models.CharField(max_length=12, blank=True)
    purge_asked_at = models.DateTimeField(null=True)
    purge_asked_by = models.CharField(max_length=150, blank=True)
    purged_at = models.DateTimeField(null=True)
    purge = models.JSONField(default=dict)

    class Meta:
        """One desk for each measure and county."""

        constraints = (
            models.UniqueConstraint(
                fields=["measure", "county"], name="county_one_desk"
            ),
        )
        ordering = ("measure", "county")

    def __str__(self) -> str:
        return f"{self.county}: {self.measure}"

    @property
    def folder(self) -> Path:
        """Where its files lie: outside the web root, for its owner alone."""
        return private_folder(Path(settings.HOME) / "county" / f"desk-{self.pk}")

    @property
    def office(self) -> Path:
        """Where the public acts before the findings lie."""
        return private_folder(self.folder / "office")
