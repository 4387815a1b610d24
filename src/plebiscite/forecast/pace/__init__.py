"""Signature pace: how far a petition will come, and how many lines to file."""

from plebiscite.forecast.flag import Flag
from plebiscite.forecast.pace.counts import Channel, Kind, PaceRead, Series
from plebiscite.forecast.pace.districts import Spread, finish_by_district
from plebiscite.forecast.pace.final import Finish, finish
from plebiscite.forecast.pace.intake import read_pace
from plebiscite.forecast.pace.past import Past, PastPetition, italy
from plebiscite.forecast.pace.validity import Validity

__all__ = [
    "Channel",
    "Finish",
    "Flag",
    "Kind",
    "PaceRead",
    "Past",
    "PastPetition",
    "Series",
    "Spread",
    "Validity",
    "finish",
    "finish_by_district",
    "italy",
    "read_pace",
]
