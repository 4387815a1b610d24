"""A drawn line on the desk: what was written, who it may be, what was found so far.

What was found is repeated here from the decisions, so that the queue can be asked in
one step; the decisions are the truth, and `version` counts them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from plebiscite.web.county.models.desk import Desk


class State(models.TextChoices):
    """What a line waits for."""

    OPEN = "open", "to find"
    SECOND = "second", "second review"
    DISPUTE = "dispute", "disputed"
    SETTLED = "settled", "settled"
    RECORD = "record", "decided by the record"


class Rekey(models.TextChoices):
    """Whether a line is found again by somebody who cannot see the first finding."""

    NO = "", "not chosen"
    CHOSEN = "chosen", "chosen"
    DONE = "done", "done"


class Line(models.Model):
    """One drawn line.

    Attributes:
        position: its place in the queue, from 1; the drawn order, or in a full count
            the order of the sheets.
        written: the fields as written on the sheet.
        candidates: the voters it may be, best first: `voter_id` (null where it may not
            be shown), `bits` (text) and `parts` (what agrees or differs, bits).
        matched: what names and addresses alone say: outcome, voter_id, reason, finding.
        word, reason, voter_id: the finding that stands; "" where none does.
        version: decisions made on it so far.
        pair: whether another line in the same sample is credited to its voter.
        held_by, held_until: who has it open.
        agreed: what the blind second look came to.

    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="lines")
    line_id = models.CharField(max_length=200)
    section = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    written = models.JSONField()
    candidates = models.JSONField()
    matched = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    word = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    voter_id = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)
    pair = models.BooleanField(default=False)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="county_first_lines",
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="county_held_lines",
    )
    held_until = models.DateTimeField(null=True)
    rekey = models.CharField(
        max_length=6, choices=Rekey.choices, default=Rekey.NO, blank=True
    )
    agreed = models.BooleanField(null=True)

    class Meta:
        """In the order of the queue."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["desk", "line_id"], name="county_line_once"
            ),
        )
        indexes = (
            models.Index(fields=["desk", "state", "position"]),
            models.Index(fields=["desk", "voter_id"]),
            models.Index(fields=["desk", "rekey", "position"]),
        )

    def __str__(self) -> str:
        return f"section {self.section}, row {self.row}"
