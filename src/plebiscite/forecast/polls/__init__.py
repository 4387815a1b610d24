"""Polls: from a file to the vote's forecast, as of any day.

>>> from datetime import date
>>> poll = Poll(pollster="A", start=date(2016, 9, 1), end=date(2016, 9, 5), support=57,
...             oppose=40, n=1000)
>>> day = vote_day([poll], as_of=date(2016, 9, 6), vote_on=date(2016, 11, 8),
...                on_ballot_text=True)
>>> round(day.mean, 1), round(day.chance(50), 2)
(53.0, 0.65)
"""

from plebiscite.forecast.flag import Flag
from plebiscite.forecast.polls.average import Average, average
from plebiscite.forecast.polls.ballot import ballot_draws
from plebiscite.forecast.polls.change import Change, change
from plebiscite.forecast.polls.intake import read_polls
from plebiscite.forecast.polls.poll import Poll, PollsRead
from plebiscite.forecast.polls.vote_day import VoteDay, fan, vote_day

__all__ = [
    "Average",
    "Change",
    "Flag",
    "Poll",
    "PollsRead",
    "VoteDay",
    "average",
    "ballot_draws",
    "change",
    "fan",
    "read_polls",
    "vote_day",
]
