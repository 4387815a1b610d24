"""What the vote will be, as far as the polls of a day can tell.

The mean is the average, drifted; where there are many polls or several houses, half of
it is the walk's. The error is that of votes past around such means, with fat tails; it
does not shrink because many polls agree, for they are wrong together. Without a poll
the forecast is what such measures came to before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Literal, TypeAlias

import numpy as np

from plebiscite.errors import InputError
from plebiscite.forecast.polls.average import WORDING, Average, average, known
from plebiscite.forecast.polls.drift import (
    DF,
    EVERYBODY,
    T_SCALE,
    drifted,
    monthly,
    spread,
)
from plebiscite.forecast.polls.poll import Poll
from plebiscite.forecast.polls.walk import FITTED, walk
from plebiscite.forecast.student import Array, cdf, quantile

OTHER_TEXT = 5.0
"""Added error, in points, where the question polled is not the ballot's own text."""
ENOUGH, SEVERAL = 6, 2
"""So many polls, or houses, and the walk counts for half."""
UNPOLLED = {"initiative": 46.0, "referred": 51.9, "any": 49.0}
"""Yes share to expect without a poll. With `UNPOLLED_SPREAD` initiatives pass .35 of
the time, as in California 1912-2019, all measures .57 (Ballotpedia, PPIC); 49 is the
mean of 63 measures with polls."""
UNPOLLED_SPREAD = 12.5
Kind: TypeAlias = Literal["initiative", "referred", "any"]
Need: TypeAlias = Fraction | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where the yes share may stand on a day, in points.

    Attributes:
        mean: the middle.
        level: the chance that it lies between `low` and `high`.

    """

    day: date
    mean: float
    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDay:
    """A forecast of the yes share of yes and no, in points of 100.

    It is `mean + T_SCALE * scale` times Student's t with five degrees of freedom, cut
    off at 0 and 100.

    Attributes:
        as_of: the day it was made for.
        vote_on: the day of the vote.
        mean: the middle, in points.
        scale: standard deviation, in points.
        days: from the newest poll to the vote; None without a poll.
        average: of the polls; None without one.
        walked: the walk's mean; None where it does not count.
        notes: sentences a reader must see.

    """

    as_of: date
    vote_on: date
    mean: float
    scale: float
    days: int | None = None
    average: Average | None = None
    walked: float | None = None
    notes: tuple[str, ...] = ()

    def chance(self, need: Need = Fraction(1, 2)) -> float:
        """Return the chance that the yes share is above `need`.

        A Fraction is a share (``Fraction(55, 100)``), a float is points (``55.0``).
        """
        at = _points(need)
        if not 0 <= at < EVERYBODY:
            return 1.0 if at < 0 else 0.0
        return float(cdf((self.mean - at) / self._unit, DF))

    def interval(self, level: float = 0.8) -> tuple[float, float]:
        """Return the points between which the yes share lies with this chance."""
        low, high = self.quantiles(((1 - level) / 2, (1 + level) / 2))
        return float(low), float(high)

    def quantiles(self, chances: Sequence[float] | Array) -> Array:
        """Return the points that the yes share stays below with these chances."""
        found = self.mean + self._unit * quantile(chances, DF)
        return np.asarray(np.clip(found, 0.0, 100.0))

    def draws(self, rng: np.random.Generator, size: int) -> Array:
        """Return equally likely yes shares, in points."""
        found = self.mean + self._unit * rng.standard_t(DF, size)
        return np.asarray(np.clip(found, 0.0, 100.0))

    @property
    def _unit(self) -> float:
        return T_SCALE * self.scale

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data; decimals as text."""
        low, high = self.interval(0.8)
        return {
            "as_of": self.as_of.isoformat(),
            "vote_on": self.vote_on.isoformat(),
            "mean": f"{self.mean:.1f}",
            "scale": f"{self.scale:.1f}",
            "low": f"{low:.1f}",
            "high": f"{high:.1f}",
            "level": "0.8",
            "chance_of_majority": f"{self.chance(Fraction(1, 2)):.3f}",
            "average": None if self.average is None else self.average.as_data(),
            "walked": None if self.walked is None else f"{self.walked:.1f}",
            "notes": list(self.notes),
        }


