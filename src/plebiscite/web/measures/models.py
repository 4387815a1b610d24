"""The index of the measures kept here, and how much each place publishes.

The folders on disk are the truth; a row here can be made again from its folder at any
time, and decides nothing.
"""

from __future__ import annotations

from django.db import models

from plebiscite.report.page.level import Level


class Measure(models.Model):
    """A measure, as lists and searches know it."""

    id = models.CharField(primary_key=True, max_length=120)
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=200)
    law = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    began = models.DateField(null=True)
    stage = models.CharField(max_length=40)
    since = models.DateField(null=True)
    ended = models.BooleanField()
    counterfactual = models.BooleanField()
    events = models.PositiveIntegerField()
    head = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=64)
    """Of the folder's files when the row was made; another means it is out of date."""

    words = models.TextField(blank=True, default="")
    """The text of its own file, notes and all: people search by other names too."""
    shipped = models.CharField(max_length=64, blank=True, default="")
    """Of the files that came with plebiscite, as taken in; "" for any other measure."""
    filed_as = models.CharField(max_length=140, blank=True, default="")
    """Its year and number, so written that text sorts as a person would."""

    class Meta:
        """By place, then by year and number: an order that favours nobody."""

        ordering = ("counterfactual", "place", "filed_as", "id")

    def __str__(self) -> str:
        return f"{self.id}: {self.title}"


class Publication(models.Model):
    """How much a place publishes before signatures are decided on.

    The longest beginning of a law's id that fits holds; without one, all is published.
    """

    place = models.CharField(primary_key=True, max_length=120)
    level = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Level]
    )

    def __str__(self) -> str:
        return f"{self.place}: {self.level}"
