"""Why the data of signers may not be destroyed yet, though their term has ended.

The law keeps a petition longer while it is evidence in a pending action, or while an
office has asked for it in writing. Whoever learns of that lays a hold; it says why, and
stays on record after it was lifted.
"""

from __future__ import annotations

from django.db import models

from plebiscite.web.county.models.desk import Desk


class Hold(models.Model):
    """A reason to keep the data of signers longer.

    Attributes:
        why: the action, or the request, and where it stands.
        lifted_at: when it ended; null while it holds.

    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="holds")
    why = models.CharField(max_length=300)
    laid_at = models.DateTimeField()
    laid_by = models.CharField(max_length=150)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """In the order they were laid."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.why
