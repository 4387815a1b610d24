"""What changed between two days: "32%, up from 20%", with its error.

Two polls of one house share its lean, which their difference is free of; polls of
unlike houses or wordings do not, and most changes people speak of are within that
error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from plebiscite.errors import InputError
from plebiscite.forecast.polls.average import (
    HOUSE,
    WITHIN_HOUSE,
    WORDING,
    Average,
    average,
    known,
)
from plebiscite.forecast.polls.poll import Poll
from plebiscite.forecast.student import normal_cdf

SURE = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How support moved between two days.

    Attributes:
        before: the average on the first day.
        after: the average on the second.
        points: the change of yes as polled, in points.
        two_way: the change of the yes share with the undecided allotted, in points.
        error: standard deviation of either, in points.
        same: whether one house and one wording are compared with themselves.

    """

    before: Average
    after: Average
    points: float
    two_way: float
    error: float
    same: bool

    @property
    def chance_it_rose(self) -> float:
        """The chance that support rose at all, nothing else being known."""
        if self.error == 0:
            return 0.5
        return float(normal_cdf(self.points / self.error))

    @property
    def clear(self) -> bool:
        """Whether the change is beyond its error, 19 times in 20."""
        return abs(self.points) > SURE * self.error

    @property
    def words(self) -> str:
        """The change in a sentence."""
        way = "up from" if self.points >= 0 else "down from"
        verdict = (
            "beyond what polls err by" if self.clear else "within what polls err by"
        )
        return (
            f"{self.after.raw:.0f}%, {way} {self.before.raw:.0f}%: a change of "
            f"{self.points:+.0f} points, give or take {SURE * self.error:.0f}; "
            f"{verdict}"
        )

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data; decimals as text."""
        return {
            "before": self.before.as_data(),
            "after": self.after.as_data(),
            "points": f"{self.points:+.1f}",
            "two_way": f"{self.two_way:+.1f}",
            "error": f"{self.error:.1f}",
            "chance_it_rose": f"{self.chance_it_rose:.3f}",
            "clear": self.clear,
            "same": self.same,
            "words": self.words,
        }


def change(
    polls: Sequence[Poll], *, before: date, after: date, question: str | None = None
) -> Change:
    """Return how support moved from the polls known on one day to those on another.

    Polls that both averages use tell nothing of a change and cancel out of its error.

    Raises:
        InputError: the days are not in order, or on one of them no poll was known.

    """
    if before >= after:
        raise InputError(
            f"{before.isoformat()} is not before {after.isoformat()}; give the days in "
            "their order"
        )
    if question is None and (ended := known(polls, as_of=after)):
        question = ended[-1].question_id
    found = [average(polls, as_of=day, question=question) for day in (before, after)]
    first, second = found
    if first is None or second is None:
        day = before if first is None else after
        raise InputError(
            f"no poll of that question had ended by {day.isoformat()}; a change needs "
            "one on each day"
        )
    return Change(
        before=first,
        after=second,
        points=second.raw - first.raw,
        two_way=second.support - first.support,
        error=sqrt(_variance(first, second)),
        same=_lone(first) is not None and _lone(first) == _lone(second),
    )


def _variance(first: Average, second: Average) -> float:
    """Return the variance of the difference of two averages, in squared points."""
    weight: dict[Poll, float] = {}
    for found, sign in ((first, -1), (second, 1)):
        for poll in found.used:
            weight[poll] = weight.get(poll, 0.0) + sign / len(found.used)
    houses: dict[str, float] = {}
    wordings: dict[str, float] = {}
    for poll, part in weight.items():
        houses[poll.house] = houses.get(poll.house, 0.0) + part
        wordings[poll.wording] = wordings.get(poll.wording, 0.0) + part
    own = sum(
        part**2 * (poll.sampling() + WITHIN_HOUSE**2) for poll, part in weight.items()
    )
    lean = HOUSE**2 * sum(part**2 for part in houses.values())
    unlike = WORDING**2 * sum(part**2 for part in wordings.values())
    return own + lean + unlike


def _lone(found: Average) -> tuple[str, str] | None:
    """Return the house and wording an average rests on, or None if on several."""
    kinds = {(poll.house, poll.wording) for poll in found.used}
    return kinds.pop() if len(kinds) == 1 else None
