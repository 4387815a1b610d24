"""The average of the polls known on a day, and how far off it may be.

The last few polls of one question count alike. Their average is no better than their
houses and wordings: each house leans its own way, and unlike wordings move people by
more than sampling does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np

from plebiscite.forecast.polls.poll import Poll, main_question

MOST, WITHIN = 5, 45
"""How many polls count, and how many days before the newest of them."""
HOUSE, WITHIN_HOUSE, WORDING = 3.5, 1.3, 6.5
"""S.d. in points: of a house, of its polls beyond sampling, of a wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """What the polls known on a day say together.

    Attributes:
        as_of: the day; no poll that ended later is used.
        support: yes of yes and no, the undecided allotted, in points.
        error: standard deviation of the level today around it, in points.
        raw: yes as polled, the undecided not allotted, in points.
        undecided: undecided, in points.
        used: the polls it is made of, oldest first.
        houses: how many pollsters those are of.
        wordings: how many wordings they put; 1 where none is told.
        contradict: whether they lie further apart than houses and sampling explain.
        excess: the variance added to the error for that, in squared points.

    """

    as_of: date
    support: float
    error: float
    raw: float
    undecided: float
    used: tuple[Poll, ...]
    houses: int
    wordings: int
    contradict: bool
    excess: float = 0.0

    @property
    def newest(self) -> date:
        """The last day of the newest poll used."""
        return self.used[-1].end

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data; decimals as text."""
        return {
            "as_of": self.as_of.isoformat(),
            "support": f"{self.support:.1f}",
            "error": f"{self.error:.1f}",
            "raw": f"{self.raw:.1f}",
            "undecided": f"{self.undecided:.1f}",
            "houses": self.houses,
            "wordings": self.wordings,
            "contradict": self.contradict,
            "newest": self.newest.isoformat(),
            "used": [
                {
                    "pollster": poll.pollster,
                    "start": poll.start.isoformat(),
                    "end": poll.end.isoformat(),
                    "n": poll.n,
                    "support": f"{poll.support:g}",
                    "two_way": f"{poll.two_way():.1f}",
                    "row": poll.row or None,
                }
                for poll in self.used
            ],
        }


def known(
    polls: Sequence[Poll], *, as_of: date, question: str | None = None
) -> list[Poll]:
    """Return the polls of one question that had ended by a day, oldest first.

    Without a question, that which most of the polls known by then put; where none has
    more than half of them, the one polled last.
    """
    ended = sorted((p for p in polls if p.end <= as_of), key=lambda p: (p.end, p.start))
    if question is None and ended:
        question = main_question(ended)
        question = ended[-1].question_id if question is None else question
    return [poll for poll in ended if poll.question_id == question]


def average(
    polls: Sequence[Poll], *, as_of: date, question: str | None = None
) -> Average | None:
    """Return the average as of a day; None where no poll had ended by then."""
    ended = known(polls, as_of=as_of, question=question)
    if not ended:
        return None
    newest = ended[-1].end
    used = [poll for poll in ended if (newest - poll.end).days <= WITHIN][-MOST:]
    shares = np.array([poll.two_way() for poll in used])
    houses = len({poll.house for poll in used})
    wordings = max(1, len({poll.wording for poll in used if poll.wording}))
    expected = _variance(used, houses, wordings)
    apart = float(shares.var(ddof=1)) if len(used) > 1 else 0.0
    single = _single(used) + (WORDING**2 if wordings > 1 else 0.0)
    contradict = apart > _unlikely(len(used)) * single
    error = expected * apart / single if contradict else expected
    return Average(
        as_of=as_of,
        support=float(shares.mean()),
        error=sqrt(error),
        raw=float(np.mean([poll.support for poll in used])),
        undecided=float(np.mean([poll.undecided() for poll in used])),
        used=tuple(used),
        houses=houses,
        wordings=wordings,
        contradict=contradict,
        excess=error - expected,
    )


def _variance(used: Sequence[Poll], houses: int, wordings: int) -> float:
    """Return the variance of the average around the level, in squared points."""
    many = len(used)
    own = sum(poll.sampling() + WITHIN_HOUSE**2 for poll in used) / many**2
    unlike = WORDING**2 / wordings if wordings > 1 else 0.0
    return own + HOUSE**2 / houses + unlike


def _single(used: Sequence[Poll]) -> float:
    """Return the variance of one poll among others of other houses."""
    own = sum(poll.sampling() for poll in used) / len(used)
    return own + WITHIN_HOUSE**2 + HOUSE**2


def _unlikely(many: int) -> float:
    """Return the ratio of variances that polls alike exceed one time in twenty.

    Source: the .95 quantiles of chi-squared over its degrees of freedom.
    """
    quantiles = (3.841, 2.996, 2.605, 2.372)
    return quantiles[min(max(many - 1, 1), len(quantiles)) - 1]
