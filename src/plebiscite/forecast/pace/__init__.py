"""Signature pace: how far a petition will come, and how many lines to file."""

from plebiscite.forecast.pace.counts import (
    Channel,
    Flag,
    Kind,
    PaceRead,
    Series,
    read_pace,
)
from plebiscite.forecast.pace.final import Finish, finish
from plebiscite.forecast.pace.past import Past, PastPetition, italy

__all__ = [
    "Channel",
    "Finish",
    "Flag",
    "Kind",
    "PaceRead",
    "Past",
    "PastPetition",
    "Series",
    "finish",
    "italy",
    "read_pace",
]