def _points(need: Need) -> float:
    return float(need * 100) if isinstance(need, Fraction) else float(need)


def vote_day(
    polls: Sequence[Poll],
    *,
    as_of: date,
    vote_on: date,
    on_ballot_text: bool = False,
    question: str | None = None,
    kind: Kind = "initiative",
) -> VoteDay:
    """Forecast the vote from the polls that had ended by `as_of`.

    `on_ballot_text` says that they put the ballot's own question; `kind` is what to
    expect of the measure without a poll.

    Raises:
        InputError: the vote is before `as_of`.

    """
    if vote_on < as_of:
        raise InputError(
            f"the vote of {vote_on.isoformat()} was before {as_of.isoformat()}; ask "
            "as of a day before it"
        )
    found = average(polls, as_of=as_of, question=question)
    if found is None:
        return VoteDay(
            as_of=as_of,
            vote_on=vote_on,
            mean=UNPOLLED[kind],
            scale=UNPOLLED_SPREAD,
            notes=("no poll had ended by then; this is what such measures came to",),
        )
    days = (vote_on - found.newest).days
    mean, walked = drifted(found.support, days), None
    ended = known(polls, as_of=as_of, question=found.used[-1].question_id)
    if len(ended) >= ENOUGH or found.houses >= SEVERAL:
        pace = replace(FITTED, month=monthly(found.support))
        solved = walk(ended, vote_on=vote_on, constants=pace)
        walked = None if solved is None else solved.mean
    if walked is not None:
        mean = (mean + walked) / 2
    extra, notes = _beyond(found, on_ballot_text=on_ballot_text)
    return VoteDay(
        as_of=as_of,
        vote_on=vote_on,
        mean=min(max(mean, 0.0), 100.0),
        scale=sqrt(spread(days) ** 2 + extra),
        days=days,
        average=found,
        walked=walked,
        notes=notes,
    )


def _beyond(found: Average, *, on_ballot_text: bool) -> tuple[float, tuple[str, ...]]:
    """Return the variance beyond that of past votes, and what to say of it."""
    extra, notes = 0.0, list[str]()
    if found.wordings > 1:
        extra += WORDING**2 / found.wordings
        notes.append(f"the polls put {found.wordings} wordings, which widens the error")
    if not on_ballot_text:
        extra += OTHER_TEXT**2
        notes.append(
            "the question polled is not the ballot's own text, which widens the error"
        )
    if found.contradict:
        extra += found.excess
        notes.append(
            "the polls contradict one another beyond sampling and houses, which widens "
            "the error"
        )
    if len(found.used) == 1:
        notes.append("it rests on one poll")
    return extra, tuple(notes)


def fan(
    polls: Sequence[Poll],
    *,
    as_of: date,
    vote_on: date,
    levels: Sequence[float] = (0.5, 0.8, 0.95),
    on_ballot_text: bool = False,
    steps: int = 25,
) -> list[Band]:
    """Return the bands of a fan chart, from today's level to the vote, level by level.

    The path goes from the average and its error to the vote's, as the square of the
    spread grows with time.
    """
    last = vote_day(polls, as_of=as_of, vote_on=vote_on, on_ballot_text=on_ballot_text)
    left = (vote_on - as_of).days
    first = last.average
    start = (first.support, first.error) if first else (last.mean, last.scale)
    bands: list[Band] = []
    for step in range(steps + 1):
        part = step / steps
        scale = sqrt((1 - part) * start[1] ** 2 + part * last.scale**2)
        mean = (1 - part) * start[0] + part * last.mean
        day = as_of.toordinal() + round(part * left)
        for level in levels:
            reach = T_SCALE * scale * float(quantile((1 + level) / 2, DF))
            bands.append(
                Band(
                    day=date.fromordinal(day),
                    mean=mean,
                    level=level,
                    low=max(0.0, mean - reach),
                    high=min(100.0, mean + reach),
                )
            )
    return bands
