"""Polls from a file: read, checked, and told what is odd."""

from plebiscite.forecast.polls.intake.read import read_polls

__all__ = ["read_polls"]
