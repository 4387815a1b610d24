"""Turnout of registered voters, and whether it reaches a quorum.

>>> from datetime import date
>>> day = turnout_day("presidential", as_of=date(2017, 2, 1))
>>> round(day.chance(50.0), 2)
0.99
"""

from plebiscite.forecast.turnout.day import TurnoutDay, turnout_day
from plebiscite.forecast.turnout.past import Past, past_turnouts

__all__ = ["Past", "TurnoutDay", "past_turnouts", "turnout_day"]
