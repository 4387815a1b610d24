"""What people found, one row a decision, only ever added to.

A decision is never changed: who thinks again takes the last one back, and that is a
decision too. The database itself refuses to change one (see the migrations).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from plebiscite.web.county.models.desk import Desk
from plebiscite.web.county.models.line import Line


class Turn(models.TextChoices):
    """In which turn a person looked at a line."""

    FIRST = "first", "first look"
    SECOND = "second", "second review"
    BLIND = "blind", "blind second look"
    LAST = "last", "adjudication"
    UNDO = "undo", "taken back"


class Decision(models.Model):
    """What one person decided about one line, in one turn.

    Attributes:
        number: the version of the line it made; `from_version` the one it was made of.
        word: valid, invalid or undecided; of an undo, "".
        cite: the citation of the reason, as in force.
        voter_id: whose signature it is, "" where not said.
        by_name: the person's name as it was then.
        shown: what was on the screen: roll, its day, candidates, images.
        takes_back: the decision an undo takes back.

    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="decisions")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()
    from_version = models.PositiveIntegerField()
    turn = models.CharField(max_length=6, choices=Turn.choices)
    word = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    cite = models.CharField(max_length=300, blank=True)
    voter_id = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    shown = models.JSONField(default=dict)
    takes_back = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

    class Meta:
        """Two decisions can never make the same version of a line."""

        constraints = (
            models.UniqueConstraint(
                fields=["line", "number"], name="county_one_decision_a_version"
            ),
        )
        ordering = ("line_id", "number")

    def __str__(self) -> str:
        return f"{self.get_turn_display()} by {self.by_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; what was decided before cannot be saved again.

        Raises:
            TypeError: it stands in the database already.

        """
        if self.pk:
            raise TypeError("a decision is never changed; take it back and decide anew")
        super().save(*args, **kwargs)
