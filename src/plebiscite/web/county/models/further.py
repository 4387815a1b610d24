"""What an office did after its draw: lines drawn further, counts revised, all counted.

Each stands beside what it came after, and nothing of that is written over. A round ends
with a certificate; one that was issued stays where it lies, and is noted here.
"""

from __future__ import annotations

from django.db import models

from plebiscite.web.county.models.desk import Desk


class Further(models.TextChoices):
    """What was done after the draw."""

    EXTENDED = "extended", "further lines drawn"
    REVISED = "revised", "raw counts revised"
    EVERY_LINE = "every", "every line to be looked at"


class FurtherAct(models.Model):
    """One thing done after the draw.

    Attributes:
        number: 1 for the first of its kind at the desk.
        told: what a reader must see of it: the seed and how many lines; the counts
            before and after; the certificate that came before.

    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="further")
    kind = models.CharField(max_length=10, choices=Further.choices)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    told = models.JSONField(default=dict)

    class Meta:
        """In the order they were done; each once."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["desk", "kind", "number"], name="county_further_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.number})"
