"""Counts as they are handed in."""

from plebiscite.forecast.pace.intake.cells import pace_mapping
from plebiscite.forecast.pace.intake.read import read_pace

__all__ = ["pace_mapping", "read_pace"]
